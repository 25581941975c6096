"""Our price over the winner's, and how gaps spread."""

import pytest

from anahtar.rules.price_gap import price_gap, spread


def test_a_gap_is_our_price_over_the_winners() -> None:
    assert price_gap(ours=1_080_000, winners=1_000_000) == pytest.approx(1.08)


@pytest.mark.parametrize(("ours", "winners"), [(None, 1), (1, None), (0, 1), (1, 0), (-5, 1)])
def test_an_unknown_price_or_none_has_no_gap(ours: int | None, winners: int | None) -> None:
    assert price_gap(ours=ours, winners=winners) is None


def test_quartiles_lie_between_two_gaps() -> None:
    # Places 0.75, 1.5 and 2.25 of 1.00, 1.04, 1.10, 1.30.
    found = spread([1.30, 1.00, 1.10, 1.04])
    assert found is not None
    assert (found.count, found.least, found.greatest) == (4, 1.00, 1.30)
    assert (found.lower, found.middle, found.upper) == (
        pytest.approx(1.03), pytest.approx(1.07), pytest.approx(1.15),
    )  # fmt: skip


def test_one_gap_is_all_five_numbers_and_none_is_no_spread() -> None:
    found = spread([1.2])
    assert found is not None
    assert {found.least, found.lower, found.middle, found.upper, found.greatest} == {1.2}
    assert spread([]) is None
