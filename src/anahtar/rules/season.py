"""Season: an account that buys only in some months of the year is not silent in the others."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

LEAST_SHARE: Final = 0.70
MOST_MONTHS: Final = 4
YEARS: Final = 2


@dataclass(frozen=True, slots=True)
class Season:
    """The months of the year in which an account buys.

    Parameters
    ----------
    months
        Calendar months, 1 to 12.
    share
        What part of the revenue fell in them, in the year in which it was less.
    """

    months: frozenset[int]
    share: float


def season(revenue: Sequence[int], *, last_month: int) -> Season | None:
    """Find the season of an account: a run of four months or fewer with 70 % of the revenue, in two years running.

    A run, because who buys three times a year buys in three months by arithmetic, and a quarterly buyer in four: what
    tells a season is that they lie together, and again in the same place.

    Parameters
    ----------
    revenue
        Of the last 24 full months, oldest first, money units. Fewer: nobody can tell a season from a lapse.
    last_month
        The calendar month of the last of them, 1 to 12.

    Returns
    -------
    Season | None
        The shortest run that does, of equally short ones that with most; None where none does, with less than two
        years, or a year without revenue.
    """
    if len(revenue) < 12 * YEARS:
        return None
    years = [revenue[-12 * (back + 1) : len(revenue) - 12 * back] for back in range(YEARS)]
    if any(sum(year) <= 0 for year in years):
        return None
    twice = [[*year, *year] for year in years]
    for count in range(1, MOST_MONTHS + 1):
        shares = [min(sum(year[at : at + count]) * 2 / sum(year) for year in twice) for at in range(12)]
        best = max(shares)
        if best >= LEAST_SHARE:
            first = shares.index(best)
            return Season(frozenset((last_month + at) % 12 + 1 for at in range(first, first + count)), best)
    return None


def season_ends(of: Season, *, last_purchase: date) -> date:
    """The last day of the season after the one in which the account last bought: until then it is not late."""
    month = last_purchase.year * 12 + last_purchase.month - 1
    while _within(of, month):
        month += 1
    while not _within(of, month):
        month += 1
    while _within(of, month + 1):
        month += 1
    year, number = divmod(month, 12)
    return date(year, number + 1, calendar.monthrange(year, number + 1)[1])


def _within(of: Season, month: int) -> bool:
    return month % 12 + 1 in of.months
