"""Whom to win back first: by the ledger's own history of returns, not by hope."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anahtar.analysis import Analysis, AnalysisOptions, Measure, analyze
from anahtar.analysis.losing.criterion import FlatDays
from anahtar.analysis.losing.months import lapses_of
from anahtar.analysis.losing.winning_back import Attempt, WinningBack, winning_back
from anahtar.intervals import wilson
from anahtar.metrics.loss.returns import ReturnCurve
from anahtar.metrics.loss.second_life import Recovery, second_lifetime_value
from tests.anahtar.ledgers import Row
from tests.anahtar.losing.conftest import Batches, FactsOf

UNIT = 10_000


def curve(ended: list[int], cut: list[int], *, begun: int = 0) -> ReturnCurve:
    closed = np.array([True] * len(ended) + [False] * len(cut), np.bool_)
    return ReturnCurve(np.array([*ended, *cut], np.int64), closed, np.full(len(closed), begun))


def test_without_cut_silences_the_chance_is_the_share_that_returned() -> None:
    """Of 20 silences longer than 100 days 5 ended within 50 more."""
    told = curve([10] * 30 + [120] * 5 + [300] * 15, []).chance(100, horizon=50)
    assert (told.value, told.reached, told.returned, told.open) == (pytest.approx(0.25), 20, 5, 0)
    assert told.low is not None
    assert told.low < 0.25 < (told.high or 0)


def test_a_silence_that_was_cut_counts_as_long_as_it_was_seen() -> None:
    """Kaplan and Meier: of 10 at risk one returns on day 5, three are cut on day 6, two of the 6 left return on day 8.

    Survival 9/10 x 4/6 = 0.6.
    """
    told = curve([5, 8, 8], [6, 6, 6, 20, 20, 20, 20]).chance(0, horizon=10)
    assert told.value == pytest.approx(0.4)
    assert (told.reached, told.returned, told.open, told.seen_days) == (10, 3, 3, 10)


def test_nobody_who_lasted_as_long_tells_nothing_and_none_of_many_tells_a_bound() -> None:
    assert curve([5] * 50, [400] * 9).chance(100).value is None
    none = curve([5] * 50, [600] * 40).chance(100, horizon=365)
    sure = wilson(0, 40)
    assert sure is not None
    assert (none.value, none.low, none.high) == (0.0, 0.0, sure.high)
    assert curve([], []).chance(10).reached == 0


def test_who_buys_every_hundred_days_says_nothing_of_a_weekly_buyer() -> None:
    """Twenty silences became lapses after 150 days only and ended; twelve were lapses after 30 and did not."""
    slow, quick = curve([160] * 20, [], begun=150), curve([], [600] * 12, begun=30)
    both = ReturnCurve(*(np.concatenate(pair) for pair in zip(vars(slow).values(), vars(quick).values(), strict=True)))
    assert (both.chance(100).value, both.chance(100).reached) == (0.0, 12)
    assert both.chance(155).value == pytest.approx(20 / 32)


def test_a_young_ledger_says_how_far_it_sees() -> None:
    assert curve([5] * 20, [150] * 20).chance(100, horizon=365).seen_days == 50


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 60), st.booleans()), min_size=10, max_size=40), st.integers(0, 30))
def test_the_curve_agrees_with_the_product_of_days(silences: list[tuple[int, bool]], begin: int) -> None:
    """Day by day, as the textbook has it."""
    durations, closed = (np.array(column) for column in zip(*silences, strict=True))
    never = np.zeros(len(durations), np.int64)
    told = ReturnCurve(durations.astype(np.int64), closed.astype(np.bool_), never).chance(begin, horizon=20)
    survival = 1.0
    for day in range(begin + 1, begin + 21):
        at_risk = int((durations >= day).sum())
        if at_risk:
            survival *= 1 - int(((durations == day) & closed).sum()) / at_risk
    if told.value is None:
        assert int((durations > begin).sum()) < 10
    else:
        assert told.value == pytest.approx(1 - survival)
        assert told.low is not None
        assert -1e-9 <= told.low <= told.value + 1e-9 <= (told.high or 0) + 2e-9 <= 1 + 3e-9


def test_second_lifetime_value_is_in_whole_units() -> None:
    """0.25 x 0.8 of 1,000.0001, less 30: 170.0000 and two hundred-thousandths, rounded."""
    assert second_lifetime_value(margin=1000_0001, chance=0.25, recovery_ppm=800_000, cost=30 * UNIT) == 170 * UNIT
    assert second_lifetime_value(margin=-1000, chance=0.5, recovery_ppm=1_000_000, cost=0) == -500
    assert Recovery(4, 100, 50).share_ppm == 1_000_000
    assert Recovery(5, 100, 50).share_ppm == 500_000


# A ledger ---------------------------------------------------------------------------------------------------------


def bought(customer: str, every: int, times: int, *, first: int = 0, amount: str = "100") -> list[Row]:
    day = date(2022, 1, 1) + timedelta(first)
    return [
        {
            "sold_on": (day + timedelta(every * at)).isoformat(),
            "customer": customer,
            "amount": amount,
            "cost": str(int(amount) // 2),
        }
        for at in range(times)
    ]


BACK = [
    row
    for at in range(12)
    for row in [*bought(f"back-{at}", 20, 20), *bought(f"back-{at}", 50, 14, first=680 + 10 * at, amount="80")]
]
"""Silent for 300 to 410 days after a purchase of every 20 days, then every 50 days for less."""

LEDGER = [
    *BACK,
    *bought("large", 20, 40, first=500, amount="900"),
    *bought("small", 20, 42, first=460, amount="30"),
    *bought("old", 20, 5, amount="5000"),
    *bought("shut", 20, 41, first=480, amount="700"),
    *bought("now", 10, 150, amount="40"),
]
"""large, small and shut are silent for 210 days on 30 January 2026, old for 1,410."""


@pytest.fixture
def ranked(
    imported: Callable[..., Batches], facts_of: FactsOf, tmp_path: Path
) -> Callable[..., tuple[Analysis, WinningBack]]:
    def rank(attempt: Attempt, measure: Measure = Measure.PROFIT) -> tuple[Analysis, WinningBack]:
        batches = imported(LEDGER)
        work = tmp_path / "analysis"
        work.mkdir(exist_ok=True)
        analysis = analyze(batches, AnalysisOptions(measure=measure), workspace=work)
        facts = facts_of(batches)
        valued = lapses_of(facts, FlatDays(95), as_of=analysis.as_of)
        return analysis, winning_back(analysis, facts, valued, attempt)

    return rank


Ranked = Callable[..., tuple[Analysis, WinningBack]]


def test_the_ranking_weighs_the_margin_of_the_last_year_with_the_chance_of_a_return(ranked: Ranked) -> None:
    analysis, found = ranked(Attempt(cost=10 * UNIT, costs={"small": UNIT}, closed={"shut"}))
    assert analysis.measure is Measure.PROFIT
    assert (found.closed, found.in_profit) == (["shut"], True)
    order = [one.code for one in found.accounts]
    assert order.index("large") < order.index("small")
    large = next(one for one in found.accounts if one.code == "large")
    assert large.silence == 210
    # Half of the price is cost; of 13 silences that lasted longer the twelve of `back` ended within a year.
    assert large.revenue == 2 * (large.margin or 0)
    assert (large.chance.reached, large.chance.returned, large.chance.value) == (13, 12, pytest.approx(12 / 13))
    assert (found.recovery.accounts, found.recovery.is_assumed) == (12, False)
    assert large.value == second_lifetime_value(
        margin=large.margin or 0,
        chance=large.chance.value or 0,
        recovery_ppm=found.recovery.share_ppm,
        cost=10 * UNIT,
    )
    assert large.low is not None
    assert large.low <= large.value <= (large.high or 0)
    small = next(one for one in found.accounts if one.code == "small")
    assert (small.cost, small.times_lost) == (UNIT, 1)


def test_a_silence_longer_than_any_the_ledger_knows_is_not_ranked_by_hope(ranked: Ranked) -> None:
    _, found = ranked(Attempt())
    old = next(one for one in found.accounts if one.code == "old")
    assert (old.chance.value, old.value) == (None, None)
    assert found.accounts[-1].value is None


def test_a_stated_margin_stands_in_for_costs_nobody_knows(ranked: Ranked) -> None:
    _, in_revenue = ranked(Attempt(), Measure.REVENUE)
    _, stated = ranked(Attempt(margin_ppm=200_000), Measure.REVENUE)
    assert (in_revenue.in_profit, stated.in_profit) == (False, True)
    revenue = {one.code: one.revenue for one in in_revenue.accounts}
    assert {one.code: one.margin for one in in_revenue.accounts} == revenue
    assert {one.code: one.margin for one in stated.accounts} == {code: value // 5 for code, value in revenue.items()}
