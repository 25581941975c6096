"""How much of a difference may be luck: the accounts drawn anew, many times, with one seed."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np

from anahtar.forecast.backtest.measures import Ranking
from anahtar.forecast.backtest.standing import Stand
from anahtar.forecast.backtest.ways import Way
from anahtar.forecast.numbers import Real, Whole

SEED: Final = 20_250_101
_MOST, _LEAST, _WORK = 1_000, 100, 40_000_000
_CELLS = 1_000_000


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with the range it keeps in 95 of 100 draws of the accounts."""

    value: float
    low: float
    high: float

    @property
    def above_zero(self) -> bool:
        """Whether luck is no explanation."""
        return self.low > 0


@dataclass(frozen=True, slots=True)
class Draws:
    """Mean AUC over the days, of every way: as it was, and in each draw.

    Parameters
    ----------
    ways
        In the order of the columns.
    seen
        One value per way.
    drawn
        One row per draw, one column per way.
    """

    ways: Sequence[Way]
    seen: Real
    drawn: Real

    def auc(self, way: Way) -> Interval:
        """The mean AUC of a way."""
        at = self.ways.index(way)
        return _interval(float(self.seen[at]), self.drawn[:, at])

    def difference(self, way: Way, other: Way) -> Interval:
        """By how much one way is better than another, on the same accounts."""
        at, against = self.ways.index(way), self.ways.index(other)
        return _interval(float(self.seen[at] - self.seen[against]), self.drawn[:, at] - self.drawn[:, against])


def draw(stands: Sequence[Stand], ways: Sequence[Way]) -> Draws:
    """Draw accounts with replacement, each with all its days: what one account does on two days is no two witnesses."""
    rankings: Mapping[Way, list[Ranking]] = {
        way: [Ranking(stand.scores[way], stand.stayed_away) for stand in stands] for way in ways
    }
    accounts = np.unique(np.concatenate([stand.live.account for stand in stands]))
    places = [np.searchsorted(accounts, stand.live.account) for stand in stands]
    work = sum(len(place) for place in places) * len(ways)
    draws = min(_MOST, max(_LEAST, _WORK // max(work, 1)))
    dice = np.random.default_rng(SEED)
    at_once = max(1, _CELLS // max(len(accounts), 1))
    drawn = []
    # Two ways side by side: numpy lets go of the interpreter while it reckons.
    with ThreadPoolExecutor(2) as threads:
        for first in range(0, draws, at_once):
            counts = _counts(dice, min(at_once, draws - first), len(accounts))
            found = threads.map(lambda way, counts=counts: _mean_of(rankings[way], places, counts), ways)
            drawn.append(np.stack([*found], axis=1))
    seen = np.array([_mean([one.auc() for one in rankings[way]]) for way in ways])
    return Draws(ways, seen, np.concatenate(drawn))


def _counts(dice: np.random.Generator, draws: int, accounts: int) -> Real:
    """How often each account is in each draw."""
    drawn = dice.integers(0, accounts, (draws, accounts)) + np.arange(draws)[:, None] * accounts
    return np.bincount(drawn.ravel(), minlength=draws * accounts).reshape(draws, accounts).astype(np.float64)


def _mean_of(rankings: Sequence[Ranking], places: Sequence[Whole], counts: Real) -> Real:
    """Mean over the days of each draw; a day on which a draw has nothing to tell apart is left out."""
    each = np.stack([one.aucs(counts[:, place]) for one, place in zip(rankings, places, strict=True)])
    told = np.isfinite(each)
    mean: Real = np.where(told, each, 0).sum(axis=0) / np.maximum(told.sum(axis=0), 1)
    return mean


def _mean(values: Sequence[float]) -> float:
    told = [value for value in values if value == value]
    return sum(told) / len(told) if told else float("nan")


def _interval(value: float, drawn: Real) -> Interval:
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return Interval(value, float(low), float(high))
