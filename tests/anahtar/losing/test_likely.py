"""A silence is a loss once a model of the past would have said so, and no later purchase changes that."""

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from anahtar.analysis.losing.criterion import OwnRhythm
from anahtar.analysis.losing.likely import Likely, Told, likely
from anahtar.forecast.backtest.running import backtest
from anahtar.forecast.fitting import Model
from anahtar.forecast.histories import Histories
from anahtar.forecast.models import Kind, UnableToForeseeMonths
from anahtar.forecast.purchases import Purchases, day_of
from tests.anahtar.forecast.made import made_base

LAST = 1094
H = 120


@pytest.fixture(scope="module")
def base() -> Purchases:
    return made_base(120, k=2, seed=5)


@pytest.fixture(scope="module")
def by(base: Purchases) -> Likely:
    found = backtest(base, as_of=day_of(LAST), horizon=H, kinds=(Kind.MBG,))
    return likely(found, lapsed=0.5, horizon=H, base_interval=60.0, last_day=LAST, intervals=False)


def none_ahead(model: Model, days: NDArray[np.int64], on: int) -> float:
    """The probability as states would tell it on a day, of the purchases up to it."""
    seen = days[days <= on]
    logs = float(np.log(np.diff(seen)).sum())
    return float(model.none_within(Histories.of([len(seen) - 1], [seen[-1] - seen[0]], [on - seen[0]], [logs]), H)[0])


def lost_by_hand(by: Likely, days: NDArray[np.int64], began: int, over: int) -> int | None:
    """Day by day: by the last model that was there, by a year and four intervals, or by the rhythm before any."""
    rhythm = OwnRhythm(60.0)(np.zeros(len(days), np.int64), days)[list(days).index(began)]
    seen = days[days <= began]
    usual = (seen[-1] - seen[0] + 3 * 60.0) / (len(seen) - 1 + 3)
    for day in range(began + 1, over):
        silence = day - began
        models = [one.model for one in by.told if one.day <= day]
        told = silence > max(365, 4 * max(usual, 20))
        if models:
            told |= silence > 30 and none_ahead(models[-1], days, day) >= by.lapsed
        else:
            told |= silence > np.floor(rhythm)
        if told:
            return day
    return None


def test_the_first_day_on_which_the_model_says_so_is_the_day_of_the_loss(base: Purchases, by: Likely) -> None:
    border = by(base.account, base.day)
    asked = 0
    for account in range(0, 120, 6):
        rows = np.flatnonzero(base.account == account)
        days = base.day[rows]
        for at, (began, over) in enumerate(pairwise([*days.tolist(), LAST + 1])):
            if over - began > 31:
                told = border[rows[at]]
                mine = None if np.isnan(told) or began + told + 1 >= over else began + int(told) + 1
                assert mine == lost_by_hand(by, days, began, over), (account, began)
                asked += mine is not None
    assert asked > 10


def test_no_later_purchase_moves_an_earlier_border(base: Purchases, by: Likely) -> None:
    account = int(np.bincount(base.account).argmax())
    days = base.day[base.account == account]
    owners = np.zeros(len(days), np.int64)
    whole = by(owners, days)
    for cut in (2, 4, len(days) - 1):
        np.testing.assert_array_equal(by(owners[:cut], days[:cut])[: cut - 1], whole[: cut - 1])


def test_together_with_the_rhythm_three_intervals_are_a_loss_too(base: Purchases, by: Likely) -> None:
    combined = Likely(by.told, by.horizon, 0.999, by.base_interval, by.last_day, intervals=True)
    alone = Likely(by.told, by.horizon, 0.999, by.base_interval, by.last_day)
    account, days = np.zeros(12, np.int64), np.arange(600, 840, 20)
    # 11 gaps of 20 days and three of 60: an interval of 28.6 days.
    assert combined(account, days)[-1] == 85
    assert alone(account, days)[-1] == 365


def test_of_days_before_the_first_model_the_rhythm_speaks(by: Likely) -> None:
    late = Likely([Told(LAST, by.told[0].model)], H, 0.5, 60.0, LAST)
    account, days = np.zeros(5, np.int64), np.array([0, 20, 40, 60, 800])
    assert np.floor(late(account, days)[3]) == np.floor(OwnRhythm(60.0)(account, days)[3])


def test_nobody_has_no_border(by: Likely) -> None:
    assert len(by(np.empty(0, np.int64), np.empty(0, np.int64))) == 0


def test_a_ledger_of_months_is_refused_with_what_would_do() -> None:
    months = np.arange("2022-01", "2025-01", dtype="datetime64[M]").astype("datetime64[D]").astype(np.int64)
    account = np.repeat(np.arange(40), len(months))
    base = Purchases(account, np.tile(months, 40), np.full(len(account), 10_000))
    with pytest.raises(UnableToForeseeMonths, match="months, not days of purchase"):
        backtest(base, as_of=day_of(int(months[-1]) + 30))


@pytest.mark.parametrize(("shift", "are"), [(0, True), (14, True), (-1, True)])
def test_one_day_of_the_month_or_its_last_are_months(shift: int, are: bool) -> None:
    months = np.arange("2024-01", "2025-01", dtype="datetime64[M]").astype("datetime64[D]").astype(np.int64)
    nobody = np.zeros(len(months), np.int64)
    base = Purchases(nobody, months + shift, nobody + 1)
    assert base.are_months() is are
    assert not Purchases(nobody, np.append(months[:-1], months[-1] + 3), nobody + 1).are_months()
    assert not base.kept(np.arange(len(months)) < 5).are_months()
