"""A house whose ledger was analysed, by the session's analysis of the small firm, as the schedule knows it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from anahtar_web.insight.models import Run
from anahtar_web.people.models import User
from anahtar_web.schedules.actions import change_schedule
from anahtar_web.schedules.basis import digest
from anahtar_web.schedules.models import Comparison, Schedule
from tests.anahtar_web.insight.conftest import data, firm, forgetful, publish, run

__all__ = ["data", "firm", "forgetful", "publish", "run"]

SET = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
"""When the schedule is set in these tests: after that day's night."""


@pytest.fixture
def nightly(admin: User) -> Schedule:
    """Every day at three o'clock in Istanbul, which is midnight UTC."""
    row = change_schedule(version=1, fields={"every": "night", "hour": 3, "day": 1}, reason="Fresh figures", by=admin)
    Schedule.objects.update(since=SET)
    row.refresh_from_db()
    return row


@pytest.fixture
def analysed(run: Run) -> Run:
    """The figures shown are those of the ledger and the thresholds as they are."""
    Comparison.objects.create(run=run, digest=digest(run.batches))
    return run


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Who has asked for an analysis; nobody, for the schedule."""
    from anahtar_web.insight.actions import ask_for_analysis
    from anahtar_web.schedules import actions

    told: list[Any] = []

    def ask(*, by: Any) -> Any:
        told.append(by)
        return ask_for_analysis(by=by)

    monkeypatch.setattr(actions, "ask_for_analysis", ask)
    return told


SignedIn = Callable[[User], Any]
