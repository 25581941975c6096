"""Silences of the past, day by day as the company would have seen them: by shutdowns and seasons known by then."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import numpy as np

from anahtar.forecast.backtest.cuts import Frame
from anahtar.forecast.numbers import Real, Whole
from anahtar.forecast.purchases import Purchases, day_number, day_of
from anahtar.forecast.seasons import UNTOLD, seasons
from anahtar.forecast.shutdowns import BusyDays, Shutdowns
from anahtar.rules.lapse_state import FLOOR_DAYS
from anahtar.rules.season import Season, season_ends

Rule = TypeVar("Rule")


@dataclass(frozen=True, slots=True)
class Silence:
    """The days after one purchase, and what was known of the account when they began.

    Parameters
    ----------
    began, ended
        Day numbers of the purchases around it; None: nothing was bought since.
    recency
        Days from the first purchase to the one it began with, shutdowns taken out.
    gaps
        Between all purchases up to it, shutdowns taken out.
    """

    account: int
    began: int
    ended: int | None
    recency: int
    gaps: Whole


@dataclass(frozen=True, slots=True)
class Raised:
    """When one rule would have warned of each silence.

    Parameters
    ----------
    day
        `day_number` of the first day on which it would; -1 where it never would.
    silent
        How long the silence had lasted on it, shutdowns taken out.
    """

    day: Whole
    silent: Whole


def silences_of(purchases: Purchases, accounts: Whole, asked: Frame, busy: BusyDays) -> list[Silence]:
    """Find every silence of some accounts that a rule could warn of on a day of the backtest."""
    found, known = [], dict[int, Shutdowns]()
    for account in accounts.tolist():
        first, beyond = np.searchsorted(purchases.account, [account, account + 1])
        days = purchases.day[first:beyond]
        for at, began in enumerate(days.tolist()):
            ended = int(days[at + 1]) if at + 1 < len(days) else None
            # Silences over before the first day, or too short for any rule, cannot be warned of.
            if ended is not None and (ended <= asked.cuts[0] or ended - began <= FLOOR_DAYS):
                continue
            closed = known.get(began) or known.setdefault(began, busy.known_on(began))
            opened = closed.opened(days[: at + 1])
            found.append(Silence(account, began, ended, int(opened[-1] - opened[0]), np.diff(opened)))
    return found


def raised(
    borders: Mapping[Rule, Real], silences: Sequence[Silence], purchases: Purchases, asked: Frame, busy: BusyDays
) -> dict[Rule, Raised]:
    """Walk through the days of the backtest and find on which each rule would first have warned of each silence.

    On every day the silence is counted as states count it: without the shutdowns known by then, the one that lasts
    among them, and no account is late before the season known by then has passed. Warnings raised before the first day
    are told with that day's eve, for the caller to leave out.

    Parameters
    ----------
    borders
        By rule: the longest silence of which it does not warn, shutdowns taken out, in the order of `silences`.
    """
    began = np.array([one.began for one in silences], np.int64)
    over = np.array([asked.as_of + 1 if one.ended is None else one.ended for one in silences], np.int64)
    found = {rule: Raised(np.full(len(silences), -1), np.zeros(len(silences), np.int64)) for rule in borders}
    ends = _season_ends(silences, purchases)
    for day in range(asked.cuts[0] - 1, asked.as_of + 1):
        at = np.flatnonzero((began < day) & (day < over))
        silent = day - began[at] - busy.known_on(day).closed_between(began[at], day)
        late = day > ends(day)[at]
        for rule, border in borders.items():
            new = late & (silent > border[at]) & (found[rule].day[at] < 0)
            found[rule].day[at[new]] = day
            found[rule].silent[at[new]] = silent[new]
    return found


def _season_ends(silences: Sequence[Silence], purchases: Purchases) -> Callable[[int], Whole]:
    """The day up to which no silence of a seasonal account is late, as known on a day; 0 where there is no season.

    Seasons are told by full months, so within a month the answer is the same.
    """
    accounts = np.unique(np.array([one.account for one in silences], np.int64))
    own = purchases.kept(np.isin(purchases.account, accounts))
    told = dict[date, Whole]()

    def ends(day: int) -> Whole:
        month = day_of(day + 1).replace(day=1)
        if month not in told:
            found = dict(zip(accounts.tolist(), seasons(own.up_to(day), accounts, day_of(day)), strict=True))
            told[month] = np.array([_ends(one, found[one.account]) for one in silences], np.int64)
        return told[month]

    return ends


def _ends(of: Silence, season: Season | None) -> int:
    if season is None or season is UNTOLD:
        return 0
    return day_number(season_ends(season, last_purchase=day_of(of.began)))
