"""Who buys only in some months is not silent in the others."""

from datetime import date

import pytest

from anahtar.rules.season import Season, season, season_ends

SPRING = [0, 0, 50, 40, 40, 0, 0, 0, 10, 0, 0, 0]


def test_the_shortest_run_with_seventy_percent_in_both_years_is_the_season() -> None:
    """March 50, April 40, May 40 of 140: 64 % in two months, 93 % in three."""
    assert season(SPRING * 2, last_month=12) == Season(frozenset({3, 4, 5}), pytest.approx(130 / 140))


def test_months_are_counted_back_from_the_last_one() -> None:
    turned = SPRING[8:] + SPRING[:8]
    assert season(turned * 2, last_month=8) == season(SPRING * 2, last_month=12)


def test_a_quarterly_buyer_buys_in_four_months_and_has_no_season() -> None:
    assert season([90, 0, 0] * 8, last_month=12) is None


def test_two_different_years_are_no_season() -> None:
    assert season(SPRING + SPRING[6:] + SPRING[:6], last_month=12) is None


def test_a_steady_buyer_has_none_and_below_two_years_nobody_can_tell() -> None:
    assert season([10] * 24, last_month=12) is None
    assert season(SPRING + SPRING[:11], last_month=11) is None
    assert season([0] * 12 + SPRING, last_month=12) is None


@pytest.mark.parametrize(
    ("last_purchase", "ends"),
    [
        (date(2024, 5, 20), date(2025, 5, 31)),  # at the end of its season
        (date(2024, 3, 2), date(2025, 5, 31)),  # at its beginning: it has bought this season
        (date(2024, 9, 9), date(2025, 5, 31)),  # between two
    ],
)
def test_late_is_who_lets_the_next_season_pass(last_purchase: date, ends: date) -> None:
    assert season_ends(Season(frozenset({3, 4, 5}), 0.9), last_purchase=last_purchase) == ends


def test_a_season_over_new_year_is_one() -> None:
    assert season_ends(Season(frozenset({12, 1}), 0.9), last_purchase=date(2024, 12, 5)) == date(2026, 1, 31)
