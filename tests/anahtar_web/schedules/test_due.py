"""What is due by the schedule: asked for once, caught up once, and not where it would say nothing new."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from anahtar_web.company.models import Company
from anahtar_web.insight.models import Run
from anahtar_web.jobs.models import Job
from anahtar_web.jobs.registry import CHORES
from anahtar_web.ledgers.models import Import, Kind, State
from anahtar_web.people.models import User
from anahtar_web.schedules import actions
from anahtar_web.schedules.actions import ask_for_due, change_schedule
from anahtar_web.schedules.models import Due, Outcome, Schedule

pytestmark = pytest.mark.django_db


def at(day: int, hour: int = 0, minute: int = 0, month: int = 7) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_without_a_schedule_nothing_is_ever_due(run: Run) -> None:
    assert ask_for_due(at(2)) is None
    assert not Due.objects.exists()


def test_it_is_asked_for_once_a_night_in_nobodys_name(run: Run, nightly: Schedule, asked: list[Any]) -> None:
    assert ask_for_due(at(1, 23, 59)) is None
    due = ask_for_due(at(2))
    assert due is not None
    assert (due.due_at, due.outcome) == (at(2), Outcome.ASKED)
    assert (due.job, asked) == (Job.objects.get(), [None])
    assert due.job is not None
    assert (due.job.kind, due.job.by) == ("insight.analyse", None)
    assert ask_for_due(at(2)) is None
    assert ask_for_due(at(2, 23, 59)) is None
    assert asked == [None]
    assert ask_for_due(at(3)) is not None
    assert Due.objects.count() == 2


def test_after_three_weeks_of_downtime_only_the_last_one_is_made_up_for(run: Run, nightly: Schedule) -> None:
    due = ask_for_due(at(22, 9))
    assert due is not None
    assert due.due_at == at(22)
    assert ask_for_due(at(22, 9, 5)) is None
    assert Due.objects.count() == 1


def test_a_night_is_claimed_once_in_the_database_and_who_comes_second_asks_for_nothing(
    run: Run, nightly: Schedule, asked: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    Due.objects.create(due_at=at(2), outcome=Outcome.ASKED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Due.objects.create(due_at=at(2), outcome=Outcome.ASKED)
    # The other worker has looked before the row was there.
    assert actions._claim(at(2)) is None
    assert asked == []


def test_a_clock_that_was_set_back_asks_for_no_night_again(run: Run, nightly: Schedule, asked: list[Any]) -> None:
    ask_for_due(at(9))
    assert ask_for_due(at(5, 1)) is None
    assert asked == [None]


def test_what_was_due_before_the_schedule_was_changed_is_not_made_up_for(
    run: Run, nightly: Schedule, admin: User, asked: list[Any]
) -> None:
    change_schedule(
        version=nightly.version, fields={"every": "month", "hour": 3, "day": 5}, reason="Less often", by=admin
    )
    Schedule.objects.update(since=at(6))
    assert ask_for_due(at(31)) is None
    assert ask_for_due(at(5, month=8)) is not None


def test_the_hour_is_the_companys(run: Run, nightly: Schedule) -> None:
    Company.objects.update_or_create(pk=1, defaults={"time_zone": "Europe/Berlin"})
    assert ask_for_due(at(2, 0, 59)) is None
    assert ask_for_due(at(2, 1)) is not None


def test_nothing_is_analysed_where_nothing_has_changed_and_it_says_so(
    analysed: Run, nightly: Schedule, asked: list[Any]
) -> None:
    due = ask_for_due(at(2))
    assert due is not None
    assert (due.outcome, due.job, asked) == (Outcome.UNCHANGED, None, [])
    assert ask_for_due(at(2, 5)) is None


@pytest.mark.parametrize("field", [{"abc_a": 0.7}, {"criteria": "[share]\nleast = 0.2\n"}, {"lapse": "flat"}])
def test_another_threshold_or_criterion_is_a_reason_to_analyse(
    analysed: Run, nightly: Schedule, field: dict[str, Any]
) -> None:
    Company.objects.update_or_create(pk=1, defaults=field)
    due = ask_for_due(at(2))
    assert due is not None
    assert due.outcome == Outcome.ASKED


def test_another_import_is_a_reason_to_analyse(analysed: Run, nightly: Schedule) -> None:
    analysed.comparison.digest = actions_digest([*analysed.batches, "20990101-000000"])
    analysed.comparison.save()
    due = ask_for_due(at(2))
    assert due is not None
    assert due.outcome == Outcome.ASKED


def actions_digest(batches: list[str]) -> str:
    from anahtar_web.schedules.basis import digest

    return digest(batches)


def test_an_empty_ledger_is_not_analysed_every_night(data: Any, nightly: Schedule) -> None:
    due = ask_for_due(at(2))
    assert due is not None
    assert due.outcome == Outcome.UNCHANGED


# An import that waits ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.OPEN, State.CHECKED, State.STOPPED, State.UNREADABLE])
def test_it_waits_for_an_import_that_waits_and_is_made_once_that_is_decided(
    run: Run, nightly: Schedule, analyst: User, asked: list[Any], state: State
) -> None:
    waiting = Import.objects.create(title="Sales.csv", by=analyst, state=state)
    due = ask_for_due(at(2))
    assert due is not None
    assert (due.outcome, asked) == (Outcome.WAITING, [])
    assert ask_for_due(at(2, 1)) is None
    Import.objects.filter(pk=waiting.pk).update(state=State.CANCELLED)
    settled = ask_for_due(at(2, 2))
    assert settled is not None
    assert (settled.pk, settled.outcome, asked) == (due.pk, Outcome.ASKED, [None])
    assert ask_for_due(at(2, 3)) is None


def test_of_two_workers_that_see_the_import_decided_one_asks(
    run: Run, nightly: Schedule, analyst: User, asked: list[Any]
) -> None:
    waiting = Import.objects.create(title="Sales.csv", by=analyst, state=State.CHECKED)
    first = ask_for_due(at(2))
    waiting.delete()
    assert first is not None
    second = Due.objects.get(pk=first.pk)
    assert actions._take_up(first) is not None
    assert actions._take_up(second) is None
    assert asked == [None]


def test_deliveries_are_nothing_to_wait_for(run: Run, nightly: Schedule, analyst: User) -> None:
    Import.objects.create(title="Irsaliye.csv", by=analyst, state=State.CHECKED, kind=Kind.DELIVERIES)
    due = ask_for_due(at(2))
    assert due is not None
    assert due.outcome == Outcome.ASKED


def test_the_worker_looks_every_five_minutes() -> None:
    assert CHORES["schedules.ask_for_due"].seconds == 300
