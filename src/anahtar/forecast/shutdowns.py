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

    def on_calendar(self, opened: Whole) -> Whole:
        """The first day of the calendar up to which so many days were open: the way back from `opened`."""
        days: Whole = opened.copy()
        for first, last in self.runs:
            days[days >= first] += last - first + 1
        return days

    def closed_between(self, after: Whole, up_to: int) -> Whole:
        """How many closed days lie after each day and up to another."""
        told: Whole = self.closed_up_to(np.array([up_to])) - self.closed_up_to(after)
        return told


@dataclass(frozen=True, slots=True)
class BusyDays:
    """The days on which anybody bought: of them every day's shutdowns are told, as they were known on it.

    Parameters
    ----------
    days
        `day_number`, ascending.
    purchases
        How many rows of purchases there are up to each of them.
    """

    days: Whole
    purchases: Whole

    @classmethod
    def of(cls, purchases: Purchases) -> "BusyDays":
        """Of all purchases of the base."""
        days, counts = np.unique(purchases.day, return_counts=True)
        return cls(days, np.cumsum(counts))

    def known_on(self, day: int) -> Shutdowns:
        """Find the runs of seven days or more without a purchase of anybody that chance does not explain.

        A base that buys λ times a day leaves n days empty with probability exp(-λn); a run counts as a shutdown (plant
        holidays, a lockdown, an export that ends before the as-of day) where less than one such run in a hundred
        ledgers of this length would be chance. So a base of few purchases has none. Later days do not exist: a run
        that lasts is known as far as it has come.
        """
        seen = int(np.searchsorted(self.days, day, side="right"))
        if not seen:
            return Shutdowns(())
        busy = np.append(self.days[:seen], day + 1)
        empty = np.diff(busy) - 1
        long = empty >= LEAST_DAYS
        span, count_of_all = int(day - busy[0] + 1), int(self.purchases[seen - 1])
        runs = [
            (int(began) + 1, int(began + count))
            for began, count in zip(busy[:-1][long], empty[long], strict=True)
            if span * exp(-count_of_all * count / max(span - count, 1)) < _CHANCE
        ]
        return Shutdowns(tuple(runs))


def shutdowns(purchases: Purchases, *, as_of: int) -> Shutdowns:
    """Find the shutdowns of a base as they are known on a day (`BusyDays.known_on`)."""
    return BusyDays.of(purchases).known_on(as_of)
