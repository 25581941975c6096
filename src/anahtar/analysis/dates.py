"""The days and months of one analysis: as-of day, window, and the windows it is compared with."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from anahtar.analysis.refusals import UnableToAnalyze
from anahtar.analysis.result import AnalysisOptions, Window
from anahtar.metrics.revenue import Months

MONTH_ENDS = 13
"""Month ends of the migration: a year of steps."""


@dataclass(frozen=True, slots=True)
class Dates:
    """The time frame of an analysis.

    Parameters
    ----------
    first_day, as_of
        The ledger's first line, and the day after which nothing exists.
    window, months
        The window as days and as months.
    full_to
        Last month that is whole on the as-of day, not after the window: where month ends and the last twelve end.
    whole_ledger
        The window is the ledger, cut months and all: asked for, or because the ledger holds no full month.
    """

    first_day: date
    as_of: date
    window: Window
    months: Months
    full_to: int
    whole_ledger: bool

    @property
    def ledger_from(self) -> int:
        """Month of the ledger's first line."""
        return number(self.first_day)

    @property
    def year_ago(self) -> Months | None:
        """The same months a year earlier; None where the ledger does not reach back so far."""
        earlier = self.months.earlier(12)
        return earlier if self.ledger_from <= earlier.first and not self.whole_ledger else None

    @property
    def month_ends(self) -> Sequence[Months]:
        """Twelve months each, to the last 13 month ends, oldest first."""
        return [Months(end - 11, end) for end in range(self.full_to - MONTH_ENDS + 1, self.full_to + 1)]

    @property
    def last12(self) -> Months:
        """The twelve full months up to the window's end."""
        return Months(self.full_to - 11, self.full_to)

    @property
    def ledger_months(self) -> int:
        """Months from the ledger's first line to the end of the last twelve."""
        return max(self.full_to - self.ledger_from + 1, 0)


def dates(options: AnalysisOptions, first: date, last: date) -> Dates:
    """Settle the time frame of a ledger whose lines run from `first` to `last`.

    Raises
    ------
    UnableToAnalyze
        Nothing of the ledger is left.
    """
    as_of = options.as_of or last
    if as_of < first:
        raise UnableToAnalyze.too_early(as_of, first)
    if isinstance(options.window, Window):
        return _asked(options.window, first, as_of)
    full = last_full_month(as_of)
    if options.window == "all" or full < number(first):
        months = Months(number(first), number(as_of))
        return Dates(first, as_of, Window(first, as_of), months, full, whole_ledger=True)
    months = Months(full - 11, full)
    return Dates(first, as_of, Window(first_day(months.first), last_day(full)), months, full, whole_ledger=False)


def _asked(window: Window, first: date, as_of: date) -> Dates:
    if window.end < first or window.start > as_of:
        raise UnableToAnalyze.outside(window.start, window.end, first, as_of)
    months = Months(number(window.start), number(window.end))
    return Dates(first, as_of, window, months, min(months.last, last_full_month(as_of)), whole_ledger=False)


def number(day: date) -> int:
    """The month of a day as one number, year * 12 + month - 1."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    """The first day of a month."""
    return date(month // 12, month % 12 + 1, 1)


def last_day(month: int) -> date:
    """The last day of a month."""
    return date(month // 12, month % 12 + 1, calendar.monthrange(month // 12, month % 12 + 1)[1])


def last_full_month(as_of: date) -> int:
    """The last month that is whole on a day."""
    return number(as_of + timedelta(days=1)) - 1
