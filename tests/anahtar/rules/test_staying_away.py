"""Likely to stay away although not late: one row per case."""

import pytest

from anahtar.rules.staying_away import staying_away
from anahtar.words import Words


@pytest.mark.parametrize(
    ("none_ahead", "purchase_days", "days_late", "met"),
    [
        (0.30, 4, 0, True),  # the border itself counts
        (0.29, 4, 0, False),
        (0.90, 3, 0, False),  # no rhythm
        (0.90, 4, 1, False),  # late: that is silence
        (None, 4, 0, False),  # no model
    ],
)
def test_the_probability_decides_while_nobody_is_late(
    none_ahead: float | None, purchase_days: int, days_late: int, met: bool
) -> None:
    found = staying_away(
        none_ahead=none_ahead, border=0.30, horizon=90, purchase_days=purchase_days, days_late=days_late
    )
    assert found.met is met


def test_its_sentence_names_probability_horizon_and_border() -> None:
    found = staying_away(none_ahead=0.42, border=0.30, horizon=90, purchase_days=9, days_late=0)
    said = Words("en")(found.sentence)
    assert "90 days" in said
    assert "42" in said
    assert "30" in said
