"""Sources are refreshed before a scheduled analysis: once for each moment, and the analysis waits for them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from anahtar_web.jobs.models import Job
from anahtar_web.ledgers.actions.taking_back import take_back
from anahtar_web.ledgers.models import Import, State
from anahtar_web.people.models import User
from anahtar_web.schedules.actions import ask_for_due, change_schedule
from anahtar_web.schedules.models import Due, Outcome, Schedule
from anahtar_web.sources.models import Source
from tests.anahtar_web.sources.conftest import Server, Work, months

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 7, 2, 0, 0, tzinfo=UTC)
"""Three o'clock in Istanbul."""


@pytest.fixture
def nightly(admin: User) -> Schedule:
    """Every day at three o'clock in Istanbul, from the first of July on."""
    row = change_schedule(version=1, fields={"every": "night", "hour": 3, "day": 1}, reason="Fresh figures", by=admin)
    Schedule.objects.update(since=NIGHT - timedelta(hours=12))
    row.refresh_from_db()
    return row


def outcome() -> str:
    return str(Due.objects.get().outcome)


def refreshes() -> int:
    return Job.objects.filter(kind="sources.refresh", by=None).count()


def test_the_analysis_waits_for_the_refresh_and_counts_it(
    first: Import, nightly: Schedule, server: Server, work: Work
) -> None:
    Job.objects.filter(kind="insight.analyse").delete()
    server.execute("INSERT INTO shop.sales VALUES ('2024-03-02', 'acme', 'Acme & Co.', 9.99, '4')")
    ask_for_due(NIGHT)
    assert outcome() == Outcome.WAITING
    # Rounds while it is at work ask for nothing more.
    ask_for_due(NIGHT + timedelta(minutes=5))
    assert (outcome(), refreshes()) == (Outcome.WAITING, 1)
    assert not Job.objects.filter(kind="insight.analyse").exists()
    work()
    assert months()["2024-03"] == (2, 10_0000)
    made = Import.objects.order_by("-pk")[0]
    assert (made.state, made.imported_by) == (State.IMPORTED, None)
    # The schedule asks for the analysis, and for one only.
    assert not Job.objects.filter(kind="insight.analyse").exists()
    ask_for_due(NIGHT + timedelta(minutes=10))
    assert outcome() == Outcome.ASKED
    assert Job.objects.filter(kind="insight.analyse").count() == 1
    assert refreshes() == 1


def test_a_refresh_that_fails_does_not_keep_the_analysis(
    first: Import, source: Source, nightly: Schedule, server: Server, work: Work
) -> None:
    server.execute("DROP TABLE shop.sales")
    ask_for_due(NIGHT)
    work()
    ask_for_due(NIGHT + timedelta(minutes=5))
    assert outcome() == Outcome.ASKED
    source.refresh_from_db()
    assert source.refusal is not None
    assert len(months()) == 3


def test_what_waits_for_a_person_holds_the_analysis(
    first: Import, nightly: Schedule, server: Server, work: Work
) -> None:
    server.execute("DELETE FROM shop.sales WHERE invoice = '2'")
    ask_for_due(NIGHT)
    work()
    ask_for_due(NIGHT + timedelta(minutes=5))
    assert outcome() == Outcome.WAITING
    assert Import.objects.order_by("-pk")[0].state == State.CHECKED
    assert refreshes() == 1


def test_only_what_was_brought_in_once_and_is_wanted_is_refreshed(
    source: Source, nightly: Schedule, work: Work, refresh: Any, analyst: User
) -> None:
    ask_for_due(NIGHT)
    assert refreshes() == 0
    made = refresh()
    from anahtar_web.ledgers.actions.deciding import confirm

    confirm(made, version=made.version, by=analyst)
    work()
    Source.objects.update(scheduled=False)
    ask_for_due(NIGHT + timedelta(days=1))
    assert refreshes() == 0
    Source.objects.update(scheduled=True)
    ask_for_due(NIGHT + timedelta(days=2))
    assert refreshes() == 1


def test_what_was_taken_back_is_left_alone(
    first: Import, nightly: Schedule, work: Work, analyst: User, source: Source, signed_in: Any
) -> None:
    take_back(first, version=first.version, reason="Wrong table", by=analyst)
    work()
    ask_for_due(NIGHT)
    assert refreshes() == 0
    page = signed_in(analyst).get(f"/imports/sources/{source.pk}/").content.decode()
    assert "The schedule leaves this source alone" in page
