"""Months are closed: by people, or by themselves some days after their end. The work is a job's."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar.facts.closing import MonthSums, month_sums
from anahtar.rules.closing import due_month, last_over, months
from anahtar_web.audit.actions import record
from anahtar_web.closings.models import ClosedMonth, ClosingRule, DueClosing, key_of
from anahtar_web.closings.queries import (
    CLOSE,
    batches_by_month,
    closable,
    is_claimable,
    rule,
    standing,
)
from anahtar_web.company.queries import today
from anahtar_web.gate.refusals import Refused
from anahtar_web.jobs.actions import enqueue
from anahtar_web.jobs.models import Job
from anahtar_web.ledgers.queries import ledger
from anahtar_web.schedules.queries import waiting_imports

if TYPE_CHECKING:
    from pathlib import Path

    from anahtar.ledger.manifest import Manifest
    from anahtar_web.people.models import User

Progress = Callable[[int, int], None]
FIELDS: Final = ("days",)


class UnableToClose(Refused):
    """There is nothing to close up to that month."""

    @classmethod
    def not_over(cls) -> "UnableToClose":
        """It is still going on."""
        return cls(_("A month can be closed once it is over."))

    @classmethod
    def nothing(cls) -> "UnableToClose":
        """All of it is closed, or the ledger begins later."""
        return cls(_("Up to this month the ledger has nothing that is not closed already."))


class UnableToChangeClosing(Refused):
    """Months are closed by themselves from now on, or no longer; whoever asks later must find why."""

    def __init__(self) -> None:
        super().__init__(_("Say why it changes when months are closed: it stays on the trail beside the change."))


@transaction.atomic
def ask_to_close(*, until: date, by: "User") -> Job:
    """Have all months up to one closed that are not; a job adds them up.

    Raises
    ------
    UnableToClose
        The month is not over, is closed, or the ledger has no line of it or of a later one.
    """
    if until > last_over(today()):
        raise UnableToClose.not_over()
    if until not in closable():
        raise UnableToClose.nothing()
    return enqueue(CLOSE, by=by, payload={"until": key_of(until)}, label=key_of(until), unless_waiting=True)


def close_months(*, until: date, by: "User | None", on_progress: Progress, hold: Callable[[], None]) -> int:
    """Keep the sums of all months up to one that are not closed; run again, it closes what is left.

    By itself (`by` is None) a month that somebody has reopened stays open.

    Parameters
    ----------
    hold
        Called in the transaction that closes; raises where another worker has the job.

    Returns
    -------
    int
        How many were closed.

    Raises
    ------
    UnableToClose
        The ledger has no line up to the month.
    DamagedLedger, DamagedBatch
        The ledger is not what was written.
    """
    opened = ledger()
    opened.verify()
    batches = [(opened.folder(manifest), manifest) for manifest in opened.batches()]
    first = min((manifest.first_date for _folder, manifest in batches if manifest.first_date), default=None)
    if first is None or first > until.replace(day=28):
        raise UnableToClose.nothing()
    left = _not_closed(first, until, by)
    reckoned = []
    for done, month in enumerate(left):
        on_progress(done, len(left))
        reckoned.append(_reckon(month, batches))
    with transaction.atomic():
        closed = _keep(reckoned, batches[0][1].currency, by)
        hold()
    return closed


_Reckoned = tuple[date, MonthSums, list[str]]


def _not_closed(first: date, until: date, by: "User | None") -> list[date]:
    known = standing() if by is not None else ClosedMonth.objects.all()
    closed = set(known.values_list("month", flat=True))
    return [month for month in months(first, until) if month not in closed]


def _reckon(month: date, batches: "list[tuple[Path, Manifest]]") -> _Reckoned:
    names = batches_by_month(manifest for _folder, manifest in batches).get(key_of(month), [])
    folders = [folder for folder, manifest in batches if manifest.batch in names]
    return month, month_sums(folders, key_of(month)), names


def _keep(reckoned: Sequence[_Reckoned], currency: str, by: "User | None") -> int:
    """Write the months that nobody else has closed meanwhile, and one entry for all of them."""
    closed = set(standing().select_for_update().values_list("month", flat=True))
    now, kept = timezone.now(), []
    for month, sums, names in reckoned:
        if month in closed:
            continue
        fields: dict[str, Any] = {
            "lines": sums.lines,
            "amount": sums.amount,
            "accounts": sums.accounts,
            "fingerprint": sums.fingerprint,
            "currency": currency,
            "batches": names,
            "closed_at": now,
            "closed_by": by,
            "reopened_at": None,
            "reopened_by": None,
        }
        row, made = ClosedMonth.objects.get_or_create(month=month, defaults=fields)
        if made:
            kept.append(row)
        elif row.reopened_at is not None and by is not None:
            kept.append(row.save_over(row.version, fields))
    if kept:
        after = {"months": len(kept), "lines": sum(r.lines for r in kept), "amount": sum(r.amount for r in kept)}
        record("month.closed", kept[-1], by=by, after=after)
    return len(kept)


@transaction.atomic
def change_rule(*, version: int, days: int | None, reason: str, by: "User") -> ClosingRule:
    """Say how many days after its end a month is closed by itself; None: never.

    Raises
    ------
    UnableToChangeClosing
        Nobody says why.
    EditedMeanwhile
        Somebody has saved since `version` was read.
    """
    row = ClosingRule.objects.get_or_create(pk=1)[0]
    before = row.days
    if before == days:
        return row
    if not reason.strip():
        raise UnableToChangeClosing
    row.save_over(version, {"days": days, "since": timezone.now()})
    record("closing.changed", row, by=by, before={"days": before}, after={"days": days}, reason=reason.strip())
    return row


def ask_for_due() -> DueClosing | None:
    """Have the month closed that is due by the rule and was not asked for.

    It waits for its lines, and while an import waits for a decision.
    """
    of = rule()
    if of.days is None:
        return None
    due = due_month(today(), of.days)
    month = next((month for month in closable() if month <= due), None)
    if month is None or not is_claimable(of, month) or waiting_imports().exists():
        return None
    try:
        with transaction.atomic():
            # First the row, which only one worker can write, then the job: no two of them ask.
            claimed = DueClosing.objects.create(month=month)
            claimed.job = enqueue(CLOSE, by=None, payload={"until": key_of(month)}, label=key_of(month))
            claimed.save(update_fields=["job"])
            return claimed
    except IntegrityError:
        return None
