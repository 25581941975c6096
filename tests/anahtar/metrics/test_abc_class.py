"""Who makes the first 80 % of the value, who the next 15, who the rest."""

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anahtar.metrics.abc_class import abc_class, class_borders


def classed(values: Sequence[int], cuts: tuple[float, float] = (0.80, 0.95)) -> list[Mapping[str, Any]]:
    """The rows of accounts 0, 1, 2… with these values, by account."""
    ids = pa.array(range(len(values)), pa.int32())
    table = ibis.memtable(pa.table({"account_id": ids, "value": pa.array(values, pa.int64())}))
    rows: list[Mapping[str, Any]] = abc_class(table, cuts=cuts).order_by("account_id").to_pyarrow().to_pylist()
    return rows


def letters(values: Sequence[int], cuts: tuple[float, float] = (0.80, 0.95)) -> str:
    return "".join(row["abc"] for row in classed(values, cuts))


def test_the_class_is_decided_by_what_the_larger_accounts_make():
    """Above the second 70 %, above the third 85 %, above the fourth 96 %."""
    assert letters([700, 150, 110, 40]) == "AABC"


def test_who_reaches_a_line_exactly_leaves_the_next_one_below_it():
    """Above the second exactly 80 %: that is no longer less than 80 %."""
    assert letters([800, 150, 50]) == "ABC"


def test_an_account_larger_than_the_first_cut_is_a_alone():
    assert letters([99, 1]) == "AC"


def test_equal_values_stand_in_the_order_of_codes():
    assert [row["rank"] for row in classed([50, 50, 100])] == [2, 3, 1]


def test_zero_and_less_are_outside_the_total():
    rows = classed([60, 0, -500, 40])
    assert [row["abc"] for row in rows] == ["A", "N", "N", "A"]
    assert [row["share"] for row in rows] == [0.6, None, None, 0.4]
    assert [row["rank"] for row in rows] == [1, None, None, 2]


def test_nobody_of_positive_value_leaves_everybody_in_n():
    assert letters([0, -5, 0]) == "NNN"


def test_one_account_is_a():
    assert classed([7])[0] == {
        "account_id": 0,
        "value": 7,
        "rank": 1,
        "share": 1.0,
        "cumulative_share": 1.0,
        "share_above": 0.0,
        "abc": "A",
    }


def test_windows_are_classed_apart():
    table = pa.table(
        {
            "span": pa.array([0, 0, 1, 1], pa.int8()),
            "account_id": pa.array([0, 1, 0, 1], pa.int32()),
            "value": pa.array([90, 10, 10, 90], pa.int64()),
        }
    )
    rows = abc_class(ibis.memtable(table), by=("span",)).order_by("span", "account_id").to_pyarrow().to_pylist()
    assert [(row["span"], row["abc"]) for row in rows] == [(0, "A"), (0, "B"), (1, "B"), (1, "A")]


def test_the_border_is_the_account_across_it():
    """700 and 150 are A above 110 (B); B lies above 40 (C); C lies below 110."""
    table = pa.table({"account_id": pa.array(range(5), pa.int32()), "value": pa.array([700, 150, 110, 40, -1])})
    found = class_borders(abc_class(ibis.memtable(table))).order_by("account_id").to_pyarrow()
    assert found["abc_border"].to_pylist() == [110, 110, 40, 110, None]
    assert found["abc_distance"].to_pylist() == pytest.approx([700 / 110 - 1, 150 / 110 - 1, 1.75, 40 / 110 - 1, None])


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=30), st.integers(2, 1000))
def test_doubling_every_amount_leaves_every_class(values: list[int], factor: int):
    assert letters(values) == letters([value * factor for value in values])


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=30))
def test_classes_are_those_of_a_plain_loop(values: list[int]):
    total, above, expected = sum(max(value, 0) for value in values), 0, {}
    for value, account in sorted(
        ((value, account) for account, value in enumerate(values)), key=lambda v: (-v[0], v[1])
    ):
        part = above / total if total else 0
        expected[account] = "N" if value <= 0 else "A" if part < 0.80 else "B" if part < 0.95 else "C"
        above += max(value, 0)
    assert letters(values) == "".join(expected[account] for account in range(len(values)))
