"""A strip of time as SVG: each day with a purchase a tick, the gaps between them, and what its rhythm lets expect."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from anahtar_web.foresight.buying import Bought
from anahtar_web.foresight.models import Silence
from anahtar_web.ui.markup import markup

WIDTH: Final = 720
_TALL: Final = 56
"""The tick of the day with most."""
_GROUND: Final = 60
_HEIGHT: Final = 72
_BEYOND: Final = 180
"""Days after today that are drawn at most."""


def strip(days: Sequence[Bought], told: Silence, *, first: date, today: date) -> SafeString:
    """Draw the days from one to today, and as far ahead as the next purchase was to be expected.

    A gap longer than 95 % of its own lies on the ground; after the last purchase the band reaches to those 95 %, with
    the mean gap as a stroke in it. Today is a line, *expected by* a dashed one.
    """
    ends = [today, told.expected_by or today, _after(told, told.gap_p95)]
    last = min(max(ends), today + timedelta(_BEYOND)) + timedelta(5)
    scale = WIDTH / max((last - first).days, 1)

    def at(day: date) -> float:
        return min(max((day - first).days * scale, 0.0), WIDTH)

    most = max((one.amount for one in days), default=1)
    tall = [(one.day, _high(one.amount, most)) for one in days]
    ticks = [("rhythm-now", f"{at(day):.1f}", f"{_GROUND - high:.1f}", "1.5", f"{high:.1f}") for day, high in tall]
    long = [
        ("rhythm-gap", f"{at(begun):.1f}", str(_GROUND), f"{at(ended) - at(begun):.1f}", "4")
        for begun, ended in _gaps(days)
        if told.gap_p95 is not None and (ended - begun).days > told.gap_p95
    ]
    since, usual = at(told.last_purchase), at(_after(told, told.gap_p95))
    marks = [("rate-band", f"{since:.1f}", str(_GROUND), f"{usual - since:.1f}", "10")]
    if told.gap_mean is not None:
        marks.append(("rhythm-mean", f"{at(_after(told, told.gap_mean)):.1f}", str(_GROUND), "1.5", "10"))
    marks.append(("rhythm-mean", f"{at(today):.1f}", "0", "1", str(_HEIGHT)))
    shape = '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>'
    return markup(
        '<svg class="rhythm w-full" viewBox="0 0 {w} {h}" width="{w}" height="{h}" preserveAspectRatio="none"'
        ' aria-hidden="true"><rect class="rate-track" y="{ground}" width="{w}" height="1"/>{parts}{expected}</svg>',
        w=WIDTH,
        h=_HEIGHT,
        ground=_GROUND,
        parts=format_html_join("", shape, [*long, *marks, *ticks]),
        expected=markup('<path class="rhythm-border" d="M{at} 0V{h}"/>', at=f"{at(told.expected_by):.1f}", h=_HEIGHT)
        if told.expected_by is not None
        else "",
    )


def _after(told: Silence, days: float | None) -> date:
    """So many days after the last purchase, closed ones not counted."""
    return told.last_purchase + timedelta(round(days or 0) + (told.closed_days if days else 0))


def _high(amount: int, most: int) -> float:
    return max(amount / most * _TALL, 2.0)


def _gaps(days: Sequence[Bought]) -> list[tuple[date, date]]:
    return [(one.day, other.day) for one, other in pairwise(days)]
