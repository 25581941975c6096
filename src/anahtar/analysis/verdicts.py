"""Asking the rules: the state of every account, and who is key or carries a type.

The rules run in Python, account by account. The state is asked of all; whether an account is key, a breadwinner or
prospective only of those whose plain figures do not already rule it out (`_worth_asking`).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, ValuesView
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
from anahtar.rules.account_type import LEAST_HALF_DAYS, AccountType
from anahtar.rules.criteria import Criteria
from anahtar.rules.lapse_state import DEFAULT_INTERVAL, LEAST_PURCHASE_DAYS, days_late, expected_by, lapse_state

NAMED = 50
"""Accounts named of each type and candidacy: of 46,000 accounts 7,000 are prospective, which is no list to read."""

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


class Further(Mapping[str, KeyAccount]):
    """Accounts by code, put into words when one is asked for: a large base has thousands that nobody reads about."""

    def __init__(self, rows: pa.Table, background: Background) -> None:
        self._rows, self._background = rows, background
        self._place = {code: at for at, code in enumerate(rows["code"].to_pylist())}

    def __getitem__(self, code: str) -> KeyAccount:
        row = self._rows.slice(self._place[code], 1).to_pylist()[0]
        return AskedAccount(row, self._background).told()

    def __iter__(self) -> Iterator[str]:
        return iter(self._place)

    def __len__(self) -> int:
        return len(self._place)

    def values(self) -> ValuesView[KeyAccount]:
        """All of them in turn: rows become Python a thousand at a time, an eighth of the time of one by one."""
        return _Values(self)

    def told(self) -> Iterator[KeyAccount]:
        """All of them, put into words."""
        return (AskedAccount(row, self._background).told() for _, row in _rows(self._rows))


class _Values(ValuesView[KeyAccount]):
    def __init__(self, further: Further) -> None:
        super().__init__(further)
        self._further = further

    def __iter__(self) -> Iterator[KeyAccount]:
        return self._further.told()


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the rules said.

    Parameters
    ----------
    columns
        key, types and candidate_for, in the order of `Tables.accounts`.
    accounts
        The accounts to be named, with their evidence: every key account and every breadwinner; of each other type
        and candidacy the `NAMED` largest by value.
    further
        The others with a type or a candidacy.
    """

    columns: Mapping[str, Sequence[object]]
    accounts: Sequence[KeyAccount]
    further: Further


def verdicts(found: pa.Table, background: Background) -> Verdicts:
    """Ask the rules of every account that may be key, carry a type or be a candidate.

    Parameters
    ----------
    found
        `Tables.accounts` with code, name, change and first columns of the standings added.
    """
    key = [False] * found.num_rows
    types: list[Sequence[str]] = [()] * found.num_rows
    candidate_for: list[Sequence[str]] = [()] * found.num_rows
    told: list[tuple[bool, KeyAccount]] = []
    further: list[int] = []
    named: Counter[str] = Counter()
    asked = _asked(found, background)
    for place, (at, row) in enumerate(_rows(asked)):
        account = AskedAccount(row, background)
        key[at], types[at], candidate_for[at] = account.is_key, account.types, account.candidate_for
        kinds = (*account.types, *account.candidate_for)
        if account.is_key or any(kind == AccountType.BREADWINNER or named[kind] < NAMED for kind in kinds):
            told.append((account.is_key, account.told()))
            named.update(kinds)
        elif kinds:
            further.append(place)
    # Rows come by rank: a stable sort leaves each part by share.
    told.sort(key=lambda one: not one[0])
    columns: Mapping[str, Sequence[object]] = {"key": key, "types": types, "candidate_for": candidate_for}
    return Verdicts(
        columns, [account for _, account in told], Further(asked.take(pa.array(further, pa.int64())), background)
    )


def _asked(found: pa.Table, background: Background) -> pa.Table:
    asked = pa.array(np.flatnonzero(_worth_asking(found, background)))
    before, recent = (half.take(asked) for half in halves(found))
    # Only what is asked for: a row of a hundred columns costs more to turn into Python than to judge.
    chosen = found.select([name for name in ASKED_FOR if name in found.column_names]).take(asked)
    chosen = chosen.append_column("before_revenue", before).append_column("recent_revenue", recent)
    return chosen.append_column("at", asked)


def _rows(asked: pa.Table) -> Iterator[tuple[int, Mapping[str, object]]]:
    for batch in asked.to_batches(max_chunksize=_ROWS_AT_ONCE):
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
    for half in ("recent_days", "before_days"):
        grown &= _numbers(found, half, 0) >= LEAST_HALF_DAYS
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
