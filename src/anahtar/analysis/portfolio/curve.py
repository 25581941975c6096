"""The Pareto curve, thinned to what an eye can tell apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from anahtar.analysis.classing import ABC, N
from anahtar.analysis.portfolio.chosen import Chosen
from anahtar.analysis.slicing.slice import Float, Places

FIRST: Final = 10
"""Accounts that the curve names, each with a point of its own."""

POINTS: Final = 200
"""Points of a curve at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """So many of the largest accounts make such a share.

    Parameters
    ----------
    places
        How many of the largest accounts, rising from 1 to all of positive value; at most `POINTS` of them, always the
        first ten, the last of each class and the end.
    shares
        What they make together, of the positive total (0-1).
    names
        Codes of the first ten.
    borders
        Class (A, B, C) -> place of its last account; without classes that no chosen account is in. The class is that
        of the whole company.
    """

    places: Places
    shares: Float
    names: tuple[str, ...]
    borders: Mapping[str, int]


def curve(chosen: Chosen) -> Curve:
    """Lay out the curve of the chosen accounts; without points where none has positive value."""
    ranked = chosen.known("rank")
    reached = np.cumsum(chosen.positive())
    n = len(reached)
    classes = chosen.words("abc")[ranked]
    # Rising with the rank: the last of each class is the one before the next begins.
    ends = {ABC[at]: int(np.searchsorted(classes, at, side="right")) for at in range(N) if (classes == at).any()}
    places = _thinned(n, [*ends.values()])
    codes = chosen.slice.table["code"].take(chosen.rows[ranked][:FIRST])
    shares = reached[places - 1].astype(np.float64) / float(reached[-1]) if n else np.zeros(0)
    return Curve(places, shares, tuple(codes.to_pylist()), ends)


def _thinned(n: int, borders: list[int]) -> Places:
    """Places from 1 to n: all of them where they are few, else close together where the curve bends."""
    if n <= POINTS:
        return np.arange(1, n + 1)
    must = [*range(1, FIRST + 1), *borders, n]
    spare = (POINTS - len(must)) // 2
    spread = [np.geomspace(1, n, spare), np.linspace(1, n, spare)]
    return np.unique(np.concatenate([must, *spread]).round().astype(np.int64))
