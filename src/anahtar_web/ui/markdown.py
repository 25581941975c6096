"""Markdown that people write, as HTML that may stand in a page: no HTML of theirs, no pictures, few kinds of links.

Twice: the reader lets no HTML in and makes no link but to the web and to mail, and what it wrote is cleaned of whatever
is not in a short list. Either would do; a fault of one of them is then no script in everybody's page.
"""

import re
from functools import cache, lru_cache
from html import unescape
from typing import Final

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

LONGEST: Final = 20_000
"""Characters of a text; a form takes fewer."""

_SCHEMES: Final = ("http://", "https://", "mailto:")
_TAGS: Final = frozenset(
    "a blockquote br code em h3 h4 h5 h6 hr li ol p pre strong ul".split()  # noqa: SIM905  # read as one line
)
_SHORT: Final = 2_000
"""Longer texts are not remembered: some thousands of them would be half of a process's memory."""
_HEADED: Final = re.compile(r"(?<![.:;!?…])(?=</h[3-6]>\s*\S)")
"""Where a heading ends that says nothing by its last character, and something follows."""
_BELOW: Final = 2
"""A page has its h1, a card its h2: the first heading of a text is an h3."""


@cache
def reader() -> MarkdownIt:
    """Give what reads a text: no HTML of its own, no pictures, few kinds of links."""
    made = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["image", "html_block", "html_inline"])
    made.validateLink = lambda url: url.strip().lower().startswith(_SCHEMES)  # type: ignore[method-assign]  # its own way to say so
    return made


def render(text: str) -> SafeString:
    """Write a text as HTML."""
    return _remembered(text) if len(text) <= _SHORT else _written(text)


@lru_cache(maxsize=4000)
def _remembered(text: str) -> SafeString:
    """Pages show the same texts again and again; the same text is the same HTML."""
    return _written(text)


def _written(text: str) -> SafeString:
    read = reader()
    tokens = read.parse(text[:LONGEST])
    for token in tokens:
        _lower(token)
    html = read.renderer.render(tokens, read.options, {})
    clean = nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return SafeString(clean)


def _lower(token: Token) -> None:
    """Put a heading below those of the page."""
    if token.type in ("heading_open", "heading_close"):
        token.tag = f"h{min(int(token.tag[1]) + _BELOW, 6)}"


def plain(text: str) -> str:
    """Give the words of a text alone, in one line: for a tooltip, a list, a search.

    A heading is kept apart from what it stands above by a colon.
    """
    return " ".join(unescape(nh3.clean(_HEADED.sub(":", render(text)), tags=set())).split())
