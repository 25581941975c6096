"""Cards that apps above put on a page of an app below, which knows nothing of them: they register there.

LOOKS: Final = Looks[Run, Line]()
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from anahtar_web.people.models import User

Of = TypeVar("Of")
L = TypeVar("L")


@dataclass(frozen=True, slots=True)
class Panel(Generic[L]):
    """A card.

    Parameters
    ----------
    lines
        As the page draws them.
    sub
        One sentence below the title: what the lines rest on.
    address, link
        Where all of it is, and what that link says; empty: nowhere else.
    """

    title: Any
    lines: Sequence[L]
    sub: Any = ""
    address: str = ""
    link: Any = ""


@dataclass(frozen=True, slots=True)
class Looks(Generic[Of, L]):
    """What apps above know of something, for one person; a look asks a fixed number of queries for few lines."""

    found: list[Callable[[Of, "User"], Panel[L] | None]] = field(default_factory=list)

    def register(self, look: Callable[[Of, "User"], Panel[L] | None]) -> None:
        """Add a card; called by an app's `ready()`. None: this person may know nothing of it."""
        if look not in self.found:
            self.found.append(look)

    def panels(self, of: Of, user: "User") -> list[Panel[L]]:
        """Ask every app above; those that know nothing are left out."""
        told = [look(of, user) for look in self.found]
        return [panel for panel in told if panel is not None and panel.lines]
