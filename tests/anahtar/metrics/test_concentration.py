"""How much hangs on how few."""

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import pyarrow as pa
import pytest

from anahtar.metrics.abc_class import abc_class
from anahtar.metrics.concentration import concentration, dependences


def classes(values: Sequence[int]) -> ibis.Table:
    ids = pa.array(range(len(values)), pa.int32())
    return abc_class(ibis.memtable(pa.table({"account_id": ids, "value": pa.array(values, pa.int64())})))


def measured(values: Sequence[int]) -> Mapping[str, Any]:
    row: Mapping[str, Any] = concentration(classes(values)).to_pyarrow().to_pylist()[0]
    return row


def test_four_accounts_by_hand():
    """Shares 40, 30, 20, 10 %: squares 0.16 + 0.09 + 0.04 + 0.01; Gini 2·(1·.1+2·.2+3·.3+4·.4)/4 - 5/4 = 0.25."""
    found = measured([40, 30, 20, 10])
    assert (found["customers_positive"], found["total"]) == (4, 100)
    assert (found["hhi"], found["gini"]) == (pytest.approx(0.30), pytest.approx(0.25))
    assert (found["top_1"], found["top_3"], found["top_20"]) == (0.4, 0.9, 1.0)
    assert (found["customers_for_50pct"], found["customers_for_80pct"]) == (2, 3)
    assert (found["without_1"], found["without_3"], found["without_5"]) == (60, 10, 0)


def test_top_per_cents_are_rounded_up_to_whole_accounts():
    """21 accounts of 1: 5 % are 1.05 of them, so 2; 10 % 2.1, so 3; 20 % 4.2, so 5; 1 % one."""
    found = measured([1] * 21)
    assert [round(found[f"top_percent_{p}"] * 21) for p in (1, 5, 10, 20)] == [1, 2, 3, 5]


def test_a_round_per_cent_is_not_rounded_up_further():
    """100 accounts: 1 % is one, although 100 · 0.01 need not be 1 in binary fractions."""
    assert [round(measured([1] * 100)[f"top_percent_{p}"] * 100) for p in (1, 5, 10, 20)] == [1, 5, 10, 20]


def test_losses_are_outside_the_total():
    assert measured([60, 40, -1000, 0])["total"] == 100


def test_equal_accounts_have_no_gini():
    assert measured([5, 5, 5])["gini"] == pytest.approx(0)


def test_nobody_of_positive_value_has_no_shares():
    found = measured([0, -3])
    assert (found["customers_positive"], found["total"], found["without_1"]) == (0, 0, 0)
    assert (found["hhi"], found["gini"], found["top_1"]) == (None, None, None)


def test_a_fifth_of_the_total_is_a_dependence():
    """50 %, 20 %, 19 %, 11 %."""
    rows = dependences(classes([50, 20, 19, 11])).to_pyarrow().to_pylist()
    assert [(row["account_id"], row["share"]) for row in rows] == [(0, 0.5), (1, 0.2)]
