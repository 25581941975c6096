"""What is not known of the people who decide at an account."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from anahtar_web.accounts.models import Account
from anahtar_web.stakeholders.models import Role, Stakeholder, Stance
from anahtar_web.stakeholders.queries.people import people_of


class GapKind(StrEnum):
    """What is missing."""

    PERSON = "person"
    """Somebody has this place, and we do not know who."""
    OPEN_ROLE = "open_role"
    """Nobody is known to have a role."""
    CHAMPION = "champion"
    """Nobody stands up for us."""
    ROLE = "role"
    """We do not know what somebody does in the decision."""
    STANCE = "stance"
    """We do not know how somebody stands to us."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is not known.

    Parameters
    ----------
    who
        Of whom; None where nobody is there.
    role
        The role nobody is known to have.
    """

    kind: GapKind
    who: Stakeholder | None = None
    role: Role | None = None


def gaps_of(account: Account, *, on: date | None = None) -> list[Gap]:
    """Give what is not known of the people of an account, the gravest first."""
    return gaps_among(people_of(account, on=on))


def gaps_among(people: Sequence[Stakeholder]) -> list[Gap]:
    """Give what is not known of people."""
    return list(_gaps(people))


def _gaps(people: Sequence[Stakeholder]) -> Iterator[Gap]:
    named = [who for who in people if not who.is_gap]
    yield from (Gap(GapKind.PERSON, who) for who in people if who.is_gap)
    had = {role for who in people for role in who.roles}
    yield from (Gap(GapKind.OPEN_ROLE, role=role) for role in Role if role not in had)
    if not any(who.stance == Stance.CHAMPION for who in named):
        yield Gap(GapKind.CHAMPION)
    yield from (Gap(GapKind.ROLE, who) for who in named if not who.role)
    yield from (Gap(GapKind.STANCE, who) for who in named if not who.stance)
