"""The matrix of value and regularity: what each of the nine cells holds, and what stands outside."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from anahtar.analysis.classing import NEW, ONE_OFF
from anahtar.analysis.portfolio.chosen import Chosen, sums
from anahtar.analysis.portfolio.migration import PLACES, STATES, states


@dataclass(frozen=True, slots=True)
class CellTotal:
    """One cell, or accounts outside the matrix: `N` (no positive value), `undefined` (nothing to judge).

    Parameters
    ----------
    name
        AX..CZ, N, undefined.
    accounts, one_off, new
        How many; the latter two are among them, in the Z column.
    revenue, value
        In ten-thousandths.
    profit
        None where it is known of no account in the cell.
    share
        Of the positive total of the chosen accounts; 0 outside the matrix where values are not positive.
    """

    name: str
    accounts: int
    one_off: int
    new: int
    revenue: int
    profit: int | None
    value: int
    share: float


def matrix(chosen: Chosen, positive: int) -> Sequence[CellTotal]:
    """The nine cells, by value and then by regularity, then N and undefined; empty ones too.

    Every account with a line in the window is in one, so they add up to the totals.
    """
    keys = states(chosen, "", None)
    xyz, width = chosen.words("xyz"), len(PLACES)
    accounts, revenue, profit, value = sums(keys, width, *(chosen.amounts(n) for n in ("revenue", "profit", "value")))
    one_off, new, known = (
        np.bincount(keys[inside & (keys < width)], minlength=width)
        for inside in (xyz == ONE_OFF, xyz == NEW, chosen.known("profit"))
    )
    return [
        CellTotal(
            STATES[at],
            int(accounts[at]),
            int(one_off[at]),
            int(new[at]),
            int(revenue[at]),
            int(profit[at]) if known[at] else None,
            int(value[at]),
            float(value[at]) / positive if positive and STATES[at] != "N" else 0.0,
        )
        for at in PLACES
    ]
