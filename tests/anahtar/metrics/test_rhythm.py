"""The gaps between an account's purchase days, and today's silence against them."""

from datetime import date, timedelta
from random import Random

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anahtar.metrics.rhythm import base_interval, rhythm

AS_OF = date(2025, 12, 31)
SCHEMA = pa.schema([("account_id", pa.int32()), ("sold_on", pa.date32())])


def days_of(gaps: dict[int, list[int]], *, silence: int = 10) -> ibis.Table:
    """{account: its gaps, oldest first} -> its purchase days, the last of them `silence` days before the as-of day."""
    rows = []
    for account, own in gaps.items():
        day = AS_OF - timedelta(days=silence + sum(own))
        rows.append({"account_id": account, "sold_on": day})
        for gap in own:
            day += timedelta(days=gap)
            rows.append({"account_id": account, "sold_on": day})
    Random(0).shuffle(rows)
    return ibis.memtable(pa.Table.from_pylist(rows, schema=SCHEMA))


def told(gaps: dict[int, list[int]], *, silence: int = 10) -> dict[int, dict[str, object]]:
    rows = rhythm(days_of(gaps, silence=silence), as_of=AS_OF).to_pyarrow().to_pylist()
    return {row["account_id"]: row for row in rows}


def test_gaps_are_days_between_purchase_days():
    """Gaps 10, 20, 60: mean 30, median 20, 95 % at 20 + 0.9·40 = 56, sample deviation 26.4575."""
    assert told({1: [10, 20, 60]}, silence=20)[1] == {
        "account_id": 1,
        "purchase_days": 4,
        "gaps": 3,
        "gap_mean": 30.0,
        "gap_median": 20.0,
        "gap_p95": pytest.approx(56.0),
        "gap_longest": 60,
        "first_purchase": date(2025, 9, 12),
        "last_purchase": date(2025, 12, 11),
        "age": 110,
        "silence": 20,
        "silences_as_long": 2,
        "recent_longest": 60,
        "interval_cv": pytest.approx(26.457513 / 30),
    }


def test_a_percentile_of_whole_days_is_not_a_little_less():
    """Gaps 4, 10, 26, 86: 95 % at 26 + 0.85·60 = 77; in doubles 76.99999999999997, and the account late a day early."""
    assert told({1: [10, 4, 26, 86]})[1]["gap_p95"] == 77.0


def test_a_single_purchase_day_has_a_silence_and_no_gap():
    assert told({1: []}, silence=7)[1] == {
        "account_id": 1,
        "purchase_days": 1,
        "gaps": 0,
        "gap_mean": None,
        "gap_median": None,
        "gap_p95": None,
        "gap_longest": None,
        "first_purchase": date(2025, 12, 24),
        "last_purchase": date(2025, 12, 24),
        "age": 7,
        "silence": 7,
        "silences_as_long": 0,
        "recent_longest": None,
        "interval_cv": None,
    }


def test_two_gaps_are_too_few_for_a_spread():
    found = told({1: [10, 20], 2: [10, 20, 30]})
    assert found[1]["interval_cv"] is None
    assert found[2]["interval_cv"] == pytest.approx(0.5)


def test_clockwork_has_no_spread():
    assert told({1: [91] * 8})[1]["interval_cv"] == 0.0


def test_only_the_last_three_gaps_are_recent():
    found = told({1: [200, 10, 12, 11], 2: [10, 200, 12, 11]})
    assert (found[1]["gap_longest"], found[1]["recent_longest"]) == (200, 12)
    assert found[2]["recent_longest"] == 200


def test_days_after_the_as_of_day_do_not_exist():
    days = days_of({1: [10, 20]}, silence=0)
    row = rhythm(days, as_of=AS_OF - timedelta(days=5)).to_pyarrow().to_pylist()[0]
    assert (row["purchase_days"], row["silence"], row["gap_longest"]) == (2, 15, 10)


def test_the_base_interval_is_the_median_of_own_means_over_accounts_with_two_gaps():
    days = days_of({1: [10, 30], 2: [50, 50], 3: [80, 100], 4: [1], 5: []})
    assert base_interval(rhythm(days, as_of=AS_OF)).to_pyarrow().to_pylist() == [{"days": 50.0}]


def test_a_base_that_never_buys_three_times_has_no_interval():
    days = days_of({1: [10], 2: []})
    assert base_interval(rhythm(days, as_of=AS_OF)).to_pyarrow().to_pylist() == [{"days": None}]


@settings(max_examples=15, deadline=None)
@given(
    gaps=st.dictionaries(st.integers(1, 9), st.lists(st.integers(1, 90), max_size=6), min_size=1),
    shift=st.integers(1, 1_000),
)
def test_renaming_the_accounts_changes_nothing_else(gaps: dict[int, list[int]], shift: int):
    renamed = told({account * 7 + shift: own for account, own in gaps.items()})
    for account, row in told(gaps).items():
        assert renamed[account * 7 + shift] == row | {"account_id": account * 7 + shift}


@settings(max_examples=25, deadline=None)
@given(own=st.lists(st.integers(1, 400), min_size=1, max_size=8), silence=st.integers(0, 500))
def test_it_agrees_with_counting_by_hand(own: list[int], silence: int):
    row = told({7: own}, silence=silence)[7]
    ordered = sorted(own)
    place = 0.95 * (len(own) - 1)
    low = int(place)
    high = min(low + 1, len(own) - 1)
    assert row["gap_p95"] == pytest.approx(ordered[low] + (place - low) * (ordered[high] - ordered[low]))
    assert row["gap_mean"] == pytest.approx(sum(own) / len(own))
    assert row["silences_as_long"] == sum(gap >= silence for gap in own)
    assert row["recent_longest"] == max(own[-3:])
    assert row["age"] == silence + sum(own)
