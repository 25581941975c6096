"""The ledger is held against the closed months: every batch that came into one, or left it, is named once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from anahtar.facts.closing import AccountSum, MonthSums, account_sums, month_sums
from anahtar_web.audit.actions import record
from anahtar_web.closings.models import Change, ClosedMonth, Mover, key_of
from anahtar_web.closings.queries import LOOK, batches_by_month, deviating, standing, values_of
from anahtar_web.jobs.actions import enqueue
from anahtar_web.jobs.models import Job, State
from anahtar_web.ledgers.models import Import
from anahtar_web.ledgers.queries import ledger, live_batches

if TYPE_CHECKING:
    from anahtar.ledger.store.store import Ledger

KEPT: Final = 20
"""Customers of a change that are named; all of them are counted."""

NOTHING: Final = month_sums((), "")
"""A month without a line."""


@dataclass(frozen=True, slots=True)
class _Step:
    """One batch that came or left, and the month after it."""

    batch: str
    taken_back: bool
    of: Import | None
    at: datetime
    before: MonthSums
    after: MonthSums
    moved: list[AccountSum]


def look_after(_run: Any) -> None:
    """Look once an analysis is shown: what changed its figures may have changed closed months."""
    look()


def look() -> int:
    """Name what changed in closed months since the last look; gives how many changes were found.

    Lines are read before a transaction is open, and only those of months that changed. Who looks at the same time
    finds the same: the second one writes nothing.
    """
    if not deviating():
        return 0
    opened = ledger()
    live = batches_by_month(opened.batches())
    _close_what_lies_before(live)
    found = 0
    for row in standing():
        names = live.get(key_of(row.month), [])
        if set(names) != set(row.batches):
            found += _name(row, names, _steps(opened, row, names))
    return found


def ask_to_look() -> Job | None:
    """Have a job look, where the ledger has other batches than closed months rest on; not again what just failed."""
    if not deviating():
        return None
    names = "\n".join(manifest.batch for _folder, manifest in live_batches())
    payload = {"batches": sha256(names.encode()).hexdigest()}
    if Job.objects.filter(kind=LOOK, state__in=(State.FAILED, State.RUNNING), payload=payload).exists():
        return None
    return enqueue(LOOK, by=None, payload=payload, unless_waiting=True)


@transaction.atomic
def _close_what_lies_before(live: Mapping[str, list[str]]) -> None:
    """All months up to one were closed: one before the ledger's first is, too, with nothing in it."""
    first = standing().first()
    if first is None:
        return
    for key in sorted(live):
        month = date.fromisoformat(f"{key}-01")
        if month < first.month:
            kept = {"fingerprint": NOTHING.fingerprint, "currency": first.currency}
            told = {"closed_at": first.closed_at, "closed_by": first.closed_by}
            ClosedMonth.objects.get_or_create(month=month, defaults={**kept, **told})


def _steps(opened: "Ledger", row: ClosedMonth, names: list[str]) -> list[_Step]:
    """Add the month up again after each batch that came or left, in the order in which they did."""
    gone = [name for name in row.batches if name not in names]
    come = [name for name in names if name not in row.batches]
    imports = {of.batch: of for of in Import.objects.filter(batch__in=[*gone, *come])}
    moves = sorted(
        [(_moment(imports.get(name), name in gone), name) for name in (*gone, *come)], key=lambda move: move[0]
    )
    last = row.changes.filter(settled_at=None).order_by("-pk").first()
    before, counted = last.after if last is not None else row.sums, list(row.batches)
    key, steps = key_of(row.month), []
    for at, name in moves:
        taken_back = name in gone
        counted = [other for other in counted if other != name] if taken_back else [*counted, name]
        after = month_sums([_folder(opened, other) for other in counted], key)
        moved = account_sums(_folder(opened, name), key)
        steps.append(_Step(name, taken_back, imports.get(name), at, before, after, moved))
        before = after
    return steps


def _moment(of: Import | None, taken_back: bool) -> datetime:
    at = None if of is None else of.taken_back_at if taken_back else of.imported_at
    return at or timezone.now()


def _folder(opened: "Ledger", batch: str) -> Path:
    """Where the parts of a batch are; what was taken back stays on the disk."""
    live = opened.path / "batches" / batch
    return live if live.is_dir() else opened.path / "removed" / batch


@transaction.atomic
def _name(row: ClosedMonth, names: list[str], steps: list[_Step]) -> int:
    held = ClosedMonth.objects.select_for_update().get(pk=row.pk)
    if held.version != row.version:
        # Somebody else has looked, or decided: the next look finds what is left.
        return 0
    for step in steps:
        _write(held, step)
    held.save_over(held.version, {"batches": names})
    return len(steps)


def _write(row: ClosedMonth, step: _Step) -> None:
    change = Change.objects.create(
        closed=row,
        batch=step.batch,
        taken_back=step.taken_back,
        of=step.of,
        at=step.at,
        lines_before=step.before.lines,
        lines_after=step.after.lines,
        amount_before=step.before.amount,
        amount_after=step.after.amount,
        accounts_before=step.before.accounts,
        accounts_after=step.after.accounts,
        fingerprint=step.after.fingerprint,
        moved=len(step.moved),
    )
    sign = -1 if step.taken_back else 1
    Mover.objects.bulk_create(
        Mover(change=change, code=one.code, lines=sign * one.lines, amount=sign * one.amount)
        for one in step.moved[:KEPT]
    )
    by = {"batch": step.batch} if step.of is None else {"import": step.of.number, "batch": step.batch}
    record("month.changed", row, by=None, before=values_of(step.before), after={**values_of(step.after), **by})
