"""What a change between two spans of time is made of: the values that `anahtar.metrics.price_volume_mix` tells."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Self


class ProductState(StrEnum):
    """What became of a product from one span to the other."""

    NEW = "new"
    STOPPED = "stopped"
    GROWN = "grown"
    SHRUNK = "shrunk"
    STEADY = "steady"
    """Bought in both, and its revenue is the same to the last unit."""
    GIVEN_BACK = "given_back"
    """Bought in neither: what came back outweighs what was bought."""
    UNMATCHED = "unmatched"
    """None of its lines says how many, or they name no product."""


@dataclass(frozen=True, slots=True)
class RevenueParts:
    """Parts of a change of revenue, in money units; they always come to it.

    Parameters
    ----------
    new, stopped
        Products bought now and not before, and the other way round (zero or less).
    volume
        What the products bought in both spans would have changed, had each of them changed like their total quantity.
    mix
        What it made that quantity moved between them, at the prices of before; and what rounding leaves of a product.
    price
        Prices of now against those of before, at the quantities of now.
    returns
        Credit notes without a product or its quantity, and products of which more came back than was bought.
    unexplained
        Other lines without a product or its quantity: nobody can say whether price or quantity changed.
    """

    new: int = 0
    stopped: int = 0
    volume: int = 0
    mix: int = 0
    price: int = 0
    returns: int = 0
    unexplained: int = 0

    @property
    def total(self) -> int:
        """The change."""
        return sum(getattr(self, part.name) for part in fields(self))

    def __add__(self, other: Self) -> Self:
        return type(self)(*(getattr(self, part.name) + getattr(other, part.name) for part in fields(self)))


@dataclass(frozen=True, slots=True)
class ProfitParts(RevenueParts):
    """Parts of a change of profit, in money units; as of revenue, with margins in place of prices, and cost.

    Parameters
    ----------
    cost
        Unit costs of before against those of now, at the quantities of now: below zero where they rose.
    """

    cost: int = 0


@dataclass(frozen=True, slots=True)
class ProfitChange:
    """Profit in two spans and the parts of its change; money units."""

    profit: int
    profit_before: int
    parts: ProfitParts

    @property
    def change(self) -> int:
        """Profit of now less that of before."""
        return self.profit - self.profit_before


@dataclass(frozen=True, slots=True)
class ProductChange:
    """One product in both spans; or the lines of one direction that name no product.

    Parameters
    ----------
    product, name
        Code and name; None where lines name no product, or it has no name.
    direction
        Code of the direction of most of its revenue; None for the lines that name none.
    state
        What became of it.
    revenue, revenue_before
        Money units, of all its lines; 0 where there is none.
    quantity, quantity_before
        Ten-thousandths of a piece; None in a span in which it was not bought.
    price, price_before
        Average price of a piece in money units, rounded; None as above.
    parts
        Of the change of revenue.
    profit
        The same of profit; None where a cost of the whole comparison is unknown.
    """

    product: str | None
    name: str | None
    direction: str | None
    state: ProductState
    revenue: int
    revenue_before: int
    quantity: int | None
    quantity_before: int | None
    price: int | None
    price_before: int | None
    parts: RevenueParts
    profit: ProfitChange | None

    @property
    def change(self) -> int:
        """Revenue of now less that of before, in money units."""
        return self.revenue - self.revenue_before


@dataclass(frozen=True, slots=True)
class DirectionChange:
    """One direction in both spans.

    Parameters
    ----------
    direction, name
        Code and name; None for the lines that name none, or where it has no name.
    revenue, revenue_before
        Money units, of the lines of the direction; 0 where there is none.
    parts
        Of the products that have most of their revenue in it: the sum of theirs.
    moved
        Money units. What the products of other directions changed in this one, less what its own changed in others:
        0 where no product is sold in two directions, and over all directions together. With `parts` it comes to
        the change.
    products
        Those products, the greatest change first.
    """

    direction: str | None
    name: str | None
    revenue: int
    revenue_before: int
    parts: RevenueParts
    moved: int
    products: Sequence[ProductChange]

    @property
    def change(self) -> int:
        """Revenue of now less that of before, in money units."""
        return self.revenue - self.revenue_before


@dataclass(frozen=True, slots=True)
class Carried:
    """What lines of one kind carry in both spans: money units, and how many lines."""

    revenue: int
    revenue_before: int
    lines: int
    lines_before: int


@dataclass(frozen=True, slots=True)
class CostCoverage:
    """What is known of cost: how many lines there are in both spans, and how many worth something without a cost."""

    lines: int
    lines_without_cost: int


@dataclass(frozen=True, slots=True)
class Change:
    """A change of revenue, and of profit where every cost is known, taken apart.

    Parameters
    ----------
    revenue, revenue_before
        Money units.
    parts
        Of the change, and of which products: the sum of theirs.
    products
        Every product with a line in either span, the greatest change first, equal ones by code.
    directions
        The same by direction, in the same order; one without a name where the ledger names none.
    credits, unexplained
        What the lines carry that say nothing of price or quantity.
    profit
        The same of profit; None where the cost of a line worth something is unknown, or no line has any.
    coverage
        Of cost: why profit is None.
    """

    revenue: int
    revenue_before: int
    parts: RevenueParts
    products: Sequence[ProductChange]
    directions: Sequence[DirectionChange]
    credits: Carried
    unexplained: Carried
    profit: ProfitChange | None
    coverage: CostCoverage

    @property
    def change(self) -> int:
        """Revenue of now less that of before, in money units."""
        return self.revenue - self.revenue_before
