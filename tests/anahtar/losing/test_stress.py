"""What is left without an account, what late payment ties up, and what it takes to fill the gap."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anahtar.analysis import Analysis, AnalysisOptions, analyze
from anahtar.analysis.losing.stressing import Later, Shock, UnableToStress, pays_later, what_if
from anahtar.engine import DuckdbEngine, Engine
from anahtar.metrics.loss.stress import late_payment, refill
from tests.anahtar.losing.conftest import Batches

UNIT = 10_000

LEDGER = """
sold_on     customer  amount  cost  direction
2024-01-10  acme      500     400   valve
2025-03-10  acme      300     200   valve
2025-04-10  acme      200     150   pump
2025-04-10  birch     300     100   valve
2025-05-10  cedar     150     100   valve
2025-12-31  cedar     50      40    pump
"""
"""1,000 in the year: acme half of it."""


@pytest.fixture
def analysis(imported: Callable[..., Batches], tmp_path: Path) -> Analysis:
    (tmp_path / "analysis").mkdir()
    return analyze(imported(LEDGER), AnalysisOptions(), workspace=tmp_path / "analysis")


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return DuckdbEngine([tmp_path], spill=tmp_path / "spill", threads=1)


def test_without_the_largest_half_is_left_and_the_next_one_is_a_dependence(analysis: Analysis, engine: Engine) -> None:
    stress = what_if(analysis, [Shock("acme")], engine=engine)
    assert (stress.revenue, stress.lost, stress.share_lost) == (1000 * UNIT, 500 * UNIT, 0.5)
    assert stress.profit_lost == 150 * UNIT
    assert (stress.before.top[1], stress.after.top[1], stress.after.total) == (0.5, 0.6, 500 * UNIT)
    assert (stress.before.mono_client, stress.after.dependence) == ("acme", ["birch", "cedar"])
    engine.close()


def test_a_direction_can_be_gone_alone(analysis: Analysis, engine: Engine) -> None:
    stress = what_if(analysis, [Shock("acme", "pump"), Shock("cedar", "pump")], engine=engine)
    assert (stress.lost, stress.profit_lost, stress.after.total) == (250 * UNIT, None, 750 * UNIT)
    both = what_if(analysis, [Shock("acme", "pump"), Shock("acme")], engine=engine)
    assert both.lost == 500 * UNIT
    engine.close()


def test_what_is_not_there_cannot_be_lost(analysis: Analysis, engine: Engine) -> None:
    with pytest.raises(UnableToStress, match="nobody has no revenue"):
        what_if(analysis, [Shock("nobody")], engine=engine)
    with pytest.raises(UnableToStress, match="bought nothing of hose"):
        what_if(analysis, [Shock("acme", "hose")], engine=engine)
    engine.close()


def test_paying_later_ties_up_a_part_of_the_year() -> None:
    """3,650 a year, 30 days later: 300 outstanding more; at 18 % that is 54 a year."""
    late = late_payment(revenue=3650 * UNIT, days=30, interest_ppm=180_000)
    assert (late.capital, late.interest) == (300 * UNIT, 54 * UNIT)


def test_paying_later_is_reckoned_from_the_last_twelve_months(analysis: Analysis) -> None:
    assert pays_later(analysis, Later("acme", 73, 0)).capital == 100 * UNIT
    with pytest.raises(UnableToStress):
        pays_later(analysis, Later("nobody", 1, 0))


def test_prospects_fill_a_gap_by_growing_alike() -> None:
    filled = refill(90, {"a": 100, "b": 50, "gone": 0, "back": -5})
    assert (filled.together, filled.left) == (0.6, 0)
    assert [(one.code, one.amount, one.alone) for one in filled.accounts] == [("a", 60, 0.9), ("b", 30, 1.8)]
    limited = refill(90, {"a": 100, "b": 50}, most_ppm=200_000)
    assert (limited.together, limited.left, sum(one.amount for one in limited.accounts)) == (0.2, 60, 30)
    assert refill(90, {}).together is None
    assert refill(90, {}).left == 90


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 10**15),
    st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers(-10, 10**14)),
    st.one_of(st.none(), st.integers(0, 5_000_000)),
)
def test_parts_come_to_the_gap_to_the_last_unit(gap: int, values: dict[str, int], most: int | None) -> None:
    filled = refill(gap, values, most_ppm=most)
    assert sum(one.amount for one in filled.accounts) + filled.left == gap
    assert all(one.amount >= 0 for one in filled.accounts)
    if most is not None:
        assert all(one.amount <= one.value * most // 1_000_000 + 1 for one in filled.accounts)
