"""The list of imports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from anahtar_web.gate.rights import Right
from anahtar_web.ledgers.models import WAITING, WORKING, Import, State
from anahtar_web.ledgers.pages.steps import address_of
from anahtar_web.ledgers.queries import batches_of_others, imports

PER_PAGE: Final = 50

GROUPS: Final = (
    ("", _("All"), tuple(State)),
    ("waiting", _("Wait for somebody"), WAITING),
    ("working", _("At work"), WORKING),
    ("imported", _("In the ledger"), (State.IMPORTED, State.TAKING_BACK)),
    ("gone", _("Taken back or cancelled"), (State.TAKEN_BACK, State.CANCELLED)),
)
"""Name in the address, words, states."""

TONES: Final = {
    State.LOOKING: "info",
    State.UNREADABLE: "bad",
    State.OPEN: "warn",
    State.CHECKING: "info",
    State.STOPPED: "bad",
    State.CHECKED: "warn",
    State.IMPORTING: "info",
    State.IMPORTED: "good",
    State.TAKING_BACK: "info",
    State.TAKEN_BACK: "",
    State.CANCELLED: "",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One import of the list."""

    of: Import
    files: Sequence[str]
    tone: str
    address: str

    @property
    def left_out(self) -> int | None:
        """Rows set aside or refused."""
        return None if self.of.rows is None else (self.of.set_aside or 0) + (self.of.refused or 0)


@dataclass(frozen=True, slots=True)
class Group:
    """One filter by state, with how many imports it holds."""

    name: str
    label: Any
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """Imports of one filter, and how many each filter holds.

    Parameters
    ----------
    others
        Live batches that no import of this list made: the command line added them.
    """

    rows: Sequence[Row]
    page: "Page[Import]"
    groups: Sequence[Group]
    text: str
    nothing_yet: bool
    may_import: bool
    others: Sequence[str]

    @classmethod
    def build(cls, *, user: Any, filters: Mapping[str, str]) -> Self:
        """Gather the page."""
        text, chosen = filters.get("q", "").strip()[:200], filters.get("state", "")
        found = imports().named(text)
        states = {name: states for name, _label, states in GROUPS}.get(chosen, tuple(State))
        page = Paginator(found.filter(state__in=states), PER_PAGE).get_page(filters.get("page"))
        counts = found.by_state()
        return cls(
            rows=[_row(of, user) for of in page.object_list],
            page=page,
            groups=[
                Group(name, label, sum(counts.get(state, 0) for state in states), name == chosen)
                for name, label, states in GROUPS
            ],
            text=text,
            nothing_yet=not text and not sum(counts.values()),
            may_import=user.may(Right.IMPORT),
            others=batches_of_others(),
        )


def _row(of: Import, user: Any) -> Row:
    files = [file.name for file in of.files.all() if file.purpose == "sales"]
    return Row(of, files, TONES[State(of.state)], address_of(of, user))
