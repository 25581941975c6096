"""Twelve months as bars beside those of a year before: for page and paper, without scripts."""

from collections.abc import Sequence
from datetime import date

from django.utils.safestring import SafeString

from anahtar_web.ui.markup import markup
from anahtar_web.ui.templatetags.shown import short_money, short_month

WIDTH, HEIGHT = 640, 150
_LEFT, _TOP, _BOTTOM = 4, 16, 18


def months_drawn(points: Sequence[tuple[date, int, int | None]], currency: str) -> SafeString:
    """Draw months: the first day of each, its amount, and that of the same month a year earlier where it is known."""
    amounts = [value for _first, now, before in points for value in (now, before) if value is not None]
    high, low = max(0, *amounts), min(0, *amounts)
    reach = (high - low) or 1
    step = (WIDTH - 2 * _LEFT) / len(points)

    def y(value: int) -> float:
        return _TOP + (high - value) / reach * (HEIGHT - _TOP - _BOTTOM)

    def bar(at: float, wide: float, value: int, kind: str) -> SafeString:
        top, end = sorted((y(value), y(0)))
        return markup(
            '<rect x="{}" y="{}" width="{}" height="{}" rx="1.5" class="{}" fill="{}"/>',
            f"{at:.1f}",
            f"{top:.1f}",
            f"{wide:.1f}",
            f"{max(end - top, 0.5):.1f}",
            kind,
            "#3553c4" if kind == "bar-now" else "#c9cede",
        )

    def text(at: float, height: float, words: str, anchor: str) -> SafeString:
        return markup(
            '<text x="{}" y="{}" text-anchor="{}" font-size="9" fill="#5f6672" class="bar-text">{}</text>',
            f"{at:.1f}",
            f"{height:.1f}",
            anchor,
            words,
        )

    parts = []
    for number, (first, now, before) in enumerate(points):
        left = _LEFT + number * step
        if before is not None:
            parts.append(bar(left + step * 0.14, step * 0.34, before, "bar-before"))
        parts.append(bar(left + step * 0.5, step * 0.36, now, "bar-now"))
        parts.append(text(left + step / 2, HEIGHT - 5, short_month(first), "middle"))
    parts.append(text(_LEFT, 9, short_money(high, currency), "start"))
    return markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" class="briefing-months" aria-hidden="true">'
        '<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="#9aa1b0" stroke-width="0.7"/>{}</svg>',
        WIDTH,
        HEIGHT,
        _LEFT,
        WIDTH - _LEFT,
        f"{y(0):.1f}",
        f"{y(0):.1f}",
        markup("{}" * len(parts), *parts),
    )
