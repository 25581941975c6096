"""What apps above tell on the page of foresight (what became of warnings people dismissed): they register here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from anahtar_web.insight.models import Run
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a panel; `value` stands at its end, `note` in grey below."""

    text: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A card on the page of foresight.

    Parameters
    ----------
    sub
        One sentence below the title: what the lines rest on.
    address, link
        Where all of it is, and what that link says; empty: nowhere else.
    """

    title: Any
    lines: Sequence[Line]
    sub: Any = ""
    address: str = ""
    link: Any = ""


Look = Callable[["Run", "User"], Panel | None]
"""`look(run, user)`: what this person may know; None: nothing. A fixed number of queries."""

_LOOKS: Final[list[Look]] = []


def register(look: Look) -> None:
    """Add a panel; called by an app's `ready()`."""
    if look not in _LOOKS:
        _LOOKS.append(look)


def panels(run: "Run", user: "User") -> list[Panel]:
    """Ask every app above; those that know nothing are left out."""
    found = [look(run, user) for look in _LOOKS]
    return [panel for panel in found if panel is not None and panel.lines]
