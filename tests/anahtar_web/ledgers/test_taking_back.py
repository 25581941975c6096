"""An import leaves the ledger, whole, with a reason; what people wrote stays."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from anahtar_web.accounts.models import Account
from anahtar_web.audit.models import Entry
from anahtar_web.jobs.models import Job
from anahtar_web.ledgers import queries
from anahtar_web.ledgers.models import Import, State
from tests.anahtar_web.ledgers.conftest import Send, Work, text
from tests.anahtar_web.ledgers.steps import post

Imported = Callable[..., Import]


def test_it_leaves_with_its_reason_and_stays_in_the_history(
    client: Client, imported: Imported, analyst: Any, work: Work
) -> None:
    of = imported()
    assert post(client, "take-back", of, reason="Wrong year").url == f"/imports/{of.pk}/"
    work()
    of.refresh_from_db()
    assert (of.state, of.reason, of.taken_back_by) == (State.TAKEN_BACK, "Wrong year", analyst)
    assert queries.live_batches() == []
    entry = Entry.objects.get(verb="import.taken_back")
    assert (entry.reason, entry.by) == ("Wrong year", analyst)
    # One that waits already is enough for both.
    assert Job.objects.filter(kind="insight.analyse", state="queued").count() == 1
    page = client.get(f"/imports/{of.pk}/").content.decode()
    assert "Taken back by" in page
    assert "Wrong year" in page
    assert of.batch in client.get("/imports/?state=gone").content.decode()


def test_its_problems_and_its_file_can_still_be_looked_at(client: Client, imported: Imported, work: Work) -> None:
    of = imported(text("1;A;21.01.2024;1,00", "2;B;31.02.2024;1,00"))
    post(client, "take-back", of, reason="Wrong year")
    work()
    assert "31.02.2024" in client.get(f"/imports/{of.pk}/problems/").content.decode()
    answer = client.get(f"/imports/{of.pk}/files/{of.files.get().pk}/")
    assert b"".join(answer.streaming_content).startswith(b"Cari Kodu")


def test_without_a_reason_nothing_happens(client: Client, imported: Imported) -> None:
    of = imported()
    for reason in ("", "   "):
        answer = post(client, "take-back", of, reason=reason)
        assert answer.status_code == 422
    of.refresh_from_db()
    assert of.state == State.IMPORTED


@pytest.mark.long
def test_the_question_says_what_goes_and_what_stays(client: Client, imported: Imported, work: Work) -> None:
    imported(text("0001;Acme;21.01.2024;1,00"))
    of = imported(text("0001;Acme;22.01.2024;2,00", "0002;Birch;22.01.2024;2,00", "0003;Cedar;22.01.2024;2,00"))
    work(analyse=True)
    Account.objects.filter(code="0003").update(remark="Calls back on Mondays")
    page = client.get(f"/imports/{of.pk}/take-back/").context["page"]
    assert (page.going, [account.name for account in page.staying]) == (1, ["Cedar"])
    post(client, "take-back", of, reason="Twice")
    work(analyse=True)
    assert sorted(Account.objects.values_list("code", flat=True)) == ["0001", "0003"]


def test_the_file_may_come_again_after_that(
    client: Client, imported: Imported, send: Send, analyst: Any, work: Work
) -> None:
    of = imported()
    post(client, "take-back", of, reason="Wrong year")
    work()
    assert send(analyst, ("ocak.csv", text())).status_code == 302


def test_two_people_take_back_once(client: Client, imported: Imported, work: Work) -> None:
    of = imported()
    post(client, "take-back", of, reason="First")
    post(client, "take-back", of, reason="Second")
    work()
    of.refresh_from_db()
    assert of.reason == "First"
    assert Entry.objects.filter(verb="import.taken_back").count() == 1


@pytest.mark.parametrize("step", ["confirm", "cancel", "mapping", "file"])
def test_what_was_taken_back_goes_nowhere(client: Client, imported: Imported, work: Work, step: str) -> None:
    of = imported()
    post(client, "take-back", of, reason="Wrong year")
    work()
    of.refresh_from_db()
    post(client, step, of)
    of.refresh_from_db()
    assert of.state == State.TAKEN_BACK


def test_a_source_is_an_attachment_under_its_own_name(client: Client, imported: Imported, send: Send, ana: Any) -> None:
    of = imported()
    file = of.files.get()
    file.name = 'şık"; filename="x.html'
    file.save()
    answer = client.get(f"/imports/{of.pk}/files/{file.pk}/")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == text()
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''")
    assert '"' not in disposition
    other = Import.objects.create(by=of.by, state=State.OPEN)
    assert client.get(f"/imports/{other.pk}/files/{file.pk}/").status_code == 404


def test_whoever_may_not_import_may_not_take_back(imported: Imported, signed_in: Any, auditor: Any, ana: Any) -> None:
    of = imported()
    for person in (auditor, ana):
        form = {"version": of.version, "once": uuid4().hex, "reason": "x"}
        assert signed_in(person).post(f"/imports/{of.pk}/take-back/", form).status_code == 403
    of.refresh_from_db()
    assert of.state == State.IMPORTED
