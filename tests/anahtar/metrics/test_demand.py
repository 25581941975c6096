"""Smooth, erratic, intermittent, lumpy: how often and how evenly an account buys."""

import ibis
import pyarrow as pa

from anahtar.metrics.demand import demand_pattern

JANUARY = 2025 * 12


def patterns(values: dict[int, dict[int, int]]) -> dict[int, tuple[float, float, str]]:
    """{account: {month of 2025, 0 is January: value}} -> {account: (adi, cv2, demand)}."""
    rows = [
        {"account_id": account, "month": JANUARY + month, "revenue": value}
        for account, months in values.items()
        for month, value in months.items()
    ]
    table = demand_pattern(ibis.memtable(pa.Table.from_pylist(rows)), first_month=JANUARY, last_month=JANUARY + 11)
    return {row["account_id"]: (row["adi"], row["cv2"], row["demand"]) for row in table.to_pyarrow().to_pylist()}


def test_the_four_patterns_are_told_apart():
    """
    1  every month the same                       12/12 = 1,   variation 0
    2  every month, one of twelve is 100 times    variation ((100²+11)·12/111² - 1) = 8.75
    3  every other month the same                 12/6 = 2,    variation 0
    4  two months, 100 and 1                      12/2 = 6,    variation (10001·2/101² - 1) = 0.96
    """
    found = patterns(
        {
            1: dict.fromkeys(range(12), 50),
            2: dict.fromkeys(range(11), 1) | {11: 100},
            3: dict.fromkeys(range(0, 12, 2), 50),
            4: {0: 100, 7: 1},
        }
    )
    assert {account: demand for account, (_, _, demand) in found.items()} == {
        1: "smooth",
        2: "erratic",
        3: "intermittent",
        4: "lumpy",
    }
    assert found[1][:2] == (1.0, 0.0)
    assert found[4][:2] == (6.0, round(10001 * 2 / 101**2 - 1, 9))


def test_a_single_month_has_no_pattern():
    assert patterns({1: {3: 500}}) == {}


def test_months_outside_the_window_do_not_count():
    assert patterns({1: {-1: 500, 3: 500, 12: 500}}) == {}


def test_a_month_of_returns_or_of_cancelled_purchases_is_no_month_of_buying():
    assert patterns({1: {0: 100, 1: -100, 2: 0, 3: 100}})[1] == (6.0, 0.0, "intermittent")


def test_the_variation_border_belongs_to_the_lumpy():
    """17 and 3 in two months: mean 10, deviation 7, squared 0.49 exactly."""
    assert patterns({1: {0: 17, 5: 3}})[1] == (6.0, 0.49, "lumpy")
