"""Probation by hand: how long it lasts, and how long a silence may be meanwhile."""

from datetime import date

import pytest

from anahtar.rules.probation import bought_again, probation_border, probation_ends, silent_again


@pytest.mark.parametrize(
    ("gap_mean", "ends"),
    [
        (None, date(2025, 6, 30)),  # 90 days at least
        (45.0, date(2025, 6, 30)),  # 2 · 45 = 90
        (45.2, date(2025, 7, 1)),  # 90.4, and the day is not cut short
        (100.0, date(2025, 10, 18)),  # 200
    ],
)
def test_probation_lasts_two_intervals_and_ninety_days_at_least(gap_mean: float | None, ends: date) -> None:
    assert probation_ends(since=date(2025, 4, 1), gap_mean=gap_mean) == ends


@pytest.mark.parametrize(
    ("purchase_days", "gap_p95", "border"),
    [
        (4, 60.0, 40),  # 60 / 1.5
        (4, 100.0, 66),  # 66.7
        (3, 60.0, 45),  # no rhythm of its own: half of 90
        (1, None, 45),
        (30, 9.0, 15),  # 6, and never below 15
    ],
)
def test_the_border_is_tighter_than_elsewhere(purchase_days: int, gap_p95: float | None, border: int) -> None:
    assert probation_border(purchase_days=purchase_days, gap_p95=gap_p95, flat_days=90) == border


def test_a_silence_is_too_long_the_day_after_its_border() -> None:
    on = silent_again(silence=40, purchase_days=4, gap_p95=60.0, flat_days=90)
    after = silent_again(silence=41, purchase_days=4, gap_p95=60.0, flat_days=90)
    assert (on.met, after.met) == (False, True)
    assert str(after.sentence) == "on probation: silent for 41 days, up to 40 days are in order"


def test_it_is_said_what_brought_it_back() -> None:
    said = str(bought_again(on=date(2025, 4, 1), until=date(2025, 6, 30)))
    assert said == "bought again on 1 Apr 2025; on probation until 30 Jun 2025"
