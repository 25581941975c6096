"""The rhythm of a signal in small: the last gaps as bars, the border of 95 %, and today's silence as the last bar."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from anahtar_web.ui.markup import markup

_HEIGHT: Final = 36
_BAR: Final = 7
_STEP: Final = 9
_HEAD: Final = 3


def rhythm(figures: Mapping[str, Any]) -> SafeString:
    """Draw it; nothing where there is nothing to draw. What it shows stands beside it in words."""
    if months := figures.get("months"):
        return _bars([max(month, 0) for month in months], last=3, border=None)
    gaps = figures.get("gaps") or []
    silence = figures.get("silence")
    if not gaps or silence is None:
        return markup("")
    return _bars([*gaps, silence], last=1, border=figures.get("p95"))


def _bars(values: Sequence[float], *, last: int, border: float | None) -> SafeString:
    """`last`: how many bars at the end are of today."""
    most = max(*values, border or 0, 1)
    width = len(values) * _STEP

    def tall(value: float) -> float:
        return max(value / most * (_HEIGHT - _HEAD), 1)

    bars = [
        markup(
            '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="1"/>',
            "rhythm-now" if at >= len(values) - last else "rhythm-gap",
            at * _STEP + 1,
            f"{_HEIGHT - tall(value):.1f}",
            _BAR,
            f"{tall(value):.1f}",
        )
        for at, value in enumerate(values)
    ]
    line = markup("")
    if border is not None:
        line = markup('<path class="rhythm-border" d="M0 {}H{}"/>', f"{_HEIGHT - tall(border):.1f}", width)
    return markup(
        '<svg class="rhythm" width="{w}" height="{h}" viewBox="0 0 {w} {h}" aria-hidden="true">{bars}{line}</svg>',
        w=width,
        h=_HEIGHT,
        bars=format_html_join("", "{}", ((one,) for one in bars)),
        line=line,
    )
