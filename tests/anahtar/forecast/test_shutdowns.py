"""Days on which nobody bought are no silence of anybody."""

import numpy as np

from anahtar.forecast.purchases import Purchases
from anahtar.forecast.shutdowns import BusyDays, shutdowns


def daily(*, without: range = range(0)) -> Purchases:
    """Five accounts on every working day of 400 days, but for some."""
    days = np.array([day for day in range(400) if day % 7 < 5 and day not in without])
    return Purchases(np.repeat(np.arange(5), len(days)), np.tile(days, 5), np.ones(5 * len(days), np.int64))


def test_plant_holidays_are_taken_out_of_gaps_and_silence() -> None:
    found = shutdowns(daily(without=range(210, 222)), as_of=399)
    # From the Saturday before to the Sunday after.
    assert found.runs == ((208, 223),)
    assert [*found.opened(np.array([207, 224]))] == [207, 208]
    assert [*found.closed_between(np.array([100, 215, 300]), 399)] == [16, 8, 0]


def test_weekends_are_no_shutdown() -> None:
    assert shutdowns(daily(), as_of=398).runs == ()


def test_a_base_of_few_purchases_has_none() -> None:
    rare = Purchases(np.zeros(20, np.int64), np.arange(0, 400, 20), np.ones(20, np.int64))
    assert shutdowns(rare, as_of=399).runs == ()


def test_an_export_that_ends_before_the_day_is_closed_since() -> None:
    assert shutdowns(daily(), as_of=430).runs == ((400, 430),)


def test_a_shutdown_is_known_as_far_as_it_has_come() -> None:
    """On its fifth empty day it may be anything; a week later it is a shutdown that lasts, and nothing looks ahead."""
    base = daily(without=range(210, 222))
    told = BusyDays.of(base)
    assert told.known_on(212).runs == ()
    assert told.known_on(219).runs == ((208, 219),)
    assert told.known_on(399).runs == shutdowns(base, as_of=399).runs
    for day in (0, 207, 212, 219, 230, 399):
        assert told.known_on(day) == shutdowns(base.up_to(day), as_of=day)


def test_before_the_first_purchase_there_is_none() -> None:
    assert BusyDays.of(daily()).known_on(-1).runs == ()
