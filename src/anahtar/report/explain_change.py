"""What changed of an account against a year before, and why, in sentences."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from anahtar.metrics.change import Carried, Change, CostCoverage, ProductChange, ProductState, RevenueParts
from anahtar.money import Money
from anahtar.report.explain import Section, Withheld
from anahtar.words import Message, Share, say

NAMED: Final = 3
"""Products told by name of those that grew, and of those that shrank."""

PARTS: Final[Mapping[str, Message]] = {
    "new": say("new products"),
    "stopped": say("stopped products"),
    "volume": say("volume"),
    "mix": say("mix"),
    "price": say("price"),
    "cost": say("unit cost"),
    "returns": say("returns and credit notes"),
    "unexplained": say("not explained"),
}
"""The words for the parts of a change, in the order in which they are told."""

MEANINGS: Final[Mapping[str, Message]] = {
    "new": say("bought now and not a year ago"),
    "stopped": say("bought a year ago and not now"),
    "volume": say("more or fewer pieces of the products bought in both years"),
    "mix": say("dearer or cheaper ones among these pieces, at the prices of a year ago"),
    "price": say("the prices of now against those of a year ago"),
    "cost": say("unit costs of a year ago against those of now"),
    "returns": say("without the pieces, or more came back than was bought"),
    "unexplained": say("lines without a product or a quantity"),
}
"""What each part is."""


def change_section(change: Change, currency: str, *, withheld: Collection[Withheld] = ()) -> Section:
    """Tell a change and what it is made of.

    Parameters
    ----------
    change
        Of the account, `anahtar.analysis.changes.change_of`.
    currency
        The ledger's.
    withheld
        What the reader is not to see.
    """
    money = _Money(currency)
    lines = [
        say(
            "revenue {now}; {before} a year ago; the change of {change} is made of",
            now=money(change.revenue),
            before=money(change.revenue_before),
            change=money(change.change),
        ),
        *_parts(change.parts, money),
        *_carried(change.unexplained, money),
        *_products(change.products, money),
    ]
    if Withheld.PROFIT not in withheld:
        lines += _profit(change, money)
    return Section("change", TITLE, lines)


TITLE: Final = say("What changed and why")


def refused_section(message: Message) -> Section:
    """Say why no change can be told."""
    return Section("change", TITLE, [message])


def no_profit(coverage: CostCoverage) -> Message:
    """Why the change of profit is not told."""
    if not coverage.lines:
        return say("there is no line whose profit could change")
    return say(
        "the change of profit is not taken apart: {n} line of {lines} has no cost",
        "the change of profit is not taken apart: {n} lines of {lines} have no cost",
        n=coverage.lines_without_cost,
        lines=coverage.lines,
    )


class _Money:
    def __init__(self, currency: str) -> None:
        self._currency = currency

    def __call__(self, units: int) -> Money:
        return Money(units, self._currency)


def _parts(parts: RevenueParts, money: _Money) -> Iterator[Message]:
    for name, label in PARTS.items():
        amount = getattr(parts, name, 0)
        if amount:
            yield say("{amount} {part}: {meaning}", amount=money(amount), part=label, meaning=MEANINGS[name])


def _carried(unexplained: Carried, money: _Money) -> Iterator[Message]:
    if unexplained.lines or unexplained.lines_before:
        yield say(
            "lines without a product or a quantity carry {now} now and carried {before} a year ago",
            now=money(unexplained.revenue),
            before=money(unexplained.revenue_before),
        )


def _products(products: Sequence[ProductChange], money: _Money) -> Iterator[Message]:
    named = [row for row in products if row.product is not None and row.change]
    grown, shrunk = ([row for row in named if (row.change > 0) is up][:NAMED] for up in (True, False))
    for row in grown:
        yield say("grew: {product}, {change}", product=_product(row), change=_told(row, money))
    for row in shrunk:
        yield say("shrank: {product}, {change}", product=_product(row), change=_told(row, money))


def _product(row: ProductChange) -> str:
    return f"{row.product} · {row.name}" if row.name and row.name != row.product else row.product or ""


def _told(row: ProductChange, money: _Money) -> Message | Money:
    amount = money(row.change)
    match row.state:
        case ProductState.NEW:
            return say("{change}, new", change=amount)
        case ProductState.STOPPED:
            return say("{change}, stopped", change=amount)
    if row.price is None or not row.price_before:
        return amount
    return say("{change}, price {share}", change=amount, share=Share(row.price / row.price_before - 1))


def _profit(change: Change, money: _Money) -> Iterator[Message]:
    profit = change.profit
    if profit is None:
        yield no_profit(change.coverage)
        return
    yield say(
        "profit {now}; {before} a year ago; the change of {change} is made of",
        now=money(profit.profit),
        before=money(profit.profit_before),
        change=money(profit.change),
    )
    yield from _parts(profit.parts, money)
