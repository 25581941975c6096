"""Who has read the dossier, when."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, Self

from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import Head
from anahtar_web.accounts.queries import team_of
from anahtar_web.company.queries import today
from anahtar_web.dossier.models import Reading
from anahtar_web.dossier.queries import readers_of

if TYPE_CHECKING:
    from anahtar_web.people.models import User

SHOWN: Final = 500
SHOWN_DAYS: Final = 30
"""Of one person."""


@dataclass(frozen=True, slots=True)
class Person:
    """A reader.

    Parameters
    ----------
    days
        The last one first.
    part
        What they do for the account; empty: they are not on its team.
    """

    person: "User"
    days: Sequence[Reading]
    part: str

    @property
    def last(self) -> Reading:
        """Their last reading."""
        return self.days[0]

    @property
    def recent(self) -> Sequence[Reading]:
        """The last days, as far as they are shown."""
        return self.days[:SHOWN_DAYS]

    @property
    def times(self) -> int:
        """How often, all days together."""
        return sum(one.times for one in self.days)


@dataclass(frozen=True, slots=True)
class ReadersPage:
    """The page.

    Parameters
    ----------
    unread
        People of the team who have never opened it.
    """

    head: Head
    readers: Sequence[Person]
    unread: Sequence[Person]
    full: bool
    """Whether there are older readings than are shown."""

    @classmethod
    def build(cls, account: Account, user: "User") -> Self:
        """Read it."""
        rows = readers_of(account, SHOWN)
        team = team_of(account, today())
        parts = {member.person.pk: str(member.assignment.get_part_display()) for member in reversed(team)}
        by_person = groupby(sorted(rows, key=lambda row: row.person_id), key=lambda row: row.person)
        readers = [Person(person, list(days), parts.get(person.pk, "")) for person, days in by_person]
        read = {one.person.pk for one in readers}
        unread = {member.person.pk: member.person for member in team if member.person.pk not in read}
        return cls(
            head=Head.build(account, user, "readers"),
            readers=sorted(readers, key=lambda one: (one.last.last_at, one.person.pk), reverse=True),
            unread=[Person(person, (), parts[pk]) for pk, person in unread.items()],
            full=len(rows) == SHOWN,
        )
