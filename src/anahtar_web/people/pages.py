"""What pages about people show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from anahtar_web.audit.queries import TrailPage, entries_of
from anahtar_web.gate.rights import Right
from anahtar_web.people.forms import PeopleForm
from anahtar_web.people.models import User
from anahtar_web.people.queries import Task, found, has_factors, loads, tasks


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody in the list.

    Parameters
    ----------
    accounts
        How many they manage; None: no app knows.
    opens
        Whether these accounts are a list the reader can open: who sees only the own ones would find another number.
    """

    person: User
    accounts: int | None
    opens: bool


@dataclass(frozen=True, slots=True)
class People:
    """The list of people, narrowed as the address says.

    Parameters
    ----------
    managing
        Whether the reader may invite, give roles and lock.
    visits
        Whether the reader sees when people were last here.
    """

    form: PeopleForm
    lines: list[Line]
    managing: bool
    visits: bool
    narrowed: bool

    @classmethod
    def build(cls, said: Mapping[str, Any], *, reader: User) -> Self:
        """Find the people; nobody where the address makes no sense, which the form then says."""
        form = PeopleForm(said)
        people = found(*(form.cleaned_data[name] for name in ("q", "role", "state"))) if form.is_valid() else []
        managed = loads([person.pk for person in people])
        return cls(
            form,
            [_line(person, managed, reader) for person in people],
            reader.may(Right.MANAGE_PEOPLE),
            sees_visits(reader),
            any(form.cleaned_data.values()),
        )


def _line(person: User, managed: Mapping[int, int], reader: User) -> Line:
    accounts = managed.get(person.pk, 0) if managed else None
    return Line(person, accounts, opens=bool(accounts) and _sees_accounts_of(person, reader))


def _sees_accounts_of(person: User, reader: User) -> bool:
    return person.pk == reader.pk or reader.may(Right.SEE_ALL_ACCOUNTS)


def sees_visits(reader: User) -> bool:
    """Whether somebody sees when others signed in: a matter of those who keep the door or audit it."""
    return reader.may(Right.MANAGE_PEOPLE) or reader.may(Right.READ_TRAIL)


@dataclass(frozen=True, slots=True)
class Person:
    """One person: what they look after, and for those who may, what they did and what was done to them."""

    person: User
    tasks: Sequence[Task]
    trail: TrailPage | None
    managing: bool
    visits: bool
    own: bool
    opens: bool
    """Whether the accounts they manage are a list the reader can open."""
    factors: bool
    """Whether there is a second factor the reader may take away."""

    @classmethod
    def build(cls, person: User, *, reader: User) -> Self:
        """Read what the reader may know of a person."""
        trail = entries_of(person.pk, reader=reader, size=20) if reader.may(Right.READ_TRAIL) else None
        return cls(
            person,
            tasks(person, reader),
            trail,
            reader.may(Right.MANAGE_PEOPLE),
            sees_visits(reader),
            person.pk == reader.pk,
            bool(loads([person.pk]).get(person.pk)) and _sees_accounts_of(person, reader),
            reader.may(Right.MANAGE_PEOPLE) and has_factors(person),
        )
