"""Reading the schedule, what came of it, and what an analysis changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from anahtar.ledger.store.integrity import DamagedBatch, DamagedLedger
from anahtar.rules.due import following
from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import company
from anahtar_web.insight.models import Run, Turn
from anahtar_web.ledgers.models import WAITING, Import, Kind
from anahtar_web.ledgers.queries import live_batches
from anahtar_web.schedules.basis import digest
from anahtar_web.schedules.models import Comparison, Due, Move, Schedule

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from anahtar_web.people.models import User

NAMED: Final = 20
"""Accounts that are named; all of them are counted."""


def schedule() -> Schedule:
    """Give the schedule; never, where nobody has set one (unsaved then)."""
    return Schedule.objects.filter(pk=1).first() or Schedule(pk=1)


def zone() -> ZoneInfo:
    """Give the company's time zone."""
    return ZoneInfo(company().time_zone)


def next_due(of: Schedule, now: datetime) -> datetime | None:
    """Give the moment of the next analysis; None for never."""
    return following(of.timetable, now, zone()) if of.timetable is not None else None


def waiting_imports() -> "QuerySet[Import]":
    """Imports of sales lines that wait for a person's decision: the ledger is about to be another one."""
    return Import.objects.filter(state__in=WAITING, kind=Kind.SALES).order_by("pk")


def is_analysed() -> bool:
    """Whether the figures shown are those that an analysis would find now; a damaged ledger is for it to tell."""
    try:
        batches = [manifest.batch for _folder, manifest in live_batches()]
    except (DamagedBatch, DamagedLedger):
        return False
    told = Comparison.objects.filter(run__current=True).values_list("digest", flat=True).first()
    if told is None:
        return not batches and not Run.objects.filter(current=True).exists()
    return told == digest(batches)


def last_dues(size: int) -> "Sequence[Due]":
    """Give the last moments at which an analysis was due, the latest first."""
    return list(Due.objects.select_related("job").order_by("-due_at")[:size])


def comparison_of(run: int) -> Comparison | None:
    """Give what a run changed."""
    return Comparison.objects.select_related("run", "before").filter(run=run).first()


def moves_of(run: int, user: "User") -> "QuerySet[Move]":
    """Accounts a person sees that moved with a run, the most money first."""
    seen = Account.objects.visible_to(user)
    moves = Move.objects.filter(run=run, account__in=seen).select_related("account")
    return moves.order_by("-revenue", "account")


def key_turns_of(run: int, user: "User") -> "QuerySet[Turn]":
    """Accounts a person sees that became key by the ledger with a run or ceased to be, the most money first."""
    seen = Account.objects.visible_to(user)
    turns = Turn.objects.filter(run=run, kind=Turn.Kind.KEY, account__in=seen).select_related("account")
    return turns.order_by("-revenue", "account")
