"""Texts of a ruler stand in two lines where they would run into each other."""

import pytest

from anahtar_web.insight.pages.account.rulers import of_money, of_number


@pytest.mark.parametrize(
    ("borders", "lower"),
    [([60, 6_000_000], [False, False]), ([60, 90], [False, True]), ([60, 80, 100], [False, True, False])],
)
def test_a_text_too_near_to_the_one_before_stands_below_it(borders: list[int], lower: list[bool]) -> None:
    named = [("B", border, str(border)) for border in borders]
    ruler = of_money(1_000_000, named, below="C", told="1,000,000")
    assert [mark.lower for mark in ruler.borders] == lower
    assert ruler.is_tall == any(lower)


def test_places_are_within_the_ruler_whatever_the_figures() -> None:
    for value in (0.0, 0.4, 250.0):
        ruler = of_number(value, [("Y", 0.5, "50 %"), ("Z", 1.0, "100 %")], below="X", told="here")
        assert all(0 <= float(mark.at.rstrip("%")) <= 100 for mark in (*ruler.borders, ruler.own))
