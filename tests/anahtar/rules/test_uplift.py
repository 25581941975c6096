"""Uplift: the interval of a difference against published values, and what may be said of few."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anahtar.rules.uplift import ReturnRate, Uplift, Verdict, difference, uplift


def _uplift(returned: int, of: int, alone: int, of_alone: int) -> Uplift:
    return uplift(offered=ReturnRate.counted(returned, of), left_alone=ReturnRate.counted(alone, of_alone))


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), table II, method 10.
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((10, 10, 0, 20), 0.6791, 1.0000),
        ((10, 10, 0, 10), 0.6075, 1.0000),
        ((5, 56, 0, 29), -0.0381, 0.1926),
    ],
)
def test_the_interval_is_newcombes(counts: tuple[int, int, int, int], low: float, high: float) -> None:
    assert difference(*counts) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_it_is_the_offereds_rate_less_the_others() -> None:
    """Of 40 offered 12 returned (30 %), of 20 left alone 2 (10 %): 20 points more."""
    found = _uplift(12, 40, 2, 20)
    assert found.difference == pytest.approx(0.20)
    # Wilson: 12/40 [0.1807, 0.4543], 2/20 [0.0279, 0.3010]; 0.2 -+ sqrt(.1193^2 + .2010^2), sqrt(.1543^2 + .0721^2).
    assert (found.low, found.high) == (pytest.approx(-0.0338, abs=1e-4), pytest.approx(0.3703, abs=1e-4))
    assert found.verdict == Verdict.UNCLEAR


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        ((56, 70, 48, 80), Verdict.MORE),
        ((48, 80, 56, 70), Verdict.FEWER),
        ((12, 40, 2, 20), Verdict.UNCLEAR),
        ((9, 9, 0, 40), Verdict.TOO_FEW),
        ((40, 40, 0, 9), Verdict.TOO_FEW),
        ((10, 10, 0, 10), Verdict.MORE),
        ((3, 10, 0, 0), Verdict.TOO_FEW),
    ],
)
def test_what_may_be_said(counts: tuple[int, int, int, int], verdict: Verdict) -> None:
    assert _uplift(*counts).verdict == verdict


def test_without_a_group_there_is_no_difference() -> None:
    found = _uplift(3, 10, 0, 0)
    assert (found.difference, found.low, found.high) == (None, None, None)
    assert (found.left_alone.of, found.left_alone.rate) == (0, None)


@given(st.integers(1, 300), st.integers(1, 300), st.data())
def test_the_difference_lies_in_its_interval_and_turns_its_sign_with_the_groups(
    of: int, of_alone: int, data: st.DataObject
) -> None:
    hits, alone = data.draw(st.integers(0, of)), data.draw(st.integers(0, of_alone))
    found, turned = difference(hits, of, alone, of_alone), difference(alone, of_alone, hits, of)
    assert -1 - 1e-9 <= found.low <= hits / of - alone / of_alone <= found.high <= 1 + 1e-9
    assert (found.low, found.high) == (pytest.approx(-turned.high), pytest.approx(-turned.low))
