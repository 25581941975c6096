"""Small pieces drawn on the server: icons, sparklines, the token of a form. Built-in: no {% load %} needed."""

import functools
import io
import re
import uuid
import zipfile
from calendar import monthrange
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

from django import template
from django.forms.boundfield import BoundWidget
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from anahtar_web.ui.charts import Drawn, drawn
from anahtar_web.ui.graphics import bar, course
from anahtar_web.ui.markup import markup
from anahtar_web.ui.written import written

register = template.Library()


@functools.cache
def _icons() -> zipfile.ZipFile:
    """Open the drawings once: the package itself reads its list of 1,745 anew for each icon, 35 ms of a first page."""
    # From memory: processes that came of one fork share an open file's place in it.
    return zipfile.ZipFile(io.BytesIO((resources.files("lucide") / "lucide.zip").read_bytes()))


@functools.cache
def _icon(name: str, classes: str) -> SafeString:
    # The package's drawing of a name written in our templates: no text of a person comes near it.
    drawing = re.sub(r"\s+", " ", _icons().read(f"{name}.svg").decode()).strip()
    said = f'class="lucide {classes}" aria-hidden="true"'
    return mark_safe(drawing.replace(' xmlns="http://www.w3.org/2000/svg"', f" {said}", 1))


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """Draw a Lucide icon; it says nothing to a screen reader, the text beside it does."""
    return _icon(name, classes)


@register.simple_tag
def once() -> SafeString:
    """Write the token that makes a form count once (`gate/once.py`); every form that posts has one."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4())


_TOKENS = SafeString("<!--tokens-->")


@register.simple_tag
def tokens() -> SafeString:
    """Leave a place for the tokens of a form in a piece that is remembered; `{% piece %}` fills it for each request."""
    return _TOKENS


@register.simple_tag(takes_context=True)
def piece(context: Any, template_name: str, *shows: Hashable, **told: Any) -> SafeString:
    """Write a piece that is remembered by all that it shows: `{% piece "a/_row.html" row.shows row=row %}`.

    See `ui/written.py`: `shows` is everything it shows, `told` what its template finds.
    """
    made = written(template_name, told, shows=shows)
    # Words of people are escaped: none of them can read like the mark.
    first, *rest = made.split(_TOKENS)
    if not rest:
        return made
    known = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', context.get("csrf_token", ""))
    return SafeString(first + "".join(known + once() + part for part in rest))


@register.simple_tag
def spark(values: Sequence[float | None] | None, width: int = 84, height: int = 24, tone: str = "") -> str:
    """Draw a course of values as a small line: `{% spark row.last12 56 20 "bad" %}`."""
    return course(values or (), width, height, tone)


@register.simple_tag
def meter(fraction: float | None, tone: str = "", width: int = 64) -> str:
    """Draw a fraction of one as a filled bar; the number beside it says the same to a screen reader."""
    return "" if fraction is None else bar(float(fraction), tone, width)


@register.simple_tag
def chart(kind: str, data: dict[str, Any]) -> Drawn:
    """Prepare what `<c-chart>` draws: `{% chart kind data as drawn %}`."""
    return drawn(kind, data)


@register.simple_tag
def rest(attrs: Mapping[str, Any]) -> SafeString:
    """Write the attributes a component does not name itself.

    django-cotton's own `{{ attrs }}` writes values as they are: a name with a quotation mark would end the attribute.
    """
    bare = [(name,) for name, value in attrs.items() if value is True and name not in _hidden(attrs)]
    valued = [
        (name, conditional_escape(value))
        for name, value in attrs.items()
        if value is not True and value is not False and value is not None and name not in _hidden(attrs)
    ]
    return format_html("{} {}", format_html_join(" ", "{}", bare), format_html_join(" ", '{}="{}"', valued))


def _hidden(attrs: Any) -> set[str]:
    # The variables of <c-vars>: cotton keeps them aside for its own writing.
    return getattr(attrs, "_exclude_from_str", set())


@register.simple_tag(takes_context=True)
def sorted_by(context: Any, name: str, now: str = "", first: str = "") -> str:
    """Give the address of this page sorted by a column: the other way round where it is sorted by it already."""
    other = f"-{name}" if now == name else name
    return address_with(context, sort=other if now in (name, f"-{name}") else f"{first}{name}", page="")


@dataclass(frozen=True, slots=True)
class DaySteps:
    """Days one goes back to with one click, and what of the address is left behind on the way.

    Parameters
    ----------
    today
        The company's day: pages are made in its time zone.
    """

    today: date
    reset: frozenset[str] = frozenset({"on", "page", "after"})

    @property
    def days(self) -> Sequence[tuple[str, date]]:
        """What each is called, the nearest last."""
        return [(_("A year ago"), months_before(self.today, 12)), (_("A month ago"), months_before(self.today, 1))]


@register.simple_tag
def day_steps() -> DaySteps:
    """Give the days that `<c-as-known>` offers."""
    return DaySteps(localdate())


def months_before(day: date, months: int) -> date:
    """Give the same day of an earlier month, or its last one: a month before 31 March is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


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


@register.filter
def ticked(box: BoundWidget) -> SafeString:
    """Write one box of a choice as `{{ box.tag }}` does, without a template for each: a form may offer sixty people."""
    said = {name: value for name, value in box.data["attrs"].items() if value is not None and value is not False}
    words = [markup(" {}", name) if value is True else markup(' {}="{}"', name, value) for name, value in said.items()]
    one = markup('<input type="{}" name="{}" value="{}"', box.data["type"], box.data["name"], box.data["value"])
    return markup("{}" * (len(words) + 2), one, *words, SafeString(">"))
