"""The pages of the trail: who may read them, what they are narrowed to, what they never show."""

import csv
import re
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from anahtar.report.harmless import unguarded
from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import record
from anahtar_web.audit.queries import entries_for
from anahtar_web.audit.verbs import VERBS, noun
from anahtar_web.company.queries import today
from anahtar_web.gate import rights
from anahtar_web.gate.rights import Role
from anahtar_web.people.models import User

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
SOURCES = Path(__file__).parents[3] / "src" / "anahtar_web"


def shown(client: Client, query: str = "") -> str:
    answer = client.get(f"{reverse('audit:trail')}?{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_those_who_may_read_it_all_do_and_nobody_else(
    admin: User, director: User, auditor: User, head: User, ana: User, marketing: User, signed_in: SignedIn
) -> None:
    for may in (admin, director, auditor):
        assert signed_in(may).get(reverse("audit:trail")).status_code == 200
    for may_not in (head, ana, marketing):
        assert signed_in(may_not).get(reverse("audit:trail")).status_code == 403
        assert signed_in(may_not).get(reverse("audit:file")).status_code == 403


def test_an_entry_says_who_did_what_to_whom_with_before_after_reason_and_from_where(
    admin: User, ana: User, auditor: User, signed_in: SignedIn
) -> None:
    record("person.role_given", ana, by=admin, before={"role": "kam"}, after={"role": "head"}, reason="Promoted")
    page = shown(signed_in(auditor))
    assert "Ada Yönetici gave Ana Işık another role" in page
    assert re.search(r"Role.*<del[^>]*>Key account manager</del>.*<ins[^>]*>Head of key accounts</ins>", page, re.S)
    assert "Promoted" in page


def test_it_is_narrowed_by_person_kind_account_day_and_folded_words(
    admin: User, ana: User, chen: User, acme: Account, auditor: User, signed_in: SignedIn
) -> None:
    record("person.edited", chen, by=admin, after={"name": "Chen Öztürk"})
    record("account.edited", acme, by=ana, after={"city": "Iğdır"}, account=acme.pk)
    client = signed_in(auditor)
    only_chen = ["Ada Yönetici changed what is written of Chen Öztürk"]
    for query in (f"person={chen.pk}", f"person={admin.pk}", "noun=person", "text=ozturk", "text=OZTÜRK+ada"):
        page = shown(client, query)
        assert [text for text in only_chen if text in page] == only_chen, query
        assert "account.edited" not in page
        assert "Acme" not in page.partition('id="trail"')[2], query
    page = shown(client, f"account={acme.pk}")
    assert "Acme" in page.partition('id="trail"')[2]
    assert only_chen[0] not in page
    tomorrow = (today() + timedelta(days=1)).isoformat()
    assert "No entry fits" in shown(client, f"since={tomorrow}")
    assert only_chen[0] in shown(client, f"until={tomorrow}")


@pytest.mark.parametrize("query", ["since=yesterday", "person=999999", "noun=everything", "text=" + "x" * 101,
                                   "before=-1", "since=2026-02-01&until=2026-01-01"])  # fmt: skip
def test_what_cannot_be_meant_is_told_and_not_guessed(auditor: User, signed_in: SignedIn, query: str) -> None:
    answer = signed_in(auditor).get(f"{reverse('audit:trail')}?{query}")
    assert answer.status_code == 400
    assert "cannot be narrowed this way" in answer.content.decode()
    assert signed_in(auditor).get(f"{reverse('audit:file')}?{query}").status_code == 400


def test_pages_go_on_below_the_last_entry_and_cost_the_same_however_long_the_trail_is(
    admin: User, ana: User, auditor: User, signed_in: SignedIn
) -> None:
    client = signed_in(auditor)

    def read() -> tuple[str, int]:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page = shown(client)
        return page, len(seen)

    for n in range(3):
        record("person.edited", ana, by=admin, after={"name": f"name {n}"})
    read()  # the first visit notes when it was
    _page, few = read()
    for n in range(3, 120):
        record("person.edited", ana, by=admin, after={"name": f"name {n}"})
    page, many = read()
    assert many == few
    seen: list[str] = re.findall(r"name \d+", page)
    while older := re.search(r'rel="next" href="[^"]*before=(\d+)', page):
        page = shown(client, f"before={older[1]}")
        seen += re.findall(r"name \d+", page)
    assert seen == [f"name {n}" for n in reversed(range(120))]


def test_a_protected_figure_is_not_told_to_a_role_that_does_not_see_it(
    admin: User, marketing: User, head: User, acme: Account, monkeypatch: pytest.MonkeyPatch, signed_in: SignedIn
) -> None:
    record(
        "account.edited", acme, by=admin, account=acme.pk,
        before={"margin_goal": "73.41917", "city": "Bursa"}, after={"margin_goal": "CNRY-7f3a", "city": "İzmir"},
    )  # fmt: skip
    (told,) = entries_for(acme.pk, reader=marketing).told
    assert ([line.after for line in told.lines], told.withheld) == (["İzmir"], 1)
    (told,) = entries_for(acme.pk, reader=head).told
    assert (sorted(line.after for line in told.lines), told.withheld) == (["CNRY-7f3a", "İzmir"], 0)
    # And if marketing might ever read the whole trail, page and file would still keep it.
    monkeypatch.setitem(rights.RIGHTS, Role.MARKETING, rights.RIGHTS[Role.AUDITOR])
    client = signed_in(marketing)
    file = b"".join(client.get(reverse("audit:file"))).decode()
    for surface in (shown(client), file):
        assert "İzmir" in surface
        assert "73.41917" not in surface
        assert "CNRY-7f3a" not in surface


def test_the_file_holds_every_entry_and_nothing_a_spreadsheet_would_obey(
    admin: User, ana: User, auditor: User, signed_in: SignedIn
) -> None:
    for text in ("=1+1", "@SUM(A1)", "\t=1", "plain"):
        record("person.edited", ana, by=admin, after={"name": text}, reason=text)
    answer = signed_in(auditor).get(reverse("audit:file"))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert [unguarded(row["Reason"]) for row in rows] == ["=1+1", "@SUM(A1)", "\t=1", "plain"]
    assert not [cell for row in rows for cell in row.values() if cell[:1] in "=+-@\t\r" and cell]


def test_every_verb_that_is_recorded_anywhere_has_its_sentence() -> None:
    recorded = {
        verb
        for module in SOURCES.rglob("*.py")
        for verb in re.findall(r'\brecord\(\s*"([a-z_]+\.[a-z_]+)"', module.read_text(encoding="utf-8"))
    }
    assert recorded <= set(VERBS)
    assert {noun(verb) for verb in VERBS}


def test_an_unknown_verb_of_another_version_is_still_shown(admin: User, auditor: User, signed_in: SignedIn) -> None:
    record("promise.made", admin, by=admin)
    assert "promise.made" in shown(signed_in(auditor))


def test_what_the_program_itself_did_says_so(ana: User, auditor: User, signed_in: SignedIn) -> None:
    record("person.invited", ana, by=None)
    assert "Anahtar itself invited Ana Işık" in shown(signed_in(auditor))


def test_a_swap_brings_the_entries_alone(admin: User, auditor: User, signed_in: SignedIn) -> None:
    record("person.invited", admin, by=None)
    answer: Any = signed_in(auditor).get(reverse("audit:trail"), headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith('<div id="trail">')
