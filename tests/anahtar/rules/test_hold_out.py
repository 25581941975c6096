"""Hold-out: the same seed leaves the same accounts alone, and as many as was said."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anahtar.rules.hold_out import held_out


def test_those_with_the_smallest_numbers_are_left_alone() -> None:
    numbers = {key: sha256(f"7:{key}".encode()).hexdigest() for key in (1, 2, 3, 4)}
    smallest = min(numbers, key=numbers.__getitem__)
    assert held_out([1, 2, 3, 4], share=25, seed=7) == {smallest}


@pytest.mark.parametrize(
    ("of", "share", "count"), [(10, 20, 2), (10, 0, 0), (10, 50, 5), (3, 50, 2), (5, 10, 1), (4, 10, 0), (0, 50, 0)]
)
def test_as_many_are_left_alone_as_was_said(of: int, share: int, count: int) -> None:
    assert len(held_out(range(of), share=share, seed=1)) == count


@given(st.sets(st.integers(1, 10_000), max_size=60), st.integers(0, 50), st.integers(0, 2**62))
def test_the_order_does_not_matter_and_nobody_else_is_drawn(keys: set[int], share: int, seed: int) -> None:
    found = held_out(sorted(keys), share=share, seed=seed)
    assert found == held_out(sorted(keys, reverse=True), share=share, seed=seed)
    assert found <= keys


def test_another_seed_draws_others() -> None:
    assert len({held_out(range(40), share=25, seed=seed) for seed in range(10)}) == 10


def test_every_account_is_left_alone_about_as_often() -> None:
    """Of 2,000 draws of a quarter each account is left alone 500 times; five standard deviations are 97."""
    draws = [held_out(range(20), share=25, seed=seed) for seed in range(2000)]
    counts = [sum(key in drawn for drawn in draws) for key in range(20)]
    assert all(403 < count < 597 for count in counts)


@pytest.mark.parametrize("share", [-1, 51, 100])
def test_more_than_half_are_never_left_alone(share: int) -> None:
    with pytest.raises(ValueError, match="cannot be left alone"):
        held_out([1, 2], share=share, seed=1)
