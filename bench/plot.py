"""Small pictures of measurements, drawn as SVG: bars with their spread and their goal, and cost against size."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from bench.measure import Ratio

WIDTH, LEFT, RIGHT, ROW, TOP = 760, 270, 110, 26, 44
INK, SOFT, BAR, OURS, GOAL = "#1f2933", "#7b8794", "#9fb3c8", "#0f609b", "#ba2525"
COLOURS = ("#0f609b", "#ba2525", "#0c6b58", "#8d2b0b", "#653cad", "#52606d")


@dataclass(frozen=True)
class Bar:
    """One bar: its name, its value with the spread, and whether it is the product's."""

    name: str
    value: Ratio
    ours: bool = False


def _text(x: float, y: float, said: str, *, colour: str = INK, anchor: str = "start", size: int = 13) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}" font-size="{size}">{escape(said)}</text>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1, more: str = "") -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
        f'stroke="{colour}" stroke-width="{width}"{more}/>'
    )


def _picture(title: str, height: float, parts: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" '
        f'height="{height:.0f}" role="img" font-family="system-ui, sans-serif">'
    )
    ground = f'<rect width="{WIDTH}" height="{height:.0f}" fill="#ffffff"/>'
    return "\n".join(
        [head, f"<title>{escape(title)}</title>", ground, _text(16, 24, title, size=15), *parts, "</svg>\n"]
    )


def number(value: float) -> str:
    """Three digits, as a person would write them."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def bars(title: str, shown: Sequence[Bar], *, goal: float | None = None, unit: str = "×") -> str:
    """Horizontal bars; where the largest is far above the smallest, on a logarithmic scale that says so."""
    most, least = max(bar.value.greatest for bar in shown), min(bar.value.least for bar in shown)
    logarithmic = most > 40 * least
    room = WIDTH - LEFT - RIGHT

    def at(value: float) -> float:
        if not logarithmic:
            return LEFT + room * value / max(most, goal or 0)
        low = math.floor(math.log10(least))
        return LEFT + room * (math.log10(value) - low) / (math.log10(max(most, goal or 0)) - low)

    parts = []
    for place, bar in enumerate(shown):
        y = TOP + place * ROW
        end = at(bar.value.median)
        colour = OURS if bar.ours else BAR
        parts.append(_text(LEFT - 8, y + 15, bar.name, anchor="end"))
        parts.append(f'<rect x="{LEFT}" y="{y + 3}" width="{end - LEFT:.1f}" height="{ROW - 9}" fill="{colour}"/>')
        parts.append(_line(at(bar.value.least), y + 11, at(bar.value.greatest), y + 11, INK, 1.5))
        parts.append(_text(at(bar.value.greatest) + 6, y + 15, f"{number(bar.value.median)} {unit}"))
    foot = TOP + len(shown) * ROW
    if goal is not None:
        parts.append(_line(at(goal), TOP - 4, at(goal), foot, GOAL, 1.5, ' stroke-dasharray="4 3"'))
        parts.append(_text(at(goal), foot + 14, f"goal {number(goal)} {unit}", colour=GOAL, anchor="middle", size=12))
    if logarithmic:
        parts.append(_text(16, foot + 14, "logarithmic", colour=SOFT, size=12))
    return _picture(title, foot + 24, parts)


def lines(title: str, series: Mapping[str, Sequence[tuple[float, float]]], *, unit: str) -> str:
    """Cost against size, both logarithmic; the name of each line carries what was fitted."""
    points = [point for line in series.values() for point in line]
    low = [math.floor(math.log10(min(point[axis] for point in points))) for axis in (0, 1)]
    high = [math.ceil(math.log10(max(point[axis] for point in points))) for axis in (0, 1)]
    left, width, height = 70, 400, 300

    def at(point: tuple[float, float]) -> tuple[float, float]:
        share = [(math.log10(point[axis]) - low[axis]) / (max(high[axis] - low[axis], 1)) for axis in (0, 1)]
        return left + width * share[0], TOP + height * (1 - share[1])

    parts = []
    for power in range(low[0], high[0] + 1):
        x = at((10**power, 10 ** low[1]))[0]
        parts += [
            _line(x, TOP, x, TOP + height, "#e4e7eb"),
            _text(x, TOP + height + 16, _lines_of(power), anchor="middle"),
        ]
    for power in range(low[1], high[1] + 1):
        y = at((10 ** low[0], 10**power))[1]
        parts += [_line(left, y, left + width, y, "#e4e7eb"), _text(left - 6, y + 4, f"{10.0**power:g}", anchor="end")]
    parts.append(_text(left, TOP + height + 34, f"{unit}, by lines of the ledger", colour=SOFT, size=12))
    for place, ((name, line), colour) in enumerate(zip(series.items(), COLOURS, strict=False)):
        placed = [at(point) for point in line]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in placed]
        y = TOP + 12 + place * 22
        parts += [
            _line(left + width + 16, y - 4, left + width + 36, y - 4, colour, 2),
            _text(left + width + 42, y, name),
        ]
    return _picture(title, TOP + height + 46, parts)


def _lines_of(power: int) -> str:
    return f"{10 ** (power - 6):g} M" if power >= 6 else f"{10**power:,}"
