"""What apps above mark an account with, beside its name on every page: an open case, for one; each registers here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from anahtar_web.accounts.models import Account
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Mark:
    """A word beside the name, as `accounts/_chips.html` writes it; `href`: the page that says why."""

    text: str
    tone: str = ""
    icon: str = ""
    title: str = ""
    href: str = ""


Marking = Callable[["Account", "User"], Sequence[Mark]]
"""`marking(account, user)`: marks of an account that the person sees; a fixed number of queries."""

_MARKING: Final[list[Marking]] = []


def register(marking: Marking) -> None:
    """Have an app above asked; called by its `ready()`."""
    if marking not in _MARKING:
        _MARKING.append(marking)


def marks_of(account: "Account", user: "User") -> list[Mark]:
    """Ask every app above, in the order in which they registered."""
    return [mark for marking in _MARKING for mark in marking(account, user)]
