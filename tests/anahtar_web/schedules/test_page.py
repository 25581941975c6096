"""The page of the schedule: who sees and who changes it, both versions, what came of it in words."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from anahtar_web.accounts.models import Account
from anahtar_web.audit.models import Entry
from anahtar_web.insight.models import Run, Turn
from anahtar_web.jobs.models import Job, State
from anahtar_web.ledgers.models import Import
from anahtar_web.ledgers.models import State as ImportState
from anahtar_web.people.models import User
from anahtar_web.schedules.models import Comparison, Due, Move, Outcome, Schedule

pytestmark = pytest.mark.django_db

PAGE = "/settings/schedule/"


def send(client: Any, **fields: Any) -> Any:
    said = {"every": "night", "hour": "4", "day": "1", "version": 1, "reason": "Board of 12 May"} | fields
    return client.post(reverse("schedules:save"), {"once": str(uuid4()), **said})


def text(client: Any) -> str:
    answer = client.get(PAGE)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def came(run: Run, before: Run | None, **counts: int) -> Comparison:
    """Say that a run came of the schedule."""
    job = Job.objects.create(
        kind="insight.analyse", state=State.DONE, result={"run": run.pk}, finished_at=timezone.now()
    )
    Due.objects.create(due_at=timezone.now(), outcome=Outcome.ASKED, job=job)
    return Comparison.objects.create(run=run, before=before, digest="0" * 64, **counts)


def test_who_may_see_sees_and_only_who_may_import_changes(
    admin: User, head: User, analyst: User, director: User, auditor: User, ana: User, marketing: User, signed_in: Any
) -> None:
    for reader, may in {admin: True, head: True, analyst: True, director: False, auditor: False}.items():
        assert ('name="version"' in text(signed_in(reader))) is may, reader.role
    for reader in (ana, marketing):
        assert signed_in(reader).get(PAGE).status_code == 403
    for reader in (director, auditor, ana, marketing):
        assert send(signed_in(reader)).status_code == 403
    assert not Schedule.objects.exists()
    assert not Entry.objects.exists()


def test_it_is_changed_with_its_reason_on_the_trail(analyst: User, signed_in: Any) -> None:
    client = signed_in(analyst)
    assert send(client, every="month", hour="7", day="31").status_code == 302
    row = Schedule.objects.get()
    assert (row.every, row.hour, row.day, row.version) == ("month", 7, 31, 2)
    assert row.since > timezone.now() - timedelta(minutes=1)
    (entry,) = Entry.objects.all()
    assert (entry.verb, entry.reason, entry.by) == ("schedule.changed", "Board of 12 May", analyst)
    assert (entry.before, entry.after) == (
        {"every": "never", "hour": 3, "day": 1},
        {"every": "month", "hour": 7, "day": 31},
    )
    page = text(client)
    assert "Once a month, on day 31" in page
    assert "07:00" in page
    assert "Board of 12 May" in page


@pytest.mark.parametrize(
    "wrong", [{"reason": " "}, {"hour": "24"}, {"day": "0"}, {"day": "32"}, {"every": "hour"}, {"version": "x"}]
)
def test_what_is_no_schedule_is_refused_and_changes_nothing(
    analyst: User, signed_in: Any, wrong: dict[str, Any]
) -> None:
    assert send(signed_in(analyst), **wrong).status_code == 422
    assert not Schedule.objects.exists()


def test_who_saves_over_another_is_shown_both_and_saves_then(analyst: User, admin: User, signed_in: Any) -> None:
    send(signed_in(admin), every="month", hour="5")
    client = signed_in(analyst)
    answer = send(client, hour="6")
    assert answer.status_code == 409
    page = " ".join(answer.content.decode().split())
    assert "Saved now" in page
    assert "05:00" in page
    assert Schedule.objects.get().hour == 5
    assert 'name="version" value="2"' in page
    assert send(client, hour="6", version=2).status_code == 302
    assert Schedule.objects.get().hour == 6


def test_saving_the_same_again_asks_for_nothing_that_was_missed(analyst: User, signed_in: Any) -> None:
    client = signed_in(analyst)
    send(client)
    was = Schedule.objects.get().since
    assert send(client, version=2).status_code == 302
    assert Schedule.objects.get().since == was
    assert Entry.objects.count() == 1


def test_before_the_first_time_it_says_what_is_planned(analyst: User, signed_in: Any) -> None:
    client = signed_in(analyst)
    assert "none is planned" in text(client)
    send(client)
    page = text(client)
    assert "none is planned" not in page
    assert "none yet" in page


def test_it_says_why_nothing_was_made(analyst: User, signed_in: Any) -> None:
    Due.objects.create(due_at=datetime(2026, 7, 1, tzinfo=UTC), outcome=Outcome.UNCHANGED)
    client = signed_in(analyst)
    assert "are those of the analysis that is shown" in text(client)
    waiting = Import.objects.create(title="Temmuz.csv", by=analyst, state=ImportState.CHECKED)
    Due.objects.create(due_at=datetime(2026, 7, 2, tzinfo=UTC), outcome=Outcome.WAITING)
    page = text(client)
    assert "The analysis waits for an import" in page
    assert reverse("ledgers:import", args=[waiting.pk]) in page


def test_what_it_changed_is_told_in_numbers_and_names_with_links(run: Run, analyst: User, signed_in: Any) -> None:
    first, second = Account.objects.order_by("pk")[:2]
    before = Run.objects.create(started_at=timezone.now(), finished_at=timezone.now())
    came(run, before, moved=3, became_key=1)
    Move.objects.create(run=run, account=first, before="AX", after="BY", revenue=123_450_000)
    Turn.objects.create(run=run, account=second, kind=Turn.Kind.KEY, before="no", after="yes")
    page = text(signed_in(analyst))
    assert "3 accounts moved to another cell of the matrix." in page
    assert "Key by the ledger: 1 became, 0 ceased to be." in page
    assert f'href="{reverse("schedules:moved", args=[run.pk])}"' in page
    assert "All 3 accounts that moved" in page
    for account in (first, second):
        assert f'href="{reverse("insight:account", args=[account.pk])}"' in page
    assert "became key by the ledger" in page
    assert f'href="{reverse("jobs:job", args=[Job.objects.get().pk])}"' in page
    assert "asked for by the schedule" in page


def test_all_that_moved_are_listed_page_by_page_the_most_money_first(
    run: Run, analyst: User, ana: User, signed_in: Any
) -> None:
    before = Run.objects.create(started_at=timezone.now(), finished_at=timezone.now())
    came(run, before, moved=70)
    for number in range(70):
        account = Account.objects.create(code=f"M-{number}", name=f"Moved {number:02}")
        Move.objects.create(run=run, account=account, before="AX", after="BY", revenue=number * 10_000)
    client, address = signed_in(analyst), reverse("schedules:moved", args=[run.pk])
    first = client.get(address).content.decode()
    assert first.index("Moved 69") < first.index("Moved 68") < first.index("Moved 20")
    assert "Moved 19" not in first
    assert "Moved 19" in client.get(f"{address}?page=2").content.decode()
    assert signed_in(ana).get(address).status_code == 403
    assert client.get(reverse("schedules:moved", args=[before.pk])).status_code == 404
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    Move.objects.filter(revenue__gt=20_000).delete()
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    assert len(many) == len(few)


def test_a_failed_job_is_told_as_one(run: Run, analyst: User, signed_in: Any) -> None:
    job = Job.objects.create(kind="insight.analyse", state=State.FAILED, finished_at=timezone.now(), fault="x")
    Due.objects.create(due_at=timezone.now(), outcome=Outcome.ASKED, job=job)
    page = text(signed_in(analyst))
    assert "failed" in page
    assert "What the last analysis by the schedule changed" not in page


def test_the_page_asks_as_much_of_many_rows_as_of_few(run: Run, analyst: User, signed_in: Any) -> None:
    before = Run.objects.create(started_at=timezone.now(), finished_at=timezone.now())
    came(run, before, moved=1)
    accounts = list(Account.objects.order_by("pk"))
    Move.objects.create(run=run, account=accounts[0], before="AX", after="BY")
    Turn.objects.create(run=run, account=accounts[0], kind=Turn.Kind.KEY, before="no", after="yes")
    client = signed_in(analyst)
    text(client)
    with CaptureQueriesContext(connection) as few:
        text(client)
    for account in accounts[1:]:
        Move.objects.create(run=run, account=account, before="AX", after="BY")
        Turn.objects.create(run=run, account=account, kind=Turn.Kind.KEY, before="no", after="yes")
    for day in range(1, 20):
        job = Job.objects.create(kind="insight.analyse", state=State.FAILED, finished_at=timezone.now())
        Due.objects.create(due_at=datetime(2026, 7, day, tzinfo=UTC), outcome=Outcome.ASKED, job=job)
    with CaptureQueriesContext(connection) as many:
        text(client)
    assert len(many) == len(few)


def test_it_reads_turkish(run: Run, analyst: User, signed_in: Any) -> None:
    User.objects.filter(pk=analyst.pk).update(language="tr")
    send(signed_in(analyst), every="month", day="5")
    page = text(signed_in(analyst))
    assert "Zamanlama" in page
    assert "Ayda bir, ayın 5. günü" in page
