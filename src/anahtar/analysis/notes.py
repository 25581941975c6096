"""What a careful reader should know before believing the figures."""

from collections.abc import Iterator, Sequence
from datetime import date

from anahtar.analysis.dates import Dates, first_day, last_day, last_full_month, number
from anahtar.analysis.measuring import Coverage
from anahtar.analysis.result import Concentration, LedgerTotals, Measure
from anahtar.metrics.xyz_class import Periods
from anahtar.words import Message, Month, Share, say

FEW_CUSTOMERS = 30
SHORT_MONTHS = 12
SEASON_MONTHS = 24
MANY_NONPOSITIVE = 0.05


def notes(
    *,
    dates: Dates,
    months: Sequence[int],
    ledger: LedgerTotals,
    coverage: Coverage,
    measure: Measure,
    concentration: Concentration,
    periods: Periods,
    nonpositive: int,
    customers: int,
) -> Sequence[Message]:
    """Everything worth a warning, the gravest first.

    Parameters
    ----------
    months
        Months of the ledger with a line, ascending.
    nonpositive, customers
        Accounts of class N, and all accounts of the window.
    """
    return [
        *_time(dates, months),
        *_cut(dates, ledger),
        *_money(coverage, measure),
        *_counts(concentration, nonpositive, customers),
        *_periods(periods),
    ]


def unlisted(further: int, named: int) -> Iterator[Message]:
    """Say that a list was cut: how many accounts carry a type or are candidates beside the largest of each kind."""
    if further:
        yield say(
            "{n} more account carries a type or is a candidate for one: the {named} largest of each are listed, the "
            "table of all accounts has it.",
            "{n} more accounts carry a type or are candidates for one: the {named} largest of each are listed, the "
            "table of all accounts has the others.",
            n=further,
            named=named,
        )


def _time(dates: Dates, months: Sequence[int]) -> Iterator[Message]:
    if dates.whole_ledger and dates.full_to < dates.ledger_from:
        yield say(
            "The ledger holds no full month: everything up to {as_of} was taken, and months compare nothing.",
            as_of=dates.as_of,
        )
    length = number(dates.as_of) - dates.ledger_from + 1
    if length < SHORT_MONTHS:
        yield say(
            "The ledger is short: {n} month. Classes and rhythms of less than a year change with the season.",
            "The ledger is short: {n} months. Classes and rhythms of less than a year change with the season.",
            n=length,
        )
    elif length < SEASON_MONTHS:
        yield say(
            "The ledger holds {n} months: a seasonal buyer cannot be told from one who stays away before the second "
            "year is full.",
            n=length,
        )
    if dates.months.first < dates.ledger_from and not dates.whole_ledger:
        yield say(
            "The window begins before the ledger does ({first}): its first months are empty for everybody.",
            first=dates.first_day,
        )
    yield from _gaps(months, dates)


def _gaps(months: Sequence[int], dates: Dates) -> Iterator[Message]:
    missing = sorted(set(range(dates.ledger_from, number(dates.as_of) + 1)) - set(months))
    if not missing:
        return
    first = Month(missing[0] // 12, missing[0] % 12 + 1)
    if len(missing) == 1:
        yield say("The ledger has no line in {month}. Is an import missing?", month=first)
    else:
        yield say(
            "The ledger has no line in {n} months, the first of them {month}. Is an import missing?",
            n=len(missing),
            month=first,
        )


def _cut(dates: Dates, ledger: LedgerTotals) -> Iterator[Message]:
    full = last_full_month(dates.as_of)
    if number(dates.as_of) != full and not dates.whole_ledger and dates.months.last == full:
        yield say(
            "{month} is not full on {as_of} and is outside the window; its purchases count for silence and rhythm. "
            "Where it is complete, say so with --as-of {end}.",
            month=_month(full + 1),
            as_of=dates.as_of,
            end=_iso(last_day(full + 1)),
        )
    if dates.months.last > full and not dates.whole_ledger:
        yield say(
            "The window reaches beyond {as_of}: its last months are cut or empty.",
            as_of=dates.as_of,
        )
    if dates.whole_ledger and dates.window.start != first_day(dates.ledger_from):
        yield say(
            "{month} begins on {day} in this ledger: the first month of the window is cut.",
            month=_month(dates.ledger_from),
            day=dates.first_day,
        )
    if dates.as_of < ledger.last_date:
        yield say(
            "The ledger goes on to {last}; what is after {as_of} was left out.",
            last=ledger.last_date,
            as_of=dates.as_of,
        )


def _money(coverage: Coverage, measure: Measure) -> Iterator[Message]:
    if measure is Measure.PROFIT and not coverage.any_cost:
        yield say("No line carries a cost: profit is unknown, and every account is in class N.")
    elif coverage.any_cost and coverage.lines_without_cost:
        yield say(
            "The cost of {n} line is unknown ({share} of all). Profit counts only lines whose cost is known.",
            "The cost of {n} lines is unknown ({share} of all). Profit counts only lines whose cost is known.",
            n=coverage.lines_without_cost,
            share=Share(coverage.share_unknown),
        )


def _counts(concentration: Concentration, nonpositive: int, customers: int) -> Iterator[Message]:
    if not concentration.customers_positive:
        yield say("No account has positive value in the window: there is no total that shares could be of.")
    elif concentration.customers_positive < FEW_CUSTOMERS:
        yield say(
            "Only {n} account has positive value: classes and concentration say little about so few.",
            "Only {n} accounts have positive value: classes and concentration say little about so few.",
            n=concentration.customers_positive,
        )
    if customers and nonpositive / customers > MANY_NONPOSITIVE:
        yield say(
            "{n} account ({share}) has no positive value in the window (class N) and is outside every share.",
            "{n} accounts ({share}) have no positive value in the window (class N) and are outside every share.",
            n=nonpositive,
            share=Share(nonpositive / customers),
        )


def _periods(periods: Periods) -> Iterator[Message]:
    if not periods.count:
        yield say("The window is shorter than one period: nobody is judged by regularity.")
    elif periods.dropped_months:
        yield say(
            "The window is not a whole number of periods: its oldest month is outside regularity.",
            "The window is not a whole number of periods: its {n} oldest months are outside regularity.",
            n=periods.dropped_months,
        )


def _month(month: int) -> Month:
    return Month(month // 12, month % 12 + 1)


def _iso(day: date) -> str:
    return day.isoformat()
