"""Rankings: where an account would stand among all others with another value, without asking the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, Self, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from anahtar.analysis.result import Analysis, Measure
from anahtar.metrics.grid import SHIFTS, Cuts

Units: TypeAlias = npt.NDArray[np.int64]
Ids: TypeAlias = npt.NDArray[np.int32]

LETTERS: Final = ("A", "B", "C")


@dataclass(frozen=True)
class Ranking:
    """The positive values of all accounts in one window, the largest first, equal ones by account id.

    Parameters
    ----------
    values
        Money units.
    ids
        account_id of each.
    """

    values: Units
    ids: Ids

    @classmethod
    def of(cls, ids: pa.ChunkedArray, values: pa.ChunkedArray) -> Self:
        """Rank accounts; values that are null or not above zero are outside every ranking."""
        kept = pc.fill_null(pc.greater(values, 0), False)
        some, whose = values.filter(kept).to_numpy(), ids.filter(kept).to_numpy()
        order = np.lexsort((whose, -some))
        return cls(some[order], whose[order])

    @cached_property
    def _reached(self) -> Units:
        """What the largest make together: none of them, the first, the first two, and so on."""
        return np.concatenate([np.zeros(1, np.int64), np.cumsum(self.values)])

    def beside(self, account: int) -> "Beside":
        """The ranking as one account sees it: all the others."""
        return Beside(self, account)

    def _above(self, account: int, value: int) -> int:
        """How many accounts stand before one of this value; at its own value not itself."""
        first, last = (int(np.searchsorted(-self.values, -value, side)) for side in ("left", "right"))
        return first + int(np.searchsorted(self.ids[first:last], account))


@dataclass(frozen=True)
class Beside:
    """One account and the values of all others, which stay as they are whatever its own would be."""

    ranking: Ranking
    account: int

    @cached_property
    def _own(self) -> tuple[int, int]:
        """Its place in the ranking and its value there; behind the last and 0 where it has none."""
        found = np.flatnonzero(self.ranking.ids == self.account)
        return (int(found[0]), int(self.ranking.values[found[0]])) if len(found) else (len(self.ranking.ids), 0)

    def letter(self, value: int, cuts: Cuts) -> str:
        """The class that the account would have with a value (`anahtar.metrics.abc_class`, to the last bit)."""
        if value <= 0:
            return "N"
        share = self.share_above(value)
        return "A" if share < cuts[0] else "B" if share < cuts[1] else "C"

    def share_above(self, value: int) -> float:
        """What the larger accounts would make of the positive total with a value above zero."""
        ranking, (place, own) = self.ranking, self._own
        count = ranking._above(self.account, value)
        above = int(ranking._reached[count]) - (own if place < count else 0)
        total = int(ranking._reached[-1]) - own + value
        return (float(above + value) - float(value)) / float(total)

    def share(self, value: int) -> float | None:
        """Its part of the positive total with a value; None where that is not above zero."""
        return value / (int(self.ranking._reached[-1]) - self._own[1] + value) if value > 0 else None

    def least(self, letter: str, cuts: Cuts) -> int:
        """The least value with which the account would be in a class of A, B and C, or above it."""
        # The share above falls as the value rises, so halving finds it; above the largest value nobody stands.
        low, high = 1, int(self.ranking.values[0]) + 1 if len(self.ranking.values) else 1
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self.letter(middle, cuts) <= letter else (middle + 1, high)
        return low


@dataclass(frozen=True, slots=True)
class Rankings:
    """What the passports of all accounts are made from, kept beside an analysis.

    Parameters
    ----------
    window
        By measure: the analysis's own window. Profit is missing where no line has a cost.
    shifted
        By months earlier: the analysis's own measure in its window moved; 0 is its own. As far as the ledger reaches.
    """

    window: Mapping[Measure, Ranking]
    shifted: Mapping[int, Ranking]

    def tables(self) -> Mapping[str, Ranking]:
        """Each ranking under a name, to be kept; those of `window` and of the shifts beyond it."""
        shifted = {f"shift_{shift}": one for shift, one in self.shifted.items() if shift}
        return {**{measure.value: one for measure, one in self.window.items()}, **shifted}

    @classmethod
    def of_tables(cls, tables: Mapping[str, Ranking], measure: Measure) -> Self:
        """The rankings out of what `tables` named."""
        window = {one: tables[one.value] for one in Measure if one.value in tables}
        shifted = {int(name.removeprefix("shift_")): one for name, one in tables.items() if name.startswith("shift_")}
        return cls(window, {0: window[measure], **shifted})


def rankings(analysis: Analysis) -> Rankings:
    """Rank the accounts of a whole analysis."""
    standings = analysis.standings
    ids = standings["account_id"]
    window = {measure: Ranking.of(ids, standings[measure.value]) for measure in Measure}
    if not len(window[Measure.PROFIT].ids) and standings["profit"].null_count == standings.num_rows:
        del window[Measure.PROFIT]
    own = window.get(analysis.measure, Ranking.of(ids, standings["value"]))
    earlier = {shift: _earlier(analysis, shift) for shift in SHIFTS if shift and reaches(analysis, shift)}
    return Rankings({**window, analysis.measure: own}, {0: own, **earlier})


def month_number(day: date) -> int:
    """The month of a day as one number, year * 12 + month - 1."""
    return day.year * 12 + day.month - 1


def reaches(analysis: Analysis, shift: int) -> bool:
    """Whether the window moved so many months earlier still ends inside the ledger."""
    return month_number(analysis.window.end) - shift >= month_number(analysis.ledger.first_date)


def months_between(analysis: Analysis, first: int, last: int) -> pa.Table:
    """The months of an analysis from one month number to another, both inside."""
    months = analysis.months
    days = months["month"]
    inside = pc.and_(pc.greater_equal(days, first_day(first)), pc.less_equal(days, first_day(last)))
    return months.filter(inside)


def first_day(month: int) -> date:
    """The first day of a month told as a number."""
    return date(month // 12, month % 12 + 1, 1)


def _earlier(analysis: Analysis, shift: int) -> Ranking:
    first, last = month_number(analysis.window.start) - shift, month_number(analysis.window.end) - shift
    months = months_between(analysis, first, last)
    # As in the analysis: a month whose profit is unknown adds nothing to the measure.
    summed = months.group_by("account_id").aggregate([(analysis.measure.value, "sum")])
    return Ranking.of(summed["account_id"], summed[f"{analysis.measure.value}_sum"])
