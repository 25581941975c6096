"""How the figures were made: every threshold, convention and denominator of a run, for its method page."""

from collections.abc import Iterator, Sequence

from anahtar.analysis.dates import Dates, last_day
from anahtar.analysis.result import KEY_BAND, AnalysisOptions, Choice, LedgerTotals, Measure, Span
from anahtar.metrics.concentration import DEPENDENCE, MONO_CLIENT
from anahtar.metrics.stability import SHIFTS, settings
from anahtar.metrics.xyz_class import Periods
from anahtar.money import Money
from anahtar.rules.criteria import Criteria
from anahtar.rules.lapse_state import DEFAULT_INTERVAL, FLOOR_DAYS, HORIZON_DAYS, LEAST_PURCHASE_DAYS, YEAR_DAYS
from anahtar.words import Message, Share, say


def method(
    *,
    options: AnalysisOptions,
    dates: Dates,
    ledger: LedgerTotals,
    measure_reason: Message,
    measure: Measure,
    periods: Periods,
    criteria: Criteria,
    base_interval: float | None,
) -> Sequence[Choice]:
    """Name every choice of the run, in the order in which a reader meets the figures."""
    chosen = [
        *_frame(options, dates, measure, measure_reason),
        *_left_out(ledger),
        *_abc(options, measure),
        *_stability(options, dates),
        *_xyz(options, periods),
        *_concentration(),
        *_keys(criteria),
        *_rhythm(base_interval),
    ]
    return [Choice(topic, setting) for topic, setting in chosen]


Said = Iterator[tuple[Message, Message]]


def _frame(options: AnalysisOptions, dates: Dates, measure: Measure, reason: Message) -> Said:
    yield say("As-of day"), say("{as_of}; lines after it do not exist for the analysis.", as_of=dates.as_of)
    if dates.whole_ledger:
        yield say("Window"), say("the whole ledger, {start} to {end}", start=dates.window.start, end=dates.window.end)
    else:
        yield (
            say("Window"),
            say(
                "{start} to {end}, whole months; a month is full when the as-of day is its last day or later",
                start=dates.window.start,
                end=dates.window.end,
            ),
        )
    yield say("Measure"), reason
    yield (
        say("Money"),
        say(
            "Returns are netted into the month of the return. Amounts are whole ten-thousandths of the currency unit, "
            "added exactly."
        ),
    )
    if measure is Measure.PROFIT:
        yield say("Profit"), say("amount less cost, of the lines whose cost is known")
    if options.by_group:
        yield say("Accounts"), say("the accounts of one group are one account, under the group's code")
    else:
        yield say("Accounts"), say("one per customer code; the latest name in the ledger is shown")
    if options.merged:
        yield (
            say("Merged accounts"),
            say(
                "{n} customer code counts as part of another account, as people decided",
                "{n} customer codes count as parts of other accounts, as people decided",
                n=len(options.merged),
            ),
        )
    if options.groups:
        yield (
            say("Groups"),
            say(
                "of {n} account as people named it, otherwise as the ledger does",
                "of {n} accounts as people named them, otherwise as the ledger does",
                n=len(options.groups),
            ),
        )
    yield (
        say("Order"),
        say(
            "an invoice of positive total, or the account's day of positive total where lines carry no invoice "
            "number; a day with an order is a purchase day"
        ),
    )


def _left_out(ledger: LedgerTotals) -> Said:
    yield (
        say("Left out"),
        say(
            "{unassigned} rows without a customer ({amount}): in the file's total, in no account and in no share; "
            "{aside} rows set aside in all, {refused} rows refused",
            unassigned=ledger.unassigned_rows,
            amount=Money(ledger.unassigned_amount, ledger.currency),
            aside=ledger.rows_set_aside,
            refused=ledger.rows_refused,
        ),
    )


def _abc(options: AnalysisOptions, measure: Measure) -> Said:
    a, b = options.abc_cuts
    yield (
        say("ABC"),
        say(
            "class A while the larger accounts make less than {a} of the total, B less than {b}, C the rest: the "
            "account that crosses a line belongs to the higher class; equal values in the order of codes",
            a=Share(a, 0),
            b=Share(b, 0),
        ),
    )
    yield (
        say("Denominator"),
        say(
            "shares are of the sum of positive {measure}; accounts at zero or below are class N, outside it",
            measure=say("profit") if measure is Measure.PROFIT else say("revenue"),
        ),
    )
    yield (
        say("Class border"),
        say(
            "for A and B the value of the largest account of the next class, for C that of the smallest account above; "
            "the distance is value / border - 1"
        ),
    )


def _stability(options: AnalysisOptions, dates: Dates) -> Said:
    cuts = ", ".join(f"{round(a * 100)}/{round(b * 100)}" for a, b in settings(options.abc_cuts))
    yield (
        say("Stability"),
        say(
            "share of settings with the same class: cuts {cuts}, window ending now and up to {shifts} months earlier",
            cuts=cuts,
            shifts=max(SHIFTS),
        ),
    )
    yield (
        say("Migration"),
        say(
            "classes of the trailing 12 months at {ends} month ends to {last}; “new” before the first line, "
            "“none” without a line in the 12 months",
            ends=len(dates.month_ends),
            last=last_day(dates.full_to),
        ),
    )


def _xyz(options: AnalysisOptions, periods: Periods) -> Said:
    x, y = options.xyz_cuts
    span = say("months") if options.period is Span.MONTH else say("quarters")
    yield (
        say("XYZ"),
        say(
            "coefficient of variation over {n} {span}, population standard deviation, empty periods zero: X up to {x}, "
            "Y up to {y}, else Z",
            n=periods.count,
            span=span,
            x=x,
            y=y,
        ),
    )
    yield (
        say("One-off and new"),
        say(
            "one purchase day in the whole ledger is one-off; a first purchase after half of the periods is new: both "
            "are Z by arithmetic only, stand in the Z column of the matrix and are counted apart"
        ),
    )
    yield (
        say("Demand pattern"),
        say("Syntetos and Boylan on months: interval 1.32, squared variation 0.49; two months of buying at least"),
    )


def _concentration() -> Said:
    yield (
        say("Concentration"),
        say(
            "over accounts of positive value; the top per cents are rounded up to whole accounts; dependence from "
            "{dependence}, mono-client from {mono} of the total",
            dependence=Share(DEPENDENCE, 0),
            mono=Share(MONO_CLIENT, 0),
        ),
    )


def _keys(criteria: Criteria) -> Said:
    if criteria.rule == "any":
        yield say("Key accounts"), say("one criterion of the criteria file is enough, within its bound")
    else:
        yield say("Key accounts"), say("every criterion of the criteria file must be met, within its bound")
    yield (
        say("Policy band"),
        say(
            "key accounts together should make {low} to {high} of the total",
            low=Share(KEY_BAND[0], 0),
            high=Share(KEY_BAND[1], 0),
        ),
    )
    yield (
        say("Breadwinner"),
        say(
            "{enters} of the total or more; who was one a year ago stays one down to {leaves}",
            enters=Share(criteria.breadwinner_enters, 0),
            leaves=Share(criteria.breadwinner_leaves, 0),
        ),
    )
    yield (
        say("Prospective"),
        say(
            "first bought within {months} months and a year's revenue beyond {part} of the accounts; or the last six "
            "months {growth} above the six before, by more than one order",
            months=criteria.prospective_months,
            part=Share(criteria.prospective_percentile, 0),
            growth=Share(criteria.prospective_growth, 0),
        ),
    )
    yield (
        say("Image maker, expert"),
        say("never assigned by figures; class A accounts with something that speaks for it are listed as candidates"),
    )


def _rhythm(base_interval: float | None) -> Said:
    yield (
        say("Rhythm"),
        say(
            "gaps between purchase days of the whole ledger up to the as-of day; expected by: last purchase and the "
            "95th percentile of the own gaps, {floor} days at least, from {days} purchase days",
            floor=FLOOR_DAYS,
            days=LEAST_PURCHASE_DAYS,
        ),
    )
    yield (
        say("State"),
        say(
            "watch beyond the own 95th percentile ({floor} days at least), at risk beyond 2, lapsed beyond 3 expected "
            "intervals, lost beyond 4 and {year} days; one purchase day: {horizon} days; the base buys every {base} "
            "days (median)",
            floor=FLOOR_DAYS,
            year=YEAR_DAYS,
            horizon=HORIZON_DAYS,
            base=round(DEFAULT_INTERVAL if base_interval is None else base_interval),
        ),
    )
