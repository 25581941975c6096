"""The passport of an account's class: why this one, how far from the next, and would other settings say the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import Any, Final

import pyarrow.compute as pc

from anahtar.analysis.ranking import (
    LETTERS,
    Beside,
    Rankings,
    first_day,
    month_number,
    months_between,
    reaches,
)
from anahtar.analysis.result import Analysis, Measure, Span
from anahtar.facts.largest_order import LargestOrder
from anahtar.metrics.grid import SHIFTS, Cuts, settings
from anahtar.metrics.periods import MONTHS, Periods

_PLACES: Final = 9
"""As `anahtar.metrics.xyz_class` rounds coefficients."""


@dataclass(frozen=True, slots=True)
class Border:
    """What it takes to be in another class while all other accounts stay as they are.

    Parameters
    ----------
    abc
        The class.
    value
        The nearest value with which the account is in it, in money units.
    difference
        That value less its own: above zero it lacks so much, below zero it would have to lose so much.
    """

    abc: str
    value: int
    difference: int


@dataclass(frozen=True, slots=True)
class Setting:
    """The class under one setting of the grid.

    Parameters
    ----------
    cuts
        Cumulative shares at which A and B end.
    shift
        Months by which the window ends earlier.
    value
        Money units in that window; None without a line in it, or where the profit of none is known.
    abc
        A B C N; None without a line in it.
    """

    cuts: Cuts
    shift: int
    value: int | None
    abc: str | None


@dataclass(frozen=True, slots=True)
class WithoutOrder:
    """The class had the account not placed its largest order; value in money units, None where profit is unknown."""

    order: LargestOrder
    value: int | None
    abc: str


@dataclass(frozen=True, slots=True)
class OtherMeasure:
    """The class by the measure that accounts are not ranked by.

    Parameters
    ----------
    measure
        Which.
    value
        Money units; None where no line of the account carries a cost.
    abc
        A B C N.
    """

    measure: Measure
    value: int | None
    abc: str


@dataclass(frozen=True, slots=True)
class PeriodValue:
    """One period of regularity.

    Parameters
    ----------
    first, last
        Days, both inside.
    value
        Money units, 0 in a period without a line; None where it has lines and the profit of none is known.
    has_lines
        Whether the account has a line in it.
    """

    first: date
    last: date
    value: int | None
    has_lines: bool


@dataclass(frozen=True, slots=True)
class Regularity:
    """How evenly the account buys over periods of one length.

    Parameters
    ----------
    span
        The length.
    periods
        Oldest first; months at the beginning of the window that fill no whole period are left out.
    cv
        Population standard deviation over mean; None where the mean is not above zero.
    xyz
        X Y Z one_off new undefined.
    cv_without_largest, xyz_without_largest
        The same had the period of the greatest value not been: over the others. None where that leaves none.
    """

    span: Span
    periods: Sequence[PeriodValue]
    cv: float | None
    xyz: str
    cv_without_largest: float | None
    xyz_without_largest: str | None

    @property
    def empty_periods(self) -> int:
        """Periods without a line: each counts as zero."""
        return sum(not period.has_lines for period in self.periods)


@dataclass(frozen=True, slots=True)
class ClassPassport:
    """Why an account is in its class, and how firmly.

    Parameters
    ----------
    code, name, measure
        Whose, and what it is ranked by.
    abc, xyz, cell
        As in the standings; None outside the window (xyz and cell also in class N).
    value, share, rank
        Value in money units, None without a line in the window or where the profit of none is known; the other two
        None in class N as well.
    borders
        Of the other classes of A, B and C that it can be in, the nearest first: upwards and downwards.
    settings
        Cuts and shifts of the grid, those of the analysis first; empty without a line in the window.
    stability
        Share of them with the same class, as in the standings.
    without_largest_order
        None where the order was not asked for, or there is none.
    other_measure
        None where no line of the ledger's window carries a cost.
    regularity, other_regularity
        Over the periods of the analysis, and over the others (months for quarters); None without a line in the window
        or where it holds no whole period.
    history
        The last day of each of the last 13 months, and the class over the twelve months to it (`new` before its first
        line, None with no line in them), oldest first.
    """

    code: str
    name: str
    measure: Measure
    abc: str | None
    xyz: str | None
    cell: str | None
    value: int | None
    share: float | None
    rank: int | None
    borders: Sequence[Border]
    settings: Sequence[Setting]
    stability: float | None
    without_largest_order: WithoutOrder | None
    other_measure: OtherMeasure | None
    regularity: Regularity | None
    other_regularity: Regularity | None
    history: Sequence[tuple[date, str | None]]


def class_passport(
    analysis: Analysis, code: str, rankings: Rankings, *, largest_order: LargestOrder | None = None
) -> ClassPassport:
    """Tell why an account is in its class and what it would be otherwise.

    Borders take the account as the only one that changes: its own value is part of the total, so both the total and
    its place move with it. (`abc_border` of the standings is the value of the account on the other side instead.)

    Parameters
    ----------
    analysis
        Of which the account's own rows are enough (`keeping.load` with `accounts`).
    code
        The account's, as in the standings.
    rankings
        Of the same analysis (`anahtar.analysis.ranking.rankings`, `keeping.load_rankings`).
    largest_order
        The account's in the window (`anahtar.facts.largest_order`); it is not looked for here.

    Raises
    ------
    LookupError
        No account of the analysis has this code.
    """
    row = _row(analysis, code)
    beside = rankings.shifted[0].beside(row["account_id"])
    return ClassPassport(
        **{name: row[name] for name in ("code", "name", "abc", "xyz", "cell", "value", "share", "rank", "stability")},
        measure=analysis.measure,
        borders=_borders(beside, row["value"] or 0, analysis.options.abc_cuts),
        settings=() if row["abc"] is None else _settings(analysis, row, rankings),
        without_largest_order=None if largest_order is None else _without(analysis, row, beside, largest_order),
        other_measure=None if row["abc"] is None else _other_measure(analysis, row, rankings),
        regularity=_regularity(analysis, row, analysis.options.period),
        other_regularity=_regularity(analysis, row, _OTHER[analysis.options.period]),
        history=_history(analysis, row["abc_history"]),
    )


_OTHER: Final = {Span.MONTH: Span.QUARTER, Span.QUARTER: Span.MONTH}


def _row(analysis: Analysis, code: str) -> Mapping[str, Any]:
    standings = analysis.standings
    rows = standings.filter(pc.equal(standings["code"], code)).to_pylist()
    if not rows:
        raise LookupError(code)
    row: Mapping[str, Any] = rows[0]
    return row


# Class by value --------------------------------------------------------------------------------------------------


def _borders(beside: Beside, value: int, cuts: Cuts) -> list[Border]:
    """The nearest value in each other class: the least where it is above, the greatest where it is below."""
    own = beside.letter(value, cuts)
    least = {letter: beside.least(letter, cuts) for letter in LETTERS}
    nearest = {}
    for at, letter in enumerate(LETTERS):
        if letter < own:
            nearest[letter] = least[letter]
        elif letter > own:
            nearest[letter] = least[LETTERS[at - 1]] - 1
    # A class that no value brings (one account and nobody else is always A) has another letter at its border.
    reached = [(letter, at) for letter, at in nearest.items() if beside.letter(at, cuts) == letter]
    return sorted((Border(letter, at, at - value) for letter, at in reached), key=lambda one: abs(one.difference))


def _settings(analysis: Analysis, row: Mapping[str, Any], rankings: Rankings) -> list[Setting]:
    """In the order of `stability`: shift by shift, the analysis's own cuts first."""
    told = []
    for shift in (shift for shift in SHIFTS if reaches(analysis, shift)):
        first, last = month_number(analysis.window.start) - shift, month_number(analysis.window.end) - shift
        months = _months(analysis, row, first, last)
        value = _sum([*months.values()])
        beside = rankings.shifted[shift].beside(row["account_id"])
        for cuts in settings(analysis.options.abc_cuts):
            told.append(Setting(cuts, shift, value, beside.letter(value or 0, cuts) if months else None))
    return told


def _sum(values: Sequence[int | None]) -> int | None:
    """What is known of some values, added up; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _months(analysis: Analysis, row: Mapping[str, Any], first: int, last: int) -> Mapping[int, int | None]:
    """Month number -> the account's value there, of the months with a line."""
    months = months_between(analysis, first, last)
    own = months.filter(pc.equal(months["account_id"], row["account_id"]))
    days, values = own["month"].to_pylist(), own[analysis.measure.value].to_pylist()
    return dict(zip(map(month_number, days), values, strict=True))


def _without(analysis: Analysis, row: Mapping[str, Any], beside: Beside, order: LargestOrder) -> WithoutOrder | None:
    if row["abc"] is None:
        return None
    part = order.revenue if analysis.measure == Measure.REVENUE else order.profit
    value = None if row["value"] is None else row["value"] - (part or 0)
    return WithoutOrder(order, value, beside.letter(value or 0, analysis.options.abc_cuts))


def _other_measure(analysis: Analysis, row: Mapping[str, Any], rankings: Rankings) -> OtherMeasure | None:
    other = Measure.REVENUE if analysis.measure == Measure.PROFIT else Measure.PROFIT
    if other not in rankings.window:
        return None
    value = row[other.value]
    beside = rankings.window[other].beside(row["account_id"])
    return OtherMeasure(other, value, beside.letter(value or 0, analysis.options.abc_cuts))


def _history(analysis: Analysis, classes: Sequence[str | None]) -> list[tuple[date, str | None]]:
    last = min(month_number(analysis.window.end), _last_full_month(analysis.as_of))
    ends = range(last - len(classes) + 1, last + 1)
    return [(_last_day(month), abc) for month, abc in zip(ends, classes, strict=True)]


# Regularity ------------------------------------------------------------------------------------------------------


def _regularity(analysis: Analysis, row: Mapping[str, Any], span: Span) -> Regularity | None:
    frame = _frame(analysis, span)
    if row["abc"] is None or not frame.count:
        return None
    months = _months(analysis, row, frame.since, frame.last_month)
    periods = _periods(frame, months)
    cv = _variation([period.value for period in periods])
    others = _others(periods)
    without = _variation(others)
    return Regularity(
        span=span,
        periods=periods,
        cv=cv,
        xyz=_letter(analysis, row, frame, cv),
        cv_without_largest=without,
        xyz_without_largest=_letter(analysis, row, frame, without) if others else None,
    )


def _frame(analysis: Analysis, span: Span) -> Periods:
    """The whole months of the window, as `analyze` takes them."""
    first, last = month_number(analysis.window.start), month_number(analysis.window.end)
    full = _last_full_month(analysis.as_of)
    return Periods(first, min(last, full) if full >= first else last, span.value)


def _periods(frame: Periods, months: Mapping[int, int | None]) -> list[PeriodValue]:
    length = MONTHS[frame.span]
    told = []
    for first in range(frame.since, frame.last_month + 1, length):
        inside = [months[month] for month in range(first, first + length) if month in months]
        value = _sum(inside) if inside else 0
        told.append(PeriodValue(first_day(first), _last_day(first + length - 1), value, bool(inside)))
    return told


def _variation(values: Sequence[int | None]) -> float | None:
    """As `anahtar.metrics.xyz_class`: root of n * sum of squares / square of the sum - 1."""
    known = [float(value or 0) for value in values]
    total = sum(known)
    if total <= 0:
        return None
    surplus = sum(value * value for value in known) * len(known) / (total * total) - 1.0
    return round(sqrt(max(surplus, 0.0)), _PLACES)


def _others(periods: Sequence[PeriodValue]) -> list[int | None]:
    """The values without the greatest; of equal ones one is left out."""
    largest = max(range(len(periods)), key=lambda at: periods[at].value or 0)
    return [period.value for at, period in enumerate(periods) if at != largest]


def _letter(analysis: Analysis, row: Mapping[str, Any], frame: Periods, cv: float | None) -> str:
    x, y = analysis.options.xyz_cuts
    if cv is None:
        return "undefined"
    if cv <= y:
        return "X" if cv <= x else "Y"
    first = row["first_purchase"]
    young = month_number(analysis.ledger.first_date) < frame.new_since
    if young and first is not None and month_number(first) >= frame.new_since:
        return "new"
    # Gaps are purchase days less one: none of an account that bought is one day.
    return "one_off" if first is not None and not row["gaps"] else "Z"


def _last_day(month: int) -> date:
    return first_day(month + 1) - timedelta(days=1)


def _last_full_month(as_of: date) -> int:
    return month_number(as_of + timedelta(days=1)) - 1
