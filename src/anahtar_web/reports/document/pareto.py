"""The Pareto curve as SVG: so many of the largest accounts make so much together, shaded by class."""

from collections.abc import Mapping, Sequence
from math import log10
from typing import Any, Final
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar_web.ui.templatetags.shown import number, share

WIDTH: Final = 560.0
HEIGHT: Final = 250.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 40.0, 10.0, 10.0, 34.0

_INK: Final = "#3553c4"
_QUIET: Final = "#5f6672"
_RULE: Final = "#dfe2e8"
_OTHER: Final = "#b3591f"
_SHADES: Final = {"A": "#dbe2f8", "B": "#eaeefb", "C": "#f5f6fa"}
_NAMED: Final = 10
"""Points that are marked, of the largest accounts."""


def drawing(chart: Mapping[str, Any]) -> str:
    """Draw the chart of the concentration card; no text of a ledger is in it."""
    last = max(max(chart["places"]), *(chart["without"]["places"] if chart["without"] else [1]))
    parts = [
        *_bands(chart["borders"], last),
        *_grid(),
        _ticks(last),
        *([_line(chart["without"], last, _OTHER, dashed=True)] if chart["without"] else []),
        _line(chart, last, _INK),
        *_marks(chart, last),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}" '
        f'height="{HEIGHT:g}" font-family="Source Sans Pro" font-size="11">{"".join(parts)}</svg>'
    )


def _x(place: float, last: int) -> float:
    """Place an account as the page does: by powers of ten, or the first ten of a thousand would be one point."""
    return _LEFT + (WIDTH - _LEFT - _RIGHT) * (log10(max(place, 1)) / log10(last) if last > 1 else 1.0)


def _y(part: float) -> float:
    return _TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - min(max(part, 0.0), 1.0))


def _bands(borders: Sequence[Mapping[str, Any]], last: int) -> Sequence[str]:
    drawn, begins = [], 1
    for border in borders:
        left, right = _x(begins, last), _x(border["place"], last)
        fill = _SHADES.get(border["name"], _SHADES["C"])
        drawn.append(
            f'<rect x="{left:.2f}" y="{_TOP:g}" width="{max(right - left, 0):.2f}" '
            f'height="{HEIGHT - _TOP - _BOTTOM:g}" fill="{fill}"/>'
        )
        if right - left > 12:
            drawn.append(_text((left + right) / 2, HEIGHT - _BOTTOM - 6, border["name"], "middle", bold=True))
        begins = border["place"]
    return drawn


def _grid() -> Sequence[str]:
    drawn = []
    for fifth in range(6):
        at = _y(fifth / 5)
        drawn.append(
            f'<line x1="{_LEFT:g}" x2="{WIDTH - _RIGHT:g}" y1="{at:.2f}" y2="{at:.2f}" stroke="{_RULE}" '
            'stroke-width="0.8"/>'
        )
        drawn.append(_text(_LEFT - 6, at + 3.5, share(fifth / 5, 0), "end"))
    return drawn


def _ticks(last: int) -> str:
    """Name the first and the last place, and the powers of ten between where there is room."""
    powers = (10**power for power in range(1, 7))
    places = sorted({1, *(place for place in powers if _x(place, last) < WIDTH - _RIGHT - 40), last})
    base = HEIGHT - _BOTTOM
    names = [_text(_x(place, last), base + 14, number(place), "end" if place == last else "middle") for place in places]
    named = ngettext("largest account", "largest accounts", last) if last == 1 else _("so many of the largest accounts")
    return "".join([*names, _text((WIDTH + _LEFT) / 2, base + 28, named, "middle")])


def _line(curve: Mapping[str, Any], last: int, ink: str, *, dashed: bool = False) -> str:
    pairs = zip(curve["places"], curve["shares"], strict=True)
    points = " ".join(f"{_x(place, last):.2f},{_y(part):.2f}" for place, part in pairs)
    dash = ' stroke-dasharray="5 3"' if dashed else ""
    return f'<polyline points="{points}" fill="none" stroke="{ink}" stroke-width="2" stroke-linejoin="round"{dash}/>'


def _marks(chart: Mapping[str, Any], last: int) -> Sequence[str]:
    pairs = list(zip(chart["places"], chart["shares"], strict=True))[:_NAMED]
    return [f'<circle cx="{_x(p, last):.2f}" cy="{_y(s):.2f}" r="2.6" fill="{_INK}"/>' for p, s in pairs]


def _text(x: float, y: float, text: str, anchor: str, *, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:.2f}" y="{y:.2f}" text-anchor="{anchor}" fill="{_QUIET}"{weight}>{escape(text)}</text>'
