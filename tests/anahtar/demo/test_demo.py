"""The demo company is the same every time and holds every phenomenon the analysis knows."""

from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from anahtar.demo.company import Customer, customers
from anahtar.demo.files import SEED, UNTIL, write_demo
from anahtar.demo.trade import Line, trade, with_oddities


@pytest.fixture(scope="module")
def everyone() -> list[Customer]:
    return customers(until=UNTIL, seed=SEED)


@pytest.fixture(scope="module")
def clean(everyone: list[Customer]) -> list[Line]:
    return trade(everyone, until=UNTIL, seed=SEED)


def of(everyone: list[Customer], habit: str) -> list[Customer]:
    found = [customer for customer in everyone if customer.habit == habit]
    assert found, f"no customer is {habit}"
    return found


def test_it_has_about_four_hundred_customers_with_codes_that_need_their_zeros(everyone: list[Customer]) -> None:
    assert 380 <= len(everyone) <= 440
    assert len({customer.code for customer in everyone}) == len(everyone)
    assert any(customer.code.startswith("00") for customer in everyone)


def test_it_covers_three_whole_years(clean: list[Line]) -> None:
    assert {line.sold_on.year for line in clean} == {2023, 2024, 2025}
    assert len({(line.sold_on.year, line.sold_on.month) for line in clean}) == 36


@pytest.mark.long
def test_the_same_seed_writes_the_same_text(tmp_path: Path) -> None:
    first, second = write_demo(tmp_path / "a"), write_demo(tmp_path / "b")
    texts = [path.suffix == ".csv" for path in first]
    assert [path.read_bytes() for path, text in zip(first, texts, strict=True) if text] == [
        path.read_bytes() for path, text in zip(second, texts, strict=True) if text
    ]


def test_another_seed_is_another_company(clean: list[Line]) -> None:
    other = customers(until=UNTIL, seed=SEED + 1)
    assert trade(other, until=UNTIL, seed=SEED + 1)[:50] != clean[:50]


def test_the_breadwinner_is_more_than_a_tenth_and_the_group_more_than_a_fifth(
    everyone: list[Customer], clean: list[Line]
) -> None:
    sold: Counter[str] = Counter()
    for line in clean:
        if line.sold_on.year == 2025 and line.currency == "TRY":
            sold[line.customer] += int(line.amount)
    total = sold.total()
    assert sold[of(everyone, "breadwinner")[0].code] / total >= 0.10
    assert sum(sold[customer.code] for customer in of(everyone, "group")) / total >= 0.20


def test_the_silent_are_silent_and_the_lost_are_gone(everyone: list[Customer], clean: list[Line]) -> None:
    last = {line.customer: line.sold_on for line in clean}
    assert all((UNTIL - last[customer.code]).days >= 60 for customer in of(everyone, "silent"))
    assert all((UNTIL - last[customer.code]).days >= 365 for customer in of(everyone, "lost") if customer.code in last)


def test_three_large_ones_cooled_and_left_for_good_before_the_last_twelve_months(
    everyone: list[Customer], clean: list[Line]
) -> None:
    left = of(everyone, "left")
    assert len(left) == 3
    for customer in left:
        days = sorted({line.sold_on for line in clean if line.customer == customer.code})
        gaps = [(later - earlier).days for earlier, later in pairwise(days)]
        assert days[-1] < date(2025, 1, 1)
        assert sum(gaps[-5:]) / 5 > 1.2 * sum(gaps[:-10]) / len(gaps[:-10])


def test_nothing_else_of_the_demo_depends_on_who_left(everyone: list[Customer], clean: list[Line]) -> None:
    """Returns, freight and doubled lines fall on the same lines of all others, with them and without."""
    left = {customer.code for customer in of(everyone, "left")}
    others = [line for line in clean if line.customer not in left]
    with_them = [line for line in with_oddities(clean, seed=SEED, spared=left) if line.customer not in left]
    assert Counter(with_them) == Counter(with_oddities(others, seed=SEED))


def test_the_returned_have_a_gap_of_a_year_and_bought_lately(everyone: list[Customer], clean: list[Line]) -> None:
    for customer in of(everyone, "returned"):
        days = sorted({line.sold_on for line in clean if line.customer == customer.code})
        gaps = [(later - earlier).days for earlier, later in pairwise(days)]
        assert max(gaps) > 365
        assert (UNTIL - days[-1]).days < 60


def test_a_direction_dies_while_the_account_lives(everyone: list[Customer], clean: list[Line]) -> None:
    for customer in of(everyone, "partial"):
        last = {line.direction: line.sold_on for line in clean if line.customer == customer.code}
        assert last["Hidrolik"] < date(2025, 8, 15) < last["Rulman"]


def test_the_successor_begins_where_the_other_code_ends(everyone: list[Customer], clean: list[Line]) -> None:
    old, new = of(everyone, "succeeded")[0].code, of(everyone, "successor")[0].code
    ends = max(line.sold_on for line in clean if line.customer == old)
    begins = min(line.sold_on for line in clean if line.customer == new)
    assert abs((begins - ends).days) <= 30


def test_oddities_are_added_and_the_reversed_giant_weighs_nothing(clean: list[Line]) -> None:
    odd = with_oddities(clean, seed=SEED)
    assert len(odd) > len(clean)
    assert any(line.customer == "" for line in odd)
    assert any(line.product == "NAKLİYE" for line in odd)
    giants = [line for line in odd if abs(line.quantity) == 40_000]
    assert len(giants) == 2
    assert sum((line.amount for line in giants), Decimal(0)) == 0
    repeated = sum(times - 1 for times in Counter(odd).values())
    assert repeated >= sum(times - 1 for times in Counter(clean).values()) + 12
