"""Months that the portfolio can be seen over, as the address names them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _

from anahtar.analysis.dates import first_day, last_day, last_full_month, number
from anahtar.analysis.result import Window
from anahtar_web.insight.models import Run
from anahtar_web.ui.templatetags.shown import quarter, short_month

MONTHS: Final = "months"
"""Asks for the months between `from` and `to`."""

_NAME: Final = re.compile(r"(?P<year>\d{4})(?:-Q(?P<quarter>[1-4]))?", re.ASCII)
_MONTH: Final = re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])", re.ASCII)

QUARTERS: Final = 8
"""How many quarters are offered, the latest first."""


@dataclass(frozen=True, slots=True)
class Period:
    """Some months; `name` empty: the last twelve full ones."""

    name: str
    window: Literal["last12"] | Window

    @property
    def label(self) -> str:
        """How a button calls it."""
        if self.window == "last12":
            return _("12 months")
        window = self.window
        if self.name == MONTHS:
            return span(window)
        if "-Q" in self.name:
            return quarter(window.start)
        return self.name

    @property
    def months(self) -> tuple[str, str]:
        """The first and the last month, as the address writes them; empty for the last twelve."""
        if self.window == "last12":
            return "", ""
        return f"{self.window.start:%Y-%m}", f"{self.window.end:%Y-%m}"


def span(window: Window) -> str:
    """Say the months of a window in short."""
    first, last = short_month(window.start), short_month(window.end)
    return first if first == last else f"{first} – {last}"


def period(run: Run, name: str, first: str, last: str) -> Period:
    """Read what an address says.

    Raises
    ------
    BadRequest
        It names no months, or months outside the ledger.
    """
    reach = Reach.of(run)
    between = reach.between(first, last)
    if name == MONTHS:
        return Period(name, between)
    if not name:
        return Period("", "last12")
    told = _NAME.fullmatch(name)
    if told is None:
        raise BadRequest(f"unknown period {name!r}")
    begins = int(told["year"]) * 12 + (int(told["quarter"]) - 1) * 3 if told["quarter"] else int(told["year"]) * 12
    return Period(name, reach.whole(begins, begins + (2 if told["quarter"] else 11)))


def offered(run: Run) -> Sequence[Period]:
    """Give the last twelve months, the last two years and the last two quarters that the ledger knows."""
    found = [Period("", "last12")]
    found += [period(run, str(year), "", "") for year in years(run)[:2]]
    return [*found, *(period(run, name, "", "") for name in quarters(run)[:2])]


def years(run: Run) -> Sequence[int]:
    """Give the calendar years of the ledger, the latest first."""
    reach = Reach.of(run)
    return range(reach.last // 12, reach.first // 12 - 1, -1)


def quarters(run: Run) -> Sequence[str]:
    """Give the latest quarters of the ledger, the latest first."""
    reach = Reach.of(run)
    numbers = range(reach.last // 3, reach.first // 3 - 1, -1)
    return [f"{at // 4}-Q{at % 4 + 1}" for at in numbers[:QUARTERS]]


def months(run: Run) -> Sequence[date]:
    """Give the months of the ledger, the latest first."""
    reach = Reach.of(run)
    return [first_day(at) for at in range(reach.last, reach.first - 1, -1)]


@dataclass(frozen=True, slots=True)
class Reach:
    """The first and the last month of a ledger, and the last one that is whole."""

    first: int
    last: int
    full: int

    @classmethod
    def of(cls, run: Run) -> "Reach":
        """Of the ledger that a run rests on."""
        as_of = run.as_of or date.max
        return cls(number(run.first_date or as_of), number(as_of), last_full_month(as_of))

    def whole(self, first: int, last: int) -> Window:
        """Give months that are known whole: a year that has not ended yet is set against as many months of the last."""
        if last < self.first or first > self.last:
            raise BadRequest("months outside the ledger")
        end = min(last, self.full if self.full >= first else self.last)
        return Window(first_day(first), last_day(end))

    def between(self, first: str, last: str) -> Window:
        """Give the months from one to another; empty: from the ledger's first, up to its last."""
        begins = _month(first) if first else self.first
        ends = _month(last) if last else self.last
        if not self.first <= begins <= ends <= self.last:
            raise BadRequest("months outside the ledger")
        return Window(first_day(begins), last_day(ends))


def _month(text: str) -> int:
    told = _MONTH.fullmatch(text)
    if told is None or told["year"] == "0000":
        raise BadRequest(f"unknown month {text!r}")
    return int(told["year"]) * 12 + int(told["month"]) - 1
