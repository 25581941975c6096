"""Merges are followed to their end, and a circle is refused."""

import pytest

from anahtar.facts.merging import UnableToMerge, survivors


def test_a_chain_is_followed_to_its_end_from_everywhere() -> None:
    assert survivors({"a": "b", "b": "c", "d": "c", "x": "y"}) == {"a": "c", "b": "c", "d": "c", "x": "y"}


@pytest.mark.parametrize(
    ("merged", "circle"),
    [
        ({"a": "a"}, ["a"]),
        ({"a": "b", "b": "a"}, ["a", "b"]),
        ({"x": "a", "a": "b", "b": "c", "c": "a"}, ["a", "b", "c"]),
    ],
)
def test_a_circle_is_refused_and_named(merged: dict[str, str], circle: list[str]) -> None:
    with pytest.raises(UnableToMerge) as refused:
        survivors(merged)
    assert refused.value.circle == circle
    assert " → ".join([*circle, circle[0]]) in str(refused.value)


def test_a_chain_of_thousands_is_followed() -> None:
    chain = {f"{at:05}": f"{at + 1:05}" for at in range(20_000)}
    assert set(survivors(chain).values()) == {"20000"}
