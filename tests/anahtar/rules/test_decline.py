"""Decline without silence: borders by hand."""

from collections.abc import Sequence

import pytest

from anahtar.rules.decline import decline
from anahtar.words import Words

NINE = [100] * 9


@pytest.mark.parametrize(
    ("revenue", "purchases", "declines", "yearly"),
    [
        # 9 x 100 + 3 x 50 = 1,050, a mean of 87.5: 50 / 87.5 - 1 = -42.9 %; a year of 50s lacks 1,050 - 600.
        ([*NINE, 50, 50, 50], 6, True, 450),
        # 9 x 100 + 3 x 53 = 1,059, a mean of 88.25: 53 / 88.25 - 1 = -39.9 %.
        ([*NINE, 53, 53, 53], 6, False, 0),
        # exactly -40 %: 255 + 45 = 300, a mean of 25; 15 / 25 - 1 = -0.4 is not below the border.
        ([*[0] * 8, 255, 15, 15, 15], 6, False, 0),
        # the same decline with too few purchases
        ([*NINE, 50, 50, 50], 5, False, 0),
        # one trailing month alone carries the three: (0 + 0 + 90) / 3 = 30; 30 / 82.5 - 1 = -63.6 %.
        ([*NINE, 0, 0, 90], 9, True, 990 - 360),
        # silence is not a decline, and neither are returns alone
        ([*NINE, 0, 0, 0], 9, False, 0),
        ([*NINE, 0, 0, -10], 9, False, 0),
        # growth
        ([*NINE, 300, 300, 300], 9, False, 0),
        # nothing to compare with
        ([0] * 12, 9, False, 0),
        ([100] * 8 + [10] * 3, 9, False, 0),
    ],
)
def test_a_decline_is_told_by_the_trailing_quarter(
    revenue: Sequence[int], purchases: int, declines: bool, yearly: int
) -> None:
    found = decline(revenue, purchases=purchases)
    assert (found.declines, found.yearly) == (declines, yearly)


def test_its_evidence_names_the_change_and_the_border() -> None:
    found = decline([*NINE, 50, 50, 50], purchases=6)
    assert found.evidence.value == pytest.approx(-0.4286, abs=1e-4)
    assert found.evidence.border == -0.40
    said = Words("en")(found.evidence.sentence)
    assert "42.9" in said
    assert "6 purchases" in said


def test_what_cannot_be_told_says_what_it_takes() -> None:
    found = decline([1] * 3, purchases=9)
    assert found.change is None
    assert "twelve full months" in Words("en")(found.evidence.sentence)
