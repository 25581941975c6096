"""Bars that end where the next begins: what was, what came and went, what is."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final, TypeAlias

Bar: TypeAlias = tuple[str, str]
"""Start and width in hundredths of the drawing, as SVG reads them."""

WIDTH: Final = 100.0
"""Of the drawing, in its own units."""

LEAST: Final = 0.6
"""A bar of something is never too narrow to be seen."""


def bars(then: int, now: int, changes: Sequence[int]) -> list[Bar]:
    """Lay out the bar of what was, one for each change, and that of what is."""
    reached = [*accumulate(changes, initial=then)]
    low, high = min(0, now, *reached), max(0, now, *reached)
    scale = WIDTH / ((high - low) or 1)
    steps = [(0, then), *pairwise(reached), (0, now)]
    return [_bar(min(step) - low, abs(step[1] - step[0]), scale) for step in steps]


def _bar(left: int, width: int, scale: float) -> Bar:
    shown = max(width * scale, LEAST) if width else 0.0
    return f"{min(left * scale, WIDTH - shown):.2f}", f"{shown:.2f}"
