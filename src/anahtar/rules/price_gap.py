"""Our price against the winner's: how far apart they were, lot by lot."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """A distribution of gaps in five numbers, with the gaps themselves, smallest first.

    A gap of 1.08 is a price of ours 8 % above the winner's.
    """

    gaps: Sequence[float]
    least: float
    lower: float
    middle: float
    upper: float
    greatest: float

    @property
    def count(self) -> int:
        """How many lots it tells of."""
        return len(self.gaps)


def price_gap(*, ours: int | None, winners: int | None) -> float | None:
    """Our price over the winner's, both in units of one currency; None where one is unknown or not above zero."""
    if ours is None or winners is None or ours <= 0 or winners <= 0:
        return None
    return ours / winners


def spread(gaps: Iterable[float]) -> Spread | None:
    """Describe gaps by their ends, quartiles and middle; None where there are none.

    Quartiles lie between two gaps by linear interpolation, as the percentiles of buying rhythms do.
    """
    known = sorted(gaps)
    if not known:
        return None
    least, lower, middle, upper, greatest = (_at(known, part) for part in (0.0, 0.25, 0.5, 0.75, 1.0))
    return Spread(known, least, lower, middle, upper, greatest)


def _at(known: Sequence[float], part: float) -> float:
    place = part * (len(known) - 1)
    below = int(place)
    above = min(below + 1, len(known) - 1)
    return known[below] + (known[above] - known[below]) * (place - below)
