"""What a run keeps of an account beside its standing: months, directions, and why it stands where it stands."""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from anahtar_web.insight import alongside
from anahtar_web.insight.models import Run
from anahtar_web.insight.publishing import folder_of
from anahtar_web.insight.recent import Recent

if TYPE_CHECKING:
    from anahtar.analysis import Analysis
    from anahtar.report.explain import Section


KEPT: Final = 500
"""Accounts a process keeps: months, directions and reasons are some ten kilobytes each."""

log = logging.getLogger("anahtar.insight")


@dataclass(frozen=True, slots=True)
class Course:
    """One of the twelve months; `before`: the same month a year earlier, None where the ledger is younger."""

    first: date
    revenue: int
    orders: int
    before: int | None


@dataclass(frozen=True, slots=True)
class Series:
    """What was read; `unreadable`: nothing was, the run's folder is damaged or gone."""

    course: Sequence[Course] = ()
    directions: Sequence[tuple[str, int, int | None]] = ()
    """Name (empty: lines that name none), revenue of the window, revenue a year earlier; the largest first."""
    sections: "Sequence[Section]" = ()
    months: Sequence[tuple[date, int, int]] = ()
    """First of the month, revenue, orders: every month the run counted, the earliest first."""
    unreadable: bool = False


_series: Final[Recent[Series]] = Recent(KEPT)
_revenue: Final[Recent[Mapping[date, int]]] = Recent(KEPT)


def read(run: Run, codes: Sequence[str], *, withheld: Collection[Any]) -> Series:
    """Read the series of an account, those of the companies below it added, and the explanation of its own standing.

    What a run keeps never changes, so what was read last is not read again.

    Parameters
    ----------
    codes
        The account's own code first.
    """
    key = (run.pk, run.finished_at, *codes, frozenset(withheld))
    try:
        return _series.get(key, lambda: _read(run, codes, withheld=withheld))
    except _Unreadable:
        return Series(unreadable=True)


def months_of(run: Run, codes: Sequence[str]) -> Mapping[date, int]:
    """Give the revenue of every month that a run knows of some accounts, added up; empty: its tables are unreadable."""
    try:
        return _revenue.get((run.pk, run.finished_at, *codes), lambda: _revenue_of(_loaded(run, codes)))
    except _Unreadable:
        return {}


def forget() -> None:
    """Let go of every series."""
    _series.clear()
    _revenue.clear()


class _Unreadable(Exception):
    """The run's folder is damaged or gone; it may be mended, so this is not kept."""


def _read(run: Run, codes: Sequence[str], *, withheld: Collection[Any]) -> Series:
    from anahtar.report.explain import explain

    analysis = _loaded(run, codes)
    own = codes[0] in analysis.standings["code"].to_pylist()
    return Series(
        course=_course(analysis, run),
        directions=_directions(analysis),
        months=_months(analysis),
        sections=explain(analysis, codes[0], withheld=withheld, silence=alongside.why(run, codes[0])) if own else (),
    )


def _loaded(run: Run, codes: Sequence[str]) -> "Analysis":
    from anahtar.analysis import keeping
    from anahtar.analysis.keeping import UnableToLoadAnalysis

    try:
        return keeping.load(folder_of(run), accounts=codes)
    except UnableToLoadAnalysis as refusal:
        # Its sentence names a folder of the server, which is for the log.
        log.error("run %s: %s", run.pk, refusal)
        raise _Unreadable from refusal


def _revenue_of(analysis: "Analysis") -> Mapping[date, int]:
    revenue: dict[date, int] = {}
    for month, amount in zip(*(analysis.months[name].to_pylist() for name in ("month", "revenue")), strict=True):
        revenue[month] = revenue.get(month, 0) + (amount or 0)
    return revenue


def _course(analysis: "Analysis", run: Run) -> Sequence[Course]:
    if run.last_month is None or run.first_date is None:
        return ()
    revenue: dict[date, int] = {}
    orders: dict[date, int] = {}
    table = analysis.months
    columns = (table[name].to_pylist() for name in ("month", "revenue", "orders"))
    for month, amount, count in zip(*columns, strict=True):
        revenue[month] = revenue.get(month, 0) + (amount or 0)
        orders[month] = orders.get(month, 0) + count
    known_from = run.first_date.replace(day=1)
    return [
        Course(
            first, revenue.get(first, 0), orders.get(first, 0), revenue.get(before, 0) if before >= known_from else None
        )
        for first, before in _twelve(run.last_month)
    ]


def _months(analysis: "Analysis") -> Sequence[tuple[date, int, int]]:
    sums: dict[date, tuple[int, int]] = {}
    columns = (analysis.months[name].to_pylist() for name in ("month", "revenue", "orders"))
    for month, amount, count in zip(*columns, strict=True):
        revenue, orders = sums.get(month, (0, 0))
        sums[month] = (revenue + (amount or 0), orders + count)
    return [(month, *sums[month]) for month in sorted(sums)]


def _twelve(last: date) -> Sequence[tuple[date, date]]:
    """Give the twelve months up to one, each with the same one a year earlier, oldest first."""
    end = last.year * 12 + last.month - 1
    return [(_first(number), _first(number - 12)) for number in range(end - 11, end + 1)]


def _first(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _directions(analysis: "Analysis") -> Sequence[tuple[str, int, int | None]]:
    sums: dict[str, tuple[int, int | None]] = {}
    for row in analysis.directions.select(["direction", "revenue", "revenue_year_ago"]).to_pylist():
        revenue, before = sums.get(row["direction"], (0, None))
        earlier = row["revenue_year_ago"]
        sums[row["direction"]] = (
            revenue + (row["revenue"] or 0),
            before if earlier is None else (before or 0) + earlier,
        )
    named = [(name, revenue, before) for name, (revenue, before) in sums.items() if revenue or before]
    return sorted(named, key=lambda row: (-max(row[1], row[2] or 0), row[0]))
