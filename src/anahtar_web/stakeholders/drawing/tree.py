"""Where the cards of a map stand: columns and rows, so that everything between two rows is free for lines.

The upper levels spread side by side below their superior; deeper ones hang under each other, indented, at the left of
which one line runs down. How many levels spread is tried out: the one that shows the cards largest wins.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, sqrt
from typing import Final

CARD_WIDTH: Final = 208
CARD_HEIGHT: Final = 74
INDENT: Final = 30
"""How far a card that hangs stands right of its superior; its line runs down in the middle of that."""
COLUMN_GAP: Final = 34
TREE_GAP: Final = 62
"""Between two trees that have no superior in common."""
_ROW: Final = CARD_HEIGHT + 36
"""A row as it is guessed while layouts are compared."""
_SHOWN: Final = (1180, 640)
"""The part of a page in which a map is first seen."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a card stands: the left edge, and the row."""

    x: float
    row: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everybody stands.

    Parameters
    ----------
    spots
        Key of a person -> where the card stands.
    hanging
        Keys of those whose reports hang; the reports of all others spread.
    loose
        Keys of those who neither report to anybody nor have reports, where there are several or others beside them.
    """

    spots: Mapping[int, Spot]
    children: Mapping[int | None, Sequence[int]]
    hanging: frozenset[int]
    loose: Sequence[int] = ()

    @property
    def width(self) -> float:
        """From the left edge of the first card to the right edge of the last."""
        return max((spot.x + CARD_WIDTH for spot in self.spots.values()), default=0)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return max((spot.row + 1 for spot in self.spots.values()), default=0)

    @property
    def scale(self) -> float:
        """How large the cards are where the whole is seen at once, at most 1."""
        return min(1.0, _SHOWN[0] / max(self.width, 1), _SHOWN[1] / max(self.rows * _ROW, 1))


@dataclass(slots=True)
class _Block:
    width: float = 0
    spots: dict[int, Spot] = field(default_factory=dict)
    hanging: set[int] = field(default_factory=set)

    def take(self, other: "_Block", dx: float) -> None:
        self.spots.update({key: Spot(spot.x + dx, spot.row) for key, spot in other.spots.items()})
        self.hanging |= other.hanging


def lay_out(superiors: Mapping[int, int | None]) -> Layout:
    """Place cards.

    Parameters
    ----------
    superiors
        Key of a person -> whom they report to, in the order in which colleagues shall stand. Somebody whose superior is
        not among them stands at the top.
    """
    children: dict[int | None, list[int]] = {}
    for key, above in superiors.items():
        children.setdefault(above if above in superiors else None, []).append(key)
    tried = [_placed(children, levels) for levels in range(_depth(children, None) + 1)]
    return max(enumerate(tried), key=lambda one: (round(one[1].scale, 2), one[0]), default=(0, _empty()))[1]


def _empty() -> Layout:
    return Layout({}, {}, frozenset())


def _depth(children: Mapping[int | None, Sequence[int]], key: int | None) -> int:
    return max((1 + _depth(children, child) for child in children.get(key, ())), default=0)


def _placed(children: Mapping[int | None, Sequence[int]], levels: int) -> Layout:
    tops = children.get(None, ())
    loose = [key for key in tops if not children.get(key)]
    loose = loose if len(tops) > 1 else []
    whole = _Block()
    for top in tops:
        if top not in loose:
            _beside(whole, _block(children, top, 0, levels), TREE_GAP)
    if loose:
        _beside(whole, _grid(loose, alone=not whole.spots), TREE_GAP)
    return Layout(whole.spots, children, frozenset(whole.hanging), loose)


def _beside(whole: _Block, block: _Block, gap: float) -> None:
    start = whole.width + gap if whole.spots else 0
    whole.take(block, start)
    whole.width = start + block.width


def _grid(keys: Sequence[int], *, alone: bool) -> _Block:
    """Put cards that hang on nothing into a block, wider than high where it stands alone."""
    columns = max(1, ceil(sqrt(len(keys) / (1.0 if alone else 2.2))))
    step = CARD_WIDTH + COLUMN_GAP
    spots = {key: Spot(at % columns * step, at // columns) for at, key in enumerate(keys)}
    return _Block(min(columns, len(keys)) * step - COLUMN_GAP, spots)


def _block(children: Mapping[int | None, Sequence[int]], key: int, row: int, levels: int) -> _Block:
    below = children.get(key, ())
    if not below:
        return _Block(CARD_WIDTH, {key: Spot(0, row)})
    return _spread(children, key, row, levels) if levels > 1 else _hung(children, key, row)


def _spread(children: Mapping[int | None, Sequence[int]], key: int, row: int, levels: int) -> _Block:
    block = _Block()
    for child in children[key]:
        _beside(block, _block(children, child, row + 1, levels - 1), COLUMN_GAP)
    first, last = (block.spots[child].x for child in (children[key][0], children[key][-1]))
    block.spots[key] = Spot((first + last) / 2, row)
    return block


def _hung(children: Mapping[int | None, Sequence[int]], key: int, row: int) -> _Block:
    block = _Block(CARD_WIDTH, {key: Spot(0, row)}, {key})
    _hang(children, key, 1, block, row)
    return block


def _hang(children: Mapping[int | None, Sequence[int]], key: int, depth: int, block: _Block, row: int) -> int:
    for child in children.get(key, ()):
        row += 1
        block.spots[child] = Spot(depth * INDENT, row)
        block.width = max(block.width, depth * INDENT + CARD_WIDTH)
        if children.get(child):
            block.hanging.add(child)
            row = _hang(children, child, depth + 1, block, row)
    return row
