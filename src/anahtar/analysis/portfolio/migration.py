"""Migration in the matrix: from which cell a year ago to which now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from anahtar.analysis.classing import CELL_NAMES, N
from anahtar.analysis.portfolio.chosen import Chosen, Keys, sums

NONE: Final = "none"
"""The state of a known account without a line in the months."""

NEW: Final = "new"
"""The state before an account's first line."""

STATES: Final = (*CELL_NAMES, "N", "undefined", NONE, NEW)
"""Where an account can stand: a cell, outside the matrix (N, undefined), or nowhere (none, new)."""

PLACES: Final = range(len(CELL_NAMES) + 2)
"""The states of accounts with a line in the months."""

_N, _UNDEFINED, _NONE, _NEW = (STATES.index(name) for name in ("N", "undefined", NONE, NEW))


@dataclass(frozen=True, slots=True)
class Move:
    """Accounts that stood in one state a year ago and stand in another (or the same) now; money in ten-thousandths."""

    before: str
    after: str
    accounts: int
    value: int
    value_year_ago: int


MOVERS: Final = pa.schema(
    [
        pa.field("code", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("before", pa.string(), nullable=False),
        pa.field("after", pa.string(), nullable=False),
        pa.field("value", pa.int64(), nullable=False),
        pa.field("value_year_ago", pa.int64(), nullable=False),
    ]
)
"""One row per account that moved."""


def states(chosen: Chosen, when: str, last_month: int | None) -> Keys:
    """The place of each account in `STATES`.

    Parameters
    ----------
    when
        Empty, or `_year_ago`.
    last_month
        The last of those months: an account whose first line is younger is `new`; None: none of them is.
    """
    cells, abc = chosen.words(f"cell{when}"), chosen.words(f"abc{when}")
    outside = np.where(abc < 0, _NONE, np.where(abc == N, _N, _UNDEFINED))
    told = np.where(cells >= 0, cells, outside)
    if last_month is not None:
        told = np.where(chosen.amounts("first_month") > last_month, _NEW, told)
    return told.astype(np.int16)


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """Where each chosen account stood and stands."""

    chosen: Chosen
    before: Keys
    after: Keys

    @classmethod
    def of(cls, chosen: Chosen, *, then: int, now: int) -> "Ways":
        """The ways from the months that end in `then` to those that end in `now`."""
        return cls(chosen, states(chosen, "_year_ago", then), states(chosen, "", now))

    def moves(self) -> Sequence[Move]:
        """Every way that somebody went, who stayed included; in the order of the states.

        Accounts whose first line is younger than the window are in none.
        """
        width = len(STATES)
        values = [self.chosen.amounts(name) for name in ("value", "value_year_ago")]
        keys = np.where(self.after == _NEW, width * width, self.before * width + self.after).astype(np.int16)
        accounts, *money = sums(keys, width * width, *values)
        return [
            Move(STATES[at // width], STATES[at % width], int(accounts[at]), *(int(column[at]) for column in money))
            for at in np.flatnonzero(accounts)
        ]

    def movers(self, before: str | None, after: str | None) -> pa.Table:
        """See `Portfolio.movers`."""
        inside = (self.before != self.after) & (self.after != _NEW)
        if before is not None:
            inside &= self.before == STATES.index(before)
        if after is not None:
            inside &= self.after == STATES.index(after)
        at = np.flatnonzero(inside)
        values, earlier = (self.chosen.amounts(name)[at] for name in ("value", "value_year_ago"))
        order = np.lexsort((self.chosen.amounts("account_id")[at], -np.abs(values - earlier)))
        names = self.chosen.slice.table.select(["code", "name"]).take(self.chosen.rows[at[order]])
        said = pa.array(STATES)
        columns = [
            *names.columns,
            *(said.take(pa.array(keys[at[order]])) for keys in (self.before, self.after)),
            *(pa.array(column[order]) for column in (values, earlier)),
        ]
        return pa.table(columns, schema=MOVERS)
