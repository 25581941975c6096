"""Reading people."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeAlias

from allauth.mfa.models import Authenticator

from anahtar_web.people.cast import CAST, Member
from anahtar_web.people.models import User
from anahtar_web.ui.text import fold, sort_key


@dataclass(frozen=True, slots=True)
class Task:
    """What somebody does for one account, as an app above tells it."""

    account: str
    address: str
    part: str
    since: date


Load: TypeAlias = Callable[[Iterable[int]], Mapping[int, int]]
"""`load(people)`: how many accounts each of them manages today; one query."""

Tasks: TypeAlias = Callable[[User, User], Sequence[Task]]
"""`tasks(person, reader)`: what the person does for the accounts that the reader may see."""

_LOADS: Final[list[Load]] = []
_TASKS: Final[list[Tasks]] = []


def register_load(load: Load) -> None:
    """Let an app above say how many accounts people manage; called by its `ready()`."""
    _LOADS[:] = [load]


def register_tasks(tasks: Tasks) -> None:
    """Let an app above say what somebody does for which accounts; called by its `ready()`."""
    _TASKS[:] = [tasks]


def loads(people: Iterable[int]) -> Mapping[int, int]:
    """Give the number of accounts that people manage; nothing where no app knows it."""
    return _LOADS[0](people) if _LOADS else {}


def tasks(person: User, reader: User) -> Sequence[Task]:
    """Give what somebody does for the accounts that the reader may see."""
    return _TASKS[0](person, reader) if _TASKS else ()


def has_factors(person: User) -> bool:
    """Whether somebody has a second factor."""
    return bool(Authenticator.objects.filter(user=person).exists())


def anybody() -> bool:
    """Whether there is a person at all; without one the first page sets up."""
    return User.objects.exists()


def found(text: str = "", role: str = "", state: str = "") -> list[User]:
    """Give people in the order of the Turkish alphabet.

    Parameters
    ----------
    text
        Words of the name or address, however they are typed.
    state
        `locked`, `waiting` (invited, no password yet), or empty for all.
    """
    # A company has tens or hundreds of people: folding them here needs no stored key.
    words = fold(text).split()
    rows = User.objects.filter(role=role) if role else User.objects.all()
    kept = [
        person
        for person in rows.order_by("pk")
        if all(word in fold(f"{person.name} {person.email}") for word in words) and _is(person, state)
    ]
    return sorted(kept, key=lambda person: (sort_key(person.name), person.pk))


def _is(person: User, state: str) -> bool:
    return {"": True, "locked": not person.is_active, "waiting": person.is_waiting}[state]


def cast() -> list[tuple[Member, User]]:
    """Give the demo's cast as far as it is there and may sign in."""
    people = {person.email: person for person in User.objects.filter(email__in=[m.email for m in CAST])}
    return [(member, people[member.email]) for member in CAST if _may_play(people.get(member.email))]


def _may_play(person: Any) -> bool:
    return person is not None and person.is_active
