"""What apps above tell of a competitor on its page (tenders met, letters that name it): they register here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from anahtar_web.competitors.models import Competitor
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a panel: a link, and what stands behind it.

    Parameters
    ----------
    note
        Grey text below.
    word, tone
        A chip at the end (`won`, good).
    """

    text: str
    address: str
    note: str = ""
    word: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A card on the page of a competitor.

    Parameters
    ----------
    sub
        One sentence below the title: how we do against them.
    address, link
        Where all of it is, and what that link says; empty: nowhere else.
    """

    title: Any
    lines: Sequence[Line]
    sub: Any = ""
    address: str = ""
    link: Any = ""


Look = Callable[["Competitor", "User"], Panel | None]
"""`look(competitor, user)`: what this person may know; None: nothing. A fixed number of queries, few lines."""

_LOOKS: Final[list[Look]] = []


def register(look: Look) -> None:
    """Add a panel; called by an app's `ready()`."""
    if look not in _LOOKS:
        _LOOKS.append(look)


def panels(competitor: "Competitor", user: "User") -> list[Panel]:
    """Ask every app above; those that know nothing are left out."""
    found = [look(competitor, user) for look in _LOOKS]
    return [panel for panel in found if panel is not None and panel.lines]
