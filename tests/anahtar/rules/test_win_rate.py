"""Win rates: Wilson's interval against values by hand and as published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anahtar.rules.win_rate import win_rate


@pytest.mark.parametrize(
    ("won", "lost", "low", "high"),
    [
        # (0.5 + 0.19207) / 1.38415 = 0.5; half width 1.95996 * 0.186022 / 1.38415 = 0.26341.
        (5, 5, 0.23659, 0.76341),
        # Newcombe, Statistics in Medicine 17 (1998), table I, method 3 (Wilson): 81/263, 15/148, 0/20, 1/29.
        (81, 182, 0.2553, 0.3662),
        (15, 133, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 28, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_wilsons(won: int, lost: int, low: float, high: float) -> None:
    found = win_rate(won=won, lost=lost)
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_nothing_decided_has_no_rate() -> None:
    found = win_rate(won=0, lost=0)
    assert (found.decided, found.rate, found.low, found.high, found.is_few) == (0, None, None, None, True)


def test_below_ten_decided_they_are_few() -> None:
    assert win_rate(won=4, lost=5).is_few
    assert not win_rate(won=5, lost=5).is_few


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_the_rate_lies_in_its_interval_and_the_interval_between_none_and_all(won: int, lost: int) -> None:
    found = win_rate(won=won, lost=lost)
    if found.rate is not None and found.low is not None and found.high is not None:
        assert 0 <= found.low <= found.rate <= found.high <= 1
        assert found.won + found.lost == found.decided
