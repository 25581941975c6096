"""Reading closed months, what changed them, and what an import would change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Max, Q
from django.utils import timezone

from anahtar.ledger.store.integrity import DamagedBatch, DamagedLedger
from anahtar.rules.closing import due_month, due_on, following_month, last_over, months
from anahtar_web.accounts.models import Account
from anahtar_web.closings.models import Change, ClosedMonth, ClosingRule, DueClosing, Mover, key_of
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Right
from anahtar_web.jobs.models import Job, State
from anahtar_web.ledgers.queries import live_batches
from anahtar_web.schedules.queries import zone

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from anahtar.ledger.manifest import Manifest, Part
    from anahtar_web.people.models import User

CLOSE: Final = "closings.close"
LOOK: Final = "closings.look"


def rule() -> ClosingRule:
    """Give the rule; nothing is closed by itself where nobody has set one (unsaved then)."""
    return ClosingRule.objects.filter(pk=1).first() or ClosingRule(pk=1)


def standing() -> "QuerySet[ClosedMonth]":
    """Months that are closed, the earliest first."""
    return ClosedMonth.objects.filter(reopened_at=None).order_by("month")


def every_month() -> "QuerySet[ClosedMonth]":
    """Every month that was ever closed, the latest first, with how many changes are not settled."""
    unsettled = Count("changes", filter=Q(changes__settled_at=None))
    return ClosedMonth.objects.select_related("closed_by", "reopened_by").annotate(open=unsettled).order_by("-month")


def closed_until() -> date | None:
    """Give the last month that is closed."""
    until: date | None = standing().aggregate(last=Max("month"))["last"]
    return until


def unsettled() -> "QuerySet[Change]":
    """Changes of closed months that nobody has accepted and no reopening has settled, by month."""
    changes = Change.objects.filter(settled_at=None, closed__reopened_at=None)
    return changes.select_related("closed", "of").order_by("-closed__month", "pk")


def closable() -> list[date]:
    """Give the months that can be closed: over, not closed, from the ledger's first to its last; the latest first.

    Months after the ledger's last line are left out: their import has not come yet.
    """
    try:
        days = [day for one in _live() for day in (one.first_date, one.last_date) if day]
    except (DamagedBatch, DamagedLedger):
        return []
    if not days:
        return []
    closed = set(standing().values_list("month", flat=True))
    found = [month for month in months(min(days), min(max(days), last_over(today()))) if month not in closed]
    return found[::-1]


def next_due(of: ClosingRule) -> tuple[date, date] | None:
    """Give the month that is closed by itself next, and the day; None where nothing is."""
    if of.days is None:
        return None
    month = due_month(today(), of.days)
    while not is_claimable(of, month):
        month = following_month(month)
    return month, due_on(month, of.days)


def is_claimable(of: ClosingRule, month: date) -> bool:
    """Whether a month may still be closed by itself: due since the rule was set, never asked for, never closed."""
    return (
        of.days is not None
        and due_on(month, of.days) >= timezone.localtime(of.since, zone()).date()
        and not DueClosing.objects.filter(month=month).exists()
        and not ClosedMonth.objects.filter(month=month).exists()
    )


def closing_under_way() -> Job | None:
    """Give the job that closes months right now, or waits for its turn."""
    return Job.objects.under_way().filter(kind=CLOSE).order_by("-pk").first()


def last_failed() -> Job | None:
    """Give the last closing, where it failed."""
    job = Job.objects.filter(kind=CLOSE).order_by("-pk").first()
    return job if job is not None and job.state == State.FAILED else None


def parts_by_month(parts: "Iterable[Part]") -> dict[str, "Part"]:
    """Give the parts of a batch that hold lines, by their month (`2025-03`)."""
    return {part.path[6:13]: part for part in parts if part.path.startswith("lines/") and part.rows}


def batches_by_month(manifests: "Iterable[Manifest]") -> dict[str, list[str]]:
    """Give the names of the batches with lines of each month, oldest first."""
    found: dict[str, list[str]] = {}
    for manifest in manifests:
        for month in parts_by_month(manifest.parts):
            found.setdefault(month, []).append(manifest.batch)
    return found


def deviating() -> bool:
    """Whether a closed month rests on other batches than the ledger has now; a damaged ledger tells so by itself."""
    closed = {key_of(row.month): row.batches for row in standing().only("month", "batches")}
    if not closed:
        return False
    try:
        now = batches_by_month(_live())
    except (DamagedBatch, DamagedLedger):
        return False
    before = [key for key in now if key < min(closed)]
    if before and set(before) - {key_of(month) for month in ClosedMonth.objects.values_list("month", flat=True)}:
        return True
    return any(set(now.get(key, ())) != set(batches) for key, batches in closed.items())


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A closed month that an import would change: lines and revenue now, and after it."""

    closed: ClosedMonth | None
    """None: it lies before the first month that was closed, and counts as closed with nothing in it."""
    month: date
    lines: int
    amount: int
    lines_after: int
    amount_after: int


def would_change(parts: "Iterable[Part]", *, leaving: bool) -> list[Foreseen]:
    """Tell which closed months a batch would change, from what the manifests say; no line is read."""
    closed = {key_of(row.month): row for row in standing()}
    mine = parts_by_month(parts)
    if not closed or not mine:
        return []
    early, known = min(closed), set(ClosedMonth.objects.values_list("month", flat=True))
    touched = [key for key in sorted(mine) if key in closed or (key < early and _first(key) not in known)]
    now = [parts_by_month(manifest.parts) for manifest in _live()] if touched else []
    found = []
    for key in touched:
        lines = sum(parts[key].rows for parts in now if key in parts)
        amount = sum(parts[key].amount for parts in now if key in parts)
        sign = -1 if leaving else 1
        after = lines + sign * mine[key].rows, amount + sign * mine[key].amount
        found.append(Foreseen(closed.get(key), _first(key), lines, amount, *after))
    return found


def movers_of(
    changes: Sequence[Change], user: "User", *, each: int
) -> Mapping[int, list[tuple[Mover, Account | None]]]:
    """Give the customers that moved most with each change, as far as a person sees their accounts: two queries.

    A customer whose account has left the ledger is told by its code, to who sees every account.
    """
    movers = list(Mover.objects.filter(change__in=[change.pk for change in changes]).order_by("change", "pk"))
    codes = {mover.code for mover in movers}
    known = {account.code: account for account in Account.objects.visible_to(user).filter(code__in=codes)}
    told: dict[int, list[tuple[Mover, Account | None]]] = {}
    for mover in movers:
        account = known.get(mover.code)
        of_change = told.setdefault(mover.change_id, [])
        if len(of_change) < each and (account is not None or user.may(Right.SEE_ALL_ACCOUNTS)):
            of_change.append((mover, account))
    return told


def _live() -> "list[Manifest]":
    return [manifest for _folder, manifest in live_batches()]


def _first(key: str) -> date:
    return date.fromisoformat(f"{key}-01")


def values_of(sums: Any) -> dict[str, Any]:
    """Give sums as the trail keeps them."""
    return {"lines": sums.lines, "amount": sums.amount, "accounts": sums.accounts}
