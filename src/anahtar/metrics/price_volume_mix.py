"""Price, volume and mix: what a change of revenue and of profit between two spans of time is made of.

In whole numbers and not as an expression: the parts have to come to the change to the last unit, and quantity times
revenue outgrows the numbers in which engines are exact.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from anahtar.facts.product_sums import Kind, ProductSum
from anahtar.metrics.change import (
    Carried,
    Change,
    CostCoverage,
    DirectionChange,
    ProductChange,
    ProductState,
    ProfitChange,
    ProfitParts,
    RevenueParts,
)


def price_volume_mix(now: Sequence[ProductSum], before: Sequence[ProductSum]) -> Change:
    """Take a change apart into new and stopped products, volume, mix, price, returns and what cannot be explained.

    With quantity q, revenue r and average price p = r / q of a product before (0) and now (1), Q the quantity and R
    the revenue of all products bought in both spans:

        new      r1 of the products bought now and not before
        stopped  -r0 of those bought before and not now
        volume   (Q1 - Q0) * R0 / Q0           a product's part: (Q1 / Q0 - 1) * r0
        mix      sum of q1 * p0, less Q1 * R0 / Q0    its part: (q1 - q0 * Q1 / Q0) * p0
        price    sum of q1 * (p1 - p0)         its part: r1 - q1 * p0

    so that volume + mix + price = R1 - R0, product by product. Cost accounting calls the three the sales-quantity, the
    sales-mix and the selling-price variance, with the budget in the place of the year before. Of profit, margins
    stand in the place of prices in volume and mix, and price is joined by cost: -(c1 - q1 * c0 / q0).

    A product is bought in a span where what it comes to there, returns netted, is a quantity above zero and a revenue
    of zero or more (free pieces are bought at a price of zero). Where it is not, its revenue there belongs to
    `returns`: they give back what was bought earlier. Lines that name no product, no quantity, a quantity of zero or
    one with the other sign than their amount say nothing of a price: `returns` where they are below zero, else
    `unexplained`.

    Volume, price and cost of each product are rounded to whole money units, half away from zero; what that leaves goes
    to the product's mix. The parts of a total are the sums of its products' parts.

    Parameters
    ----------
    now, before
        Sums by product, direction and kind (`anahtar.facts.product_sums`).

    References
    ----------
    Horngren, Datar, Rajan, Cost Accounting: A Managerial Emphasis, "Sales variances": static-budget, flexible-budget,
    sales-mix and sales-quantity variances.
    """
    coverage = _coverage([*now, *before])
    with_profit = 0 == coverage.lines_without_cost < coverage.lines
    products = _products(now, before)
    totals = _totals(products)
    rows = sorted((_row(one, totals, with_profit) for one in products), key=_greatest_first)
    return Change(
        revenue=_revenue(now),
        revenue_before=_revenue(before),
        parts=sum((row.parts for row in rows), RevenueParts()),
        products=rows,
        directions=_directions(rows, now, before),
        credits=_carried(Kind.CREDIT, now, before),
        unexplained=_carried(Kind.UNEXPLAINED, now, before),
        profit=_all_profit(rows) if with_profit else None,
        coverage=coverage,
    )


# One product -----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Side:
    """One product in one span: what counts for it, and the revenue and cost of its other lines."""

    quantity: int = 0
    revenue: int = 0
    cost: int = 0
    credit: int = 0
    credit_cost: int = 0
    other: int = 0
    other_cost: int = 0
    counted: bool = False

    @property
    def is_bought(self) -> bool:
        return self.quantity > 0 and self.revenue >= 0

    @property
    def margin(self) -> int:
        return self.revenue - self.cost

    @property
    def all_revenue(self) -> int:
        return self.revenue + self.credit + self.other

    @property
    def all_cost(self) -> int:
        return self.cost + self.credit_cost + self.other_cost

    def take(self, one: ProductSum) -> None:
        # A cost that is not known is asked about only where profit is told, and there none is unknown.
        cost = one.cost or 0
        match one.kind:
            case Kind.COUNTED:
                self.counted = True
                self.quantity += one.quantity or 0
                self.revenue += one.revenue
                self.cost += cost
            case Kind.CREDIT:
                self.credit += one.revenue
                self.credit_cost += cost
            case Kind.UNEXPLAINED:
                self.other += one.revenue
                self.other_cost += cost


@dataclass(frozen=True, slots=True)
class _Product:
    code: str | None
    name: str | None
    direction: str | None
    now: _Side
    before: _Side

    @property
    def continues(self) -> bool:
        return self.now.is_bought and self.before.is_bought


@dataclass(frozen=True, slots=True)
class _Totals:
    """Quantities of all products bought in both spans."""

    now: int
    before: int


def _products(now: Sequence[ProductSum], before: Sequence[ProductSum]) -> list[_Product]:
    """Each product in both spans; of lines that name none, those of each direction are one."""
    sides: dict[tuple[str | None, str | None], tuple[_Side, _Side]] = {}
    names: dict[str | None, str | None] = {}
    weights: dict[tuple[str | None, str | None], dict[str | None, int]] = {}
    for at, sums in enumerate((now, before)):
        for one in sums:
            key = (one.product, one.direction if one.product is None else None)
            sides.setdefault(key, (_Side(), _Side()))[at].take(one)
            names[one.product] = names.get(one.product) or one.product_name
            weight = weights.setdefault(key, {})
            weight[one.direction] = weight.get(one.direction, 0) + one.revenue
    return [_Product(key[0], names[key[0]], _heaviest(weights[key]), *both) for key, both in sides.items()]


def _heaviest(weights: dict[str | None, int]) -> str | None:
    """The direction of most revenue in both spans together; of equal ones the first code."""
    return min(weights, key=lambda code: (-weights[code], code is None, code or ""))


def _totals(products: Iterable[_Product]) -> _Totals:
    both = [one for one in products if one.continues]
    return _Totals(sum(one.now.quantity for one in both), sum(one.before.quantity for one in both))


def _row(one: _Product, totals: _Totals, with_profit: bool) -> ProductChange:
    now, before = one.now, one.before
    return ProductChange(
        product=one.code,
        name=one.name,
        direction=one.direction,
        state=_state(one),
        revenue=now.all_revenue,
        revenue_before=before.all_revenue,
        quantity=now.quantity if now.is_bought else None,
        quantity_before=before.quantity if before.is_bought else None,
        price=_price(now),
        price_before=_price(before),
        parts=_revenue_parts(one, totals),
        profit=_profit(one, totals) if with_profit else None,
    )


def _state(one: _Product) -> ProductState:
    change = one.now.all_revenue - one.before.all_revenue
    match (one.now.is_bought, one.before.is_bought):
        case (True, False):
            return ProductState.NEW
        case (False, True):
            return ProductState.STOPPED
        case (True, True) if change:
            return ProductState.GROWN if change > 0 else ProductState.SHRUNK
        case (True, True):
            return ProductState.STEADY
    return ProductState.GIVEN_BACK if one.now.counted or one.before.counted else ProductState.UNMATCHED


def _price(side: _Side) -> int | None:
    return _part(side.revenue, _PIECE, side.quantity) if side.is_bought else None


_PIECE: Final = 10_000
"""A piece, in the ten-thousandths of quantities."""


def _revenue_parts(one: _Product, totals: _Totals) -> RevenueParts:
    now, before = one.now, one.before
    apart = _apart(one, now.revenue, before.revenue)
    apart |= {"returns": apart["returns"] + now.credit - before.credit, "unexplained": now.other - before.other}
    if not one.continues:
        return RevenueParts(**apart)
    price = _price_effect(one)
    volume = _part(before.revenue, totals.now - totals.before, totals.before)
    mix = now.revenue - before.revenue - price - volume
    return RevenueParts(**apart, volume=volume, mix=mix, price=price)


def _profit(one: _Product, totals: _Totals) -> ProfitChange:
    now, before = one.now, one.before
    apart = _apart(one, now.margin, before.margin)
    apart["returns"] += now.credit - now.credit_cost - before.credit + before.credit_cost
    apart["unexplained"] = now.other - now.other_cost - before.other + before.other_cost
    parts = ProfitParts(**apart)
    if one.continues:
        price, cost = _price_effect(one), _part(before.cost, now.quantity, before.quantity) - now.cost
        volume = _part(before.margin, totals.now - totals.before, totals.before)
        mix = now.margin - before.margin - price - cost - volume
        parts += ProfitParts(price=price, cost=cost, volume=volume, mix=mix)
    return ProfitChange(now.all_revenue - now.all_cost, before.all_revenue - before.all_cost, parts)


def _apart(one: _Product, now: int, before: int) -> dict[str, int]:
    """What is no price, volume or mix, of the lines that count for a product."""
    new, stopped, returns = 0, 0, 0
    match (one.now.is_bought, one.before.is_bought):
        case (True, False):
            new, returns = now, -before
        case (False, True):
            stopped, returns = -before, now
        case (False, False):
            returns = now - before
    return {"new": new, "stopped": stopped, "returns": returns}


def _price_effect(one: _Product) -> int:
    return one.now.revenue - _part(one.before.revenue, one.now.quantity, one.before.quantity)


def _part(amount: int, part: int, whole: int) -> int:
    """The amount times part / whole, rounded half away from zero; whole is above zero."""
    product = amount * part
    rounded = (2 * abs(product) + whole) // (2 * whole)
    return rounded if product >= 0 else -rounded


# All products ----------------------------------------------------------------------------------------------------


def _directions(
    rows: Sequence[ProductChange], now: Sequence[ProductSum], before: Sequence[ProductSum]
) -> list[DirectionChange]:
    names: dict[str | None, str | None] = {}
    revenue: dict[str | None, list[int]] = {}
    for at, sums in enumerate((now, before)):
        for one in sums:
            names[one.direction] = names.get(one.direction) or one.direction_name
            revenue.setdefault(one.direction, [0, 0])[at] += one.revenue
    own: dict[str | None, list[ProductChange]] = {direction: [] for direction in revenue}
    for row in rows:
        own[row.direction].append(row)
    told = [_direction(code, names[code], both[0], both[1], own[code]) for code, both in revenue.items()]
    return sorted(told, key=lambda one: (-abs(one.change), one.direction is None, one.direction or ""))


def _direction(
    direction: str | None, name: str | None, revenue: int, revenue_before: int, products: Sequence[ProductChange]
) -> DirectionChange:
    parts = sum((row.parts for row in products), RevenueParts())
    moved = revenue - revenue_before - parts.total
    return DirectionChange(direction, name, revenue, revenue_before, parts, moved, products)


def _greatest_first(row: ProductChange) -> tuple[int, bool, str, str]:
    return (-abs(row.change), row.product is None, row.product or "", row.direction or "")


def _all_profit(rows: Sequence[ProductChange]) -> ProfitChange:
    told = [row.profit for row in rows if row.profit is not None]
    return ProfitChange(
        sum(one.profit for one in told),
        sum(one.profit_before for one in told),
        sum((one.parts for one in told), ProfitParts()),
    )


def _revenue(sums: Iterable[ProductSum]) -> int:
    return sum(one.revenue for one in sums)


def _carried(kind: Kind, now: Sequence[ProductSum], before: Sequence[ProductSum]) -> Carried:
    own, earlier = ([one for one in sums if one.kind == kind] for sums in (now, before))
    return Carried(_revenue(own), _revenue(earlier), sum(one.lines for one in own), sum(one.lines for one in earlier))


def _coverage(sums: Sequence[ProductSum]) -> CostCoverage:
    return CostCoverage(sum(one.lines for one in sums), sum(one.lines_without_cost for one in sums))
