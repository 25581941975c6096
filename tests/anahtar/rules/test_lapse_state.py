"""What a silence means: the borders worked out by hand, the sentence that says them."""

import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anahtar.rules.lapse_state import (
    State,
    borders,
    days_late,
    expected_by,
    expected_interval,
    lapse_state,
    state_evidence,
    was_lapse,
)

AS_OF = date(2025, 12, 31)


def state(
    silence: int | None,
    *,
    days: int = 23,
    mean: float | None = 31.0,
    p95: float | None = 48.0,
    age: int | None = 900,
    recent: int | None = 40,
    base: float = 50.0,
    ledger_age: int = 1_000,
) -> State:
    return lapse_state(
        purchase_days=days,
        silence=silence,
        age=age,
        gap_mean=mean,
        gap_p95=p95,
        recent_longest=recent,
        base_interval=base,
        ledger_age=ledger_age,
    )


def test_the_expected_interval_counts_three_gaps_of_the_base():
    """(22 own gaps of 31 + 3 of 50) / 25 = 33.28; without own gaps the base's."""
    assert expected_interval(gaps=22, gap_mean=31.0, base_interval=50.0) == pytest.approx(33.28)
    assert expected_interval(gaps=0, gap_mean=None, base_interval=50.0) == 50.0


@pytest.mark.parametrize(
    ("silence", "expected"),
    [
        (0, State.ACTIVE),
        (48, State.ACTIVE),  # the 95th percentile itself is usual
        (49, State.WATCH),
        (66, State.WATCH),  # 2 x 33.28 = 66.56
        (67, State.AT_RISK),
        (99, State.AT_RISK),  # 3 x 33.28 = 99.84
        (100, State.LAPSED),
        (365, State.LAPSED),  # 4 x 33.28 is less than a year
        (366, State.LOST),
    ],
)
def test_an_account_with_a_rhythm_goes_from_active_to_lost(silence, expected):
    assert state(silence) is expected


def test_a_weekly_buyer_is_not_alarmed_before_a_month():
    assert state(30, mean=7.0, p95=8.0, days=60, recent=8) is State.ACTIVE
    assert state(31, mean=7.0, p95=8.0, days=60, recent=8) is not State.ACTIVE


def test_a_weekly_buyer_at_risk_after_forty_days_has_lapsed_after_sixty():
    """Expected every (59·7 + 3·50) / 62 = 9 days, told as 20."""
    weekly = [state(silence, mean=7.0, p95=8.0, days=60, recent=8) for silence in (40, 41, 60, 61)]
    assert weekly == [State.WATCH, State.AT_RISK, State.AT_RISK, State.LAPSED]


def test_nobody_lapses_within_its_own_gaps():
    """Ten gaps of 10 days and one of 200: P95 105 is more than 3 expected intervals of (300 + 150) / 14 = 32."""
    assert state(104, days=12, mean=300 / 11, p95=105.0) is State.ACTIVE
    assert state(106, days=12, mean=300 / 11, p95=105.0) is State.LAPSED


def test_two_purchase_days_are_judged_mostly_by_the_base():
    """(1·20 + 3·50) / 4 = 42.5: watch beyond 63.75, at risk beyond 85, lapsed beyond 127.5."""
    told = [state(silence, days=2, mean=20.0, p95=20.0, recent=20) for silence in (63, 64, 86, 128, 366)]
    assert told == [State.ACTIVE, State.WATCH, State.AT_RISK, State.LAPSED, State.LOST]


def test_a_single_purchase_is_new_then_watched_until_the_horizon():
    """The base buys every 50 days: new below 100, lapsed beyond 182, lost beyond 365."""
    told = [
        state(silence, days=1, mean=None, p95=None, recent=None, age=silence) for silence in (99, 101, 182, 183, 366)
    ]
    assert told == [State.NEW, State.WATCH, State.WATCH, State.LAPSED, State.LOST]


def test_a_young_account_with_few_purchases_is_new():
    """(2·10 + 3·50) / 5 = 34: new for 68 days."""
    assert state(5, days=3, mean=10.0, p95=10.0, age=67, recent=10) is State.NEW
    assert state(5, days=3, mean=10.0, p95=10.0, age=68, recent=10) is State.ACTIVE


def test_in_a_young_ledger_nobody_is_known_to_be_new():
    assert state(5, days=3, mean=10.0, p95=10.0, age=60, recent=10, ledger_age=60) is State.ACTIVE


def test_returns_without_a_purchase_are_no_rhythm_at_all():
    assert state(None, days=0, mean=None, p95=None, age=None, recent=None) is State.NEVER


def test_who_bought_again_after_a_lapse_has_returned():
    """Gaps 30, 30, 30, 30 and 200: others (120 + 150) / 7 = 38.6, three of them 116."""
    assert state(10, days=6, mean=64.0, p95=166.0, recent=200) is State.RETURNED
    assert state(10, days=6, mean=64.0, p95=166.0, recent=30) is State.ACTIVE


def test_who_returned_and_is_silent_again_is_watched_again():
    assert state(170, days=6, mean=64.0, p95=166.0, recent=200) is not State.RETURNED


def test_the_second_purchase_after_the_horizon_is_a_return():
    assert was_lapse(gap=183, purchase_days=2, gap_mean=183.0, base_interval=50.0)
    assert not was_lapse(gap=182, purchase_days=2, gap_mean=182.0, base_interval=50.0)


def test_in_time_is_up_to_the_95th_percentile_and_never_below_a_month():
    last = date(2025, 10, 1)
    assert expected_by(last_purchase=last, purchase_days=23, gap_p95=48.7) == date(2025, 11, 18)
    assert expected_by(last_purchase=last, purchase_days=23, gap_p95=8.0) == date(2025, 10, 31)
    assert expected_by(last_purchase=last, purchase_days=3, gap_p95=48.0) is None
    assert expected_by(last_purchase=None, purchase_days=0, gap_p95=None) is None


def test_late_counts_from_the_day_it_was_expected_by():
    assert days_late(expected=date(2025, 12, 30), as_of=AS_OF) == 1
    assert days_late(expected=AS_OF, as_of=AS_OF) == 0
    assert days_late(expected=None, as_of=AS_OF) == 0


@given(
    silence=st.integers(0, 2_000),
    gaps=st.integers(3, 200),
    mean=st.floats(1, 400),
    p95=st.floats(1, 800),
    base=st.floats(1, 400),
)
def test_late_and_watched_are_the_same_day(silence, gaps, mean, p95, base):
    found = state(silence, days=gaps + 1, mean=mean, p95=p95, base=base, age=10**6, ledger_age=10**6, recent=1)
    expected = expected_by(last_purchase=AS_OF, purchase_days=gaps + 1, gap_p95=p95)
    assert expected is not None
    assert (found is not State.ACTIVE) == (silence > (expected - AS_OF).days)


@given(days=st.integers(1, 200), mean=st.floats(1, 400), p95=st.floats(1, 800), base=st.floats(1, 400))
def test_the_borders_are_in_order(days, mean, p95, base):
    border = borders(purchase_days=days, gap_mean=mean, gap_p95=p95, base_interval=base)
    assert border.watch <= border.at_risk <= border.lapsed <= border.lost


def evidence(now: State, silence: int | None, **changed):
    values = {
        "purchase_days": 23,
        "age": 900,
        "gap_mean": 31.0,
        "gap_p95": 48.0,
        "base_interval": 50.0,
        "silences_as_long": 1,
        "as_of": AS_OF,
    }
    return state_evidence(state=now, silence=silence, **(values | changed))


def test_the_evidence_tells_the_silence_the_rhythm_and_the_border():
    found = evidence(State.AT_RISK, 90)
    assert (found.met, found.value, found.border) == (False, 90.0, 66.0)
    assert str(found.sentence) == (
        "silent for 90 days; buys every 31 days on average, 95 % of its gaps within 48 days; "
        "expected by 19 Nov 2025; so long a silence in 1 of 22 gaps; at risk beyond 66 days"
    )


def test_the_evidence_of_few_purchases_says_that_the_interval_is_borrowed():
    """(2 own gaps of 20 + 3 of 50) / 5 = 38 days."""
    found = evidence(State.ACTIVE, 20, purchase_days=3, gap_mean=20.0, gap_p95=20.0)
    assert str(found.sentence) == (
        "silent for 20 days; 3 purchase days are too few for a rhythm of its own: expected every 38 days, "
        "between its own gaps and the 50 days of all accounts; active: up to 57 days of silence are usual"
    )


@pytest.mark.parametrize(
    ("now", "silence", "words"),
    [
        (State.NEW, 10, "new: first bought 900 days ago, new for 66 days"),
        (State.ACTIVE, 10, "active: up to 48 days"),
        (State.WATCH, 50, "to be watched beyond 48 days"),
        (State.LAPSED, 200, "lapsed beyond 99 days"),
        (State.LOST, 400, "lost beyond 365 days"),
        (State.RETURNED, 5, "one of its last three gaps had been a lapse"),
    ],
)
def test_every_state_has_its_sentence(now, silence, words):
    assert words in str(evidence(now, silence).sentence)


def test_one_purchase_and_none_have_sentences_of_their_own():
    once = evidence(State.NEW, 12, age=12, purchase_days=1, gap_mean=None, gap_p95=None)
    assert "bought on one day only, 12 days ago" in str(once.sentence)
    never = evidence(State.NEVER, None, age=None, purchase_days=0, gap_mean=None, gap_p95=None)
    assert str(never.sentence) == "returns only: not one day with a purchase"


def test_half_a_million_accounts_take_seconds_not_minutes():
    """A dozen calls for one account; what they take is measured by `bench/lapse_state.py`, for no busy machine decides.

    A state that puts its evidence into words, or counts in Decimal, on the way makes hundreds.
    """
    accounts = [(silence, 31.0 + silence % 7) for silence in range(0, 400, 4)]
    calls = 0

    def count(_frame: object, event: str, _of: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        for silence, mean in accounts:
            lapse_state(
                purchase_days=23,
                silence=silence,
                age=900,
                gap_mean=mean,
                gap_p95=48.0,
                recent_longest=40,
                base_interval=50.0,
                ledger_age=1_000,
            )
    finally:
        sys.setprofile(None)
    assert len(accounts) < calls <= 15 * len(accounts)
