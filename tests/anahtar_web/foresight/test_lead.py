"""The sentence above the warnings: days before the 90-day rule are told only where there are any."""

import pytest

from anahtar_web.foresight.pages.proof import Warning, _lead

COUNTS = "By their own rhythm: right warnings 3, wrong ones 2."


def _own(before_flat: float | None) -> Warning:
    return Warning("own rhythm", right=3, wrong=2, open=0, days=50.0, before_flat=before_flat, own=True)


@pytest.mark.parametrize(("before_flat", "days"), [(41.0, "41 days"), (1.2, "1 day")])
def test_warnings_that_came_first_say_by_how_many_days(before_flat: float, days: str) -> None:
    assert _lead([_own(before_flat)]) == f"{COUNTS} Half of the right ones came {days} or more before your 90-day rule."


@pytest.mark.parametrize("before_flat", [None, 0.4, 0.0, -20.0])
def test_warnings_that_came_no_sooner_claim_no_days(before_flat: float | None) -> None:
    assert _lead([_own(before_flat)]) == COUNTS
