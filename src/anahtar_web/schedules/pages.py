"""What the page of the schedule shows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Self

from django.core.paginator import Page, Paginator
from django.utils import timezone

from anahtar_web.audit.queries import TrailPage, history_of
from anahtar_web.audit.shown import Version, value, versions
from anahtar_web.gate.rights import Right
from anahtar_web.insight.models import Turn
from anahtar_web.jobs.models import Job, State
from anahtar_web.schedules.actions import FIELDS
from anahtar_web.schedules.forms import ScheduleForm
from anahtar_web.schedules.models import Comparison, Due, Every, Move, Outcome, Schedule
from anahtar_web.schedules.queries import (
    NAMED,
    comparison_of,
    key_turns_of,
    last_dues,
    moves_of,
    next_due,
    schedule,
    waiting_imports,
)
from anahtar_web.schedules.words import clock

if TYPE_CHECKING:
    from anahtar_web.ledgers.models import Import
    from anahtar_web.people.models import User

LISTED: Final = 14
"""Moments that are listed: two weeks of nights."""
ROWS: Final = 50
"""Accounts on a page of all that moved."""


@dataclass(frozen=True, slots=True)
class DueLine:
    """A moment at which an analysis was due; `run`: the number of what came of it, None while there is nothing."""

    due: Due
    run: int | None

    @property
    def job(self) -> Job | None:
        """The job that was asked for."""
        return self.due.job

    @property
    def tone(self) -> str:
        """Colour of what came of it."""
        if self.due.outcome == Outcome.WAITING:
            return "warn"
        return self.job.tone if self.job is not None else ""


@dataclass(frozen=True, slots=True)
class Changed:
    """What the last analysis by the schedule changed: counted whole, the largest named."""

    comparison: Comparison
    moves: Sequence[Move]
    keys: Sequence[Turn]

    @classmethod
    def build(cls, run: int, user: "User") -> Self | None:
        """Read it; None where it was an analysis from before there were schedules."""
        told = comparison_of(run)
        if told is None:
            return None
        return cls(told, list(moves_of(run, user)[:NAMED]), list(key_turns_of(run, user)[:NAMED]))

    @property
    def unnamed(self) -> int:
        """How many that moved are not named here."""
        return self.comparison.moved - len(self.moves)

    @property
    def unnamed_keys(self) -> int:
        """How many whose key status changed are not named here."""
        return self.comparison.became_key + self.comparison.ceased_key - len(self.keys)


@dataclass(frozen=True, slots=True)
class MovedPage:
    """Every account that an analysis moved against the one before it; `rows` is one page of them."""

    comparison: Comparison
    rows: "Page[Move]"

    @classmethod
    def build(cls, comparison: Comparison, user: "User", number: str | None) -> Self:
        """Read one page of the accounts a person sees."""
        return cls(comparison, Paginator(moves_of(comparison.run_id, user), ROWS).get_page(number))


@dataclass(frozen=True, slots=True)
class SchedulePage:
    """The template's contract; `section` is the tab of the settings, `changed` what the last analysis by it changed."""

    schedule: Schedule
    next_at: datetime | None
    lines: Sequence[DueLine]
    changed: Changed | None
    waits: Sequence["Import"]
    form: ScheduleForm | None
    history: TrailPage
    versions: tuple[Version, ...] = ()
    section: str = "schedule"

    @classmethod
    def build(cls, user: "User", form: ScheduleForm | None = None) -> Self:
        """Read schedule and what came of it; `form` is one that was sent and comes back."""
        row = schedule()
        lines = [DueLine(due, _run_of(due)) for due in last_dues(LISTED)]
        run = next((line.run for line in lines if line.run is not None), None)
        waits = list(waiting_imports()[:3]) if lines and lines[0].due.outcome == Outcome.WAITING else []
        return cls(
            schedule=row,
            next_at=next_due(row, timezone.now()),
            lines=lines,
            changed=Changed.build(run, user) if run is not None else None,
            waits=waits,
            form=_form(row, form) if user.may(Right.IMPORT) else None,
            history=history_of("schedule", "schedule.changed", reader=user),
        )

    def beside(self, theirs: dict[str, Any], yours: dict[str, Any]) -> Self:
        """Show what somebody else has saved beside what was typed."""
        return replace(self, versions=tuple(versions("schedule", theirs, yours)))

    @property
    def every(self) -> str:
        """How often, in a word."""
        return value("schedule", FIELDS[0], self.schedule.every)

    @property
    def hour(self) -> str:
        """At which hour; empty for never."""
        return clock(self.schedule.hour) if self.schedule.every != Every.NEVER else ""

    @property
    def day(self) -> int | None:
        """On which day; only once a month."""
        return self.schedule.day if self.schedule.every == Every.MONTH else None


def _form(row: Schedule, sent: ScheduleForm | None) -> ScheduleForm:
    return sent or ScheduleForm(initial=ScheduleForm.initial_of(row))


def _run_of(due: Due) -> int | None:
    if due.job is None or due.job.state != State.DONE or not due.job.result:
        return None
    run: int | None = due.job.result.get("run")
    return run
