"""Significance: whether a place lost more than the luck of the draw explains."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from anahtar.metrics.loss.retention import Rate, counted

LEAST: Final = 5
"""Accounts of a value from which it is tested: of four, all four lost is no news."""

LEVEL: Final = 0.05
"""The chance of one false alarm in the whole list that is taken."""

_TAIL: Final = 0.025
_Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of how many were lost at one place."""

    lost: int
    of: int


@dataclass(frozen=True, slots=True)
class Judged:
    """One place against all of them.

    Parameters
    ----------
    rate
        lost / of, with Wilson's interval.
    low, high
        The band: between these shares lie 95 % of all draws of so many accounts, had losses nothing to do with the
        place. Both inside.
    p
        The chance of a draw as far from the base rate, to either side; None where the place was not tested.
    p_holm
        The same with all tests of the list taken into account.
    verdict
        `worse` or `better` than the base rate, where `p_holm` is below `LEVEL`; else `usual` (also where the place
        is all there is); `few` below `LEAST` accounts.
    """

    rate: Rate
    low: float
    high: float
    p: float | None
    p_holm: float | None
    verdict: str


def against_base(places: Sequence[Counted], base: Counted) -> list[Judged]:
    """Hold the losses of each place against the base rate.

    The exact test: losses are handed out anew among all accounts, and a place is a draw of so many of them
    (hypergeometric; Fisher's exact test). The two-sided p is twice the smaller tail. Several places are tested at
    once, so p is adjusted by Holm's method: among all places together one false alarm has the chance `LEVEL`.

    Parameters
    ----------
    places
        Of one dimension; those with fewer than `LEAST` accounts are not tested.
    base
        All accounts (or pairs of account and value) from which the places are drawn.

    Returns
    -------
    list[Judged]
        In the order of `places`.

    References
    ----------
    R. A. Fisher, The Design of Experiments (1935), II; S. Holm, A simple sequentially rejective multiple test
    procedure, Scandinavian Journal of Statistics 6 (1979), 65-70.
    """
    spread = cache(lambda of: _Spread.of(base, of))
    tested = [at for at, place in enumerate(places) if place.of >= LEAST and base.of > place.of]
    chances = {at: spread(places[at].of).two_sided(places[at].lost) for at in tested}
    adjusted = _holm(chances)
    return [
        _judged(place, base, spread(place.of).band(), chances.get(at), adjusted.get(at))
        for at, place in enumerate(places)
    ]


def _judged(place: Counted, base: Counted, band: tuple[int, int], p: float | None, p_holm: float | None) -> Judged:
    low, high = (edge / place.of if place.of else 0.0 for edge in band)
    verdict = "usual" if place.of >= LEAST else "few"
    if p_holm is not None and p_holm < LEVEL:
        verdict = "worse" if place.lost * base.of > base.lost * place.of else "better"
    return Judged(counted(place.lost, place.of), low, high, p, p_holm, verdict)


def _holm(chances: dict[int, float]) -> dict[int, float]:
    told: dict[int, float] = {}
    reached = 0.0
    ordered = sorted(chances, key=lambda at: (chances[at], at))
    for rank, at in enumerate(ordered):
        reached = max(reached, min(1.0, chances[at] * (len(ordered) - rank)))
        told[at] = reached
    return told


@dataclass(frozen=True, slots=True)
class _Spread:
    """How many lost a draw holds: the chances of `first` and of each number above it."""

    first: int
    chances: _Doubles

    @classmethod
    def of(cls, base: Counted, drawn: int) -> "_Spread":
        drawn = min(drawn, base.of)
        first, last = max(0, drawn - (base.of - base.lost)), min(drawn, base.lost)
        found = np.arange(first, last + 1)
        logs = _ways(base.lost, found) + _ways(base.of - base.lost, drawn - found) - _ways(base.of, np.array([drawn]))
        chances = np.exp(logs)
        return cls(first, chances / chances.sum())

    def two_sided(self, lost: int) -> float:
        at = lost - self.first
        below, above = float(self.chances[: at + 1].sum()), float(self.chances[at:].sum())
        return min(1.0, 2 * min(below, above))

    def band(self) -> tuple[int, int]:
        """The smallest and the largest number that neither tail of 2.5 % holds."""
        below, above = np.cumsum(self.chances), np.cumsum(self.chances[::-1])
        last = self.first + len(self.chances) - 1
        return self.first + int(np.argmax(below > _TAIL)), last - int(np.argmax(above > _TAIL))


def _ways(of: int, chosen: npt.NDArray[np.int64]) -> _Doubles:
    """Logarithm of how many ways there are to choose."""
    logs = _log_factorials(of)
    return np.asarray(logs[of] - logs[chosen] - logs[of - chosen])


@lru_cache(maxsize=4)
def _log_factorials(up_to: int) -> _Doubles:
    return np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, up_to + 1, dtype=np.float64)))])
