"""Losses month by month: what was known then, what is known now, and nothing counted that a later day told."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random

import numpy as np
import pyarrow as pa
import pytest

from anahtar.analysis import AnalysisOptions, analyze
from anahtar.analysis.losing.criterion import FlatDays, OwnRhythm
from anahtar.analysis.losing.months import LostMonth, lapses_of, months_of_loss
from anahtar.metrics.loss.lapses import lapses
from anahtar.rules.lapse_state import State
from tests.anahtar.losing.conftest import Batches, FactsOf
from tests.anahtar.oracle.ledger import write
from tests.anahtar.oracle.ledgers import case

UNIT = 10_000

LEDGER = """
sold_on     customer  amount
2025-01-10  acme      10
2025-01-20  birch     20
2025-01-25  cedar     30
2025-02-01  cedar     5
2025-02-10  birch     20
2025-05-12  acme      11
2025-06-20  dune      40
"""
"""At 60 days: acme lost on 12 March and back in May, birch on 12 April, cedar on 3 April, acme again on 12 July."""

AS_OF = date(2025, 7, 20)


def told(facts_of: FactsOf, batches: Batches, *, as_of: date = AS_OF, days: int = 60) -> dict[int, LostMonth]:
    facts = facts_of(batches, as_of=as_of)
    return {
        one.month.month: one
        for one in months_of_loss(facts, lapses_of(facts, FlatDays(days), as_of=as_of), as_of=as_of)
    }


def test_a_month_is_restated_when_its_lost_accounts_return(imported: Callable[..., Batches], facts_of: FactsOf) -> None:
    months = told(facts_of, imported(LEDGER))
    seen = {month: (one.exposed, one.lost_then, one.lost_now, one.returned) for month, one in months.items()}
    assert seen == {
        1: (3, 0, 0, 0),
        2: (3, 0, 0, 0),
        3: (3, 1, 0, 0),
        4: (2, 2, 2, 0),
        5: (1, 0, 0, 1),
        6: (2, 0, 0, 0),
        7: (2, 1, 1, 0),
    }
    march, april = months[3], months[4]
    assert (march.amount_then, march.amount_now, march.one_off) == (10 * UNIT, 0, 1)
    assert (april.amount_then, april.amount_now) == ((40 + 35) * UNIT, (40 + 35) * UNIT)
    assert (march.rate_then.value, march.rate_now.value) == (1 / 3, 0.0)
    assert (march.whole, months[7].whole) == (True, False)


def test_what_was_known_then_is_what_a_run_of_that_day_tells(
    imported: Callable[..., Batches], facts_of: FactsOf
) -> None:
    """The last month of a run as of each month's end is that month as known then, in a run of today."""
    batches = imported(LEDGER)
    today = told(facts_of, batches)
    for month in range(1, 7):
        end = date(2025, month + 1, 1) - timedelta(1)
        then = told(facts_of, batches, as_of=end)[month]
        assert then.lost_now == then.lost_then == today[month].lost_then
        assert then.amount_now == today[month].amount_then
        assert then.exposed == today[month].exposed


def test_who_buys_on_the_very_day_was_never_lost() -> None:
    days = pa.table(
        {
            "account_id": pa.array([0, 0, 1, 1], pa.int32()),
            "sold_on": pa.array([date(2025, 1, 1), date(2025, 1, 12), date(2025, 1, 1), date(2025, 1, 13)]),
        }
    )
    found = lapses(days, FlatDays(10), as_of=date(2025, 1, 13)).to_pylist()
    assert [(row["account_id"], row["lost_on"], row["returned_on"]) for row in found] == [
        (1, date(2025, 1, 12), date(2025, 1, 13))
    ]


def test_no_purchases_are_no_lapses_and_never_is_never() -> None:
    nobody = pa.table({"account_id": pa.array([], pa.int32()), "sold_on": pa.array([], pa.date32())})
    assert lapses(nobody, FlatDays(10), as_of=AS_OF).num_rows == 0
    once = pa.table({"account_id": pa.array([0], pa.int32()), "sold_on": pa.array([date(1990, 1, 1)])})
    assert lapses(once, lambda owners, days: np.full(len(owners), np.nan), as_of=AS_OF).num_rows == 0


@pytest.mark.parametrize("seed", [3, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(10, 16))])
@pytest.mark.parametrize("state", [State.LAPSED, State.LOST])
def test_who_stands_lost_today_is_who_the_standings_call_so(
    seed: int, state: State, tmp_path: Path, facts_of: FactsOf
) -> None:
    """The rhythm of each purchase told from the gaps before it ends where the standings begin."""
    lines, _ = case(seed)
    batches = write(lines, tmp_path / "batches")
    (tmp_path / "analysis").mkdir()
    analysis = analyze(batches, AnalysisOptions(), workspace=tmp_path / "analysis")
    facts = facts_of(batches)
    found = lapses_of(facts, OwnRhythm(analysis.base.interval, state), as_of=analysis.as_of)
    open_now = {row["account_id"] for row in found.to_pylist() if row["returned_on"] is None}
    called = (State.LAPSED, State.LOST) if state is State.LAPSED else (State.LOST,)
    assert open_now == {row["account_id"] for row in analysis.standings.to_pylist() if row["state"] in called}


def test_no_later_purchase_moves_an_earlier_border() -> None:
    random = Random(7)
    days = np.cumsum([random.choice([5, 20, 40, 90]) for _ in range(40)])
    owners = np.zeros(40, np.int64)
    whole = OwnRhythm(40.0)(owners, days)
    for cut in (1, 2, 5, 20):
        np.testing.assert_array_equal(OwnRhythm(40.0)(owners[:cut], days[:cut])[: cut - 1], whole[: cut - 1])
