"""Small graphics drawn on the server, as SVG: small, sharp on paper, there without scripts."""

from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString

from anahtar_web.ui.markup import markup

_EDGE = 2
"""Room for the point at the end of a line."""
_HEAD = 3

Point = tuple[float, float]


def course(values: Sequence[float | None], width: int, height: int, tone: str) -> str:
    """Draw a course of values as a line; unknown ones are gaps, zero is dashed where the line falls below it.

    Nothing where fewer than two values are known.
    """
    known = [float(value) for value in values if value is not None]
    if len(known) < 2:
        return ""
    low, high = min(0.0, *known), max(0.0, *known)
    reach = (high - low) or 1.0
    step = (width - 2 * _EDGE) / (len(values) - 1)

    def y(value: float) -> float:
        return height - _HEAD - (value - low) / reach * (height - 2 * _HEAD)

    pieces = list(_pieces([None if v is None else (_EDGE + at * step, y(float(v))) for at, v in enumerate(values)]))
    zero = y(0.0)
    end = pieces[-1][-1]
    return markup(
        '<svg width="{w}" height="{h}" viewBox="0 0 {w} {h}" class="spark {tone}" aria-hidden="true">'
        '{zero}<path d="{area}" class="spark-a"/><path d="{line}" class="spark-l"/>'
        '<circle cx="{x}" cy="{y}" r="2" class="spark-d"/></svg>',
        w=width,
        h=height,
        tone=tone,
        zero=_zero_line(zero, width) if low < 0 else "",
        area=" ".join(
            f"{_line(piece)} L{piece[-1][0]:.1f} {zero:.1f} L{piece[0][0]:.1f} {zero:.1f}Z" for piece in pieces
        ),
        line=" ".join(_line(piece) for piece in pieces),
        x=f"{end[0]:.1f}",
        y=f"{end[1]:.1f}",
    )


def _pieces(points: list[Point | None]) -> Iterator[list[Point]]:
    piece: list[Point] = []
    for point in [*points, None]:
        if point is not None:
            piece.append(point)
        elif piece:
            yield piece
            piece = []


def _line(piece: list[Point]) -> str:
    # A value alone between two gaps is a line to itself, which a round cap shows as a dot.
    points = piece if len(piece) > 1 else piece * 2
    return "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _zero_line(y: float, width: int) -> SafeString:
    return markup('<path d="M0 {}H{}" class="spark-z"/>', f"{y:.1f}", width)


def bar(fraction: float, tone: str, width: int) -> SafeString:
    """Draw a fraction of one as a filled bar, never longer than its track."""
    filled = min(max(fraction, 0.0), 1.0) * 100
    return markup(
        '<svg class="meter {}" width="{}" height="6" viewBox="0 0 100 10" preserveAspectRatio="none"'
        ' aria-hidden="true"><rect width="{}" height="10"/></svg>',
        tone,
        width,
        f"{filled:.1f}",
    )
