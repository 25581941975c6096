"""Ways through the matrix in a year: what kind each is, and what those of a kind come to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from anahtar.analysis.classing import CELL_NAMES
from anahtar.analysis.portfolio import STATES, Move, Portfolio

UP: Final = "up"
DOWN: Final = "down"
CAME: Final = "came"
WENT: Final = "went"
ASIDE: Final = "aside"
STAYED: Final = "stayed"

KINDS: Final = (UP, DOWN, CAME, WENT, ASIDE)
"""Towards AX, towards CZ (by value, then by regularity); into the matrix, out of it; beside it, from one place to
another."""


@dataclass(frozen=True, slots=True)
class Sum:
    """What the accounts of some ways come to; money in ten-thousandths."""

    accounts: int
    value: int
    value_year_ago: int


def kind_of(before: str, after: str) -> str:
    """Say what kind a way is."""
    if before == after:
        return STAYED
    inside = before in CELL_NAMES, after in CELL_NAMES
    if inside == (True, True):
        return UP if CELL_NAMES.index(after) < CELL_NAMES.index(before) else DOWN
    return {(False, True): CAME, (True, False): WENT, (False, False): ASIDE}[inside]


def sums(moves: Iterable[Move]) -> Mapping[str, Sum]:
    """Add the ways up by kind; every kind is there."""
    found = dict.fromkeys((*KINDS, STAYED), Sum(0, 0, 0))
    for move in moves:
        kind = kind_of(move.before, move.after)
        if kind == STAYED and move.before not in CELL_NAMES:
            continue  # who bought in neither year has no place to have stayed in
        so_far = found[kind]
        found[kind] = Sum(
            so_far.accounts + move.accounts,
            so_far.value + move.value,
            so_far.value_year_ago + move.value_year_ago,
        )
    return found


def movers(portfolio: Portfolio, *, before: str = "", after: str = "", kind: str = "") -> pa.Table:
    """Give the accounts whose state changed (`Portfolio.movers`), of one kind or of all."""
    table = portfolio.movers(before=before or None, after=after or None)
    if not kind:
        return table
    meant = np.array([[kind_of(one, other) == kind for other in STATES] for one in STATES])
    was, now = (pc.index_in(table[name], pa.array(STATES)).to_numpy() for name in ("before", "after"))
    return table.take(np.flatnonzero(meant[was, now]))
