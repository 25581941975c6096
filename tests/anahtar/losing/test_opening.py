"""Losses of the past are counted as states count them: without closed days, and seasons are waited for."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from anahtar.analysis.losing.criterion import FlatDays, OwnRhythm
from anahtar.analysis.losing.months import lapses_of
from anahtar.analysis.losing.opening import Opened
from anahtar.engine import DuckdbEngine
from anahtar.forecast.backtest.cuts import median_interval
from anahtar.forecast.foresight import Foresight, foresee
from anahtar.forecast.purchases import Purchases, day_number
from anahtar.forecast.shutdowns import Shutdowns, shutdowns
from anahtar.metrics.loss.lapses import lapses
from anahtar.rules.lapse_criterion import Criterion, LapseCriterion
from anahtar.rules.lapse_state import State

FIRST, LAST = date(2022, 1, 3), date(2024, 12, 30)
ACCOUNTS = 60
HARVEST = (9, 10)
"""Months in which every tenth account buys, and in no others."""


def closed(day: date) -> bool:
    """Every August the whole base is closed for three weeks."""
    return day.month == 8 and day.day <= 21


def base(seed: int) -> Purchases:
    """Accounts that buy in a rhythm of their own, some until they leave, some in autumn alone."""
    random, rows = Random(seed), list[tuple[int, int, int]]()
    for account in range(ACCOUNTS):
        pace, day = random.choice([4, 7, 12, 20, 35, 60]), FIRST + timedelta(random.randint(0, 200))
        leaves = random.choice([LAST, LAST, FIRST + timedelta(random.randint(300, 1000))])
        while day <= leaves:
            if not closed(day) and (account % 10 or day.month in HARVEST):
                rows.append((account, day_number(day), random.randint(1, 90) * 10_000))
            day += timedelta(max(1, round(random.gauss(pace, pace / 3))))
    columns = [np.array(column, np.int64) for column in zip(*rows, strict=True)]
    return Purchases.of(_table(*columns))


def _table(account: Any, day: Any, amount: Any) -> pa.Table:
    days = pa.array(day.astype(np.int32), pa.int32()).cast(pa.date32())
    return pa.table({"account_id": pa.array(account.astype(np.int32)), "sold_on": days, "amount": pa.array(amount)})


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder: Path = tmp_path_factory.mktemp("opening")
    with DuckdbEngine([folder], spill=folder / "spill", threads=1) as started:
        yield started


def lost(purchases: Purchases, as_of: date, criterion: Any, out: Shutdowns) -> list[dict[str, Any]]:
    seen = purchases.up_to(day_number(as_of))
    opened = Opened(criterion, seen, day_number(as_of), out)
    found: list[dict[str, Any]] = lapses(_table(seen.account, seen.day, seen.amount), opened, as_of=as_of).to_pylist()
    return found


def told(purchases: Purchases, as_of: date, by: Criterion, engine: Any) -> Foresight:
    return foresee(purchases, as_of=as_of, engine=engine, criterion=LapseCriterion(by, flat_days=45))


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("as_of", [date(2024, 8, 20), date(2024, 8, 30), date(2024, 6, 3), LAST])
@pytest.mark.parametrize(("by", "criterion"), [(Criterion.FLAT, FlatDays(45)), (Criterion.RHYTHM, OwnRhythm(None))])
def test_who_stands_lost_is_whom_states_call_so(
    seed: int, as_of: date, by: Criterion, criterion: Any, engine: Any
) -> None:
    """Within a closure, after it and far from it; among them are accounts that buy in autumn alone."""
    purchases = base(seed)
    foresight = told(purchases, as_of, by, engine)
    assert foresight.closed.runs
    found = lost(purchases, as_of, criterion, foresight.closed)
    open_now = {row["account_id"] for row in found if row["returned_on"] is None}
    gone = (State.LAPSED, State.LOST)
    assert open_now == {row["account_id"] for row in foresight.table.to_pylist() if row["state"] in gone}
    assert open_now


def test_over_a_closure_nobody_is_lost_who_was_by_the_calendar() -> None:
    purchases, as_of = base(1), date(2024, 8, 30)
    seen = purchases.up_to(day_number(as_of))
    out = shutdowns(seen, as_of=day_number(as_of))
    calendar = lapses(_table(seen.account, seen.day, seen.amount), FlatDays(45), as_of=as_of).to_pylist()
    august = [row for row in calendar if closed(row["lost_on"]) and row["account_id"] % 10]
    found = {(row["account_id"], row["bought_on"]): row for row in lost(purchases, as_of, FlatDays(45), out)}
    assert august
    assert not [row for row in found.values() if closed(row["lost_on"])]
    # Who was lost in August by the calendar is lost after the closure, or came back before.
    after = [found[key]["lost_on"] for row in august if (key := (row["account_id"], row["bought_on"])) in found]
    assert after
    assert all(day > date(day.year, 8, 21) for day in after)


def test_a_border_in_open_days_is_one_of_the_calendar_by_hand() -> None:
    """Bought on day 100, 20 days allowed, closed from 110 to 119: lost on 131, the 21st open day."""
    purchases = Purchases(np.array([0]), np.array([100]), np.array([10_000]))
    opened = Opened(FlatDays(20), purchases, 200, Shutdowns(((110, 119),)))
    assert opened(np.array([0]), np.array([100]))[0] == 30
    assert Shutdowns(((110, 119),)).on_calendar(np.array([109, 110, 121])).tolist() == [109, 120, 131]


def test_the_way_back_to_the_calendar_is_that_from_it() -> None:
    out, days = Shutdowns(((5, 11), (12, 20), (40, 60))), np.arange(100)
    open_days = np.array([day for day in days if not any(first <= day <= last for first, last in out.runs)])
    np.testing.assert_array_equal(out.on_calendar(out.opened(open_days)), open_days)


def test_without_closed_days_and_seasons_nothing_changes() -> None:
    purchases = base(3)
    some = purchases.kept((purchases.account % 10 > 0) & (purchases.day < day_number(date(2022, 7, 31))))
    criterion = OwnRhythm(median_interval(some))
    opened = Opened(criterion, some, day_number(date(2022, 7, 31)), Shutdowns(()))
    np.testing.assert_array_equal(np.floor(opened(some.account, some.day)), np.floor(criterion(some.account, some.day)))


def test_no_later_purchase_moves_a_loss_that_had_ended() -> None:
    """A run as of each month's end tells the losses up to then as a run of today does, whose silences were over."""
    purchases = base(2)
    today = {
        (row["account_id"], row["bought_on"]): row["lost_on"]
        for row in lost(purchases, LAST, FlatDays(45), shutdowns(purchases, as_of=day_number(LAST)))
        if row["returned_on"]
    }
    for end in (date(2023, 12, 31), date(2024, 3, 31), date(2024, 9, 30)):
        out = shutdowns(purchases.up_to(day_number(end)), as_of=day_number(end))
        ended = [row for row in lost(purchases, end, FlatDays(45), out) if row["returned_on"]]
        assert ended
        assert all(today[row["account_id"], row["bought_on"]] == row["lost_on"] for row in ended)


def test_the_ledgers_own_losses_are_told_so(imported: Callable[..., Any], facts_of: Callable[..., Any]) -> None:
    """What a run asks for reaches the lapses: closed days of the caller's word."""
    batches = imported("""
sold_on     customer  amount
2025-01-10  acme      10
2025-06-20  birch     40
""")
    facts = facts_of(batches, as_of=date(2025, 3, 31))
    told_on = {
        out: lapses_of(facts, FlatDays(60), as_of=date(2025, 3, 31), closed=out)["lost_on"].to_pylist()
        for out in (None, Shutdowns(((day_number(date(2025, 1, 20)), day_number(date(2025, 1, 25))),)))
    }
    assert [*told_on.values()] == [[date(2025, 3, 12)], [date(2025, 3, 18)]]
