"""Seasons of many accounts at once: in which months of the year each buys."""

from datetime import date, timedelta
from typing import Final

import numpy as np

from anahtar.forecast.numbers import Real, Truth, Whole
from anahtar.forecast.purchases import Purchases
from anahtar.rules.season import LEAST_SHARE, MOST_MONTHS, YEARS, Season, season

UNTOLD: Final = Season(frozenset(), 0.0)
"""Less than two years of an account: nobody can tell a season from a lapse."""


def seasons(seen: Purchases, accounts: Whole | Real, as_of: date) -> list[Season | None]:
    """Season of each account, from the 24 full months before the day; those that end before its first are none.

    Parameters
    ----------
    seen
        Purchases up to the day, of these accounts and of no others.
    accounts
        Whose seasons are asked for, in ascending order.
    as_of
        The day.
    """
    full = (as_of + timedelta(days=1)).replace(day=1) - timedelta(days=1)
    last = full.year * 12 + full.month - 1
    months = seen.day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12
    place = np.searchsorted(accounts, seen.account)
    first = np.full(len(accounts), last + 1, np.int64)
    np.minimum.at(first, place, months)
    back = months - (last - 23)
    within = (back >= 0) & (back < 24)
    sums = np.zeros((len(accounts), 24), np.int64)
    np.add.at(sums, (place[within], back[within]), seen.amount[within])
    found: list[Season | None] = [UNTOLD] * len(accounts)
    old = np.flatnonzero(first <= last - 23)
    maybe = _may_be_seasonal(sums[old])
    for at in old[~maybe].tolist():
        found[at] = None
    for at in old[maybe].tolist():
        found[at] = season(sums[at].tolist(), last_month=last % 12 + 1)
    return found


def _may_be_seasonal(sums: Whole) -> Truth:
    """Whether some run of months holds nearly enough of both years: the rule itself is asked of these few alone."""
    years = sums.reshape(-1, YEARS, 12).astype(np.float64)
    whole = years.sum(2)
    runs = np.lib.stride_tricks.sliding_window_view(np.concatenate([years, years], 2), MOST_MONTHS, axis=2)
    shares = runs[:, :, :12].sum(3) / np.where(whole > 0, whole, np.inf)[:, :, None]
    told: Truth = shares.min(1).max(1) >= LEAST_SHARE - 1e-6
    return told
