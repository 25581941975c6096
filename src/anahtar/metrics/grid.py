"""The settings among which a class is called stable. Apart from `stability`: naming them needs no query compiler."""

from collections.abc import Sequence
from typing import Final, TypeAlias

Cuts: TypeAlias = tuple[float, float]

GRID: Final[Sequence[Cuts]] = ((0.70, 0.90), (0.80, 0.95), (0.85, 0.97))
"""Cuts found in textbooks and public code; an analysis with other cuts adds its own."""

SHIFTS: Final = (0, 1, 2)
"""The same window ending now, one and two months earlier."""


def settings(cuts: Cuts) -> Sequence[Cuts]:
    """The cuts of the grid, those of the analysis first."""
    return (cuts, *(other for other in GRID if other != cuts))
