"""One account explained: why this class, this type, this state, and why key or not, with numbers and borders.

Everything told here stands in the analysis already; nothing is computed twice but what was kept of key accounts only.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

import pyarrow.compute as pc

from anahtar.analysis import Analysis, KeyAccount, Measure, Span
from anahtar.money import Money
from anahtar.report.figures import not_yet_a_customer
from anahtar.report.find_account import find_account
from anahtar.report.labels import DEMAND, REGULARITY_MEANING, STATES, TYPES, label
from anahtar.rules.account_type import breadwinner_evidence
from anahtar.rules.criteria import Criteria, read_criteria
from anahtar.rules.evidence import Evidence
from anahtar.rules.key_account import KeyFigures, key_evidence, value_words, xyz_words
from anahtar.rules.lapse_state import DEFAULT_INTERVAL, State, state_evidence
from anahtar.rules.strategy import CELLS, strategy
from anahtar.words import Message, Month, Share, say

DIRECTIONS: Final = 8
"""Directions told of one account, the largest first."""

_NO_CLASS: Final = "–"


class Withheld(StrEnum):
    """Figures that a reader is not to see; the verdicts made from them are told without."""

    PROFIT = "profit"
    """Profit, and whatever accounts are ranked by where that is profit."""
    TOTAL = "total"
    """What all accounts come to; a share of it, beside the account's own amount, would tell."""


@dataclass(frozen=True, slots=True)
class Section:
    """One question about an account and its answer, line by line.

    Parameters
    ----------
    topic
        who, class, regularity, types, key, state, directions, months.
    """

    topic: str
    title: Message
    lines: Sequence[Message]


def explain(
    analysis: Analysis, account: str, *, withheld: Collection[Withheld] = (), silence: Message | None = None
) -> list[Section]:
    """Tell all that led to an account's standing.

    Parameters
    ----------
    analysis
        The run to explain.
    account
        The account's code, or its name (case and accents do not matter; a code wins over a name).
    withheld
        What the reader is not to see.
    silence
        Why the account has its state by a criterion, where the analysis was kept without (`Analysis.silences`).

    Returns
    -------
    list[Section]
        Who it is, its class, its regularity, its type, whether it is key, its state, its directions (where the ledger
        names them) and its twelve months.

    Raises
    ------
    UnableToFindAccount
        No account, or more than one, answers to it.
    """
    told = _Account(analysis, find_account(analysis.standings, account), frozenset(withheld), silence)
    sections = (_who, _class, _regularity, _types, _key, _state, _directions, _months)
    return [section for write in sections if (section := write(told)).lines]


@dataclass(frozen=True, slots=True)
class _Account:
    """One row of the standings and the run it belongs to."""

    analysis: Analysis
    row: Mapping[str, Any]
    withheld: frozenset[Withheld]
    silence: Message | None = None

    @property
    def tells_profit(self) -> bool:
        return Withheld.PROFIT not in self.withheld

    @property
    def tells_value(self) -> bool:
        """Whether the amount by which accounts are ranked may be told."""
        return self.tells_profit or self.analysis.measure != Measure.PROFIT

    @property
    def tells_shares(self) -> bool:
        return self.tells_value and Withheld.TOTAL not in self.withheld

    @property
    def value(self) -> Message:
        window = self.analysis.window
        months = (window.end.year - window.start.year) * 12 + window.end.month - window.start.month + 1
        return value_words(self.analysis.measure.value, months)

    @property
    def age_days(self) -> int | None:
        first = self.row["first_purchase"]
        return None if first is None else (self.analysis.as_of - first).days

    @property
    def share_year_ago(self) -> float | None:
        own, total = self.row["value_year_ago"], self.analysis.base.value_year_ago
        return None if own is None or not total else max(own, 0) / total

    def money(self, units: int) -> Money:
        return Money(units, self.analysis.ledger.currency)

    def criteria(self) -> Criteria:
        path = self.analysis.options.criteria
        return Criteria() if path is None else read_criteria(path)


def _who(account: _Account) -> Section:
    row = account.row
    title = say("{code} · {name}", code=row["code"], name=row["name"])
    window = account.analysis.window
    if row["value"] is None:
        lines = [say("no line between {start} and {end}", start=window.start, end=window.end)]
    else:
        lines = [
            say(
                "{start} to {end}: revenue {revenue}, {orders} {days}",
                start=window.start,
                end=window.end,
                revenue=account.money(row["revenue"]),
                orders=say("{n} order", "{n} orders", n=row["orders"]),
                days=say("on {n} day", "on {n} days", n=row["purchase_days"]),
            )
        ]
    if row["profit"] is not None and account.tells_profit:
        lines.append(say("profit {profit}", profit=account.money(row["profit"])))
    if row["first_purchase"] is not None:
        lines.append(
            say("bought first on {first}, last on {last}", first=row["first_purchase"], last=row["last_purchase"])
        )
    return Section("who", title, lines)


def _class(account: _Account) -> Section:
    row = account.row
    match row["abc"]:
        case None:
            lines = [say("no class: no line in the window")]
        case "N" if not account.tells_value:
            lines = [say("class N: {value} is not above zero; outside the ranking and the total", value=account.value)]
        case "N":
            lines = [
                say(
                    "class N: {value} of {amount} is not above zero; outside the ranking and the total",
                    value=account.value,
                    amount=account.money(row["value"]),
                )
            ]
        case _:
            lines = [*_rank(account), *_border(account)]
    return Section("class", say("Class by value"), [*lines, *_course(account)])


def _rank(account: _Account) -> Iterator[Message]:
    row, (first, second) = account.row, account.analysis.options.abc_cuts
    if not account.tells_value:
        yield say("class {abc} by {value}", abc=row["abc"], value=account.value)
        return
    if not account.tells_shares:
        yield say(
            "class {abc}: number {rank} with {amount} of {value}",
            abc=row["abc"],
            rank=row["rank"],
            amount=account.money(row["value"]),
            value=account.value,
        )
        return
    yield say(
        "class {abc}: number {rank} with {amount}, {share} of all {value}",
        abc=row["abc"],
        rank=row["rank"],
        amount=account.money(row["value"]),
        share=Share(row["share"]),
        value=account.value,
    )
    yield say(
        "larger accounts make {above}; A begins below {first}, B below {second}",
        above=Share(max(row["cumulative_share"] - row["share"], 0.0)),
        first=Share(first, 0),
        second=Share(second, 0),
    )


def _border(account: _Account) -> Iterator[Message]:
    row = account.row
    if not account.tells_value:
        return
    # The border is the amount of another account, and the distance beside the own amount tells it.
    if account.tells_shares and row["abc_border"] is not None and row["abc_distance"] is not None:
        border = account.money(row["abc_border"])
        distance = Share(abs(row["abc_distance"]))
        if row["abc"] == "C":
            yield say("{distance} below the border to B, which is at {border}", distance=distance, border=border)
        else:
            yield say("{distance} above its border of {border}", distance=distance, border=border)
    if row["stability"] is not None:
        yield say("the same class in {stability} of the settings tried", stability=Share(row["stability"], 0))


def _course(account: _Account) -> Iterator[Message]:
    row = account.row
    if row["value_year_ago"] == 0 and not_yet_a_customer(account.analysis, row["first_purchase"]):
        yield say("a year ago: not yet a customer")
    elif row["value_year_ago"] is not None and not account.tells_value:
        yield say("a year ago: class {abc}", abc=row["abc_year_ago"] or _NO_CLASS)
    elif row["value_year_ago"] is not None:
        yield say(
            "a year ago: {amount}, class {abc}",
            amount=account.money(row["value_year_ago"]),
            abc=row["abc_year_ago"] or _NO_CLASS,
        )
    if any(row["abc_history"]):
        signs = {None: _NO_CLASS, "new": "·"}
        history = " ".join(signs.get(abc, abc or "") for abc in row["abc_history"])
        yield say(
            "at the last month ends: {history} (oldest first; · not yet bought, – nothing bought)", history=history
        )


def _regularity(account: _Account) -> Section:
    row, options = account.row, account.analysis.options
    lines: list[Message] = []
    if row["xyz"] is not None and not account.tells_value:
        lines.append(say("{xyz}: {meaning}", xyz=xyz_words(row["xyz"]), meaning=label(REGULARITY_MEANING, row["xyz"])))
    elif row["xyz"] is not None and row["cv"] is not None:
        quarterly = options.period == Span.QUARTER
        lines.append(
            say(
                "{xyz}: coefficient of variation {cv} over {periods}; X up to {x}, Y up to {y}",
                xyz=xyz_words(row["xyz"]),
                cv=row["cv"],
                periods=say("quarters") if quarterly else say("months"),
                x=options.xyz_cuts[0],
                y=options.xyz_cuts[1],
            )
        )
    if row["interval_cv"] is not None:
        lines.append(
            say("gaps between purchases vary by {cv} (1 is chance, below 0.5 is regular)", cv=row["interval_cv"])
        )
    if row["demand"] is not None:
        lines.append(say("pattern of demand: {demand}", demand=DEMAND[row["demand"]]))
    lines += [
        say("cell {cell}: {strategy}", cell=cell, strategy=strategy(cell)) for cell in CELLS if cell == row["cell"]
    ]
    return Section("regularity", say("Regularity"), lines)


def _types(account: _Account) -> Section:
    row = account.row
    kept = _kept(account.analysis, row["code"])
    evidence = dict(kept.type_evidence) if kept else {}
    lines: list[Message] = []
    for slug in row["types"]:
        lines += [TYPES[slug], *_asked(account, evidence.pop(slug, ()))]
    for slug in row["candidate_for"]:
        lines.append(say("candidate for {type}; people decide", type=TYPES[slug]))
        lines += _asked(account, evidence.pop(slug, ()))
    if not lines:
        lines = [say("no type of its own"), *_asked(account, _breadwinner(account))]
    return Section("types", say("Type"), lines)


def _breadwinner(account: _Account) -> list[Evidence]:
    criteria = account.criteria()
    return breadwinner_evidence(
        share=account.row["share"],
        share_before=account.share_year_ago,
        age_days=account.age_days,
        value=account.value,
        enters=criteria.breadwinner_enters,
        leaves=criteria.breadwinner_leaves,
    )


def _key(account: _Account) -> Section:
    kept = _kept(account.analysis, account.row["code"])
    reasons = kept.reasons if kept else key_evidence(_figures(account), account.criteria())
    verdict = say("a key account") if account.row["key"] else say("no key account")
    return Section("key", say("Key account"), [verdict, *_asked(account, reasons)])


def _kept(analysis: Analysis, code: str) -> KeyAccount | None:
    listed = next((kept for kept in analysis.key_accounts if kept.code == code), None)
    return listed or analysis.further_accounts.get(code)


def _figures(account: _Account) -> KeyFigures:
    row = account.row
    return KeyFigures(
        code=row["code"],
        value=account.value,
        share=row["share"],
        share_year_ago=account.share_year_ago,
        share_above=None if row["share"] is None else row["cumulative_share"] - row["share"],
        rank=row["rank"],
        abc=row["abc"],
        xyz=row["xyz"],
        change=row["change"],
        age_days=account.age_days,
        profit=None if row["profit"] is None else account.money(row["profit"]),
    )


def _asked(account: _Account, evidence: Sequence[Evidence]) -> list[Message]:
    told = [(one.met, _sentence(account, one)) for one in evidence]
    return [
        say("met: {sentence}", sentence=text) if met else say("not met: {sentence}", sentence=text)
        for met, text in told
    ]


def _sentence(account: _Account, one: Evidence) -> Message:
    """The evidence with its figures, or only what was asked where the figures are withheld."""
    match one.criterion:
        case "share" if not account.tells_shares:
            return say("share of {value}", value=account.value)
        case "bound" if not account.tells_shares:
            return say("place among the largest by {value}", value=account.value)
        case "trend" if not account.tells_value:
            return say("change of {value}", value=account.value)
        case "profit" if not account.tells_profit:
            return say("profit")
    return one.sentence


def _state(account: _Account) -> Section:
    row = account.row
    lines = [STATES[row["state"]], *_why_silent(account)]
    if row["days_late"]:
        lines.append(say("{n} day late", "{n} days late", n=row["days_late"]))
    return Section("state", say("Silence"), lines)


def _why_silent(account: _Account) -> list[Message]:
    row, interval = account.row, account.analysis.base.interval
    if account.analysis.lapse is not None:
        told = account.silence or account.analysis.silences.get(row["code"])
        return [told] if told is not None else []
    found = state_evidence(
        state=State(row["state"]),
        purchase_days=0 if row["first_purchase"] is None else row["gaps"] + 1,
        silence=row["silence"],
        age=account.age_days,
        gap_mean=row["gap_mean"],
        gap_p95=row["gap_p95"],
        base_interval=DEFAULT_INTERVAL if interval is None else interval,
        silences_as_long=row["silences_as_long"] or 0,
        as_of=account.analysis.as_of,
    )
    return [found.sentence]


def _directions(account: _Account) -> Section:
    own = account.analysis.directions.filter(pc.field("account_id") == account.row["account_id"]).to_pylist()
    own.sort(key=lambda row: -max(row["revenue"] or 0, row["revenue_year_ago"] or 0))
    return Section("directions", say("Directions"), [_direction(account.money, row) for row in own[:DIRECTIONS]])


def _direction(money: Callable[[int], Money], row: Mapping[str, Any]) -> Message:
    name = row["direction"] or say("no direction named")
    revenue, before = row["revenue"] or 0, row["revenue_year_ago"]
    if before is None:
        return say("{direction}: {revenue}", direction=name, revenue=money(revenue))
    if revenue <= 0 < before:
        return say("{direction}: stopped; {before} a year ago", direction=name, before=money(before))
    return say(
        "{direction}: {revenue}; {before} a year ago", direction=name, revenue=money(revenue), before=money(before)
    )


def _months(account: _Account) -> Section:
    end = _last_month(account.analysis)
    amounts = account.row["last12"]
    numbers = range(end - len(amounts) + 1, end + 1)
    lines = [
        say("{month}: {revenue}", month=Month(number // 12, number % 12 + 1), revenue=account.money(amount))
        for number, amount in zip(numbers, amounts, strict=True)
    ]
    return Section("months", say("Revenue of the last twelve full months"), lines)


def _last_month(analysis: Analysis) -> int:
    """The last full month up to the window's end: where `last12` ends."""
    end = min(analysis.window.end, analysis.as_of)
    whole = end.month != date.fromordinal(end.toordinal() + 1).month
    return end.year * 12 + end.month - 1 - (0 if whole else 1)
