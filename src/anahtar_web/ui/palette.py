"""What the command palette finds. Apps above register their sources; the shell knows only its own pages."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from anahtar_web.ui.navigation import Line, actions, navigation
from anahtar_web.ui.text import fold


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the palette: a link.

    Parameters
    ----------
    name, address
        What it says and where it leads.
    note
        Grey text behind the name: a code, a role.
    icon
        A Lucide name; without one the line shows the initials of the name.
    keys
        The shortcut that leads there as well.
    square
        Initials in a square (a company) instead of a circle (a person).
    """

    name: str
    address: str
    note: str = ""
    icon: str = ""
    keys: str = ""
    square: bool = False


Look = Callable[[HttpRequest, str], Iterable[Found]]
"""`look(request, text)`: what this person may find; a fixed number of queries, few rows, rights asked inside."""


@dataclass(frozen=True, slots=True)
class Source:
    """A group of the palette; the one with the smallest `place` stands first."""

    title: Any
    look: Look
    place: int = 50


@dataclass(frozen=True, slots=True)
class Group:
    """What one source found."""

    title: Any
    found: list[Found]


_SOURCES: Final[list[Source]] = []


def register(source: Source) -> None:
    """Add a group; called by an app's `ready()`."""
    if source not in _SOURCES:
        _SOURCES.append(source)
        _SOURCES.sort(key=lambda one: one.place)


def search(request: HttpRequest, text: str) -> list[Group]:
    """Ask every source; groups that found nothing are left out."""
    groups = [Group(source.title, list(source.look(request, text))) for source in _SOURCES]
    return [group for group in groups if group.found]


def _pages(request: HttpRequest, text: str) -> list[Found]:
    return _named(text, navigation(request))


def _actions(request: HttpRequest, text: str) -> list[Found]:
    return _named(text, actions(request))


def _named(text: str, lines: list[Line]) -> list[Found]:
    wanted = fold(text).split()
    found = [
        Found(str(line.entry.label), line.address, str(line.entry.group), line.entry.icon, line.entry.keys)
        for line in lines
    ]
    return [line for line in found if all(word in fold(f"{line.name} {line.note}") for word in wanted)]


register(Source(_("Pages"), _pages, place=90))
register(Source(_("Actions"), _actions, place=91))
