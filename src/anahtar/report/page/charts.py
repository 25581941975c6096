"""Charts drawn on the server as SVG: no script, no style attribute, colours from the page's own sheet.

Positions are percentages and the curves live in a stretched view box, so one drawing fits a desk, a phone and a sheet
of paper with letters that keep their size.
"""

from collections.abc import Sequence
from typing import Final

from anahtar.report.page.markup import Html, many, tag

_BARS: Final = 900
"""More bars than this are thinner than a pixel; beyond it each bar stands for several accounts."""


def sparkline(amounts: Sequence[int], *, shaded: bool = True) -> Html:
    """A small course of months: for the eye only, the numbers stand beside it."""
    if len(amounts) < 2 or not any(amounts):
        return tag("svg", class_="spark", viewBox="0 0 84 22", aria_hidden="true")
    low, high = min(0, *amounts), max(0, *amounts)
    step = 80 / (len(amounts) - 1)
    points = [(2 + i * step, 20 - 18 * (amount - low) / (high - low)) for i, amount in enumerate(amounts)]
    line = " ".join(f"{x:.0f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    return tag(
        "svg",
        tag("path", class_="under", d=f"M2,20 L{line.replace(' ', ' L')} L{x:.0f},20Z") if shaded else None,
        tag("polyline", points=line),
        tag("circle", cx=f"{x:.0f}", cy=f"{y:.1f}", r=2),
        class_="spark",
        viewBox="0 0 84 22",
        aria_hidden="true",
    )


def bar(fraction: float, class_: str = "bar") -> Html:
    """A share as a bar beside its number."""
    width = f"{max(0.0, min(1.0, fraction)) * 100:.1f}%"
    return tag(
        "svg",
        tag("rect", class_="rail", width="100%", height="100%", rx=3),
        tag("rect", class_="fill", width=width, height="100%", rx=3),
        class_=class_,
        aria_hidden="true",
    )


def band(fraction: float, low: float, high: float) -> Html:
    """A share against the band it should lie in."""
    return tag(
        "svg",
        tag("rect", class_="rail", y="25%", width="100%", height="50%", rx=3),
        tag("rect", class_="within", x=f"{low:.1%}", y="25%", width=f"{high - low:.1%}", height="50%"),
        tag("rect", class_="mark", x=f"{min(fraction, 0.995):.1%}", width=4, height="100%", rx=2),
        class_="band",
        aria_hidden="true",
    )


def months(amounts: Sequence[int], bright: int) -> Html:
    """A course of months as bars; the last `bright` of them, the window, stand out."""
    low, high = min(0, *amounts), max(1, *amounts)
    unit = 100 / (high - low)
    zero = high * unit
    width = 100 / max(len(amounts), 12)
    bars = (
        tag(
            "rect",
            class_="now" if i >= len(amounts) - bright else None,
            x=f"{i * width:.2f}",
            y=f"{zero - max(amount, 0) * unit:.1f}",
            width=f"{width * 0.78:.2f}",
            height=f"{abs(amount) * unit:.1f}",
        )
        for i, amount in enumerate(amounts)
        if amount
    )
    return tag(
        "svg", many(bars), class_="months", viewBox="0 0 100 100", preserveAspectRatio="none", aria_hidden="true"
    )


def pareto(values: Sequence[int], classes: Sequence[str], *, title: str, description: str) -> Html:
    """Accounts by size as bars, their cumulative share as a curve, the borders of the classes across.

    Parameters
    ----------
    values, classes
        Of the accounts of positive value, the largest first.
    title, description
        What a reader who does not see the drawing is told.
    """
    return tag(
        "svg",
        tag("title", title, id="pareto-title"),
        tag("desc", description, id="pareto-text"),
        many(_gridlines()),
        tag(
            "svg",
            many(_bars(values, classes)),
            tag("polyline", class_="curve", points=_curve(values), vector_effect="non-scaling-stroke"),
            viewBox="0 0 1000 1000",
            preserveAspectRatio="none",
            width="100%",
            height="100%",
        ),
        many(_borders(classes)),
        many(_names(classes)),
        class_="pareto",
        role="img",
        aria_labelledby="pareto-title pareto-text",
    )


def _gridlines() -> list[Html]:
    return [tag("line", class_="grid", x1="0", x2="100%", y1=f"{y}%", y2=f"{y}%") for y in (0, 20, 40, 60, 80, 100)]


def _bars(values: Sequence[int], classes: Sequence[str]) -> list[Html]:
    step = max(1, -(-len(values) // _BARS))
    width = 1000 * step / len(values)
    fill = width * (0.72 if len(values) < 60 else 0.86 if step == 1 else 1)
    highest = values[0]
    return [
        tag(
            "rect",
            class_=classes[i].lower(),
            x=f"{1000 * i / len(values):.1f}",
            y=f"{1000 - 1000 * value / highest:.1f}",
            width=f"{fill:.1f}",
            height=f"{1000 * value / highest:.1f}",
        )
        for i in range(0, len(values), step)
        if (value := sum(values[i : i + step]) // len(values[i : i + step]))
    ]


def _curve(values: Sequence[int]) -> str:
    total = sum(values)
    step = max(1, len(values) // 300)
    points, below = ["0,1000"], 0
    for position, value in enumerate(values, 1):
        below += value
        if position % step == 0 or position == len(values) or position <= 40:
            points.append(f"{1000 * position / len(values):.1f},{1000 - 1000 * below / total:.1f}")
    return " ".join(points)


def _borders(classes: Sequence[str]) -> list[Html]:
    """A line where a class ends and the next begins."""
    positions = [f"{100 * i / len(classes):.2f}%" for i in range(1, len(classes)) if classes[i] != classes[i - 1]]
    return [tag("line", class_="border", x1=x, x2=x, y1="0", y2="100%") for x in positions]


def _names(classes: Sequence[str]) -> list[Html]:
    """Below the axis: each class in the middle of its stretch, with the number of its accounts."""
    found = []
    for name in sorted(set(classes)):
        middle = (classes.index(name) + classes.count(name) / 2) / len(classes)
        found.append(
            tag("text", f"{name} · {classes.count(name)}", x=f"{middle:.2%}", y="100%", dy=16, text_anchor="middle")
        )
    return found


def updown(rises: Sequence[int], falls: Sequence[int]) -> Html:
    """Pairs of counts as bars above and below a line."""
    highest = max(1, *rises, *falls)
    width = 100 / max(len(rises), 1)

    def column(i: int, count: int, *, up: bool) -> Html:
        height = 48 * count / highest
        y = 50 - height if up else 50
        x = f"{(i + 0.12) * width:.2f}"
        return tag(
            "rect",
            class_="up" if up else "down",
            x=x,
            y=f"{y:.1f}",
            width=f"{width * 0.76:.2f}",
            height=f"{height:.1f}",
        )

    bars = [column(i, count, up=True) for i, count in enumerate(rises)]
    bars += [column(i, count, up=False) for i, count in enumerate(falls)]
    zero = tag("line", class_="grid", x1=0, x2=100, y1=50, y2=50, vector_effect="non-scaling-stroke")
    return tag(
        "svg", many(bars), zero, class_="updown", viewBox="0 0 100 100", preserveAspectRatio="none", aria_hidden="true"
    )


def fall(start: int, end: int, low: int, high: int, kind: str) -> Html:
    """One step of a waterfall that lies on its side: from one sum to the next, on a track all steps share."""
    reach = (high - low) or 1

    def at(amount: int) -> float:
        return 100 * (amount - low) / reach

    left = min(at(start), at(end))
    width = max(abs(at(end) - at(start)), 0.4)
    return tag(
        "svg",
        tag("rect", class_="zero", x=f"{at(0):.2f}%", width=1, height="100%"),
        tag("rect", class_=kind, x=f"{min(left, 99.6):.2f}%", y="15%", width=f"{width:.2f}%", height="70%", rx=2),
        class_="fall",
        aria_hidden="true",
    )
