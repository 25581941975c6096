"""The days on which the backtest stands and looks ahead, and how far it looks."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from anahtar.forecast.purchases import Purchases, day_of
from anahtar.words import Message, Refusal, say

LEAST_HORIZON: Final = 28
USUAL_HORIZON: Final = 90
MOST_CUTS: Final = 8
LEAST_CUTS: Final = 4
LIVE_DAYS: Final = 365
"""An account is live on a day if it bought within so many days before: only of those one asks who will stay away."""


class UnableToBacktest(Refusal):
    """The ledger cannot say which way of telling is right."""

    @classmethod
    def too_short(cls, horizon: int, span: int) -> "UnableToBacktest":
        """The horizon is more than a quarter of the history."""
        return cls(
            say(
                "The ledger holds {span} days. To look {horizon} days ahead, and to see what came of it, takes four "
                "times as many: a horizon of {possible} days or a longer ledger.",
                span=span,
                horizon=horizon,
                possible=span // 4,
            )
        )

    @classmethod
    def too_young(cls, span: int) -> "UnableToBacktest":
        """No horizon worth the name fits into the history."""
        return cls(
            say(
                "The ledger holds {span} days of purchases; a backtest needs at least {least}. Add earlier sales.",
                span=span,
                least=4 * LEAST_HORIZON,
            )
        )

    @classmethod
    def nothing_to_tell(cls) -> "UnableToBacktest":
        """On every day all accounts stayed away, or none."""
        return cls(
            say(
                "On no day of the backtest did some of the accounts stay away and others not: there is nothing to "
                "tell apart. A shorter horizon (--horizon) may help."
            )
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """When the backtest stands and how far it looks.

    Parameters
    ----------
    first, as_of
        Day numbers of the first purchase and of the last day known.
    horizon
        Days looked ahead.
    cuts
        Days stood on, oldest first; the last of them one horizon before `as_of`.
    """

    first: int
    as_of: int
    horizon: int
    cuts: tuple[int, ...]

    def sentence(self) -> Message:
        """Say it."""
        return say(
            "Stood on {n} day between {first} and {last}, each time knowing nothing later, and looked {horizon} days "
            "ahead.",
            "Stood on {n} days between {first} and {last}, each time knowing nothing later, and looked {horizon} days "
            "ahead.",
            n=len(self.cuts),
            first=day_of(self.cuts[0]),
            last=day_of(self.cuts[-1]),
            horizon=self.horizon,
        )


def median_interval(purchases: Purchases) -> float | None:
    """Tell how often the base buys: the median of the accounts' own mean gaps, over accounts with two gaps or more."""
    account, gaps = purchases.gaps()
    counts = np.bincount(account)
    often = counts >= 2
    return float(np.median(np.bincount(account, gaps)[often] / counts[often])) if often.any() else None


def usual_horizon(purchases: Purchases, as_of: int) -> int:
    """Twice the interval in which the base buys, at least 90 days, at most a quarter of the history.

    Raises
    ------
    UnableToBacktest
        A quarter of the history is less than four weeks.
    """
    span = as_of - int(purchases.day.min(initial=as_of))
    if span // 4 < LEAST_HORIZON:
        raise UnableToBacktest.too_young(span)
    wished = max(USUAL_HORIZON, round(2 * (median_interval(purchases) or 0)))
    return min(wished, span // 4)


def frame(purchases: Purchases, *, as_of: date | int, horizon: int | None = None) -> Frame:
    """Settle the days of a backtest: half a horizon apart, over the later half of the history, four to eight of them.

    Raises
    ------
    UnableToBacktest
        The history is shorter than four horizons.
    """
    last = as_of if isinstance(as_of, int) else (as_of - day_of(0)).days
    first = int(purchases.day.min(initial=last))
    ahead = usual_horizon(purchases, last) if horizon is None else horizon
    if last - first < 4 * ahead:
        raise UnableToBacktest.too_short(ahead, last - first)
    earliest, latest = first + (last - first) // 2, last - ahead
    count = min(MOST_CUTS, max(LEAST_CUTS, 1 + 2 * (latest - earliest) // ahead))
    cuts = tuple(int(day) for day in np.linspace(earliest, latest, count).round())
    return Frame(first, last, ahead, cuts)
