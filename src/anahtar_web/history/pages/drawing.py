"""The overview: one lane above the other over the days of the window, drawn on the server."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.utils.formats import date_format

from anahtar_web.history.pages.asking import Asking, moved
from anahtar_web.history.sources import STEP_MONTH, Mark, Source
from anahtar_web.ui.templatetags.shown import day as told_day
from anahtar_web.ui.templatetags.shown import month, number, short_month

WIDTH: Final = 1000
_BARS: Final = 62
_POINTS: Final = 46
_EMPTY: Final = 28
"""Heights of lanes: a lane with nothing in it only says so."""
TOP: Final = 26
_SIDE: Final = 10
_TALLEST: Final = 34
_SMALLEST: Final = 2.0
_POINTS_NUMBERED: Final = 2


@dataclass(frozen=True, slots=True)
class Shape:
    """A bar, or a point with its number; where it stands and where it leads."""

    x: str
    y: str
    width: str
    height: str
    bad_height: str
    bad_y: str
    radius: str
    middle: str
    number: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane as it is drawn, and its numbers for the table."""

    source: Source
    top: int
    height: int
    base: int
    shapes: tuple[Shape, ...]
    bars: bool
    cells: tuple[tuple[str, str, str], ...]
    """Name of the day or month, what it says, where it leads."""

    @property
    def text_y(self) -> int:
        """Where its name stands."""
        return self.top + 13


@dataclass(frozen=True, slots=True)
class Tick:
    """A line down the drawing with its name."""

    x: str
    text_x: str
    text: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of it, in tuples: by its value is known whether it was written before."""

    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    today: str
    height: int

    @classmethod
    def of(cls, asking: Asking, marks: Sequence[tuple[Source, Sequence[Mark]]]) -> "Drawing":
        """Draw lanes with their marks."""
        scale = _Scale(asking)
        lanes, top = [], TOP
        for source, found in marks:
            lanes.append(_lane(asking, scale, top, source, found))
            top += lanes[-1].height
        now = asking.on or asking.today
        inside = asking.first <= now <= asking.last
        return cls(tuple(lanes), tuple(_ticks(asking, scale)), _px(scale.x(now)) if inside else "", top + 6)


class _Scale:
    """Days to places."""

    def __init__(self, asking: Asking) -> None:
        self._first = asking.first
        self.day = (WIDTH - 2 * _SIDE) / ((asking.last - asking.first).days + 1)

    def x(self, day: date) -> float:
        return _SIDE + (day - self._first).days * self.day


def _lane(asking: Asking, scale: _Scale, top: int, source: Source, marks: Sequence[Mark]) -> Lane:
    bars = any(mark.height is not None for mark in marks)
    tall = _BARS if bars else _POINTS if marks else _EMPTY
    base = top + tall - 6
    tallest = max((mark.height or 0.0 for mark in marks), default=0.0) or 1.0
    shapes = tuple(_shape(asking, scale, mark, base, tallest) for mark in marks)
    by_month = asking.step == STEP_MONTH
    cells = tuple(
        (month(mark.day) if by_month else told_day(mark.day), mark.title, _leads(asking, mark)) for mark in marks
    )
    return Lane(source, top, tall, base, shapes, bars, cells)


def _shape(asking: Asking, scale: _Scale, mark: Mark, base: int, tallest: float) -> Shape:
    days = (moved(mark.day.replace(day=1), 1) - mark.day).days if asking.step == STEP_MONTH else 1
    x, width = scale.x(mark.day), max(_SMALLEST, scale.day * days - (2 if days > 1 or scale.day > 6 else 0.5))
    height = max(_SMALLEST, (mark.height or 0.0) / tallest * _TALLEST)
    bad = height * mark.bad / mark.count if mark.count else 0.0
    when = month(mark.day) if asking.step == STEP_MONTH else told_day(mark.day)
    return Shape(
        x=_px(x),
        y=_px(base - height),
        width=_px(width),
        height=_px(height),
        bad_height=_px(max(_SMALLEST, bad)) if mark.bad else "",
        bad_y=_px(base - max(_SMALLEST, bad)),
        radius=_px(6.0 if mark.count < _POINTS_NUMBERED else 9.0),
        middle=_px(x + width / 2),
        number=number(mark.count) if mark.count >= _POINTS_NUMBERED else "",
        title=f"{when}: {mark.title}",
        address=_leads(asking, mark),
    )


def _leads(asking: Asking, mark: Mark) -> str:
    """A month leads closer to itself; a day is as close as it gets."""
    return asking.address(zoom="month", at=mark.day.replace(day=1)) if asking.zoom != "month" else ""


def _ticks(asking: Asking, scale: _Scale) -> Iterator[Tick]:
    if asking.step == STEP_MONTH:
        for at in range(asking.months):
            first = moved(asking.first, at)
            if asking.months <= 12 or first.month in (1, 4, 7, 10):
                yield _tick(scale, first, _month_name(asking, first), strong=first.month == 1)
        return
    day = asking.first
    while day <= asking.last:
        if day.day == 1 or (asking.months == 1 and day.day % 5 == 0) or (asking.months == 3 and day.day in (10, 20)):
            yield _tick(scale, day, short_month(day) if day.day == 1 else str(day.day), strong=day.day == 1)
        day += timedelta(days=1)


def _month_name(asking: Asking, first: date) -> str:
    if first.month == 1:
        return str(first.year)
    return date_format(first, "M") if asking.months <= 12 else ""


def _tick(scale: _Scale, day: date, text: str, *, strong: bool) -> Tick:
    return Tick(_px(scale.x(day)), _px(scale.x(day) + 4), text, strong)


def _px(value: float) -> str:
    """A length as SVG writes it, whatever the language of the page."""
    text: Any = f"{value:.1f}"
    return str(text)
