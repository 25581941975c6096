"""What the command palette finds. Apps above register their sources; the shell knows only its own pages."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from anahtar_web.ui.navigation import navigation
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
    """A group of the palette."""

    title: Any
    look: Look


@dataclass(frozen=True, slots=True)
class Group:
    """What one source found."""

    title: Any
    found: list[Found]


_SOURCES: Final[list[Source]] = []


def register(source: Source) -> None:
    """Add a group; called once by an app's `ready()`, groups stand in the order of the apps."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def search(request: HttpRequest, text: str) -> list[Group]:
    """Ask every source; groups that found nothing are left out."""
    groups = [Group(source.title, list(source.look(request, text))) for source in (*_SOURCES, PAGES)]
    return [group for group in groups if group.found]


def _pages(request: HttpRequest, text: str) -> list[Found]:
    wanted = fold(text).split()
    lines = [
        Found(str(line.entry.label), line.address, str(line.entry.group), line.entry.icon, line.entry.keys)
        for line in navigation(request)
    ]
    return [line for line in lines if all(word in fold(f"{line.name} {line.note}") for word in wanted)]


PAGES: Final = Source(_("Pages"), _pages)
