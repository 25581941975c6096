"""On which days an account bought, read from the lines of the ledger once and kept for the next reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from anahtar_web.accounts.models import Account
from anahtar_web.insight.counted import batches_of, with_merged
from anahtar_web.insight.models import Run
from anahtar_web.insight.recent import Recent

SPAN: Final = timedelta(days=730)
"""How far back days are told: two years, so that a season is seen twice."""


@dataclass(frozen=True, slots=True)
class Bought:
    """A day with an order: an invoice of positive total; `amount` is what these come to."""

    day: date
    amount: int


_kept: Final[Recent[Sequence[Bought] | None]] = Recent(200)


def days_of(account: Account, run: Run) -> Sequence[Bought] | None:
    """Give the purchase days of the last two years of a run, oldest first; None: its lines cannot be read."""
    if run.as_of is None:
        return ()
    codes, last = with_merged([account.code], run.options.get("merged", {})), run.as_of
    key = (run.pk, run.finished_at, *codes, last)
    return _kept.get(key, lambda: _read(codes, last - SPAN, last, run))


def _read(codes: Sequence[str], first: date, last: date, run: Run) -> Sequence[Bought] | None:
    from anahtar.facts.lines import Order, account_lines
    from anahtar.ledger.store.integrity import DamagedBatch, DamagedLedger

    try:
        found = account_lines(batches_of(run).folders, codes, first=first, last=last, order=Order.LATEST, limit=None)
    except (DamagedBatch, DamagedLedger):
        return None  # The page of the lines says it in full.
    orders: dict[tuple[date, str, str], int] = {}
    columns = ("sold_on", "account", "invoice", "amount")
    for day, code, invoice, amount in zip(*(found.table[name].to_pylist() for name in columns), strict=True):
        orders[day, code, invoice or ""] = orders.get((day, code, invoice or ""), 0) + amount
    days: dict[date, int] = {}
    for (day, _code, _invoice), amount in orders.items():
        if amount > 0:
            days[day] = days.get(day, 0) + amount
    return [Bought(day, amount) for day, amount in sorted(days.items())]
