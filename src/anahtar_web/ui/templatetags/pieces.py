"""Small pieces drawn on the server: icons, sparklines, the token of a form. Built-in: no {% load %} needed."""

import functools
import uuid
from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from lucide import _render_icon

register = template.Library()


@functools.cache
def _icon(name: str, classes: str) -> SafeString:
    # The package's own drawing of a name written in our templates: no text of a person comes near it.
    return mark_safe(_render_icon(name, None, **{"class": f"lucide {classes}", "aria_hidden": "true"}))


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """Draw a Lucide icon; it says nothing to a screen reader, the text beside it does."""
    return _icon(name, classes)


@register.simple_tag
def once() -> SafeString:
    """Write the token that makes a form count once (`gate/once.py`); every form that posts has one."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4())


@register.simple_tag
def spark(values: Sequence[float | None] | None, width: int = 84, height: int = 24, tone: str = "") -> SafeString:
    """Draw a course of values as a small line; nothing where there are fewer than two."""
    known = [float(value or 0) for value in values or ()]
    if len(known) < 2:
        return SafeString("")
    low, high = min(0.0, *known), max(known)
    reach = (high - low) or 1
    step = (width - 4) / (len(known) - 1)
    points = [(2 + at * step, height - 3 - (value - low) / reach * (height - 6)) for at, value in enumerate(known)]
    line = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    end = points[-1]
    return format_html(
        '<svg width="{w}" height="{h}" viewBox="0 0 {w} {h}" class="spark {tone}" aria-hidden="true">'
        '<path d="{line} L{x} {h} L2 {h}Z" class="spark-a"/><path d="{line}" class="spark-l"/>'
        '<circle cx="{x}" cy="{y}" r="2" class="spark-d"/></svg>',
        w=width,
        h=height,
        tone=tone,
        line=line,
        x=f"{end[0]:.1f}",
        y=f"{end[1]:.1f}",
    )


@register.simple_tag(takes_context=True)
def address_with(context: Any, **changes: Any) -> str:
    """Give the address of this page with some parameters changed; an empty value takes one out."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in ("", None):
            query.pop(name, None)
        else:
            query[name] = value
    text = query.urlencode()
    return f"?{text}" if text else context["request"].path
