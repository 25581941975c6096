"""What a change is made of: textbook figures, an oracle in fractions, and truths about every ledger."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anahtar.facts.product_sums import Kind, ProductSum
from anahtar.metrics.change import Change, ProductState, ProfitParts, RevenueParts
from anahtar.metrics.price_volume_mix import price_volume_mix

UNIT = 10_000


def sold(
    product: str | None,
    quantity: float | None,
    revenue: int,
    cost: int | None = None,
    *,
    direction: str | None = None,
    kind: Kind = Kind.COUNTED,
) -> ProductSum:
    """One line of a product, in whole pieces and whole lira."""
    return ProductSum(
        product,
        None if product is None else f"name of {product}",
        direction,
        None if direction is None else f"name of {direction}",
        kind,
        None if quantity is None else int(quantity * UNIT),
        revenue * UNIT,
        None if cost is None else cost * UNIT,
        1,
        1 if cost is None and revenue else 0,
    )


def lira(parts: RevenueParts) -> dict[str, int]:
    """The parts that are not zero, in whole lira."""
    told = {part.name: getattr(parts, part.name) for part in fields(parts)}
    assert all(value % UNIT == 0 for value in told.values())
    return {name: value // UNIT for name, value in told.items() if value}


def test_the_variances_of_the_textbook_come_out() -> None:
    """
    Horngren, Datar, Foster, Rajan, Ittner, Cost Accounting, 13th edition, pages 517-519: Kola, Limor and Orlem,
    contribution margins; budget in the place of the year before.

            budget: cartons  margin   actual: cartons
    Kola            400,000    2.00           480,000
    Limor           600,000    1.20           900,000
    Orlem         1,500,000    2.50         1,620,000
    """
    before = [sold("Kola", 400_000, 800_000), sold("Limor", 600_000, 720_000), sold("Orlem", 1_500_000, 3_750_000)]
    now = [sold("Kola", 480_000, 960_000), sold("Limor", 900_000, 1_080_000), sold("Orlem", 1_620_000, 4_050_000)]
    change = price_volume_mix(now, before)
    assert lira(change.parts) == {"volume": 1_054_000, "mix": -234_000}
    assert {row.product: lira(row.parts) for row in change.products} == {
        "Limor": {"volume": 144_000, "mix": 216_000},
        "Orlem": {"volume": 750_000, "mix": -450_000},
        "Kola": {"volume": 160_000},
    }


def test_every_part_of_revenue_by_hand() -> None:
    """
                          before            now
    valve         10 at 100 = 1000    20 at 110 = 2200
    pump          30 at  10 =  300    20 at  10 =  200
    hose           5 at  20 =  100    -
    seal          -                    4 at  25 =  100
    gone          -2         = -50    -                     (a return of what was bought earlier)
    bonus                      -10          -40             (a credit note without a product)
    service                     60           90             (no quantity)

    valve and pump: 40 pieces both times, so no volume; at the prices before 20 * 100 + 20 * 10 = 2200 instead of 1300
    is mix, and 20 * 10 is price.
    """
    before = [
        *(sold("valve", 10, 1000), sold("pump", 30, 300), sold("hose", 5, 100), sold("gone", -2, -50)),
        *(sold(None, None, -10, kind=Kind.CREDIT), sold("service", None, 60, kind=Kind.UNEXPLAINED)),
    ]
    now = [
        *(sold("valve", 20, 2200), sold("pump", 20, 200), sold("seal", 4, 100)),
        *(sold(None, None, -40, kind=Kind.CREDIT), sold("service", None, 90, kind=Kind.UNEXPLAINED)),
    ]
    change = price_volume_mix(now, before)
    assert (change.revenue, change.revenue_before) == (2550 * UNIT, 1400 * UNIT)
    assert lira(change.parts) == {
        "new": 100,
        "stopped": -100,
        "mix": 900,
        "price": 200,
        "returns": 20,
        "unexplained": 30,
    }
    assert [(row.product, row.state, row.change // UNIT) for row in change.products] == [
        ("valve", ProductState.GROWN, 1200),
        ("hose", ProductState.STOPPED, -100),
        ("pump", ProductState.SHRUNK, -100),
        ("seal", ProductState.NEW, 100),
        ("gone", ProductState.GIVEN_BACK, 50),
        ("service", ProductState.UNMATCHED, 30),
        (None, ProductState.UNMATCHED, -30),
    ]
    valve = change.products[0]
    assert (valve.quantity, valve.quantity_before) == (20 * UNIT, 10 * UNIT)
    assert (valve.price, valve.price_before) == (110 * UNIT, 100 * UNIT)
    hose = change.products[1]
    assert (hose.quantity, hose.price, hose.price_before) == (None, None, 20 * UNIT)
    assert (change.unexplained.revenue, change.unexplained.lines_before) == (90 * UNIT, 1)
    assert (change.credits.revenue, change.credits.revenue_before) == (-40 * UNIT, -10 * UNIT)


def test_a_change_of_volume_alone_is_volume_alone() -> None:
    before = [sold("a", 10, 100), sold("b", 30, 900)]
    now = [sold("a", 15, 150), sold("b", 45, 1350)]
    assert lira(price_volume_mix(now, before).parts) == {"volume": 500}


def test_profit_has_a_part_of_cost_as_well() -> None:
    """
            before                      now
    valve   10 at 100, cost 60 each     12 at 105, cost 70 each
    """
    change = price_volume_mix([sold("valve", 12, 1260, 840)], [sold("valve", 10, 1000, 600)])
    assert change.profit is not None
    assert (change.profit.profit, change.profit.profit_before) == (420 * UNIT, 400 * UNIT)
    assert lira(change.profit.parts) == {"price": 60, "cost": -120, "volume": 80}
    assert change.products[0].profit == change.profit


def test_a_cost_that_is_missing_anywhere_leaves_profit_unknown() -> None:
    change = price_volume_mix([sold("a", 1, 10, 5), sold("b", 1, 10)], [sold("a", 1, 10, 5)])
    assert change.profit is None
    assert all(row.profit is None for row in change.products)
    assert (change.coverage.lines, change.coverage.lines_without_cost) == (3, 1)


def test_free_pieces_are_bought_at_a_price_of_zero() -> None:
    change = price_volume_mix([sold("sample", 5, 50)], [sold("sample", 5, 0)])
    assert lira(change.parts) == {"price": 50}
    assert change.products[0].price_before == 0


def test_more_money_back_than_was_paid_is_no_price() -> None:
    change = price_volume_mix([sold("a", 5, 50)], [sold("a", 1, -20)])
    assert lira(change.parts) == {"new": 50, "returns": 20}


def test_a_product_stands_in_the_direction_of_most_of_its_revenue_and_the_rest_is_told_as_moved() -> None:
    """
    product  direction  before  now
    a        metal         100  130
    a        wood           10   30
    b        wood           50   40
    """
    before = [
        sold("a", 10, 100, direction="metal"),
        sold("a", 1, 10, direction="wood"),
        sold("b", 5, 50, direction="wood"),
    ]
    now = [
        sold("a", 13, 130, direction="metal"),
        sold("a", 3, 30, direction="wood"),
        sold("b", 4, 40, direction="wood"),
    ]
    change = price_volume_mix(now, before)
    told = {
        one.direction: (one.change // UNIT, one.parts.total // UNIT, one.moved // UNIT) for one in change.directions
    }
    assert told == {"metal": (30, 50, -20), "wood": (10, -10, 20)}
    assert [row.product for row in change.directions[0].products] == ["a"]
    assert change.directions[0].name == "name of metal"


def test_money_beyond_the_whole_numbers_of_a_double_stays_exact() -> None:
    huge = 9_007_199_254_740_993
    one = replace(sold("a", 3, 0), revenue=huge)
    other = replace(sold("a", 7, 0), revenue=3 * huge + 1)
    change = price_volume_mix([other], [one])
    assert change.parts.total == 2 * huge + 1
    assert change.parts.price == 3 * huge + 1 - 7 * huge // 3


# An oracle in fractions, written from the definitions -------------------------------------------------------------


def by_definition(now: Sequence[ProductSum], before: Sequence[ProductSum]) -> dict[str, Fraction]:
    def of(sums: Sequence[ProductSum], product: str | None, column: str) -> int:
        lines = [one for one in sums if one.product == product and one.kind == Kind.COUNTED]
        return sum(getattr(one, column) or 0 for one in lines)

    def bought(sums: Sequence[ProductSum], product: str | None) -> bool:
        return of(sums, product, "quantity") > 0 and of(sums, product, "revenue") >= 0

    names = {one.product for one in [*now, *before] if one.kind == Kind.COUNTED}
    both = [name for name in names if bought(now, name) and bought(before, name)]
    q1, q0 = ({name: Fraction(of(sums, name, "quantity")) for name in both} for sums in (now, before))
    r1, r0 = ({name: Fraction(of(sums, name, "revenue")) for name in both} for sums in (now, before))
    new = sum(of(now, name, "revenue") for name in names if bought(now, name) and not bought(before, name))
    stopped = -sum(of(before, name, "revenue") for name in names if bought(before, name) and not bought(now, name))
    average = sum(r0.values()) / sum(q0.values()) if both else Fraction(0)
    volume = (sum(q1.values()) - sum(q0.values())) * average
    at_old_prices = sum(q1[name] * r0[name] / q0[name] for name in both)
    back = [
        sum(of(sums, name, "revenue") for name in names if not bought(sums, name))
        + sum(one.revenue for one in sums if one.kind == Kind.CREDIT)
        for sums in (now, before)
    ]
    other = [sum(one.revenue for one in sums if one.kind == Kind.UNEXPLAINED) for sums in (now, before)]
    return {
        "new": Fraction(new),
        "stopped": Fraction(stopped),
        "volume": Fraction(volume),
        "mix": Fraction(at_old_prices - sum(q1.values()) * average),
        "price": Fraction(sum(r1.values()) - at_old_prices),
        "returns": Fraction(back[0] - back[1]),
        "unexplained": Fraction(other[0] - other[1]),
    }


money = st.integers(-(10**13), 10**13) | st.integers(-50, 50)


@st.composite
def lines(draw: st.DrawFn) -> ProductSum:
    kind = draw(st.sampled_from([Kind.COUNTED, Kind.COUNTED, Kind.COUNTED, Kind.CREDIT, Kind.UNEXPLAINED]))
    revenue = draw(money)
    product = draw(st.sampled_from("abcd"))
    quantity: int | None = None
    match kind:
        case Kind.COUNTED:
            quantity = draw(st.integers(1, 10**9)) * (1 if revenue >= 0 else -1)
        case Kind.CREDIT:
            revenue = -abs(revenue) - 1
        case Kind.UNEXPLAINED:
            revenue = abs(revenue)
    named = product if kind == Kind.COUNTED or draw(st.booleans()) else None
    direction = draw(st.sampled_from(["x", "y", None]))
    return ProductSum(named, None, direction, None, kind, quantity, revenue, draw(money), 1, 0)


ledgers = st.lists(lines(), max_size=12)


@given(ledgers, ledgers)
def test_the_parts_are_those_of_the_definition_and_come_to_the_change(
    now: list[ProductSum], before: list[ProductSum]
) -> None:
    change = price_volume_mix(now, before)
    assert change.parts.total == change.change == sum(o.revenue for o in now) - sum(o.revenue for o in before)
    right = by_definition(now, before)
    for name, exact in right.items():
        rounded = 4 if name in ("volume", "price") else 8 if name == "mix" else 0
        assert abs(getattr(change.parts, name) - exact) <= rounded, name


def everything(parts: Iterable[RevenueParts]) -> RevenueParts:
    return sum(parts, RevenueParts())


@given(ledgers, ledgers)
def test_products_and_directions_add_up(now: list[ProductSum], before: list[ProductSum]) -> None:
    change = price_volume_mix(now, before)
    assert everything(row.parts for row in change.products) == change.parts
    assert everything(one.parts for one in change.directions) == change.parts
    assert all(row.parts.total == row.change for row in change.products)
    assert all(one.parts.total + one.moved == one.change for one in change.directions)
    assert sum(one.moved for one in change.directions) == 0
    assert sum(len(one.products) for one in change.directions) == len(change.products)
    assert all(abs(first.change) >= abs(second.change) for first, second in pairwise(change.products))


@given(ledgers, ledgers)
def test_profit_adds_up(now: list[ProductSum], before: list[ProductSum]) -> None:
    profit = price_volume_mix(now, before).profit
    if not now and not before:
        assert profit is None
        return
    assert profit is not None
    right = sum(o.revenue - (o.cost or 0) for o in now) - sum(o.revenue - (o.cost or 0) for o in before)
    assert profit.parts.total == profit.change == right
    told = [row.profit for row in price_volume_mix(now, before).products]
    assert all(one is not None and one.parts.total == one.change for one in told)
    assert sum((one.parts for one in told if one), ProfitParts()) == profit.parts


@given(ledgers, ledgers)
def test_the_windows_swapped_give_the_opposite_change(now: list[ProductSum], before: list[ProductSum]) -> None:
    there, back = price_volume_mix(now, before), price_volume_mix(before, now)
    assert there.parts.total == -back.parts.total
    for one, other in (("new", "stopped"), ("returns", "returns"), ("unexplained", "unexplained")):
        assert getattr(there.parts, one) == -getattr(back.parts, other)


@given(ledgers, ledgers, st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(now: list[ProductSum], before: list[ProductSum], random: Random) -> None:
    one = price_volume_mix(now, before)
    random.shuffle(now)
    random.shuffle(before)
    assert price_volume_mix(now, before) == one


@given(ledgers, ledgers, st.integers(2, 1000))
def test_other_pieces_change_no_money(now: list[ProductSum], before: list[ProductSum], factor: int) -> None:
    def packed(sums: list[ProductSum]) -> list[ProductSum]:
        return [replace(one, quantity=None if one.quantity is None else one.quantity * factor) for one in sums]

    assert price_volume_mix(packed(now), packed(before)).parts == price_volume_mix(now, before).parts


@given(ledgers, ledgers, st.integers(2, 1000))
def test_more_money_is_more_of_each_part_but_for_rounding(
    now: list[ProductSum], before: list[ProductSum], factor: int
) -> None:
    def richer(sums: list[ProductSum]) -> list[ProductSum]:
        return [replace(one, revenue=one.revenue * factor) for one in sums]

    parts, more = price_volume_mix(now, before).parts, price_volume_mix(richer(now), richer(before)).parts
    assert more.total == parts.total * factor
    for part in fields(parts):
        assert abs(getattr(more, part.name) - getattr(parts, part.name) * factor) <= 8 * (factor + 1), part.name


@given(ledgers)
def test_nothing_changed_is_no_part_of_anything(now: list[ProductSum]) -> None:
    change: Change = price_volume_mix(now, now)
    assert change.parts == RevenueParts()


@pytest.mark.parametrize("sums", [[], [sold("a", 1, 1)]])
def test_a_span_without_lines_is_no_error(sums: list[ProductSum]) -> None:
    assert price_volume_mix(sums, []).parts.total == sum(one.revenue for one in sums)
