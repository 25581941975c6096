"""Small random ledgers, with everything in them that real ones do to an analysis.

Seeds and not hypothesis' own choices: an analysis costs most of a second, so each of a few dozen ledgers has to be
full of accidents, where hypothesis begins with empty ones and spends minutes on making a failure small.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from anahtar.analysis import AnalysisOptions, Measure, Span, Window
from tests.anahtar.oracle.by_hand import month
from tests.anahtar.oracle.ledger import Line
from tests.anahtar.oracle.oracle import first_of, last_of

CODES = ("acme", "Birch", "cedar", "Çınar", "dolar", "00-7", "7", "zinc")
"""Codes whose order is easily got wrong: letters of two cases, of two alphabets, digits and leading zeros."""

GROUPS = (None, None, "acme", "holding", "00-7")
"""Some groups are called like one of their companies."""

STARTS = (date(2023, 1, 1), date(2022, 12, 31), date(2024, 2, 29), date(2023, 6, 15), date(2021, 3, 1))
SPANS = (0, 1, 5, 12, 13, 24, 25, 26, 30, 39, 39, 39)
"""Months of a ledger beyond its first."""

MOST_LINES = 40


def case(seed: int) -> tuple[list[Line], AnalysisOptions]:
    """A ledger of at most forty lines and eight accounts, and what its reader decided."""
    random = Random(seed)
    lines = ledger(random)
    return lines, options(random, sorted(line.sold_on for line in lines))


def ledger(random: Random) -> list[Line]:
    days = some_days(random)
    codes = random.sample(CODES, random.choice([1, 4, 6, 8, 8, 8]))
    lines = scattered(random, days, codes)
    for _ in range(random.choice([0, 1, 2, 4])):
        lines += regular(random, days, codes)
    if random.random() < 0.4:
        lines += reversed_order(random, days, codes)
    # From its first day to its last, or a year ago is seldom known.
    lines += [Line(day, random.choice(codes), amount(random)) for day in (days[0], days[-1])]
    lines = lines[-MOST_LINES:]
    if random.random() < 0.05:
        lines = [replace(line, amount=-abs(line.amount)) for line in lines]
    for dress in (with_costs, with_groups, with_directions, with_batches):
        lines = dress(random, lines)
    return lines


def some_days(random: Random) -> list[date]:
    """A few days over at most forty months, month ends and leap days among them."""
    start = random.choice(STARTS)
    last = last_of(month(start) + random.choice(SPANS))
    drawn = [start + timedelta(random.randint(0, (last - start).days)) for _ in range(random.choice([0, 4, 10, 14]))]
    ends = [last_of(month(day)) for day in drawn[:3]] + [last_of(month(day)) + timedelta(1) for day in drawn[:2]]
    return sorted({start, *(day for day in [*drawn, *ends, date(2024, 2, 29), last] if start <= day <= last)})


def amount(random: Random) -> int:
    return random.choice(
        [
            random.choice([100_0000, 200_0000, 500_0000]),  # ties
            random.choice([100_0000, 200_0000, 500_0000]),
            random.choice([-100_0000, 0, 1, -1, 9 * 10**12, 4 * 10**15 + 1]),  # the last is none for a double
            random.randint(-300_0000, 2_000_0000),
            random.randint(1, 2_000_0000),
            random.randint(1, 9) * 10 ** random.choice([6, 7]),
        ]
    )


def scattered(random: Random, days: Sequence[date], codes: Sequence[str]) -> list[Line]:
    """Lines anywhere; few days and few invoice numbers, so that they meet."""
    numbers = random.choice([(None,), (None, "1", "2", "3"), ("1", "2", "3", "4", "5", "6")])
    return [
        Line(random.choice(days), random.choice(codes), amount(random), invoice=random.choice(numbers))
        for _ in range(random.choice([1, 4, 8, 20]))
    ]


def regular(random: Random, days: Sequence[date], codes: Sequence[str]) -> list[Line]:
    """One account that buys in a rhythm, more or less, with a pause somewhere."""
    customer, every, usual = random.choice(codes), random.choice([1, 7, 20, 30, 31, 91]), abs(amount(random)) or 1
    pause_at, pause = random.randint(1, 12), random.choice([0, 31, 61, 200])
    jitter, uneven = random.choice([0, 0, 3, 20]), random.random() < 0.5
    lines, day = [], random.choice(days[: len(days) // 2 + 1])
    for at in range(random.randint(2, 14)):
        if day > days[-1]:
            break
        lines.append(Line(day, customer, usual * random.randint(1, 4) if uneven else usual))
        day += timedelta(every + random.randint(0, jitter) + (pause if at == pause_at else 0))
    return lines


def reversed_order(random: Random, days: Sequence[date], codes: Sequence[str]) -> list[Line]:
    """An order and the credit note that takes it back, the same day or later, under its number or another one."""
    line = Line(random.choice(days), random.choice(codes), abs(amount(random)), invoice="9")
    back = random.choice([day for day in days if day >= line.sold_on])
    return [line, replace(line, sold_on=back, amount=-line.amount, invoice=random.choice(["9", "10", None]))]


def with_costs(random: Random, lines: list[Line]) -> list[Line]:
    """No cost, a cost on every line, a cost on some; some sell below it."""
    known = random.choice([0.0, 1.0, 0.7])
    return [
        replace(line, cost=line.amount * random.choice([3, 5, 7, 9, 11]) // 10) if random.random() < known else line
        for line in lines
    ]


def with_groups(random: Random, lines: list[Line]) -> list[Line]:
    """Groups and names; a line may leave its account's out, as an export of another year does."""
    if random.random() < 0.4:
        return lines
    group = {code: random.choice(GROUPS) for code in CODES}
    return [
        replace(line, group=group[line.customer], name=f"{line.customer} & Co.") if random.random() < 0.5 else line
        for line in lines
    ]


def with_directions(random: Random, lines: list[Line]) -> list[Line]:
    if random.random() < 0.4:
        return lines
    return [replace(line, direction=random.choice([None, "valves", "pumps"])) for line in lines]


def with_batches(random: Random, lines: list[Line]) -> list[Line]:
    """One import, or two: the later half apart, or lines of the same invoices in both."""
    how = random.choice(["one", "halves", "mixed"])
    if how == "one":
        return lines
    middle = sorted(line.sold_on for line in lines)[len(lines) // 2]
    return [
        replace(line, batch=int(line.sold_on >= middle) if how == "halves" else random.randint(0, 1)) for line in lines
    ]


def options(random: Random, days: Sequence[date]) -> AnalysisOptions:
    return AnalysisOptions(
        as_of=random.choice(
            [None, None, None, random.choice(days), middle_of(random, days), later_than(random, days[-1])]
        ),
        window=random.choice(["last12", "last12", "all", asked(random, days)]),
        measure=random.choice([None, Measure.REVENUE, Measure.PROFIT]),
        abc_cuts=random.choice([(0.8, 0.95), (0.8, 0.95), (0.7, 0.9), (0.5, 0.6)]),
        xyz_cuts=random.choice([(0.5, 1.0), (0.25, 0.5), (1.0, 2.5)]),
        period=random.choice([Span.QUARTER, Span.MONTH]),
        by_group=random.random() < 0.3,
    )


def later_than(random: Random, last: date) -> date:
    return last + timedelta(random.choice([1, 20, 31, 61, 182, 183, 366, 800]))


def middle_of(random: Random, days: Sequence[date]) -> date:
    return days[0] + timedelta(random.randint(0, (days[-1] - days[0]).days))


def asked(random: Random, days: Sequence[date]) -> Window:
    """Whole months around the ledger, sometimes beside it."""
    start = random.randint(month(days[0]) - 2, month(days[-1]) + 1)
    return Window(first_of(start), last_of(start + random.choice([0, 1, 2, 4, 11, 23])))
