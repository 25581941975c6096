"""Asking the rules: the state of every account, and who is key or carries a type.

The rules run in Python, account by account. The state is asked of all; whether an account is key, a breadwinner or
prospective only of those whose plain figures do not already rule it out (`_worth_asking`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from anahtar.analysis.asking import ASKED_FOR, AskedAccount, Background
from anahtar.analysis.dates import Dates
from anahtar.analysis.result import KeyAccount
from anahtar.analysis.standings import doubles, halves
from anahtar.rules.criteria import Criteria
from anahtar.rules.lapse_state import DEFAULT_INTERVAL, LEAST_PURCHASE_DAYS, days_late, expected_by, lapse_state

_ROWS_AT_ONCE = 1_000


def states(found: pa.Table, dates: Dates, base_interval: float | None) -> dict[str, Sequence[object]]:
    """State, expected_by and days_late of every account, in the order of `Tables.accounts`."""
    base = base_interval if base_interval is not None else DEFAULT_INTERVAL
    ledger_age = (dates.as_of - dates.first_day).days
    names = ("all_purchase_days", "silence", "age", "gap_mean", "gap_p95", "recent_longest")
    said = [
        lapse_state(
            purchase_days=days or 0,
            silence=silence,
            age=age,
            gap_mean=mean,
            gap_p95=p95,
            recent_longest=recent,
            base_interval=base,
            ledger_age=ledger_age,
        ).value
        for days, silence, age, mean, p95, recent in zip(*(found[name].to_pylist() for name in names), strict=True)
    ]
    expected = _expected(found)
    late = [0 if day is None else days_late(expected=day, as_of=dates.as_of) for day in expected]
    return {"state": said, "expected_by": expected, "days_late": late}


def _expected(found: pa.Table) -> list[date | None]:
    days: list[date | None] = [None] * found.num_rows
    enough = np.flatnonzero(pc.fill_null(found["all_purchase_days"], 0).to_numpy() >= LEAST_PURCHASE_DAYS)
    chosen = found.select(["last_purchase", "all_purchase_days", "gap_p95"]).take(pa.array(enough))
    for at, last, bought, p95 in zip(enough.tolist(), *(column.to_pylist() for column in chosen.columns), strict=True):
        days[at] = expected_by(last_purchase=last, purchase_days=bought, gap_p95=p95)
    return days


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Columns key, types and candidate_for, in the order of `Tables.accounts`, and the accounts with their evidence."""

    columns: Mapping[str, Sequence[object]]
    accounts: Sequence[KeyAccount]


def verdicts(found: pa.Table, background: Background) -> Verdicts:
    """Ask the rules of every account that may be key, carry a type or be a candidate.

    Parameters
    ----------
    found
        `Tables.accounts` with code, name, change and first columns of the standings added.
    """
    key = [False] * found.num_rows
    types: list[list[str]] = [[] for _ in key]
    candidate_for: list[list[str]] = [[] for _ in key]
    told: list[tuple[bool, KeyAccount]] = []
    for at, row in _rows(found, background):
        account = AskedAccount(row, background)
        key[at], types[at], candidate_for[at] = account.is_key, account.types, account.candidate_for
        if key[at] or types[at] or candidate_for[at]:
            told.append((key[at], account.told()))
    # Rows come by rank: a stable sort leaves each part by share.
    told.sort(key=lambda one: not one[0])
    columns: Mapping[str, Sequence[object]] = {"key": key, "types": types, "candidate_for": candidate_for}
    return Verdicts(columns, [account for _, account in told])


def _rows(found: pa.Table, background: Background) -> Iterator[tuple[int, Mapping[str, object]]]:
    asked = pa.array(np.flatnonzero(_worth_asking(found, background)))
    before, recent = (half.take(asked) for half in halves(found))
    # Only what is asked for: a row of a hundred columns costs more to turn into Python than to judge.
    chosen = found.select([name for name in ASKED_FOR if name in found.column_names]).take(asked)
    chosen = chosen.append_column("before_revenue", before).append_column("recent_revenue", recent)
    for batch in chosen.append_column("at", asked).to_batches(max_chunksize=_ROWS_AT_ONCE):
        for row in batch.to_pylist():
            yield row.pop("at"), row


def _worth_asking(found: pa.Table, background: Background) -> npt.NDArray[np.bool_]:
    """Whom the rules could possibly name; a superset, so that the rules alone decide."""
    criteria = background.criteria
    rank, share = _numbers(found, "rank", np.inf), _numbers(found, "share", 0)
    carries = share >= min(criteria.breadwinner_leaves, criteria.share_least or 1.0)
    named = pc.is_in(found["code"], pa.array(sorted(criteria.named), pa.string())).to_numpy()
    asked: npt.NDArray[np.bool_] = (rank <= criteria.largest) | carries | named | _may_prosper(found, background)
    if background.surroundings.tell_anything:
        asked |= pc.fill_null(pc.equal(found["abc_0"], "A"), False).to_numpy()
    return asked


def _may_prosper(found: pa.Table, background: Background) -> npt.NDArray[np.bool_]:
    before, recent = (half.to_numpy() for half in halves(found))
    grown = (before > 0) & (recent - before > _numbers(found, "largest_order", 0))
    first = pc.add(pc.multiply(pc.year(found["first_purchase"]), 12), pc.month(found["first_purchase"]))
    since = background.dates.full_to - pc.fill_null(first, 0).to_numpy()
    # A young account's year is at most four times what it bought: it is told from three months at least.
    young = (since <= background.criteria.prospective_months) & ((before + recent) * 4 >= max(background.large, 1))
    may: npt.NDArray[np.bool_] = grown | young if _has_past(background.dates, background.criteria) else grown
    return may


def _has_past(dates: Dates, criteria: Criteria) -> bool:
    return dates.ledger_months > criteria.prospective_months


def _numbers(found: pa.Table, name: str, missing: float) -> npt.NDArray[np.float64]:
    numbers: npt.NDArray[np.float64] = pc.fill_null(doubles(found[name]), missing).to_numpy()
    return numbers


def large_year(found: pa.Table, percentile: float) -> int:
    """The year's revenue beyond which the given part of the accounts with any lies, in money units."""
    before, recent = halves(found)
    years = before.to_numpy() + recent.to_numpy()
    some = years[years > 0]
    return round(float(np.quantile(some, percentile))) if len(some) else 0
