"""The standings a second time: plain Python over lists of lines, exact fractions, no engine, no metric of the product.

Written from the definitions (docs/decisions, the comments of `STANDINGS`, the docstrings of the metrics and rules), to
be held against `anahtar.analysis.analyze`. Slow and simple on purpose: every question walks over all lines again.

Where a definition leaves a choice, the docstring of the metric was taken at its word:

- an invoice is one of one account and one calendar month, and belongs to the first day of its lines in that month;
- within a group an order belongs to one member, a purchase day may be shared;
- profit is null where no line carries a cost, and such an account with lines has the value 0: class N, not "outside";
- regularity and demand leave a cut last month out, money does not;
- the trend is unknown where the ledger does not hold its twelve months, though the comment speaks of values only;
- migration begins with the ledger's second month end;
- a past gap is held against three expected intervals only (`was_lapse`), today's silence also against the percentile.
"""

import calendar
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import sqrt
from typing import Any

from anahtar.analysis.result import AnalysisOptions, Window
from tests.anahtar.oracle.by_hand import (
    CLASSED,
    STATES,
    Row,
    as_float,
    border,
    by_direction,
    cell,
    class_totals,
    classes,
    concentration,
    counted,
    gaps,
    growth,
    latest,
    mean,
    month,
    orders,
    percentile,
    profit,
    ratio,
    revenue,
    sample_variation,
    squared_variation,
    state,
)
from tests.anahtar.oracle.ledger import Line

Months = tuple[int, int]
"""First and last month, both inside, as year * 12 + month - 1."""

GRID = [
    (Fraction("0.70"), Fraction("0.90")),
    (Fraction("0.80"), Fraction("0.95")),
    (Fraction("0.85"), Fraction("0.97")),
]


class NothingToAnalyse(Exception):
    """The options leave nothing of the ledger: the product refuses."""


@dataclass
class Answer:
    """What the oracle says of a ledger; rows in the order of the standings."""

    as_of: date
    window: Window
    measure: str
    rows: list[Row]
    concentration: Row
    group_concentration: Row | None
    abc: Mapping[str, Row]
    xyz: Mapping[str, int]
    silence: Mapping[str, int]
    cells: Mapping[str, Row]
    moves: list[Row]
    months: list[Row]
    directions: list[Row]
    ledger: Row


def first_of(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def last_of(number: int) -> date:
    return date(number // 12, number % 12 + 1, calendar.monthrange(number // 12, number % 12 + 1)[1])


def cut_of(value: float) -> Fraction:
    """The cut a person wrote: 0.8 is eight tenths, not its nearest binary fraction."""
    return Fraction(str(value))


def answer(lines: Sequence[Line], options: AnalysisOptions) -> Answer:
    """Everything the product must say of these lines."""
    return _Oracle(lines, options).answer()


class _Oracle:
    def __init__(self, lines: Sequence[Line], options: AnalysisOptions) -> None:
        self.everything, self.options = list(lines), options
        self.first_day = min(line.sold_on for line in lines)
        self.as_of = options.as_of or max(line.sold_on for line in lines)
        self._settle_window()
        self.group_of = latest((line.customer, line.group) for line in lines)
        self.name_of = latest((line.customer, line.name) for line in lines)
        # An invoice belongs to a member, its group to nobody's invoice: members are kept.
        self.known = [(self._account(line), line) for line in lines if line.sold_on <= self.as_of]
        self.lines: dict[str, list[Line]] = defaultdict(list)
        for account, line in self.known:
            self.lines[account].append(line)
        self.accounts = sorted(self.lines)
        self.measure = self._measure()
        self.orders = {account: orders(lines) for account, lines in self.lines.items()}
        self.days = {account: sorted({day for day, _ in found}) for account, found in self.orders.items()}

    def _account(self, line: Line) -> str:
        return (self.group_of[line.customer] or line.customer) if self.options.by_group else line.customer

    # ---- the time frame

    def _settle_window(self) -> None:
        if self.as_of < self.first_day:
            raise NothingToAnalyse
        # The last month that is whole on the as-of day: its last day is not after it.
        full = month(self.as_of) if self.as_of == last_of(month(self.as_of)) else month(self.as_of) - 1
        asked = self.options.window
        self.whole = False
        if isinstance(asked, Window):
            if asked.end < self.first_day or asked.start > self.as_of:
                raise NothingToAnalyse
            self.window, self.months = asked, (month(asked.start), month(asked.end))
            self.full = min(full, month(asked.end))
        elif asked == "all" or full < month(self.first_day):
            self.whole = True
            self.window, self.months = Window(self.first_day, self.as_of), (month(self.first_day), month(self.as_of))
            self.full = full
        else:
            self.months, self.full = (full - 11, full), full
            self.window = Window(first_of(full - 11), last_of(full))

    @property
    def year_ago(self) -> Months | None:
        earlier = (self.months[0] - 12, self.months[1] - 12)
        return None if self.whole or earlier[0] < month(self.first_day) else earlier

    @property
    def judged(self) -> Months:
        """The months of regularity and demand: a cut last month is no period, unless there is no other."""
        if self.full < self.months[0]:
            return self.months
        return self.months[0], min(self.months[1], self.full)

    # ---- money

    def _measure(self) -> str:
        if self.options.measure is not None:
            return self.options.measure.value
        with_cost = [line for _, line in self.known if line.cost is not None]
        unknown = [line for _, line in self.known if line.cost is None and line.amount != 0]
        return "profit" if with_cost and not unknown else "revenue"

    def _inside(self, account: str, span: Months) -> list[Line]:
        return [line for line in self.lines[account] if span[0] <= month(line.sold_on) <= span[1]]

    def _value(self, account: str, span: Months) -> int | None:
        """What counts for the ranking: None without a line, 0 where the profit of the lines is unknown."""
        lines = self._inside(account, span)
        if not lines:
            return None
        return revenue(lines) if self.measure == "revenue" else profit(lines) or 0

    def _values(self, span: Months) -> dict[str, int]:
        found = {account: self._value(account, span) for account in self.accounts}
        return {account: value for account, value in found.items() if value is not None}

    # ---- classes

    def _classes(self, span: Months, cuts: tuple[Fraction, Fraction] | None = None) -> dict[str, Row]:
        return classes(self._values(span), cuts or self._cuts)

    @property
    def _cuts(self) -> tuple[Fraction, Fraction]:
        a, b = self.options.abc_cuts
        return cut_of(a), cut_of(b)

    def _stability(self) -> dict[str, float]:
        own = self._classes(self.months)
        cuts = [self._cuts, *(other for other in GRID if other != self._cuts)]
        shifts = [by for by in (0, 1, 2) if by == 0 or self.months[1] - by >= month(self.first_day)]
        settings = [self._classes((self.months[0] - by, self.months[1] - by), pair) for by in shifts for pair in cuts]
        same = {
            account: sum(setting.get(account, {}).get("abc") == row["abc"] for setting in settings)
            for account, row in own.items()
        }
        return {account: count / len(settings) for account, count in same.items()}

    def _history(self) -> dict[str, list[str | None]]:
        ends = range(self.full - 12, self.full + 1)
        at_end = [self._classes((end - 11, end)) for end in ends]
        born = {account: min(month(line.sold_on) for line in lines) for account, lines in self.lines.items()}
        return {
            account: [
                "new" if born[account] > end else found.get(account, {}).get("abc")
                for end, found in zip(ends, at_end, strict=True)
            ]
            for account in self.accounts
        }

    def _moves(self, history: Mapping[str, Sequence[str | None]]) -> list[Row]:
        found = []
        for at in range(1, 13):
            end = self.full - 12 + at
            if end <= month(self.first_day):
                continue
            counted: Counter[tuple[str, str]] = Counter()
            money: Counter[tuple[str, str]] = Counter()
            for account, classed in history.items():
                if classed[at] == "new":
                    continue
                pair = classed[at - 1] or "none", classed[at] or "none"
                counted[pair] += 1
                money[pair] += self._value(account, (end - 11, end)) or 0
            for pair in sorted(counted):
                found.append(
                    {
                        "month_end": last_of(end),
                        "before": pair[0],
                        "after": pair[1],
                        "customers": counted[pair],
                        "amount": money[pair],
                    }
                )
        return found

    # ---- regularity

    def _regularity(self, account: str) -> tuple[float | None, str]:
        first, last = self.judged
        length = {"month": 1, "quarter": 3}[self.options.period.value]
        count = (last - first + 1) // length
        periods = [(last + 1 - length * (at + 1), last - length * at) for at in range(count)]
        if not any(self._inside(account, period) for period in periods):
            return None, "undefined"
        values = [self._value(account, period) or 0 for period in periods]
        square = squared_variation(values)
        if square is None:
            return None, "undefined"
        # The newest half of the periods, less than half: a first buyer in there has no rhythm to show.
        new_since = last + 1 - length * ((count - 1) // 2)
        return sqrt(square), self._named(account, square, new_since)

    def _named(self, account: str, square: Fraction, new_since: int) -> str:
        x, y = (cut_of(cut) ** 2 for cut in self.options.xyz_cuts)
        days = self.days[account]
        if square <= x:
            return "X"
        if square <= y:
            return "Y"
        if days and month(days[0]) >= new_since > month(self.first_day):
            return "new"
        return "one_off" if len(days) == 1 else "Z"

    def _demand(self, account: str) -> str | None:
        first, last = self.judged
        monthly = [self._value(account, (at, at)) or 0 for at in range(first, last + 1)]
        bought = [value for value in monthly if value > 0]
        if len(bought) < 2:
            return None
        often = Fraction(len(monthly), len(bought)) < Fraction("1.32")
        square = squared_variation(bought)
        assert square is not None
        even = square < Fraction("0.49")
        return {(True, True): "smooth", (True, False): "erratic", (False, True): "intermittent"}.get(
            (often, even), "lumpy"
        )

    # ---- rhythm

    def _base_interval(self) -> Fraction:
        means = [mean(gaps(days)) for days in self.days.values() if len(days) >= 3]
        return percentile(means, Fraction(1, 2)) if means else Fraction(91)

    def _rhythm(self, account: str, base: Fraction) -> Row:
        days = self.days[account]
        between = gaps(days)
        silence = (self.as_of - days[-1]).days if days else None
        p95 = percentile(between, Fraction(95, 100)) if between else None
        expected = (
            days[-1] + timedelta(days=int(max(Fraction(30), p95))) if p95 is not None and len(days) >= 4 else None
        )
        return {
            "first_purchase": days[0] if days else None,
            "last_purchase": days[-1] if days else None,
            "gaps": len(between),
            "gap_mean": as_float(mean(between)) if between else None,
            "gap_median": as_float(percentile(between, Fraction(1, 2))) if between else None,
            "gap_p95": as_float(p95),
            "gap_longest": max(between, default=None),
            "interval_cv": sample_variation(between) if len(between) >= 3 else None,
            "silence": silence,
            "silences_as_long": None if silence is None else sum(gap >= silence for gap in between),
            "expected_by": expected,
            "days_late": 0 if expected is None else max((self.as_of - expected).days, 0),
            "state": state(days, self.as_of, base, self.first_day),
        }

    # ---- everything together

    def _row(self, account: str, found: Mapping[str, Any]) -> Row:
        lines = self._inside(account, self.months)
        costed = [line for line in lines if line.cost is not None]
        won, earned = (revenue(lines), profit(lines)) if lines else (None, None)
        value = won if self.measure == "revenue" else earned
        before = None if self.year_ago is None else self._value(account, self.year_ago) or 0
        last12 = [revenue(self._inside(account, (at, at))) for at in range(self.full - 11, self.full + 1)]
        bought = [(day, total) for day, total in self.orders[account] if self.months[0] <= month(day) <= self.months[1]]
        own = found["classes"].get(account, {})
        cv, xyz = self._regularity(account) if own.get("abc") in CLASSED else (None, None)
        return {
            "code": account,
            "name": self._name(account),
            "group_code": None if self.options.by_group else self.group_of[account],
            "revenue": won,
            "profit": earned,
            "margin": ratio(earned, revenue(costed)),
            "value": value,
            "value_year_ago": before,
            "change": growth(value, before),
            "orders": len(bought),
            "purchase_days": len({day for day, _ in bought}),
            "lines": len(lines),
            "months_active": len({month(day) for day, _ in bought}),
            "last12": last12,
            "trend": growth(sum(last12[6:]), sum(last12[:6])) if month(self.first_day) <= self.full - 11 else None,
            "rank": own.get("rank"),
            "share": as_float(own.get("share")),
            "cumulative_share": as_float(own.get("cumulative_share")),
            "abc": own.get("abc"),
            "abc_year_ago": found["year_ago"].get(account, {}).get("abc"),
            "abc_history": found["history"][account],
            **border(own, found["classes"].values()),
            "stability": found["stability"].get(account),
            "cv": cv,
            "xyz": xyz,
            "cell": None if xyz in (None, "undefined") else own["abc"] + (xyz if xyz in ("X", "Y") else "Z"),
            "demand": self._demand(account),
            **self._rhythm(account, found["base"]),
        }

    def _name(self, account: str) -> str:
        return self.name_of.get(account) or account

    def answer(self) -> Answer:
        history = self._history()
        found: Mapping[str, Any] = {
            "classes": self._classes(self.months),
            "year_ago": {} if self.year_ago is None else self._classes(self.year_ago),
            "history": history,
            "stability": self._stability(),
            "base": self._base_interval(),
        }
        rows = [self._row(account, found) for account in self.accounts]
        rows.sort(key=lambda row: (row["rank"] is None, row["rank"] or 0, row["code"]))
        return Answer(
            as_of=self.as_of,
            window=self.window,
            measure=self.measure,
            rows=rows,
            concentration=concentration(found["classes"]),
            group_concentration=self._group_concentration(found["classes"]),
            abc=class_totals(rows),
            xyz=counted(rows, "xyz", ("X", "Y", "Z", "one_off", "new", "undefined")),
            silence=counted(rows, "state", STATES),
            cells={name: cell(rows, name) for name in (a + x for a in "ABC" for x in "XYZ")},
            moves=self._moves(history),
            months=self._shown_months(),
            directions=self._directions(),
            ledger=self._ledger(),
        )

    def _group_concentration(self, classed: Mapping[str, Row]) -> Row | None:
        if self.options.by_group or not any(self.group_of.values()):
            return None
        sums: Counter[str] = Counter()
        for account, row in classed.items():
            sums[self.group_of[account] or account] += row["value"]
        return concentration(classes(sums, self._cuts))

    def _shown_months(self) -> list[Row]:
        rows = []
        for account in self.accounts:
            for at in sorted({month(line.sold_on) for line in self.lines[account]}):
                lines = self._inside(account, (at, at))
                orders = sum(month(day) == at for day, _ in self.orders[account])
                rows.append(
                    {
                        "code": account,
                        "month": first_of(at),
                        "revenue": revenue(lines),
                        "profit": profit(lines),
                        "orders": orders,
                    }
                )
        return sorted(rows, key=lambda row: (row["month"], row["code"]))

    def _directions(self) -> list[Row]:
        if not any(line.direction for line in self.everything):
            return []
        rows = []
        for account in self.accounts:
            now, before = (
                by_direction(self._inside(account, span)) if span else {} for span in (self.months, self.year_ago)
            )
            for direction in now.keys() | before.keys():
                ago = None if self.year_ago is None else before.get(direction, 0)
                rows.append(
                    {
                        "code": account,
                        "direction": direction,
                        "revenue": now.get(direction, 0),
                        "revenue_year_ago": ago,
                    }
                )
        return sorted(rows, key=lambda row: (row["code"], row["direction"]))

    def _ledger(self) -> Row:
        lines = self.everything
        return {
            "rows_in_file": len(lines),
            "rows_accepted": len(lines),
            "rows_set_aside": 0,
            "rows_refused": 0,
            "customers": len({line.customer for line in lines}),
            "amount_accepted": sum(line.amount for line in lines),
            "first_date": min(line.sold_on for line in lines),
            "last_date": max(line.sold_on for line in lines),
        }
