"""HTML written by functions: what is not markup already is escaped, always.

Customer names come from other people's files. A page built by pasting strings escapes where its author thought of
it; here nothing reaches the page as markup but what `tag` made.
"""

import re
from collections.abc import Iterable
from html import escape
from typing import Final, TypeAlias

_VOID: Final = frozenset({"meta", "link", "br", "hr", "input", "path", "rect", "line", "circle", "polyline"})
_UNPRINTABLE: Final = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
"""Control characters and those that turn the direction of writing: in a name only ever an accident or an attack."""


_HELD: Final = re.compile(r"\d (?:%|(?:(?:M|Mn|bn|Mr) )?[A-Z]{3}\b)")
"""A number and what it is of: 13.4 %, 301.2 M TRY."""


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


Child: TypeAlias = "str | Html | None"
Attribute: TypeAlias = "str | int | float | bool | None"


def text(child: Child) -> Html:
    """A child as markup: escaped unless it is markup already; no line breaks between a number and its unit."""
    if child is None:
        return Html("")
    return child if isinstance(child, Html) else Html(_HELD.sub(_held, _escaped(child)))


def _escaped(written: str) -> str:
    return escape(written.translate(_UNPRINTABLE))


def _held(found: re.Match[str]) -> str:
    return found[0].replace(" ", "\N{NO-BREAK SPACE}")


def tag(name: str, /, *children: Child, **attributes: Attribute) -> Html:
    """One element.

    Parameters
    ----------
    name
        The element's name; SVG and HTML alike.
    *children
        Markup, or text that is escaped; None is nothing.
    **attributes
        `class_="num"`, `aria_label=…`: a trailing underscore is dropped, others become hyphens. True writes the bare
        name, None and False nothing.
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID and not children:
        return Html(f"<{name}{written}>" if name in {"meta", "link", "br", "hr", "input"} else f"<{name}{written}/>")
    return Html(f"<{name}{written}>{''.join(map(text, children))}</{name}>")


def _attribute(name: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{_escaped(str(value))}"'


def many(children: Iterable[Child]) -> Html:
    """Several children in a row."""
    return Html("".join(map(text, children)))


def name_of(name: str) -> Html:
    """A name from a file, kept apart from its surroundings: one written right to left must not turn the line around."""
    return tag("bdi", Html(_escaped(name)))
