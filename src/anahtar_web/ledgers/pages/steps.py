"""The steps of an import: which are done, which is next, where each is found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anahtar_web.gate.rights import Right
from anahtar_web.ledgers.models import Import, State

_STEPS: Final = (
    ("file", _("The file as read"), "table-2"),
    ("mapping", _("Columns"), "columns-3"),
    ("checks", _("Checks"), "list-checks"),
    ("import", _("Import"), "database"),
)

_AT: Final = {
    State.LOOKING: "file",
    State.UNREADABLE: "file",
    State.OPEN: "file",
    State.CHECKING: "checks",
    State.STOPPED: "checks",
    State.CHECKED: "checks",
    State.IMPORTING: "import",
    State.IMPORTED: "import",
    State.TAKING_BACK: "import",
    State.TAKEN_BACK: "import",
    State.CANCELLED: "import",
}
"""The step at which a person finds an import again."""

_OPEN_TO: Final = {
    State.LOOKING: ("file",),
    State.UNREADABLE: ("file",),
    State.OPEN: ("file", "mapping"),
    State.CHECKING: ("file", "mapping", "checks"),
    State.STOPPED: ("file", "mapping", "checks"),
    State.CHECKED: ("file", "mapping", "checks"),
}
"""The steps whose pages have something to show; of others only the last, which is open always."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of one import.

    Parameters
    ----------
    current
        The page at hand is this one.
    done
        It lies behind the import.
    address
        Empty where there is nothing to show yet.
    """

    name: str
    label: Any
    icon: str
    current: bool
    done: bool
    address: str


def steps(of: Import, current: str) -> Sequence[Step]:
    """Give the steps for the head of a page of the wizard."""
    names = _names(of)
    reached = names.index(_AT[State(of.state)])
    may_open = _may_open(of)
    return [
        Step(
            name,
            label,
            icon,
            current=name == current,
            done=names.index(name) < max(reached, names.index(current)),
            address=reverse(f"ledgers:{name}", args=[of.pk]) if name in may_open else "",
        )
        for name, label, icon in _STEPS
        if name in names
    ]


def _names(of: Import) -> list[str]:
    """The steps there are: what is pulled of a table is opened, and its columns are chosen, at its source."""
    return [name for name, _label, _icon in _STEPS if not of.is_pulled or name in ("checks", "import")]


def _may_open(of: Import) -> Sequence[str]:
    may_open = _OPEN_TO.get(State(of.state), ("import",))
    return [name for name in may_open if name in _names(of)] or ["import"]


def is_open(of: Import, step: str) -> bool:
    """Whether the page of a step has something to show."""
    return step in _may_open(of)


def address_of(of: Import, user: Any) -> str:
    """Tell where a person finds an import: at its step, or, without the right to import, at its summary."""
    step = _AT[State(of.state)] if user.may(Right.IMPORT) else "import"
    return reverse(f"ledgers:{step}", args=[of.pk])
