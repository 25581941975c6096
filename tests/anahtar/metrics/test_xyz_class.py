"""How evenly an account buys: on months, on quarters, and who is named instead of Z."""

from datetime import date

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anahtar.metrics.xyz_class import DEFAULT_CUTS, Periods, Span, regularity

JANUARY = 2025 * 12
YEAR = Periods(JANUARY, JANUARY + 11, "month")
QUARTERS = Periods(JANUARY, JANUARY + 11, "quarter")
LONG_AGO = JANUARY - 60


def judged(
    values: dict[int, dict[int, int]],
    *,
    periods: Periods = YEAR,
    cuts: tuple[float, float] = DEFAULT_CUTS,
    ledger_from: int = LONG_AGO,
    bought: dict[int, tuple[int, date]] | None = None,
) -> dict[int, tuple[float | None, str]]:
    """{account: {month of the window, 0 is its first: value}} -> {account: (cv, xyz)}."""
    rows = [
        {"account_id": account, "month": JANUARY + month, "revenue": value}
        for account, months in values.items()
        for month, value in months.items()
    ]
    known = bought or {account: (10, date(2020, 1, 1)) for account in values}
    rhythm = [
        {"account_id": account, "purchase_days": days, "first_purchase": first}
        for account, (days, first) in known.items()
    ]
    table = regularity(
        ibis.memtable(pa.Table.from_pylist(rows)),
        ibis.memtable(pa.Table.from_pylist(rhythm)),
        periods=periods,
        ledger_from=ledger_from,
        cuts=cuts,
    )
    return {row["account_id"]: (row["cv"], row["xyz"]) for row in table.to_pyarrow().to_pylist()}


def test_the_same_every_month_is_x():
    assert judged({1: dict.fromkeys(range(12), 1_000)}) == {1: (0.0, "X")}


def test_empty_months_count_as_zero():
    """Bought in 6 of 12 months, 100 each: mean 50, deviation 50, so 1 exactly, which is still Y."""
    assert judged({1: dict.fromkeys(range(0, 12, 2), 100)}) == {1: (1.0, "Y")}


def test_the_border_of_x_belongs_to_x():
    """Half the months 150, half 50: mean 100, population deviation 50."""
    assert judged({1: {month: 150 if month % 2 else 50 for month in range(12)}}) == {1: (0.5, "X")}


def test_once_a_quarter_is_irregular_by_month_and_even_by_quarter():
    """The most regular buyer there is: monthly (x,0,0,x,…) has the coefficient sqrt(2)."""
    clockwork = {1: dict.fromkeys((0, 3, 6, 9), 500)}
    assert judged(clockwork)[1] == (pytest.approx(2**0.5, abs=1e-9), "Z")
    assert judged(clockwork, periods=QUARTERS) == {1: (0.0, "X")}


def test_a_window_that_is_not_whole_quarters_drops_its_oldest_months_and_says_how_many():
    periods = Periods(JANUARY, JANUARY + 13, "quarter")
    assert (periods.count, periods.dropped_months, periods.since) == (4, 2, JANUARY + 2)
    assert judged({1: {0: 9_999, 2: 10, 5: 10, 8: 10, 13: 10}}, periods=periods) == {1: (0.0, "X")}


def test_a_window_shorter_than_a_period_judges_nobody():
    assert judged({1: {0: 100, 1: 100}}, periods=Periods(JANUARY, JANUARY + 1, "quarter")) == {}


def test_returns_that_eat_the_purchases_leave_it_undefined():
    assert judged({1: {0: 100, 5: -100}, 2: {3: -1}}) == {1: (None, "undefined"), 2: (None, "undefined")}


def test_money_that_is_unknown_is_undefined_not_zero():
    table = regularity(
        ibis.memtable(
            pa.table(
                {
                    "account_id": [1],
                    "month": [JANUARY],
                    "profit": pa.array([None], pa.int64()),
                }
            )
        ),
        ibis.memtable(pa.table({"account_id": [1], "purchase_days": [3], "first_purchase": [date(2025, 1, 3)]})),
        periods=YEAR,
        measure="profit",
        ledger_from=LONG_AGO,
    )
    assert table.to_pyarrow().to_pylist() == [{"account_id": 1, "cv": None, "xyz": "undefined"}]


def test_one_purchase_day_in_the_whole_ledger_is_a_one_off_and_ten_before_the_window_are_not():
    """One month of twelve: sqrt(12 / 1 - 1) = 3.317 for both."""
    bought = {1: (1, date(2025, 2, 3)), 2: (11, date(2019, 5, 5))}
    found = judged({1: {1: 700}, 2: {1: 700}}, bought=bought)
    assert found == {1: (pytest.approx(11**0.5), "one_off"), 2: (pytest.approx(11**0.5), "Z")}


@pytest.mark.parametrize(
    ("periods", "first", "expected"),
    [
        (YEAR, date(2025, 8, 1), "new"),  # August to December: 5 months, fewer than half of 12
        (YEAR, date(2025, 7, 31), "Z"),  # 6 months are half
        (QUARTERS, date(2025, 10, 1), "new"),  # 1 quarter of 4
        (QUARTERS, date(2025, 9, 30), "Z"),
    ],
)
def test_a_first_purchase_with_less_than_half_of_the_periods_left_is_new(periods, first, expected):
    assert judged({1: {11: 700}}, periods=periods, bought={1: (2, first)})[1][1] == expected


def test_who_is_new_and_bought_once_is_new():
    assert judged({1: {11: 700}}, bought={1: (1, date(2025, 12, 5))})[1][1] == "new"


def test_nobody_is_new_in_a_ledger_that_is_young_itself():
    found = judged({1: {11: 700}}, bought={1: (4, date(2025, 12, 5))}, ledger_from=JANUARY + 8)
    assert found[1][1] == "Z"


@settings(max_examples=25, deadline=None)
@given(
    span=st.sampled_from(["month", "quarter"]),
    since=st.integers(0, 11),
    values=st.lists(st.integers(0, 10_000), min_size=12, max_size=12),
)
def test_new_and_one_off_were_z_by_arithmetic_at_the_default_cuts(span: Span, since: int, values: list[int]):
    """Fold `new` and `one_off` into Z and nothing of X and Y has moved: Cauchy and Schwarz give cv² >= n / k - 1."""
    periods = Periods(JANUARY, JANUARY + 11, span)
    months = {month: value for month, value in enumerate(values) if month >= since and value}
    once = {since: 500}
    first = date(2025, since + 1, 1)
    for account in judged(
        {1: months or once, 2: once}, periods=periods, bought={1: (9, first), 2: (1, first)}
    ).values():
        cv, xyz = account
        assert cv is not None
        assert (xyz in ("X", "Y")) == (cv <= 1.0)
        if first.month - 1 + JANUARY >= periods.new_since:
            assert cv > 1.0


def test_a_wide_cut_leaves_a_new_account_where_the_arithmetic_puts_it():
    assert judged({1: {11: 700}}, bought={1: (1, date(2025, 12, 5))}, cuts=(0.5, 9.0))[1][1] == "Y"


@settings(max_examples=20, deadline=None)
@given(
    values=st.dictionaries(
        st.integers(1, 6), st.dictionaries(st.integers(0, 11), st.integers(-1_000, 100_000), min_size=1), min_size=1
    ),
    factor=st.integers(2, 1_000),
)
def test_doubling_all_amounts_and_turning_the_rows_round_leaves_the_classes(values, factor):
    scaled = {
        account: {month: value * factor for month, value in reversed(months.items())}
        for account, months in reversed(values.items())
    }
    assert judged(scaled) == judged(values)
