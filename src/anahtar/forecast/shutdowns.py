"""Shutdowns: runs of days on which nobody bought, which say nothing about anybody's silence."""

from dataclasses import dataclass
from math import exp
from typing import Final

import numpy as np

from anahtar.forecast.numbers import Whole
from anahtar.forecast.purchases import Purchases

LEAST_DAYS: Final = 7
_CHANCE: Final = 0.01


@dataclass(frozen=True, slots=True)
class Shutdowns:
    """Closed days of the whole base.

    Parameters
    ----------
    runs
        First and last day number of each run, oldest first.
    """

    runs: tuple[tuple[int, int], ...]

    def closed_up_to(self, days: Whole) -> Whole:
        """How many closed days lie up to each day, the day itself inside."""
        closed = np.zeros(len(days), np.int64)
        for first, last in self.runs:
            closed += np.clip(days - first + 1, 0, last - first + 1)
        return closed

    def opened(self, days: Whole) -> Whole:
        """The days counted without the closed ones: differences are days on which somebody could have bought."""
        told: Whole = days - self.closed_up_to(days)
        return told

    def closed_between(self, after: Whole, up_to: int) -> Whole:
        """How many closed days lie after each day and up to another."""
        told: Whole = self.closed_up_to(np.array([up_to])) - self.closed_up_to(after)
        return told


def shutdowns(purchases: Purchases, *, as_of: int) -> Shutdowns:
    """Find the runs of seven days or more without a purchase of anybody that chance does not explain.

    A base that buys λ times a day leaves n days empty with probability exp(-λn); a run counts as a shutdown (plant
    holidays, a lockdown, an export that ends before the as-of day) where less than one such run in a hundred ledgers
    of this length would be chance. So a base of few purchases has none.
    """
    days = purchases.day[purchases.day <= as_of]
    if not len(days):
        return Shutdowns(())
    busy = np.unique(np.append(days, as_of + 1))
    empty = np.diff(busy) - 1
    long = empty >= LEAST_DAYS
    span = int(as_of - busy[0] + 1)
    runs = [
        (int(day) + 1, int(day + count))
        for day, count in zip(busy[:-1][long], empty[long], strict=True)
        if span * exp(-len(days) * count / max(span - count, 1)) < _CHANCE
    ]
    return Shutdowns(tuple(runs))
