"""Every way of telling is held against what happened, and nothing it is told has happened yet."""

from datetime import date

import numpy as np
import pytest

from anahtar.forecast.backtest.cuts import UnableToBacktest, frame, usual_horizon
from anahtar.forecast.backtest.measures import Ranking, at_budget, auc, brier, calibration, value_capture
from anahtar.forecast.backtest.results import Backtest
from anahtar.forecast.backtest.running import backtest
from anahtar.forecast.backtest.standing import stand
from anahtar.forecast.backtest.telling import told
from anahtar.forecast.backtest.warnings import Rule
from anahtar.forecast.backtest.ways import Plain
from anahtar.forecast.models import Kind, UnableToForesee
from anahtar.forecast.purchases import Purchases, day_of
from anahtar.words import Words
from tests.anahtar.forecast.made import made_base

LAST = day_of(1094)
QUICK = (Kind.MBG, Kind.REGULAR)


@pytest.fixture(scope="module")
def of_clocks() -> Backtest:
    return backtest(made_base(250, k=6, seed=4), as_of=LAST, horizon=120, kinds=QUICK)


@pytest.fixture(scope="module")
def of_dice() -> Backtest:
    return backtest(made_base(250, k=1, seed=4), as_of=LAST, horizon=120, kinds=QUICK)


def test_how_regular_people_buy_matters_where_they_buy_regularly(of_clocks: Backtest) -> None:
    assert of_clocks.chosen is Kind.REGULAR
    assert of_clocks.draws.difference(Kind.REGULAR, Kind.MBG).low > 0
    assert of_clocks.score(Kind.REGULAR).auc.value > of_clocks.score(Plain.RECENCY).auc.value + 0.05
    assert any("more evenly than at random" in str(one) and "helps" in str(one) for one in told(of_clocks))


def test_and_costs_nothing_where_they_buy_at_random(of_dice: Backtest) -> None:
    assert of_dice.score(Kind.REGULAR).auc.value == of_dice.score(Kind.MBG).auc.value
    assert any("at random (k = 1)" in str(one) for one in told(of_dice))


def test_a_backtest_is_the_same_every_time(of_dice: Backtest) -> None:
    again = backtest(made_base(250, k=1, seed=4), as_of=LAST, horizon=120, kinds=QUICK)
    assert again.scores == of_dice.scores
    assert again.warned == of_dice.warned


def test_what_happens_later_changes_nothing_that_is_said() -> None:
    base = made_base(300, k=2, seed=9)
    day = 700
    whole, cut = (stand(one, day, 120, QUICK) for one in (base, base.up_to(day)))
    for way, score in whole.scores.items():
        np.testing.assert_array_equal(score, cut.scores[way])
    assert cut.stayed_away.all()
    assert not whole.stayed_away.all()


def test_only_who_bought_within_a_year_is_asked_about() -> None:
    base = made_base(300, k=2, seed=9)
    one = stand(base, 1000, 60, (Kind.MBG,))
    assert one.live.last.min() > 1000 - 365
    assert len(one.live.account) < len(base.known(1000).account)


def test_the_interval_holds_the_value(of_dice: Backtest) -> None:
    for score in of_dice.scores:
        assert score.auc.low < score.auc.value < score.auc.high


def test_what_is_said_is_said_in_both_languages(of_clocks: Backtest) -> None:
    for language in ("en", "tr"):
        words = Words(language)
        assert all(words(sentence) for sentence in told(of_clocks))


def test_auc_counts_pairs_and_half_of_ties() -> None:
    """Pairs of one that stayed away with one that came: 3 over 1, 3 over 2, 2 over 1 are right, 2 and 2 a tie."""
    score, truth = np.array([1.0, 2.0, 2.0, 3.0]), np.array([False, False, True, True])
    assert auc(score, truth) == pytest.approx(3.5 / 4)
    twice = np.array([2.0, 1.0, 1.0, 2.0])
    drawn = np.repeat(np.arange(4), twice.astype(int))
    assert Ranking(score, truth).aucs(twice[None, :])[0] == pytest.approx(auc(score[drawn], truth[drawn]))
    assert np.isnan(auc(score, np.ones(4, bool)))


def test_a_list_finds_what_it_finds() -> None:
    """Ten accounts, two called (the surest), one of them right; three stayed away."""
    score = np.arange(10.0)
    truth = np.isin(np.arange(10), [9, 4, 0])
    assert at_budget(score, truth, 0.2) == (2, 0.5, pytest.approx(1 / 3))
    value = np.array([50, 0, 0, 0, 30, 0, 0, 0, 0, 20])
    assert value_capture(score + 1, truth, value, 0.1) == pytest.approx(0.20)
    assert value_capture(score + 1, truth, value, 0.2) == pytest.approx(0.50)


def test_calibration_is_told_tenth_by_tenth() -> None:
    said, happened = np.repeat([0.2, 0.8], 50), np.tile([True, False, False, False, False], 20)
    tenths = calibration(said, happened, parts=2)
    assert [(one.accounts, one.said, one.happened) for one in tenths] == [
        (50, pytest.approx(0.2), 0.2),
        (50, pytest.approx(0.8), 0.2),
    ]
    assert brier(said, happened) == pytest.approx((0.16 + 0.52) / 2)


def weekly(*, silent_from: int) -> Purchases:
    """Forty that buy every ten days for three years; the first falls silent for good."""
    rows = [(who, day) for who in range(40) for day in range(who % 10, 1095, 10) if who or day < silent_from]
    account, day = (np.array(column) for column in zip(*rows, strict=True))
    return Purchases(account, day, np.where(account == 0, 9, 1) * 10_000)


def test_a_warning_of_the_last_horizon_is_open() -> None:
    """Last bought on day 1039, warned of on day 1070, 24 days before the last: a hundred days are not over."""
    base = weekly(silent_from=800)
    found = backtest(base.kept((base.account != 3) | (base.day < 1040)), as_of=LAST, horizon=100, kinds=(Kind.MBG,))
    rhythm = {one.rule: one for one in found.warned}[Rule.RHYTHM]
    assert (rhythm.right, rhythm.wrong, rhythm.open) == (1, 0, 1)


def test_a_rule_of_ones_own_rhythm_warns_long_before_ninety_days() -> None:
    """Last bought on day 790: beyond 30 days on day 821, beyond 90 on 881; nobody else is ever warned of."""
    found = backtest(weekly(silent_from=800), as_of=LAST, horizon=100, kinds=(Kind.MBG,))
    told_of = {one.rule: (one.right, one.wrong, one.days, one.before_flat) for one in found.warned}
    assert told_of[Rule.RHYTHM] == (1, 0, 31.0, 60.0)
    assert told_of[Rule.FLAT_90] == (1, 0, 91.0, 0.0)
    assert told_of[Rule.FLAT_180] == (1, 0, 181.0, -90.0)
    assert [(one.account, one.right, one.wrong) for one in found.warned[0].accounts] == [(0, 1, 0)]


def test_who_comes_back_was_warned_of_in_vain() -> None:
    base = weekly(silent_from=800)
    away = (base.account == 5) & (base.day > 700) & (base.day < 760)
    found = backtest(base.kept(~away), as_of=LAST, horizon=100, kinds=(Kind.MBG,), key_accounts=np.array([5, 6]))
    assert {one.rule: (one.right, one.wrong) for one in found.warned}[Rule.RHYTHM] == (0, 1)


def test_plant_holidays_are_no_silence_that_is_warned_of() -> None:
    """All forty stay away for the thirty days of a shutdown: a silence of 40 days each, ten of them open ones."""
    base = weekly(silent_from=1095)
    closed = base.kept((base.day < 700) | (base.day >= 730))
    found = backtest(closed.kept((closed.account != 0) | (closed.day < 800)), as_of=LAST, horizon=100, kinds=QUICK[:1])
    for one in found.warned:
        assert one.wrong == 0
    # The holidays lie behind the last purchase of nobody: days are those of the calendar.
    assert {one.rule: (one.right, one.days) for one in found.warned}[Rule.RHYTHM] == (1, 31.0)


def test_a_silence_over_a_shutdown_lasts_as_long_as_its_open_days() -> None:
    """Last bought on day 690, closed from 700 to 729: beyond 30 open days on day 751, of the calendar on 721."""
    base = weekly(silent_from=700)
    found = backtest(base.kept((base.day < 700) | (base.day >= 730)), as_of=LAST, horizon=100, kinds=QUICK[:1])
    told_of = {one.rule: (one.right, one.wrong, one.days, one.before_flat) for one in found.warned}
    assert told_of[Rule.RHYTHM] == (1, 0, 61.0, 60.0)
    assert told_of[Rule.FLAT_90] == (1, 0, 121.0, 0.0)


def test_who_buys_in_one_season_is_missed_after_the_next() -> None:
    """The first buys from March to May of 1970, 1971 and 1972: warned of once May 1973 is known, not each winter."""
    spring = [day for year in (0, 365, 730) for day in range(year + 62, year + 150, 10)]
    rows = sorted({(0, day) for day in spring} | {(who, day) for who in range(1, 40) for day in range(who, 1460, 10)})
    account, day = (np.array(column) for column in zip(*rows, strict=True))
    base = Purchases(account, day, np.full(len(day), 10_000))
    found = backtest(base, as_of=day_of(1459), horizon=100, kinds=QUICK[:1], key_accounts=np.array([0]))
    after = (date(1973, 5, 31) - day_of(spring[-1])).days
    told_of = {one.rule: (one.right, one.wrong, one.days) for one in found.warned}
    assert told_of[Rule.RHYTHM] == told_of[Rule.FLAT_90] == (1, 0, after)


def test_days_lie_in_the_later_half_and_end_one_horizon_before_the_last() -> None:
    asked = frame(made_base(100, k=1, seed=1), as_of=LAST, horizon=120)
    assert asked.cuts[0] >= 547
    assert asked.cuts[-1] == 1094 - 120
    assert 4 <= len(asked.cuts) <= 8


def test_a_short_ledger_is_refused_with_what_would_do() -> None:
    base = made_base(100, k=1, seed=1)
    with pytest.raises(UnableToBacktest, match="a horizon of 272 days or a longer ledger"):
        frame(base, as_of=LAST, horizon=300)
    with pytest.raises(UnableToBacktest, match="at least 112"):
        usual_horizon(base.up_to(60), 60)


def test_few_accounts_are_refused_and_so_are_those_that_never_leave() -> None:
    with pytest.raises(UnableToForesee):
        backtest(made_base(20, k=1, seed=1), as_of=LAST, horizon=90)
    with pytest.raises(UnableToBacktest, match="nothing to tell apart"):
        backtest(weekly(silent_from=1095), as_of=LAST, horizon=100, kinds=(Kind.MBG,))


def test_the_usual_horizon_is_twice_the_interval_of_the_base() -> None:
    days = np.tile(np.arange(0, 1095, 70), 40)
    base = Purchases(np.repeat(np.arange(40), len(days) // 40), days, np.ones(len(days), np.int64))
    assert usual_horizon(base, 1094) == 140
