"""Silences of the past counted as states count them: days on which nobody bought taken out, seasons waited for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from anahtar.forecast.backtest.cuts import median_interval
from anahtar.forecast.numbers import Truth, Whole
from anahtar.forecast.purchases import Purchases, day_number, day_of
from anahtar.forecast.seasons import UNTOLD, seasons
from anahtar.forecast.shutdowns import BusyDays, Shutdowns
from anahtar.metrics.loss.lapses import Borders, Doubles, Numbers
from anahtar.rules.season import season_ends

_NEVER: Final = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Opened:
    """A criterion on the calendar without shutdowns, and patient with seasonal accounts, as states are told.

    Of each silence those shutdowns and seasons are taken that were known on its last day, the eve of the return or the
    as-of day: so who stands lost today is whom states call so, and whatever is bought after a silence moves no loss in
    it.

    Parameters
    ----------
    criterion
        The one that holds; it is asked in days without the closed ones (`opened`, where it looks at days themselves).
    purchases
        All purchase days of the base up to the as-of day.
    as_of
        `day_number` of it.
    closed
        The shutdowns that were taken out of states on the as-of day.
    """

    criterion: Borders
    purchases: Purchases
    as_of: int
    closed: Shutdowns

    def __call__(self, owners: Numbers, days: Numbers) -> Doubles:
        """The border after each purchase, in days of the calendar, closed ones among them."""
        found = np.full(len(owners), np.nan)
        if not len(owners):
            return found
        goes_on = np.append(owners[1:] == owners[:-1], False)
        ends = np.where(goes_on, np.append(days[1:], 0) - 1, self.as_of)
        base = self._base_interval()
        for closed, rows in self._known(ends):
            who = np.flatnonzero(np.isin(owners, owners[rows]))
            opened = closed.opened(days[who])
            at = np.searchsorted(who, rows)
            border = np.floor(self._asked(closed, base)(owners[who], opened)[at])
            told = ~np.isnan(border)
            reached = opened[at][told] + border[told].astype(np.int64) + 1
            found[rows[told]] = closed.on_calendar(reached) - days[rows[told]] - 1
        return self._patient(found, owners, days, ends)

    def _base_interval(self) -> float | None:
        """As states have it: how often the base buys without the shutdowns of today."""
        days = self.closed.opened(self.purchases.day)
        return median_interval(Purchases(self.purchases.account, days, self.purchases.amount))

    def _asked(self, closed: Shutdowns, base_interval: float | None) -> Borders:
        on = getattr(self.criterion, "opened", None)
        told: Borders = self.criterion if on is None else on(closed, base_interval)
        return told

    def _known(self, ends: Whole) -> Iterator[tuple[Shutdowns, Whole]]:
        """The shutdowns known on the last day of silences, and the silences of which it is so."""
        busy, today = BusyDays.of(self.purchases), dict[tuple[tuple[int, int], ...], list[int]]()
        for end in np.unique(ends).tolist():
            known = self.closed.runs if end == self.as_of else busy.known_on(end).runs
            # The runs of today up to the same day tell the same of days up to it: most silences are asked together.
            same = known == tuple((first, min(last, end)) for first, last in self.closed.runs if first <= end)
            today.setdefault(self.closed.runs if same else known, []).append(end)
        for runs, days in today.items():
            yield Shutdowns(runs), np.flatnonzero(np.isin(ends, days))

    def _patient(self, found: Doubles, owners: Numbers, days: Numbers, ends: Whole) -> Doubles:
        """Wait for the end of the season of whoever has one: only then a silence is too long."""
        lost = np.where(np.isnan(found), _NEVER, days + np.nan_to_num(found).astype(np.int64) + 1)
        asked = np.flatnonzero(lost <= ends)
        months = np.array([day_number(day_of(end + 1).replace(day=1)) for end in ends[asked].tolist()], np.int64)
        for month in np.unique(months).tolist():
            rows = asked[months == month]
            accounts = np.unique(owners[rows])
            # Seasons are told by full months, so within a month the answer is the same.
            own = self.purchases.kept(_among(self.purchases.account, accounts) & (self.purchases.day < month))
            told = dict(zip(accounts.tolist(), seasons(own, accounts, day_of(month - 1)), strict=True))
            for row in rows.tolist():
                season = told[int(owners[row])]
                if season is not None and season is not UNTOLD:
                    until = day_number(season_ends(season, last_purchase=day_of(int(days[row]))))
                    found[row] = max(found[row], until - days[row])
        return found


def _among(accounts: Whole, some: Whole) -> Truth:
    told: Truth = np.isin(accounts, some)
    return told
