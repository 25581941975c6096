"""The list of imports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from django.core.exceptions import BadRequest
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from anahtar_web.gate.rights import Right
from anahtar_web.ledgers.models import WAITING, WORKING, Import, State
from anahtar_web.ledgers.pages.steps import address_of
from anahtar_web.ledgers.queries import batches_of_others, imports, uploaders
from anahtar_web.people.models import User

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
    people
        Who uploaded something.
    person
        Whose imports these are; None: anybody's.
    others
        Live batches that no import of this list made: the command line added them.
    """

    rows: Sequence[Row]
    page: "Page[Import]"
    groups: Sequence[Group]
    text: str
    people: Sequence[User]
    person: int | None
    nothing_yet: bool
    may_import: bool
    others: Sequence[str]

    @classmethod
    def build(cls, *, user: Any, filters: Mapping[str, str]) -> Self:
        """Gather the page."""
        text, chosen = filters.get("q", "").strip()[:200], filters.get("state", "")
        people = uploaders()
        person = _person(filters.get("person", ""), people)
        found = imports().named(text).of_person(person)
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
            people=people,
            person=person,
            nothing_yet=not people,
            may_import=user.may(Right.IMPORT),
            others=batches_of_others(),
        )


def _person(said: str, people: Sequence[User]) -> int | None:
    known = {str(person.pk): person.pk for person in people}
    if said and said not in known:
        raise BadRequest("nobody of that number uploaded anything")
    return known.get(said)


def _row(of: Import, user: Any) -> Row:
    files = [file.name for file in of.files.all() if file.purpose != "rates"]
    return Row(of, files, TONES[State(of.state)], address_of(of, user))
