"""A successor is told from accounts that buy the same by chance, or begin on that day by chance."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

import numpy as np

from anahtar.facts.baskets import Baskets
from anahtar.metrics.succession import Succession, in_order, successions

STOP = date(2025, 3, 1)
PRODUCTS = 200

Basket = Mapping[int, int]


def basket(random: Random, size: int = 12) -> dict[int, int]:
    return {product: random.randint(1, 9) for product in random.sample(range(PRODUCTS), size)}


def given(bought: Mapping[str, Basket], codes: Sequence[str]) -> Baskets:
    rows = [(product, lines) for code in codes for product, lines in sorted(bought[code].items())]
    sizes = [len(bought[code]) for code in codes]
    products, lines = (np.array([row[at] for row in rows], np.int64) for at in (0, 1))
    return Baskets(codes, np.array([0, *np.cumsum(sizes)], np.int64), products, lines, PRODUCTS)


def found(
    random: Random, *, gap: int, like: float, size: int = 12, others: int = 150, quiet: int = 10
) -> tuple[list[Succession], list[str]]:
    """Some accounts that stopped, the first with a successor `gap` days later that shares a part of its basket."""
    stopped = {f"old-{at}": STOP + timedelta(days=7 * at) for at in range(quiet)}
    bought = {code: basket(random) for code in stopped}
    begun = {f"new-{at}": STOP + timedelta(days=random.randint(-500, 900)) for at in range(others)}
    bought |= {code: basket(random) for code in begun}
    own = list(basket(random, size).items())
    bought["old-0"] = dict(own)
    begun["heir"] = STOP + timedelta(days=gap)
    bought["heir"] = dict(own[: round(like * size)]) or basket(random)
    codes = in_order(stopped=stopped, begun=begun)
    pairs = successions(given(bought, codes), stopped=stopped, begun=begun)
    return pairs, [one.new for one in pairs if one.old == "old-0"]


def test_a_new_account_with_the_basket_of_one_that_stopped_is_its_successor() -> None:
    pairs, heirs = found(Random(1), gap=3, like=0.8)
    assert heirs == ["heir"]
    (heir,) = [one for one in pairs if one.new == "heir"]
    assert heir.gap_days == 3
    assert heir.similarity > heir.usual
    assert heir.by_chance < 0.01
    assert pairs[0] is heir


def test_where_nobody_stopped_or_is_new_there_is_nothing_to_compare() -> None:
    nothing = given({}, [])
    assert successions(nothing, stopped={}, begun={}) == []
    assert successions(given({"a": {1: 1}}, ["a"]), stopped={"a": STOP}, begun={}) == []
    assert successions(given({"a": {1: 1}}, ["a"]), stopped={}, begun={"a": STOP}) == []


def test_out_of_the_window_it_is_none() -> None:
    heirs = {gap: found(Random(2), gap=gap, like=1, quiet=100)[1] for gap in (-61, -60, 180, 181)}
    assert heirs == {-61: [], -60: ["heir"], 180: ["heir"], 181: []}


def test_a_basket_of_a_few_products_proves_nothing() -> None:
    assert found(Random(3), gap=0, like=1, size=4)[1] == []
    assert found(Random(3), gap=0, like=1, size=5)[1] == ["heir"]


def test_among_strangers_hardly_anybody_is_suggested() -> None:
    strangers = [one for seed in range(10) for one in found(Random(seed), gap=0, like=0)[0]]
    # 100 accounts stopped; of each chance may bring 0.05.
    assert len(strangers) <= 8


def test_too_few_to_know_what_chance_does_are_left_alone() -> None:
    assert found(Random(4), gap=0, like=1, others=5)[0] == []


def test_the_order_in_which_accounts_come_does_not_matter() -> None:
    random = Random(5)
    stopped = {f"old-{at}": STOP + timedelta(days=30 * at) for at in range(8)}
    begun = {f"new-{at}": STOP + timedelta(days=random.randint(-300, 600)) for at in range(120)}
    bought = {code: basket(random) for code in (*stopped, *begun)}
    for at in range(4):
        begun[f"new-{at}"], bought[f"new-{at}"] = stopped[f"old-{at}"], bought[f"old-{at}"]
    right = successions(given(bought, in_order(stopped=stopped, begun=begun)), stopped=stopped, begun=begun)
    assert {(one.old, one.new) for one in right} >= {(f"old-{at}", f"new-{at}") for at in range(4)}
    stopped, begun = dict(sorted(stopped.items(), reverse=True)), dict(sorted(begun.items(), reverse=True))
    again = successions(given(bought, in_order(stopped=stopped, begun=begun)), stopped=stopped, begun=begun)
    assert again == right


def test_an_account_that_is_new_and_stopped_is_not_its_own_successor() -> None:
    random = Random(6)
    begun = {f"new-{at}": STOP + timedelta(days=random.randint(-300, 600)) for at in range(120)}
    bought = {code: basket(random) for code in begun}
    stopped = {code: first + timedelta(days=10) for code, first in list(begun.items())[:20]}
    pairs = successions(given(bought, in_order(stopped=stopped, begun=begun)), stopped=stopped, begun=begun)
    assert all(one.old != one.new for one in pairs)
