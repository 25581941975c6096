"""The figures at the head of a report: the window against the year before, and how far the ledger can be trusted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from anahtar.analysis import Analysis, Window
from anahtar.money import Money
from anahtar.report.amounts import NOTHING, change, rounded, share
from anahtar.report.rows import at_stake, silent
from anahtar.words import Message, Share, Words, say

_UNASSIGNED_WORTH_A_WARNING: Final = 0.05


@dataclass(frozen=True, slots=True)
class Totals:
    """What the company sold in a window; money in units.

    Parameters
    ----------
    profit
        None where some account of the window has no cost.
    buyers
        Accounts with an order in the window.
    """

    revenue: int
    profit: int | None
    buyers: int


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure in large type, written: what it is, how much, against what, and its months if it has a course."""

    label: str
    value: str
    note: str
    rising: bool | None = None
    """Whether it is more than a year before; None where that says nothing."""
    months: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Trust:
    """One statement on how far the figures can be trusted, and whether it asks for care."""

    label: str
    value: str
    note: str
    careful: bool = False


def year_before(analysis: Analysis) -> Window | None:
    """The same months a year earlier; None where the ledger is younger than that."""
    start, end = analysis.window.start, analysis.window.end
    earlier = Window(_a_year_back(start), _a_year_back(end))
    return None if analysis.ledger.first_date.replace(day=1) > earlier.start else earlier


def _a_year_back(day: date) -> date:
    # 29 February has no day a year earlier; the month is what counts here.
    return date(day.year - 1, day.month, min(day.day, 28))


def not_yet_a_customer(analysis: Analysis, first_purchase: date | None) -> bool:
    """Whether an account first bought after the window of a year ago: its zero of then is no loss and no start."""
    earlier = year_before(analysis)
    return earlier is not None and first_purchase is not None and first_purchase > earlier.end


def without_a_sale(analysis: Analysis) -> Message | None:
    """What to say before any figure where the window holds no line at all; None where it holds some."""
    if _months_of(analysis, analysis.window).num_rows:
        return None
    return say(
        "The window from {start} to {end} holds no sale; the ledger ends on {last}. Name another day with --as-of.",
        start=analysis.window.start,
        end=analysis.window.end,
        last=analysis.ledger.last_date,
    )


def totals(analysis: Analysis, window: Window) -> Totals:
    """Sum the months of a window over all accounts."""
    months = _months_of(analysis, window)
    unknown = pc.sum(pc.is_null(months["profit"])).as_py() or 0
    buyers = months.filter(pc.field("orders") > 0)["account_id"]
    return Totals(
        revenue=pc.sum(months["revenue"]).as_py() or 0,
        profit=None if unknown else pc.sum(months["profit"]).as_py() or 0,
        buyers=pc.count_distinct(buyers).as_py(),
    )


def _months_of(analysis: Analysis, window: Window) -> pa.Table:
    first = pa.scalar(window.start.replace(day=1), pa.date32())
    last = pa.scalar(window.end, pa.date32())
    month = pc.field("month").cast(pa.date32())
    return analysis.months.filter((month >= first) & (month <= last))


def course(analysis: Analysis, column: str = "revenue") -> list[tuple[date, int]]:
    """The company's months up to the end of the window, oldest first; money in units."""
    by_month = analysis.months.group_by("month").aggregate([(column, "sum")]).sort_by("month")
    pairs = zip(by_month["month"].to_pylist(), by_month[f"{column}_sum"].to_pylist(), strict=True)
    return [(month, amount or 0) for month, amount in pairs if month <= analysis.window.end]


def headlines(analysis: Analysis, words: Words) -> list[Headline]:
    """Five or six figures a director reads first, each against the year before where the ledger reaches back."""
    earlier = year_before(analysis)
    now = totals(analysis, analysis.window)
    before = totals(analysis, earlier) if earlier else None
    figures = [_revenue(analysis, now, before, words)]
    if now.profit is not None:
        figures.append(_profit(analysis, now, now.profit, before, words))
    figures += [
        _buyers(now, before, words),
        _keys(analysis, words),
        _largest(analysis, words),
        _silence(analysis, words),
    ]
    return figures


def _against(now: int, before: int | None, words: Words) -> tuple[str, bool | None]:
    if before is None or before <= 0:
        return words(say("no earlier year to compare with")), None
    return words(say("{change} in a year", change=change(words, now / before - 1))), (
        now > before if now != before else None
    )


def _revenue(analysis: Analysis, now: Totals, before: Totals | None, words: Words) -> Headline:
    note, rising = _against(now.revenue, before.revenue if before else None, words)
    months = [amount for _, amount in course(analysis)][-12:]
    return Headline(words(say("Revenue")), rounded(words, now.revenue, analysis.ledger.currency), note, rising, months)


def _profit(analysis: Analysis, now: Totals, profit: int, before: Totals | None, words: Words) -> Headline:
    note, rising = _against(profit, before.profit if before else None, words)
    margin = share(words, profit / now.revenue if now.revenue > 0 else None)
    months = [amount for _, amount in course(analysis, "profit")][-12:]
    label = words(say("Profit · margin {margin}", margin=margin))
    return Headline(label, rounded(words, profit, analysis.ledger.currency), note, rising, months)


def _buyers(now: Totals, before: Totals | None, words: Words) -> Headline:
    note, rising = _against(now.buyers, before.buyers if before else None, words)
    return Headline(words(say("Customers who bought")), words.number(now.buyers), note, rising)


def _keys(analysis: Analysis, words: Words) -> Headline:
    keys = sum(analysis.standings["key"].to_pylist())
    label = words(say("{n} key account", "{n} key accounts", n=keys))
    return Headline(label, words.share(analysis.key_share), words(band_verdict(analysis)))


def band_verdict(analysis: Analysis) -> Message:
    """Hold the key group's share against the policy band."""
    low, high = analysis.key_band
    band = say("{low} to {high}", low=Share(low, 0), high=Share(high, 0))
    if analysis.key_share < low:
        return say("below the band of {band}: little hangs on the key group", band=band)
    if analysis.key_share > high:
        return say("above the band of {band}: much hangs on few", band=band)
    return say("inside the band of {band}", band=band)


def _largest(analysis: Analysis, words: Words) -> Headline:
    found = analysis.concentration
    if not found.customers_positive:
        # Nobody earned anything: "half of it from 0 customers" would be a figure of nothing.
        return Headline(words(say("Largest customer")), NOTHING, NOTHING)
    note = say(
        "half of it from {half}, 80 % from {n} customer",
        "half of it from {half}, 80 % from {n} customers",
        half=found.customers_for_50pct,
        n=found.customers_for_80pct,
    )
    return Headline(words(say("Largest customer")), share(words, found.top.get(1)), words(note))


def _silence(analysis: Analysis, words: Words) -> Headline:
    quiet = [row for row in silent(analysis) if row["state"] != "lost"]
    money = sum(at_stake(row) for row in quiet)
    label = words(say("At stake in silence"))
    note = words(say("{n} account beyond its rhythm", "{n} accounts beyond their rhythm", n=len(quiet)))
    return Headline(label, rounded(words, money, analysis.ledger.currency), note)


def trust(analysis: Analysis, words: Words) -> list[Trust]:
    """How far the figures can be trusted: what was read, what was left outside, how fresh, and whether it balances."""
    return [
        _read(analysis, words),
        _outside(analysis, words),
        _without_customer(analysis, words),
        _fresh(analysis, words),
        _balance(analysis, words),
    ]


def _read(analysis: Analysis, words: Words) -> Trust:
    ledger = analysis.ledger
    note = say("{n} row in the file", "{n} rows in the file", n=ledger.rows_in_file)
    return Trust(words(say("Rows accepted")), words.number(ledger.rows_accepted), words(note))


def _outside(analysis: Analysis, words: Words) -> Trust:
    ledger = analysis.ledger
    value = words(say("{aside} · {refused}", aside=ledger.rows_set_aside, refused=ledger.rows_refused))
    note = words(
        say("{n} exact duplicate among the rows", "{n} exact duplicates among the rows", n=ledger.duplicate_rows)
    )
    return Trust(words(say("Set aside · refused")), value, note, ledger.rows_refused > 0)


def _without_customer(analysis: Analysis, words: Words) -> Trust:
    ledger = analysis.ledger
    whole = ledger.amount_accepted + ledger.unassigned_amount
    part = ledger.unassigned_amount / whole if whole else 0.0
    amount = rounded(words, ledger.unassigned_amount, ledger.currency)
    note = words(say("{amount} outside every account", amount=amount))
    return Trust(words(say("Without a customer")), words.share(part), note, part > _UNASSIGNED_WORTH_A_WARNING)


def _fresh(analysis: Analysis, words: Words) -> Trust:
    ledger = analysis.ledger
    old = (analysis.as_of - ledger.last_date).days
    note = say("since {first}", first=ledger.first_date)
    if old > 0:
        note = say("{n} day before the as-of day", "{n} days before the as-of day", n=old)
    return Trust(words(say("Ledger ends")), words.day(ledger.last_date), words(note), old > 31)


def _balance(analysis: Analysis, words: Words) -> Trust:
    tallies = [batch.tally for batch in analysis.batches if not batch.removes]
    rows_off = sum(tally.rows - tally.accepted - tally.set_aside - tally.refused for tally in tallies)
    parts = ((tally.accepted_amount, tally.set_aside_amount, tally.refused_amount) for tally in tallies)
    money_off = sum(tally.amount for tally in tallies) - sum(map(sum, parts))
    label = words(say("Reconciliation"))
    if rows_off or money_off:
        off = Money(money_off, analysis.ledger.currency)
        return Trust(
            label,
            words(say("does not balance")),
            words(say("{rows} rows, {money} apart", rows=rows_off, money=off)),
            True,
        )
    return Trust(label, words(say("to the cent")), words(say("file = accepted + set aside + refused")))
