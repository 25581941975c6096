"""A figure on a ruler with its borders: drawn on the server, each place in hundredths of the width."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Final

BEYOND: Final = 3.0
"""How many times beyond the outermost mark a ruler of money goes on, either way."""

EDGE: Final = 16.0
"""Nearer to an end than this, a text begins or ends at its mark."""

APART: Final = 0.26
"""Nearer to each other than this, two texts stand in two lines: on a phone they would run into each other."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of the ruler and the class that holds there."""

    letter: str
    start: str
    width: str
    middle: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the ruler and what stands there; `anchor`: where its text is held; `lower`: in a second line."""

    at: str
    text: str
    anchor: str
    lower: bool = False


@dataclass(frozen=True, slots=True)
class Ruler:
    """Zones, the borders between them, and the place of the account."""

    zones: Sequence[Zone]
    borders: Sequence[Mark]
    own: Mark

    @property
    def is_tall(self) -> bool:
        """Whether there is a second line of texts."""
        return any(border.lower for border in self.borders)


def of_money(value: int, borders: Sequence[tuple[str, int, str]], *, below: str, told: str) -> Ruler:
    """Draw an amount among borders: each step takes as much room as it is times larger.

    Parameters
    ----------
    value
        Above zero.
    borders
        The class from a border on, the border (above zero) and how it is written; the lowest first.
    below
        The class below the lowest of them.
    told
        How the value is written.
    """
    marks = [value, *(border for _letter, border, _text in borders)]
    low, high = log(min(marks) / BEYOND), log(max(marks) * BEYOND)

    def place(amount: int) -> float:
        return (log(amount) - low) / (high - low)

    named = [(letter, place(border), text) for letter, border, text in borders]
    return _ruler(place(value), named, below=below, told=told)


def of_number(value: float, borders: Sequence[tuple[str, float, str]], *, below: str, told: str) -> Ruler:
    """Draw a number from zero on among borders."""
    end = max(value * 1.15, 1.5 * max(border for _letter, border, _text in borders))
    named = [(letter, border / end, text) for letter, border, text in borders]
    return _ruler(value / end, named, below=below, told=told)


def _ruler(own: float, borders: Sequence[tuple[str, float, str]], *, below: str, told: str) -> Ruler:
    starts = [0.0, *(at for _letter, at, _text in borders)]
    ends = [*starts[1:], 1.0]
    letters = [below, *(letter for letter, _at, _text in borders)]
    return Ruler(
        [
            Zone(letter, _percent(start), _percent(end - start), _percent((start + end) / 2))
            for letter, start, end in zip(letters, starts, ends, strict=True)
        ],
        _marks([(at, text) for _letter, at, text in borders]),
        _mark(own, told),
    )


def _marks(places: Sequence[tuple[float, str]]) -> Sequence[Mark]:
    found: list[Mark] = []
    for number, (at, text) in enumerate(places):
        near = number > 0 and at - places[number - 1][0] < APART
        found.append(_mark(at, text, lower=near and not found[-1].lower))
    return found


def _mark(at: float, text: str, *, lower: bool = False) -> Mark:
    place = 100 * at
    return Mark(_percent(at), text, "start" if place < EDGE else "end" if place > 100 - EDGE else "middle", lower)


def _percent(part: float) -> str:
    return f"{100 * part:.2f}%"
