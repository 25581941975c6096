"""How lines of influence and conflict run: between the rows, and down where no card stands. Never under a card.

A line leaves its card into the corridor below or above, runs along it, goes through the rows in between where they are
free, and enters the other card from its corridor. Lines that share a piece of a corridor run beside each other.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from anahtar_web.stakeholders.drawing.tree import CARD_HEIGHT, CARD_WIDTH, INDENT, Layout, Spot

LANE: Final = 9
"""Between two lines in one corridor."""
BUS: Final = 15
"""How far below a card the line to its reports turns."""
_PORT: Final = 16
_PORTS: Final = 9
_ASIDE: Final = 11
"""How near a line comes to a card it passes."""
_BARE: Final = 30
_BARE_BUS: Final = 38

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """What is to be drawn: from whom to whom; `key` tells one from another."""

    key: int
    source: int
    target: int


@dataclass(frozen=True, slots=True)
class Route:
    """Where a line runs, corner by corner, and where its mark may stand."""

    line: Line
    points: Sequence[Point]
    mark: Point


@dataclass(frozen=True, slots=True)
class Routed:
    """Every line, and where the rows stand so that all lines have room.

    Parameters
    ----------
    tops
        Upper edge of each row, from 0.
    height
        Lower edge of whatever is lowest.
    left, right
        The outermost place a line runs at.
    """

    routes: Sequence[Route]
    tops: Sequence[float]
    height: float
    left: float
    right: float


@dataclass(slots=True)
class _Run:
    """A piece along a corridor (-1: above the first row; n: below row n)."""

    corridor: int
    start: float
    end: float
    lane: int = 0

    @property
    def span(self) -> tuple[float, float]:
        return min(self.start, self.end), max(self.start, self.end)


@dataclass(slots=True)
class _Way:
    line: Line
    down: bool
    """Whether it leaves at the lower edge of its card."""
    up: bool
    """Whether it enters the other at the lower edge."""
    runs: list[_Run]


def routes(layout: Layout, lines: Sequence[Line]) -> Routed:
    """Route lines between cards."""
    spots = layout.spots
    drawn = [line for line in lines if line.source in spots and line.target in spots]
    ports: Counter[tuple[int, bool]] = Counter()
    channels = _blocked(layout)
    ways = [_way(line, layout, ports, channels) for line in drawn]
    lanes = _lanes(ways)
    tops = _tops(layout, lanes)
    made = _marked(ways, spots, tops, layout)
    xs = [x for route in made for x, _y in route.points]
    height = (tops[-1] if tops else 0) + CARD_HEIGHT
    lowest = max((y for route in made for _x, y in route.points), default=0)
    return Routed(made, tops, max(height, lowest), min(xs, default=0), max(xs, default=0))


def _way(line: Line, layout: Layout, ports: "Counter[tuple[int, bool]]", channels: "_Channels") -> _Way:
    one, other = layout.spots[line.source], layout.spots[line.target]
    down, up = one.row <= other.row, one.row >= other.row
    start = _port(line.source, one, down, ports)
    end = _port(line.target, other, up, ports)
    first = one.row if down else one.row - 1
    last = other.row if up else other.row - 1
    if first == last:
        return _Way(line, down, up, [_Run(first, start, end)])
    rows = range(min(first, last) + 1, max(first, last) + 1)
    through = channels.free(rows, start, end)
    return _Way(line, down, up, [_Run(first, start, through), _Run(last, through, end)])


def _port(key: int, spot: Spot, lower: bool, ports: "Counter[tuple[int, bool]]") -> float:
    """Give each line its own place on an edge, from the right; the line of the reports has the left and the middle."""
    at = ports[key, lower]
    ports[key, lower] += 1
    return spot.x + CARD_WIDTH - 18 - _PORT * (at % _PORTS) * (0.5 if at >= _PORTS else 1)


class _Channels:
    """What of each row is taken."""

    def __init__(self, rows: int) -> None:
        self._taken: list[list[tuple[float, float]]] = [[] for _row in range(rows)]

    def take(self, row: int, start: float, end: float) -> None:
        self._taken[row].append((start, end))

    def free(self, rows: range, start: float, end: float) -> float:
        """Give the place that is free in all rows and the shortest way round, and take it."""
        taken = [span for row in rows for span in self._taken[row]]
        edges = [start, end, *(edge for span in taken for edge in span)]
        open_ = [x for x in edges if not any(low < x < high for low, high in taken)]
        found = min(open_, key=lambda x: (abs(x - start) + abs(x - end), abs(x - end)))
        for row in rows:
            self.take(row, found - LANE, found + LANE)
        return found


def _blocked(layout: Layout) -> _Channels:
    channels = _Channels(layout.rows)
    for spot in layout.spots.values():
        channels.take(spot.row, spot.x - _ASIDE, spot.x + CARD_WIDTH + _ASIDE)
    for key in layout.hanging:
        spot, last = layout.spots[key], layout.spots[layout.children[key][-1]]
        spine = spot.x + INDENT / 2
        for row in range(spot.row + 1, last.row + 1):
            channels.take(row, spine - LANE, spine + LANE)
    return channels


def _lanes(ways: Sequence[_Way]) -> Mapping[int, int]:
    """Put pieces that would lie on each other side by side; gives how many lanes each corridor needs."""
    needed: dict[int, int] = {}
    by_corridor: dict[int, list[_Run]] = {}
    for run in (run for way in ways for run in way.runs):
        by_corridor.setdefault(run.corridor, []).append(run)
    for corridor, runs in by_corridor.items():
        ends: list[float] = []
        for run in sorted(runs, key=lambda run: run.span):
            low, high = run.span
            lane = next((lane for lane, end in enumerate(ends) if end + LANE < low), len(ends))
            ends[lane:] = [high, *ends[lane + 1 :]]
            run.lane = lane
        needed[corridor] = len(ends)
    return needed


def _tops(layout: Layout, lanes: Mapping[int, int]) -> list[float]:
    buses = _buses(layout)
    tops, at = [], float(LANE * lanes.get(-1, 0) + (16 if lanes.get(-1) else 0))
    for row in range(layout.rows):
        tops.append(at)
        bare = _BARE_BUS if row in buses else _BARE
        more = lanes.get(row, 0)
        at += CARD_HEIGHT + max(bare, _first(row in buses) + LANE * more + 12 if more else 0)
    return tops


def _buses(layout: Layout) -> set[int]:
    """Give the rows below which a line to reports runs along."""
    spreading = (key for key, below in layout.children.items() if below and key is not None)
    return {layout.spots[key].row for key in spreading if key not in layout.hanging}


def _first(bus: bool) -> float:
    return BUS + LANE if bus else 14.0


def _marked(ways: Sequence[_Way], spots: Mapping[int, Spot], tops: Sequence[float], layout: Layout) -> list[Route]:
    buses = _buses(layout)
    marks: list[Point] = []
    made = []
    for way in ways:
        points = list(_points(way, spots, tops, buses))
        marks.append(_mark(points, marks))
        made.append(Route(way.line, points, marks[-1]))
    return made


def _points(way: _Way, spots: Mapping[int, Spot], tops: Sequence[float], buses: "set[int]") -> Iterator[Point]:
    one, other = spots[way.line.source], spots[way.line.target]
    yield way.runs[0].start, tops[one.row] + (CARD_HEIGHT if way.down else 0)
    for run in way.runs:
        y = _height_of(run, tops, buses)
        yield run.start, y
        if run.end != run.start:
            yield run.end, y
    yield way.runs[-1].end, tops[other.row] + (CARD_HEIGHT if way.up else 0)


def _height_of(run: _Run, tops: Sequence[float], buses: "set[int]") -> float:
    if run.corridor < 0:
        return tops[0] - 16 - LANE * run.lane
    return tops[run.corridor] + CARD_HEIGHT + _first(run.corridor in buses) + LANE * run.lane


def _mark(points: Sequence[Point], marks: Sequence[Point]) -> Point:
    """Find a place on the longest piece that no other mark has."""
    pairs = sorted(pairwise(points), key=lambda pair: -_length(*pair))
    tried = [_between(*pair, part) for pair in pairs[:2] for part in (0.5, 0.35, 0.65, 0.22, 0.78)]
    apart = (place for place in tried if all(_length(place, other) > 19 for other in marks))
    return next(apart, tried[0])


def _length(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _between(one: Point, other: Point, part: float) -> Point:
    return one[0] + (other[0] - one[0]) * part, one[1] + (other[1] - one[1]) * part
