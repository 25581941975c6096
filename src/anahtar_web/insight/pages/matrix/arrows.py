"""The ways drawn as arrows over the matrix: each as thick as it has accounts, none of them behind another."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar.analysis.classing import CELL_NAMES
from anahtar.analysis.portfolio import Move
from anahtar_web.insight.portfolio.ways import CAME, WENT, kind_of
from anahtar_web.ui.templatetags.shown import number

Point = tuple[float, float]

BOX: Final = (76, 48)
"""Width and height of a cell; the drawing is 520 wide and 372 high."""

_LEFT, _TOP, _ACROSS, _DOWN = 60, 48, 141, 138

OUTSIDE: Final = ""
"""The name of the place beside the matrix: no purchase, not yet a customer, no positive value, nothing to judge."""

_OUTSIDE_AT: Final = (482, 186)
_OUTSIDE_BOX: Final = (70, 340)

DRAWN: Final = 12
"""So many ways are drawn, those of most accounts: more would be a thicket."""

_THIN, _THICK = 1.2, 7.0
_BEND: Final = 0.1
"""How far a curve leaves the straight line, of its length."""

_BEND_ACROSS, _BEND_DOWN = 0.18, 0.32
"""The same of a way over two boxes: around the one between them."""

_BESIDE: Final = 13.0
"""How far beside its curve a number stands."""

_LANE: Final = 9.0
"""How far beside the line between two boxes a way begins and ends: the way back has the other side."""


@dataclass(frozen=True, slots=True)
class Place:
    """A box: where its upper left corner is, how large it is, who stands there now and stood there already."""

    name: str
    x: str
    y: str
    width: int
    height: int
    middle: str
    accounts: int
    stayed: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """One curve with its head (a triangle) and, beside its middle, how many accounts went that way."""

    kind: str
    path: str
    head: str
    width: str
    accounts: int
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The template's contract; `told` says in words what is drawn."""

    places: Sequence[Place]
    arrows: Sequence[Arrow]
    left_out: int
    told: str

    @classmethod
    def build(cls, moves: Sequence[Move]) -> "Drawing":
        """Draw the ways of most accounts."""
        counts = _counts(moves)
        ways = sorted((way for way in counts if way[0] != way[1]), key=lambda way: (-counts[way], way))
        most = max((counts[way] for way in ways), default=1)
        arrows = [_arrow(way, counts[way], most) for way in ways[:DRAWN]]
        return cls(
            [_place(name, counts) for name in (*CELL_NAMES, OUTSIDE)],
            arrows,
            len(ways) - len(arrows),
            _told(ways, counts),
        )


def _counts(moves: Iterable[Move]) -> Mapping[tuple[str, str], int]:
    counts: dict[tuple[str, str], int] = {}
    for move in moves:
        way = _inside(move.before), _inside(move.after)
        counts[way] = counts.get(way, 0) + move.accounts
    return counts


def _inside(state: str) -> str:
    return state if state in CELL_NAMES else OUTSIDE


def _middle(name: str) -> Point:
    if name == OUTSIDE:
        return _OUTSIDE_AT
    across, down = _at(name)
    return _LEFT + across * _ACROSS, _TOP + down * _DOWN


def _at(name: str) -> tuple[int, int]:
    """Give column and row of a cell."""
    return divmod(CELL_NAMES.index(name), 3)


def _place(name: str, counts: Mapping[tuple[str, str], int]) -> Place:
    (x, y), (width, height) = _middle(name), BOX if name else _OUTSIDE_BOX
    now = sum(accounts for (_before, after), accounts in counts.items() if after == name)
    return Place(
        name, f"{x - width / 2:g}", f"{y - height / 2:g}", width, height, f"{x:g}", now, counts.get((name, name), 0)
    )


def _arrow(way: tuple[str, str], accounts: int, most: int) -> Arrow:
    """Draw a way: a bent curve from the edge of one box to the edge of the other."""
    (from_x, from_y), (to_x, to_y) = _ends(*way)
    long = math.hypot(to_x - from_x, to_y - from_y) or 1.0
    aside_x, aside_y = (to_y - from_y) / long, (from_x - to_x) / long
    bend = long * _bend(*way)
    bend_x, bend_y = (from_x + to_x) / 2 + aside_x * bend, (from_y + to_y) / 2 + aside_y * bend
    width = _THIN + (_THICK - _THIN) * math.sqrt(accounts / most)
    # The head points the way the curve ends, and the curve ends where the head begins.
    size = 5 + width
    angle = math.atan2(to_y - bend_y, to_x - bend_x)
    neck_x, neck_y = to_x - size * math.cos(angle), to_y - size * math.sin(angle)
    side_x, side_y = -math.sin(angle) * size * 0.55, math.cos(angle) * size * 0.55
    return Arrow(
        kind=_kind(*way),
        path=f"M{from_x:.1f} {from_y:.1f}Q{bend_x:.1f} {bend_y:.1f} {neck_x:.1f} {neck_y:.1f}",
        head=_points((to_x, to_y), (neck_x + side_x, neck_y + side_y), (neck_x - side_x, neck_y - side_y)),
        width=f"{width:.1f}",
        accounts=accounts,
        x=f"{(from_x + to_x) / 4 + bend_x / 2 + aside_x * _BESIDE:.1f}",
        y=f"{(from_y + to_y) / 4 + bend_y / 2 + aside_y * _BESIDE + 4:.1f}",
    )


def _bend(before: str, after: str) -> float:
    if OUTSIDE in (before, after):
        return _BEND
    across, down = (abs(one - other) for one, other in zip(_at(before), _at(after), strict=True))
    return {(2, 0): _BEND_ACROSS, (0, 2): _BEND_DOWN}.get((across, down), _BEND)


def _points(*points: Point) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _kind(before: str, after: str) -> str:
    if before == OUTSIDE:
        return CAME
    return WENT if after == OUTSIDE else kind_of(before, after)


def _ends(before: str, after: str) -> tuple[Point, Point]:
    """Give where a way leaves one box and reaches the other; to and from outside it runs level."""
    one, other = _middle(before), _middle(after)
    edge = _OUTSIDE_AT[0] - _OUTSIDE_BOX[0] / 2 - 3
    if before == OUTSIDE:
        one = (edge, other[1])
    if after == OUTSIDE:
        other = (edge, one[1])
    long = math.dist(one, other) or 1.0
    aside = (other[1] - one[1]) / long * _LANE, (one[0] - other[0]) / long * _LANE
    from_, to = one if before == OUTSIDE else _rim(one, other), other if after == OUTSIDE else _rim(other, one)
    return (from_[0] + aside[0], from_[1] + aside[1]), (to[0] + aside[0], to[1] + aside[1])


def _rim(middle: Point, towards: Point) -> Point:
    """Give the point of a cell's rim in the direction of another point."""
    across, down = towards[0] - middle[0], towards[1] - middle[1]
    half_width, half_height = BOX[0] / 2 + 3, BOX[1] / 2 + 3
    part = min(half_width / abs(across) if across else math.inf, half_height / abs(down) if down else math.inf)
    return middle[0] + across * part, middle[1] + down * part


def _told(ways: Sequence[tuple[str, str]], counts: Mapping[tuple[str, str], int]) -> str:
    return "; ".join(_said(counts[way], *(name or _("outside") for name in way)) for way in ways)


def _said(accounts: int, before: str, after: str) -> str:
    text = ngettext(
        "%(n)s account from %(before)s to %(after)s", "%(n)s accounts from %(before)s to %(after)s", accounts
    )
    return text % {"n": number(accounts), "before": before, "after": after}
