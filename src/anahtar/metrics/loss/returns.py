"""Return: how likely a lost account comes back by itself, from the lapses of the ledger's own history."""

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Final

import numpy as np
import numpy.typing as npt

from anahtar.intervals import Z95, Interval, wilson

Numbers = npt.NDArray[np.int64]

HORIZON: Final = 365
"""Days within which a return counts."""

LEAST: Final = 10
"""Lapses that must have lasted as long before a chance is told."""


@dataclass(frozen=True, slots=True)
class Chance:
    """The chance that a lapse ends within a horizon.

    Parameters
    ----------
    value, low, high
        With its 95 % interval; all None where fewer than `LEAST` lapses of the ledger lasted as long.
    reached
        Lapses that were lapses already at this silence, and lasted longer.
    returned, open
        Of them those that ended within the horizon, and those that the as-of day cut off within it (nobody knows yet).
    seen_days
        Days of the horizon that the ledger can tell of; fewer than asked for where it is too young: the chance is then
        that of a return within these.
    """

    value: float | None
    low: float | None
    high: float | None
    reached: int
    returned: int
    open: int
    seen_days: int


@dataclass(frozen=True)
class ReturnCurve:
    """How lapses of a ledger ended; a chance is asked of it.

    A silence of a hundred days says nothing by itself: who buys every hundred days is about to buy again, who bought
    every week has left. So the pool is not all gaps but the lapses, silences too long by the criterion, and a silence
    of s days is held against those that were lapses at s days already.

    Parameters
    ----------
    durations
        Days from the last purchase to the return, or to the as-of day.
    closed
        Whether a purchase ended it.
    begun
        Days of silence at which it became a lapse.

    References
    ----------
    E. L. Kaplan, P. Meier, Nonparametric estimation from incomplete observations, JASA 53 (1958), 457-481;
    J. D. Kalbfleisch, R. L. Prentice, The Statistical Analysis of Failure Time Data (1980), 1.3: the interval;
    H. van Houwelingen, Dynamic prediction by landmarking, Scandinavian Journal of Statistics 34 (2007), 70-85.
    """

    durations: Numbers
    closed: npt.NDArray[np.bool_]
    begun: Numbers

    def chance(self, silence: int, *, horizon: int = HORIZON) -> Chance:
        """The chance that a lapse which is so many days old ends within the horizon.

        One minus the Kaplan-Meier survival from the one day to the other, so that lapses which the as-of day cut off
        count for as long as they were seen. The interval is Greenwood's on the scale log(-log), which stays within 0
        and 1; where none ended (or all did) it is Wilson's. Lapses of one account count as if they were of several:
        where few accounts have most of them, it is a little too narrow.

        Parameters
        ----------
        silence
            Days from the last purchase up to the as-of day.
        horizon
            Days from then on.
        """
        among = (self.begun <= silence) & (self.durations > silence)
        lasted, ended = self.durations[among] - silence, self.closed[among]
        within = lasted <= horizon
        reached, returned = len(lasted), int((within & ended).sum())
        cut = int((~ended & (lasted < horizon)).sum())
        seen = min(horizon, int(lasted.max(initial=0)))
        if reached < LEAST:
            return Chance(None, None, None, reached, returned, cut, seen)
        value, low, high = _told(lasted, ended & within)
        return Chance(value, low, high, reached, returned, cut, seen)


def _told(lasted: Numbers, ended: npt.NDArray[np.bool_]) -> tuple[float, float, float]:
    """The Kaplan-Meier chance and its bounds; whatever ended beyond the horizon counts as not ended."""
    days, found = np.unique(lasted[ended], return_counts=True)
    n = (len(lasted) - np.searchsorted(np.sort(lasted), days, side="left")).astype(np.float64)
    d = found.astype(np.float64)
    survival = float(np.prod(1 - d / n))
    if survival in (0.0, 1.0):
        sure = wilson(0 if survival else len(lasted), len(lasted)) or Interval(0.0, 1.0)
        return 1 - survival, sure.low, sure.high
    spread = sqrt(float((d / (n * (n - d))).sum())) / abs(log(survival))
    bounds = [1 - exp(-exp(log(-log(survival)) + sign * Z95 * spread)) for sign in (-1, 1)]
    return 1 - survival, min(bounds), max(bounds)
