"""The SVG of a map: reporting lines, lines of influence and conflict, and a card for everybody."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from anahtar_web.stakeholders.drawing.cards import Card, card_at, sign
from anahtar_web.stakeholders.drawing.routing import BUS, Line, Point, Route, Routed, routes
from anahtar_web.stakeholders.drawing.tree import CARD_HEIGHT, CARD_WIDTH, INDENT, Layout, lay_out
from anahtar_web.ui.markup import markup

_EDGE: Final = 28
"""Round the drawing, so that nothing ends at the frame."""
_ROUND: Final = 6
_HEAD: Final = 5
"""Half the width of the head of an arrow."""


@dataclass(frozen=True, slots=True)
class Tied:
    """A line of influence or conflict, ready to be drawn.

    Parameters
    ----------
    kind
        `influence` or `conflict`.
    strength
        From 1 (dotted) to 3 (thick).
    label
        What is read of it; the note too.
    """

    key: int
    source: int
    target: int
    kind: str
    strength: int
    label: str
    has_note: bool = False
    faded: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map that is drawn.

    Parameters
    ----------
    body
        What stands inside the `<svg>`.
    box
        Its view box: left, top, width, height.
    """

    body: SafeString
    box: tuple[float, float, float, float]
    layout: Layout
    routed: Routed

    @property
    def view_box(self) -> str:
        """The view box as SVG writes it."""
        return " ".join(f"{value:.0f}" for value in self.box)


def draw(cards: Sequence[Card], ties: Sequence[Tied], loose: str = "") -> Drawing:
    """Draw a map.

    Parameters
    ----------
    cards
        In the order in which colleagues shall stand.
    loose
        What is written above those who hang on nothing.
    """
    layout = lay_out({card.key: card.superior for card in cards})
    routed = routes(layout, [Line(tie.key, tie.source, tie.target) for tie in ties])
    faded = {card.key for card in cards if card.faded}
    pieces = [
        *_reporting(layout, routed.tops, faded),
        *_ties(routed, {tie.key: tie for tie in ties}),
        *(card_at(card, layout.spots[card.key].x, routed.tops[layout.spots[card.key].row]) for card in cards),
        *_caption(layout, routed.tops, loose),
    ]
    return Drawing(_joined(pieces), _box(layout, routed), layout, routed)


def _joined(pieces: Sequence[SafeString]) -> SafeString:
    return markup("{}" * len(pieces), *pieces)


def _box(layout: Layout, routed: Routed) -> tuple[float, float, float, float]:
    left, right = min(0.0, routed.left), max(layout.width, routed.right)
    return left - _EDGE, -_EDGE, right - left + 2 * _EDGE, routed.height + 2 * _EDGE


def _caption(layout: Layout, tops: Sequence[float], loose: str) -> Iterator[SafeString]:
    if layout.loose and loose and len(layout.loose) < len(layout.spots):
        spot = layout.spots[layout.loose[0]]
        yield markup('<text class="rm-caption" x="{}" y="{}">{}</text>', f"{spot.x:.1f}", f"{tops[0] - 10:.1f}", loose)


def _reporting(layout: Layout, tops: Sequence[float], faded: "set[int]") -> Iterator[SafeString]:
    for superior, below in layout.children.items():
        if superior is None:
            continue
        for key in below:
            points = (
                _hung(layout, tops, superior, key)
                if superior in layout.hanging
                else _spread(layout, tops, superior, key)
            )
            away = " faded" if {superior, key} & faded else ""
            yield markup('<path class="rm-line{}" d="{}"/>', away, path(points))


def _spread(layout: Layout, tops: Sequence[float], superior: int, key: int) -> list[Point]:
    above, spot = layout.spots[superior], layout.spots[key]
    start, end = above.x + CARD_WIDTH / 2, spot.x + CARD_WIDTH / 2
    edge = tops[above.row] + CARD_HEIGHT
    if abs(start - end) < 1:
        return [(start, edge), (end, tops[spot.row])]
    return [(start, edge), (start, edge + BUS), (end, edge + BUS), (end, tops[spot.row])]


def _hung(layout: Layout, tops: Sequence[float], superior: int, key: int) -> list[Point]:
    above, spot = layout.spots[superior], layout.spots[key]
    spine, middle = above.x + INDENT / 2, tops[spot.row] + CARD_HEIGHT / 2
    return [(spine, tops[above.row] + CARD_HEIGHT), (spine, middle), (spot.x, middle)]


def _ties(routed: Routed, ties: Mapping[int, Tied]) -> Iterator[SafeString]:
    # First all lines, then all marks: a line that crosses does not run over a mark.
    yield from (_line(route, ties[route.line.key]) for route in routed.routes)
    yield from (_mark(route, ties[route.line.key]) for route in routed.routes)


def _line(route: Route, tie: Tied) -> SafeString:
    return markup(
        '<g class="rm-tie {} s{}{}" data-tie="{}"><title>{}</title><path d="{}"/>{}</g>',
        tie.kind,
        tie.strength,
        " faded" if tie.faded else "",
        tie.key,
        tie.label,
        path(route.points),
        _arrow(route.points) if tie.kind == "influence" else "",
    )


def _arrow(points: Sequence[Point]) -> SafeString:
    (_x, before), (x, y) = points[-2], points[-1]
    back = y + _HEAD * 1.7 if before > y else y - _HEAD * 1.7
    corners = f"{x:.1f},{y:.1f} {x - _HEAD:.1f},{back:.1f} {x + _HEAD:.1f},{back:.1f}"
    return markup('<polygon points="{}"/>', corners)


def _mark(route: Route, tie: Tied) -> SafeString:
    if tie.kind == "influence" and not tie.has_note:
        return markup("")
    x, y = route.mark
    return markup(
        '<g class="rm-mark {}{}" transform="translate({},{})"><title>{}</title><circle r="8"/>{}</g>',
        tie.kind,
        " faded" if tie.faded else "",
        f"{x:.1f}",
        f"{y:.1f}",
        tie.label,
        sign("zap" if tie.kind == "conflict" else "message-square-text", -5.5, -5.5, 11),
    )


def path(points: Sequence[Point]) -> str:
    """Write corners as a path whose corners are round."""
    clean = [point for at, point in enumerate(points) if at == 0 or point != points[at - 1]]
    first, *_rest = clean
    pieces = [f"M{first[0]:.1f} {first[1]:.1f}"]
    for before, corner, after in zip(clean, clean[1:], clean[2:], strict=False):
        start, end = _towards(corner, before), _towards(corner, after)
        pieces.append(f"L{start[0]:.1f} {start[1]:.1f}Q{corner[0]:.1f} {corner[1]:.1f} {end[0]:.1f} {end[1]:.1f}")
    pieces.append(f"L{clean[-1][0]:.1f} {clean[-1][1]:.1f}")
    return "".join(pieces)


def _towards(corner: Point, other: Point) -> Point:
    far = max(abs(other[0] - corner[0]), abs(other[1] - corner[1]))
    part = min(_ROUND, far / 2) / far if far else 0
    return corner[0] + (other[0] - corner[0]) * part, corner[1] + (other[1] - corner[1]) * part
