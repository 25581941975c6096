"""The criterion by which a silence is a loss once no purchase ahead is likely, as models of the past would have said.

For silences of the past, so that no later purchase moves a loss that was one: on each day the model speaks that a
backtest had fitted by then, and of days before the first of them the account's own rhythm.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from anahtar.analysis.losing.criterion import OwnRhythm
from anahtar.forecast.fitting import Model
from anahtar.forecast.histories import Histories
from anahtar.metrics.loss.lapses import Doubles, Numbers
from anahtar.rules.lapse_state import BASE_GAPS, DEFAULT_INTERVAL, FLOOR_DAYS, SHORTEST_INTERVAL, YEAR_DAYS
from anahtar.words import Message, Share, say

if TYPE_CHECKING:
    from anahtar.forecast.backtest.results import Backtest
    from anahtar.forecast.shutdowns import Shutdowns

_STEP: Final = 14
"""Days between two looks at a silence; the day itself is found between them."""


@dataclass(frozen=True, slots=True)
class Told:
    """A model and the day up to which it knew the ledger.

    Parameters
    ----------
    day
        Days since 1970.
    """

    day: int
    model: Model


@dataclass(frozen=True, slots=True)
class Likely:
    """Silence after which no purchase within the horizon is likely; or beyond 4 expected intervals, and a year.

    Parameters
    ----------
    told
        Models, oldest first; at least one.
    horizon
        Days ahead that the probability speaks of.
    lapsed
        The probability from which a silence is a loss.
    base_interval
        As for `OwnRhythm`, which speaks of days before the first model.
    last_day
        Days since 1970; no silence is known beyond it.
    intervals
        Whether three expected intervals are a loss, too (`Criterion.COMBINED`).
    """

    told: Sequence[Told]
    horizon: int
    lapsed: float
    base_interval: float | None
    last_day: int
    intervals: bool = False

    def __call__(self, owners: Numbers, days: Numbers) -> Doubles:
        """The border after each purchase; nan where the next purchase came before there was one."""
        if not len(owners):
            return np.empty(0)
        known = _known(owners, days, self.last_day)
        rhythm = OwnRhythm(self.base_interval)(owners, days)[known.at]
        by_time = self._by_time(known)
        lost = np.where(
            known.began + np.floor(rhythm) + 1 < self.told[0].day, known.began + np.floor(rhythm) + 1, np.inf
        )
        after = [one.day for one in self.told[1:]]
        for one, until in zip(self.told, [*after, self.last_day + 1], strict=True):
            low = np.maximum(known.began + FLOOR_DAYS + 1, one.day)
            high = np.minimum(known.over, until) - 1
            rows = np.flatnonzero((low <= high) & np.isinf(lost))
            lost[rows] = self._first(one.model, known.chosen(rows), low[rows], high[rows])
        lost = np.minimum(lost, known.began + np.floor(by_time) + 1)
        found = np.full(len(owners), np.nan)
        found[known.at] = np.where(np.isfinite(lost), lost - known.began - 1, np.nan)
        return found

    @property
    def words(self) -> Message:
        """The criterion, said."""
        horizon, lapsed = self.horizon, Share(self.lapsed, 0)
        if self.intervals:
            return say(
                "no purchase within {horizon} days likely to {lapsed} or more, as a model said that knew nothing "
                "later, or silence beyond 3 expected intervals; the own rhythm before the first model",
                horizon=horizon,
                lapsed=lapsed,
            )
        return say(
            "no purchase within {horizon} days likely to {lapsed} or more, as a model said that knew nothing later, "
            "or silence beyond 4 expected intervals and a year; the own rhythm before the first model",
            horizon=horizon,
            lapsed=lapsed,
        )

    def opened(self, closed: "Shutdowns", base_interval: float | None) -> "Likely":
        """The same without shutdowns: days of models, too, are counted without them."""
        days = closed.opened(np.array([*(one.day for one in self.told), self.last_day])).tolist()
        told = [Told(day, one.model) for day, one in zip(days[:-1], self.told, strict=True)]
        return replace(self, told=told, last_day=days[-1], base_interval=base_interval)

    def _by_time(self, of: "_Known") -> Doubles:
        base = DEFAULT_INTERVAL if self.base_interval is None else self.base_interval
        usual = np.maximum((of.recency + BASE_GAPS * base) / (of.repeats + BASE_GAPS), SHORTEST_INTERVAL)
        by_time: Doubles = np.maximum(YEAR_DAYS, 4 * usual)
        if self.intervals:
            by_time = np.where(of.repeats > 0, np.minimum(by_time, np.maximum(FLOOR_DAYS, 3 * usual)), by_time)
        return by_time

    def _first(self, model: Model, of: "_Known", low: Numbers, high: Numbers) -> Doubles:
        """The first day from one to another on which the model says so; infinity where there is none."""
        found, before = np.full(len(low), np.inf), low - 1
        day, open_ = low.copy(), np.ones(len(low), bool)
        while open_.any():
            rows = np.flatnonzero(open_)
            said = self._says(model, of.chosen(rows), day[rows])
            hit = rows[said]
            found[hit] = self._between(model, of.chosen(hit), before[hit], day[hit])
            open_[hit] = False
            open_ &= day < high
            before = np.where(open_, day, before)
            day = np.where(open_, np.minimum(day + _STEP, high), day)
        return found

    def _between(self, model: Model, of: "_Known", before: Numbers, day: Numbers) -> Numbers:
        """The day itself, between one on which the model did not say so, or was not asked, and one on which it did."""
        while (rows := np.flatnonzero(day - before > 1)).size:
            middle = (before[rows] + day[rows]) // 2
            said = self._says(model, of.chosen(rows), middle)
            day[rows[said]], before[rows[~said]] = middle[said], middle[~said]
        return day

    def _says(self, model: Model, of: "_Known", day: Numbers) -> "np.typing.NDArray[np.bool_]":
        age = (of.recency + day - of.began).astype(np.float64)
        seen = Histories.of(of.repeats, of.recency.astype(np.float64), age, of.logs)
        said: np.typing.NDArray[np.bool_] = model.none_within(seen, self.horizon) >= self.lapsed
        return said


@dataclass(frozen=True, slots=True)
class _Known:
    """Silences that were long enough to be asked about, and what was known of the account when they began."""

    at: Numbers
    began: Numbers
    over: Numbers
    repeats: Numbers
    recency: Numbers
    logs: Doubles

    def chosen(self, rows: Numbers) -> "_Known":
        return _Known(*(getattr(self, name)[rows] for name in ("at", "began", "over", "repeats", "recency", "logs")))


def _known(owners: Numbers, days: Numbers, last_day: int) -> _Known:
    new = np.append(True, owners[1:] != owners[:-1])[: len(owners)]
    starts = np.flatnonzero(new)
    place = np.repeat(starts, np.diff(starts, append=len(owners)))
    gaps = np.diff(days, prepend=0)
    logs = np.cumsum(np.log(np.where(new, 1, np.maximum(gaps, 1))))
    goes_on = np.append(~new[1:], False)[: len(owners)]
    over = np.where(goes_on, np.append(days[1:], 0)[: len(owners)], last_day + 1)
    at = np.flatnonzero(over - days > FLOOR_DAYS)
    first = place[at]
    return _Known(at, days[at], over[at], at - first, days[at] - days[first], logs[at] - logs[first])


def likely(
    found: "Backtest", *, lapsed: float, horizon: int, base_interval: float | None, last_day: int, intervals: bool
) -> Likely:
    """Take the models that a backtest of the ledger fitted and chose, as of the days it stood on."""
    told = [Told(one.day, one.fits[found.chosen].model) for one in found.stands]
    return Likely(told, horizon, lapsed, base_interval, last_day, intervals)
