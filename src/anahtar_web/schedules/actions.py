"""Changing the schedule, and asking for what is due by it: once, whoever looks; after downtime the last one only."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar.rules.due import latest
from anahtar_web.audit.actions import differences, record
from anahtar_web.gate.refusals import Refused
from anahtar_web.insight.actions import ask_for_analysis
from anahtar_web.people.models import User
from anahtar_web.schedules.before import holds
from anahtar_web.schedules.models import Due, Outcome, Schedule
from anahtar_web.schedules.queries import is_analysed, schedule, waiting_imports, zone

FIELDS: Final = ("every", "hour", "day")


class UnableToScheduleWithoutReason(Refused):
    """Figures move by themselves from now on, or no longer; whoever asks later must find why."""

    def __init__(self) -> None:
        super().__init__(_("Say why the schedule changes: it stays on the trail beside the change."))


@transaction.atomic
def change_schedule(*, version: int, fields: Mapping[str, Any], reason: str, by: User) -> Schedule:
    """Say when the ledger is analysed by itself, from now on.

    Raises
    ------
    UnableToScheduleWithoutReason
        Nobody says why.
    EditedMeanwhile
        Somebody has saved since `version` was read.
    """
    row = Schedule.objects.get_or_create(pk=1)[0]
    before = values(row)
    was, now = differences(before, {name: fields[name] for name in FIELDS})
    if now and not reason.strip():
        raise UnableToScheduleWithoutReason
    since = timezone.now() if now else row.since
    row.save_over(version, {**{name: fields[name] for name in FIELDS}, "since": since})
    if now:
        record("schedule.changed", row, by=by, before=was, after=now, reason=reason.strip())
    return row


def values(row: Schedule) -> dict[str, Any]:
    """Give what people set, by its names."""
    return {name: getattr(row, name) for name in FIELDS}


def ask_for_due(now: datetime | None = None) -> Due | None:
    """Ask for the analysis that is due and was not asked for; gives what was settled in this round, if anything.

    Of several missed moments only the last is asked for. One that waits for an import is looked at again in every
    round, until the next moment takes its place.
    """
    now, row = now or timezone.now(), schedule()
    if row.timetable is None:
        return None
    due_at = latest(row.timetable, now, zone())
    last = Due.objects.order_by("-due_at").first()
    if due_at < row.since or (last is not None and last.due_at > due_at):
        return None
    if last is None or last.due_at < due_at:
        return _claim(due_at)
    return _take_up(last) if last.outcome == Outcome.WAITING else None


def _claim(due_at: datetime) -> Due | None:
    outcome = _outcome(due_at)
    try:
        with transaction.atomic():
            # First the row, which only one worker can write, then the job: no two of them ask.
            return _settle(Due.objects.create(due_at=due_at, outcome=outcome))
    except IntegrityError:
        return None


@transaction.atomic
def _take_up(due: Due) -> Due | None:
    outcome = _outcome(due.due_at)
    mine = Due.objects.filter(pk=due.pk, outcome=Outcome.WAITING)
    if outcome == Outcome.WAITING or mine.update(outcome=outcome, settled_at=timezone.now()) != 1:
        return None
    due.refresh_from_db()
    return _settle(due)


def _outcome(due_at: datetime) -> Outcome:
    if holds(due_at) or waiting_imports().exists():
        return Outcome.WAITING
    return Outcome.UNCHANGED if is_analysed() else Outcome.ASKED


def _settle(due: Due) -> Due:
    if due.outcome == Outcome.ASKED:
        due.job = ask_for_analysis(by=None)
        due.save(update_fields=["job", "settled_at"])
    return due
