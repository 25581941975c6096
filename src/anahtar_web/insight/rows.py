"""The standings of an analysis as rows of the database, with the sums of every group."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from anahtar.analysis import Analysis
from anahtar.analysis.result import Measure

_SAME: Final = (
    *("revenue", "profit", "margin", "value", "value_year_ago", "change", "share", "cumulative_share", "rank"),
    *("abc", "abc_year_ago", "abc_border", "abc_distance", "stability", "xyz", "cell", "cv", "demand"),
    *("orders", "purchase_days", "lines", "months_active", "trend"),
    *("gap_median", "silence", "days_late", "state", "key"),
)
_DAYS: Final = ("first_purchase", "last_purchase", "expected_by")
_REVENUE: Final = ("revenue_year_ago", "revenue_change", "revenue_share", "revenue_rank")
_GROUP: Final = ("companies", "group_revenue", "group_revenue_year_ago", "group_profit", "group_last_purchase")
_LISTS: Final = ("last12", "types", "candidate_for")

COLUMNS: Final = ("run_id", "account_id", *_SAME, *_DAYS, *_REVENUE, *_LISTS, *_GROUP)
"""Names in the database, in the order of the values of `standing_rows`."""

_NOTHING: Final = dict.fromkeys((*_SAME, *_DAYS, *_REVENUE)) | {
    **dict.fromkeys(("orders", "purchase_days", "lines", "months_active"), 0),
    **{"key": False, "last12": "[]", "types": "", "candidate_for": ""},
}


def standing_rows(
    analysis: Analysis, *, run: int, accounts: Mapping[str, int], below: Iterable[tuple[int, int]]
) -> Iterator[tuple[Any, ...]]:
    """Lay out one row per account, plain values.

    Parameters
    ----------
    accounts
        Code -> primary key of every account that stands alone.
    below
        Account above, account below it, at any depth; neither is the other.
    """
    own = {accounts[row["code"]]: row for row in _own(analysis) if row["code"] in accounts}
    sums = _group_sums(own, below)
    for account in accounts.values():
        row = own.get(account, _NOTHING)
        yield (run, account, *(row[name] for name in COLUMNS[2:-5]), *(sums.get(account) or _alone(row)).values)


def _own(analysis: Analysis) -> Iterator[dict[str, Any]]:
    table = analysis.standings
    columns = {name: table[name].to_pylist() for name in ("code", *_SAME)}
    columns |= {name: _iso(table[name].to_pylist()) for name in _DAYS}
    columns |= _revenue_columns(analysis)
    columns["last12"] = [json.dumps(months, separators=(",", ":")) for months in table["last12"].to_pylist()]
    columns |= {name: [_between_blanks(words) for words in table[name].to_pylist()] for name in _LISTS[1:]}
    names = list(columns)
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(names, values, strict=True))


def _iso(days: Sequence[date | None]) -> list[str | None]:
    return [None if day is None else day.isoformat() for day in days]


def _between_blanks(words: Sequence[str]) -> str:
    return f" {' '.join(words)} " if words else ""


# Revenue beside the measure --------------------------------------------------------------------------------------


def _revenue_columns(analysis: Analysis) -> dict[str, list[Any]]:
    """What the measure of revenue would say: for those who do not see profit, where accounts are ranked by it."""
    table = analysis.standings
    if analysis.measure == Measure.REVENUE:
        names = {"revenue_year_ago": "value_year_ago", "revenue_change": "change"}
        names |= {"revenue_share": "share", "revenue_rank": "rank"}
        return {ours: table[theirs].to_pylist() for ours, theirs in names.items()}
    revenue = table["revenue"].to_pylist()
    positive = sum(amount for amount in revenue if amount and amount > 0)
    ranked = sorted(
        (at for at, amount in enumerate(revenue) if amount and amount > 0),
        key=lambda at: (-revenue[at], at),
    )
    ranks = dict(zip(ranked, range(1, len(ranked) + 1), strict=True))
    before = _revenue_year_ago(analysis)
    return {
        "revenue_year_ago": before,
        "revenue_change": [_growth(now, then) for now, then in zip(revenue, before, strict=True)],
        "revenue_share": [amount / positive if amount and amount > 0 else None for amount in revenue],
        "revenue_rank": [ranks.get(at) for at in range(len(revenue))],
    }


def _growth(now: int | None, before: int | None) -> float | None:
    return None if now is None or before is None or before <= 0 else now / before - 1


def _revenue_year_ago(analysis: Analysis) -> list[int | None]:
    """Sum the months of the same window a year earlier; unknown where the ledger is too young for it."""
    table = analysis.standings
    if table["value_year_ago"].null_count == table.num_rows:
        return [None] * table.num_rows
    first, last = (_a_year_before(day) for day in (analysis.window.start, analysis.window.end))
    months = analysis.months
    inside = pc.and_(
        pc.greater_equal(months["month"], pa.scalar(first)), pc.less_equal(months["month"], pa.scalar(last))
    )
    sums = months.filter(inside).group_by("account_id").aggregate([("revenue", "sum")])
    found = dict(zip(sums["account_id"].to_pylist(), sums["revenue_sum"].to_pylist(), strict=True))
    return [found.get(account, 0) or 0 for account in table["account_id"].to_pylist()]


def _a_year_before(day: date) -> date:
    """The month of a day, a year earlier: months carry their first day."""
    return date(day.year - 1, day.month, 1)


# Groups ----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Sums:
    companies: int = 0
    revenue: int | None = None
    revenue_year_ago: int | None = None
    profit: int | None = None
    last_purchase: str | None = None

    def add(self, row: Mapping[str, Any]) -> None:
        self.revenue = _plus(self.revenue, row["revenue"])
        self.revenue_year_ago = _plus(self.revenue_year_ago, row["revenue_year_ago"])
        self.profit = _plus(self.profit, row["profit"])
        self.last_purchase = max(filter(None, (self.last_purchase, row["last_purchase"])), default=None)

    @property
    def values(self) -> tuple[Any, ...]:
        return (self.companies, self.revenue, self.revenue_year_ago, self.profit, self.last_purchase)


def _plus(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else one + other


def _alone(row: Mapping[str, Any]) -> _Sums:
    sums = _Sums()
    sums.add(row)
    return sums


def _group_sums(own: Mapping[int, Mapping[str, Any]], below: Iterable[tuple[int, int]]) -> dict[int, _Sums]:
    sums: dict[int, _Sums] = {}
    for above, account in below:
        if account not in own:
            continue
        if above not in sums:
            sums[above] = _alone(own.get(above, _NOTHING))
        sums[above].add(own[account])
        sums[above].companies += 1
    return sums


# Totals ----------------------------------------------------------------------------------------------------------


def totals(analysis: Analysis) -> dict[str, Any]:
    """What a run says of all accounts together: values for the fields of `Run`."""
    table = analysis.standings
    ledger = analysis.ledger
    return {
        "batches": [manifest.batch for manifest in analysis.batches],
        "options": plain_options(analysis),
        "as_of": analysis.as_of,
        "window_start": analysis.window.start,
        "window_end": analysis.window.end,
        "last_month": _last_month(analysis),
        "has_year_ago": table["value_year_ago"].null_count < table.num_rows,
        "measure": analysis.measure.value,
        "currency": ledger.currency,
        "first_date": ledger.first_date,
        "last_date": ledger.last_date,
        "rows_in_file": ledger.rows_in_file,
        "rows_set_aside": ledger.rows_set_aside,
        "rows_refused": ledger.rows_refused,
        "amount_accepted": ledger.amount_accepted,
        "unassigned_rows": ledger.unassigned_rows,
        "unassigned_amount": ledger.unassigned_amount,
        "customers": table.num_rows,
        "revenue": _sum(table["revenue"]),
        "revenue_positive": _positive(table["revenue"]),
        "profit": None if table["profit"].null_count == table.num_rows else _sum(table["profit"]),
        "value_positive": _positive(table["value"]),
    }


def plain_options(analysis: Analysis) -> dict[str, Any]:
    """What the analysis was asked with, as JSON holds it."""
    options = analysis.options
    return {
        "abc_cuts": list(options.abc_cuts),
        "xyz_cuts": list(options.xyz_cuts),
        "period": options.period.value,
        "merged": dict(options.merged),
        "groups": dict(options.groups),
    }


def _last_month(analysis: Analysis) -> date:
    """First day of the last full month up to the window's end, where `last12` ends."""
    end = min(analysis.window.end, analysis.as_of)
    whole = end.month != date.fromordinal(end.toordinal() + 1).month
    number = end.year * 12 + end.month - (1 if whole else 2)
    return date(number // 12, number % 12 + 1, 1)


def _sum(column: pa.ChunkedArray) -> int:
    # Python's whole numbers: 64 bits may overflow on the sum of sums, silently.
    return int(np.sum(column.drop_null().to_numpy().astype(object), initial=0))


def _positive(column: pa.ChunkedArray) -> int:
    return _sum(column.filter(pc.greater(column.fill_null(0), 0)))
