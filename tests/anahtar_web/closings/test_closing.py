"""Months are closed and what changes them later is named: real files through the wizard, real jobs."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from anahtar_web.audit.models import Entry
from anahtar_web.closings.actions import closing as closings
from anahtar_web.closings.actions import looking
from anahtar_web.closings.models import Change, ClosedMonth, ClosingRule, DueClosing
from anahtar_web.closings.queries import closable
from anahtar_web.jobs.models import Job, State
from anahtar_web.ledgers.models import Import
from anahtar_web.ledgers.models import State as ImportState
from anahtar_web.people.models import User
from tests.anahtar_web.closings.conftest import ADDED, FEBRUARY, JANUARY, Follow, closed, say, text_of
from tests.anahtar_web.ledgers.conftest import LINES, Work, text
from tests.anahtar_web.ledgers.steps import post

pytestmark = pytest.mark.django_db

Imported = Callable[..., Import]
SignedIn = Callable[[Any], Client]


@pytest.fixture
def house(imported: Imported, signed_in: SignedIn, head: User, follow: Follow) -> Client:
    """January and February are closed, by the head, whose client it gives."""
    imported()
    client = signed_in(head)
    assert say(client, "close/", until="2024-02").status_code == 302
    follow()
    return client


def sums(row: ClosedMonth) -> tuple[int, int, int]:
    return row.lines, row.amount, row.accounts


def test_all_months_up_to_one_are_kept_as_they_stand(house: Client, head: User) -> None:
    # 1234.56 + 99.90 of two customers; -34.56 of one.
    assert sums(closed(JANUARY)) == (2, 13_344_600, 2)
    assert sums(closed(FEBRUARY)) == (1, -345_600, 1)
    assert (closed(JANUARY).closed_by, ClosedMonth.objects.count()) == (head, 2)
    entry = Entry.objects.get(verb="month.closed")
    assert (entry.by, entry.target_name) == (head, "2024-02")
    assert entry.after == {"months": 2, "lines": 3, "amount": 12_999_000}


def test_an_import_that_changes_one_is_named_with_before_after_and_who_moved(
    house: Client, imported: Imported, follow: Follow
) -> None:
    of = imported(text(*ADDED, "0001;Acme;05.03.2024;7,00"))
    follow()
    (change,) = Change.objects.all()
    assert (change.closed, change.of, change.batch, change.taken_back) == (closed(JANUARY), of, of.batch, False)
    assert (change.lines_before, change.lines_after) == (2, 4)
    assert (change.amount_before, change.amount_after) == (13_344_600, 18_345_600)
    assert (change.accounts_before, change.accounts_after, change.moved) == (2, 3, 2)
    assert change.at == of.imported_at
    assert [(one.code, one.lines, one.amount) for one in change.movers.all()] == [
        ("0002", 1, 5_000_000),
        ("0009", 1, 1_000),
    ]
    # What was closed stays as it was closed.
    assert sums(closed(JANUARY)) == (2, 13_344_600, 2)
    entry = Entry.objects.get(verb="month.changed")
    assert (entry.by, entry.target_name) == (None, "2024-01")
    assert entry.before == {"lines": 2, "amount": 13_344_600, "accounts": 2}
    assert entry.after == {
        "lines": 4,
        "amount": 18_345_600,
        "accounts": 3,
        "import": of.number,
        "batch": of.batch,
    }
    follow()
    assert (Change.objects.count(), Entry.objects.filter(verb="month.changed").count()) == (1, 1)


def test_an_import_of_open_months_changes_nothing(house: Client, imported: Imported, follow: Follow) -> None:
    of = imported(text("0001;Acme;15.03.2024;7,00"))
    assert of.state == ImportState.IMPORTED
    follow()
    assert not Change.objects.exists()
    assert not Job.objects.filter(kind="closings.look").exists()


def test_an_import_taken_back_is_named_too_and_the_same_lines_again_are_the_same_month(
    house: Client, imported: Imported, client: Client, work: Work, follow: Follow
) -> None:
    of = Import.objects.get()
    post(client, "take-back", of, reason="Wrong year")
    work()
    follow()
    gone = Change.objects.get(closed=closed(JANUARY))
    assert (gone.of, gone.taken_back) == (of, True)
    assert (gone.lines_after, gone.amount_after, gone.accounts_after) == (0, 0, 0)
    assert [(one.code, one.amount) for one in gone.movers.all()] == [("0001", -12_345_600), ("0002", -999_000)]
    # Once more, in another order and with the names written otherwise.
    imported(text(*(line.replace("Acme Çelik A.Ş.", "Acme") for line in reversed(LINES))))
    follow()
    back = Change.objects.filter(closed=closed(JANUARY)).last()
    assert back is not None
    assert (back.lines_before, back.lines_after) == (0, 2)
    assert back.fingerprint == closed(JANUARY).fingerprint
    assert "It says again what it said" in house.get(f"/settings/closing/{closed(JANUARY).pk}/").content.decode()


def test_two_imports_between_two_looks_are_two_changes_in_their_order(
    house: Client, imported: Imported, follow: Follow
) -> None:
    first = imported(text(ADDED[0]))
    second = imported(text(ADDED[1]))
    follow()
    told = [(change.of, change.lines_before, change.lines_after) for change in Change.objects.all()]
    assert told == [(first, 2, 3), (second, 3, 4)]


def test_a_month_before_the_first_closed_one_is_closed_with_nothing_in_it(
    house: Client, imported: Imported, follow: Follow
) -> None:
    imported(text("0001;Acme;15.11.2023;7,00"))
    follow()
    (change,) = Change.objects.all()
    assert str(change.closed) == "2023-11"
    assert (change.lines_before, change.lines_after, change.amount_after) == (0, 1, 70_000)
    assert change.closed.closed_at == closed(JANUARY).closed_at
    follow()
    assert Change.objects.count() == 1


def test_an_analysis_looks_by_itself(house: Client, imported: Imported, work: Work) -> None:
    imported(text(*ADDED))
    work(analyse=True)
    (change,) = Change.objects.all()
    assert change.lines_after == 4
    assert Job.objects.filter(kind="insight.analyse", state=State.DONE).exists()


def test_who_looks_at_the_same_time_names_nothing_twice(
    house: Client, imported: Imported, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(text(*ADDED))
    steps = looking._steps

    def between(*args: Any) -> Any:
        # The other worker reads the same, and is first to write it.
        monkeypatch.setattr(looking, "_steps", steps)
        assert looking.look() == 1
        return steps(*args)

    monkeypatch.setattr(looking, "_steps", between)
    assert looking.look() == 0
    assert Change.objects.count() == 1
    (change,) = Change.objects.all()
    change.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        change.save(force_insert=True)


# What people decide --------------------------------------------------------------------------------------------------


def test_a_changed_month_is_accepted_as_it_is_now_with_its_reason(
    house: Client, imported: Imported, follow: Follow, head: User
) -> None:
    imported(text(*ADDED))
    follow()
    row = closed(JANUARY)
    answer = say(house, f"{row.pk}/accept/", version=row.version, reason="A late invoice")
    assert answer.status_code == 302
    row = closed(JANUARY)
    change = Change.objects.get()
    assert sums(row) == (4, 18_345_600, 3)
    assert (row.fingerprint, row.reopened_at) == (change.fingerprint, None)
    assert change.settled_at is not None
    entry = Entry.objects.get(verb="month.accepted")
    assert (entry.by, entry.reason) == (head, "A late invoice")
    assert (entry.before["lines"], entry.after["lines"]) == (2, 4)
    assert "A late invoice" in text_of(house, f"/settings/closing/{row.pk}/")
    assert "A late invoice" not in text_of(house, f"/settings/closing/{closed(FEBRUARY).pk}/")
    follow()
    assert Change.objects.count() == 1
    # The next change begins where this one was accepted.
    imported(text("0001;Acme;30.01.2024;1,00"))
    follow()
    last = Change.objects.last()
    assert last is not None
    assert (last.lines_before, last.lines_after) == (4, 5)


def test_nobody_accepts_what_they_have_not_seen(house: Client, imported: Imported, follow: Follow) -> None:
    imported(text(ADDED[0]))
    follow()
    row = closed(JANUARY)
    imported(text(ADDED[1]))
    follow()
    say(house, f"{row.pk}/accept/", version=row.version, reason="A late invoice")
    assert sums(closed(JANUARY)) == (2, 13_344_600, 2)
    assert not Entry.objects.filter(verb="month.accepted").exists()


def test_a_reopened_month_is_not_looked_at_and_closed_again_with_the_sums_of_then(
    house: Client, imported: Imported, follow: Follow, head: User
) -> None:
    row = closed(JANUARY)
    say(house, f"{row.pk}/reopen/", version=row.version, reason="Credit notes are missing")
    row = closed(JANUARY)
    assert row.reopened_by == head
    entry = Entry.objects.get(verb="month.reopened")
    assert (entry.reason, entry.before["lines"]) == ("Credit notes are missing", 2)
    imported(text(*ADDED))
    follow()
    assert not Change.objects.exists()
    assert JANUARY in closable()
    assert FEBRUARY not in closable()
    say(house, "close/", until="2024-01")
    follow()
    row = closed(JANUARY)
    assert (sums(row), row.reopened_at) == ((4, 18_345_600, 3), None)
    assert sums(closed(FEBRUARY)) == (1, -345_600, 1)


@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_nothing_is_decided(house: Client, reason: str) -> None:
    row = closed(JANUARY)
    entries = Entry.objects.count()
    for what in ("accept", "reopen"):
        assert say(house, f"{row.pk}/{what}/", version=row.version, reason=reason).status_code == 422
    # Nothing has changed: there is nothing to accept.
    say(house, f"{row.pk}/accept/", version=row.version, reason="Why not")
    row.refresh_from_db()
    assert (row.version, row.reopened_at, Entry.objects.count()) == (1, None, entries)


def test_only_months_of_the_ledger_that_are_over_and_open_are_closed(house: Client, head: User) -> None:
    jobs = Job.objects.count()
    for wrong in ("2024-02", "2023-12", "2099-01", "2024-2", "", "x"):
        assert say(house, "close/", until=wrong).status_code == 422
    with pytest.raises(closings.UnableToClose):
        closings.ask_to_close(until=datetime(2099, 1, 1, tzinfo=UTC).date(), by=head)
    with pytest.raises(closings.UnableToClose):
        closings.ask_to_close(until=FEBRUARY, by=head)
    assert Job.objects.count() == jobs


# By themselves -------------------------------------------------------------------------------------------------------


@pytest.fixture
def fifth(admin: User) -> ClosingRule:
    """Months are closed five days after their end, since long ago."""
    row = closings.change_rule(version=1, days=5, reason="The books close then", by=admin)
    ClosingRule.objects.update(since=datetime(2020, 1, 1, tzinfo=UTC))
    return row


def on(monkeypatch: pytest.MonkeyPatch, year: int, month: int, day: int) -> None:
    """Set the company's day."""
    from anahtar_web.closings import queries

    today = datetime(year, month, day, tzinfo=UTC).date()
    monkeypatch.setattr(queries, "today", lambda: today)
    monkeypatch.setattr(closings, "today", lambda: today)


def test_a_month_closes_by_itself_once_on_its_day(
    imported: Imported, fifth: ClosingRule, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported()
    on(monkeypatch, 2024, 2, 4)
    follow()
    assert not ClosedMonth.objects.exists()
    on(monkeypatch, 2024, 2, 5)
    follow()
    follow()
    (row,) = ClosedMonth.objects.all()
    assert (row.month, row.closed_by) == (JANUARY, None)
    assert Entry.objects.get(verb="month.closed").by is None
    assert Job.objects.filter(kind="closings.close").count() == 1


def test_what_somebody_reopened_stays_open(
    imported: Imported, fifth: ClosingRule, follow: Follow, head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from anahtar_web.closings.actions.settling import reopen

    imported()
    on(monkeypatch, 2024, 2, 5)
    follow()
    reopen(of=closed(JANUARY), version=1, reason="Credit notes are missing", by=head)
    follow()
    assert closed(JANUARY).reopened_at is not None
    on(monkeypatch, 2024, 3, 5)
    follow()
    assert closed(FEBRUARY).reopened_at is None
    assert closed(JANUARY).reopened_at is not None


def test_after_downtime_one_closing_makes_up_for_all(
    imported: Imported, fifth: ClosingRule, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported()
    on(monkeypatch, 2024, 6, 20)
    follow()
    # Not the months whose lines have not come yet.
    assert [str(row) for row in ClosedMonth.objects.order_by("month")] == ["2024-01", "2024-02"]
    assert DueClosing.objects.count() == 1
    imported(text("0001;Acme;15.04.2024;7,00"))
    follow()
    assert [str(row) for row in ClosedMonth.objects.order_by("month")] == ["2024-01", "2024-02", "2024-03", "2024-04"]
    assert not Change.objects.exists()


def test_what_was_due_before_the_rule_was_set_is_left_to_people(
    imported: Imported, fifth: ClosingRule, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported()
    ClosingRule.objects.update(since=datetime(2024, 2, 6, 12, tzinfo=UTC))
    on(monkeypatch, 2024, 2, 20)
    follow()
    assert not ClosedMonth.objects.exists()
    on(monkeypatch, 2024, 3, 5)
    follow()
    assert ClosedMonth.objects.count() == 2


def test_it_waits_while_an_import_waits_and_says_so(
    imported: Imported,
    fifth: ClosingRule,
    follow: Follow,
    analyst: User,
    signed_in: SignedIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    imported()
    on(monkeypatch, 2024, 2, 5)
    waiting = Import.objects.create(title="Ocak.csv", by=analyst, state=ImportState.CHECKED)
    follow()
    assert not DueClosing.objects.exists()
    page = text_of(signed_in(analyst))
    assert "The month that is due waits for an import" in page
    assert f"/imports/{waiting.pk}/" in page
    Import.objects.filter(pk=waiting.pk).update(state=ImportState.CANCELLED)
    on(monkeypatch, 2024, 2, 9)
    follow()
    assert ClosedMonth.objects.count() == 1


def test_of_two_workers_one_asks(imported: Imported, fifth: ClosingRule, monkeypatch: pytest.MonkeyPatch) -> None:
    imported()
    on(monkeypatch, 2024, 2, 5)
    DueClosing.objects.create(month=JANUARY)
    # The other one has looked before the row was there.
    monkeypatch.setattr(closings, "is_claimable", lambda of, month: True)
    assert closings.ask_for_due() is None
    assert not Job.objects.filter(kind="closings.close").exists()


def test_a_look_that_failed_is_not_asked_for_every_five_minutes(
    house: Client, imported: Imported, follow: Follow, data: Any
) -> None:
    of = imported(text(*ADDED))
    part = next((data / "ledger" / "batches" / of.batch / "lines").iterdir())
    part.write_bytes(part.read_bytes()[:-1])
    follow()
    follow()
    (job,) = Job.objects.filter(kind="closings.look")
    assert (job.state, Change.objects.count()) == (State.FAILED, 0)


def test_a_closing_run_again_after_a_kill_closes_what_is_left(house: Client, head: User) -> None:
    told: list[Any] = []
    again = closings.close_months(
        until=FEBRUARY, by=head, on_progress=lambda *at: told.append(at), hold=lambda: told.append("held")
    )
    assert (again, told) == (0, ["held"])
    assert ClosedMonth.objects.get(month=JANUARY).version == 1
    assert Entry.objects.filter(verb="month.closed").count() == 1
    assert closed(JANUARY).closed_at - closed(FEBRUARY).closed_at == timedelta(0)
