"""HTML written by functions: what is not markup already is escaped, always.

Customer names come from other people's files. A page built by pasting strings escapes where its author thought of
it; here nothing reaches the page as markup but what `tag` made.
"""

from collections.abc import Iterable
from html import escape
from typing import Final, TypeAlias

_VOID: Final = frozenset({"meta", "link", "br", "hr", "input", "path", "rect", "line", "circle", "polyline"})
_UNPRINTABLE: Final = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
"""Control characters and those that turn the direction of writing: in a name only ever an accident or an attack."""


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


Child: TypeAlias = "str | Html | None"
Attribute: TypeAlias = "str | int | float | bool | None"


def text(child: Child) -> Html:
    """A child as markup: escaped unless it is markup already."""
    if child is None:
        return Html("")
    return child if isinstance(child, Html) else Html(escape(child.translate(_UNPRINTABLE)))


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
    return f" {name}" if value is True else f' {name}="{text(str(value))}"'


def many(children: Iterable[Child]) -> Html:
    """Several children in a row."""
    return Html("".join(map(text, children)))


def name_of(name: str) -> Html:
    """A name from a file, kept apart from its surroundings: one written right to left must not turn the line around."""
    return tag("bdi", name)
