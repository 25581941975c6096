"""The map in small, for other pages: who decides, whom we have, what is not known, and how the decision stands."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Self

from anahtar.rules.decision import sentences
from anahtar.words import Message
from anahtar_web.accounts.models import Account
from anahtar_web.stakeholders.drawing import Drawing
from anahtar_web.stakeholders.forms import LookForm
from anahtar_web.stakeholders.models import Role, Stakeholder, Stance
from anahtar_web.stakeholders.pages.cards import drawing_of
from anahtar_web.stakeholders.pages.look import Look, may_write
from anahtar_web.stakeholders.pages.rule import TONES, name_of
from anahtar_web.stakeholders.queries import (
    Stated,
    decisions_of,
    gaps_among,
    known_by,
    people_of,
    relations_of,
    ties_of,
)

if TYPE_CHECKING:
    from anahtar_web.people.models import User

_DECIDE: Final = frozenset({Role.DECIDER, Role.APPROVER})
_OURS: Final = (Stance.CHAMPION, Stance.SUPPORTER)


@dataclass(frozen=True, slots=True)
class Told:
    """How one decision stands, in a line."""

    stated: Stated
    sentence: Message
    tone: str


@dataclass(frozen=True, slots=True)
class MiniMap:
    """The map in small.

    Parameters
    ----------
    deciders
        Who decides or approves, gaps included.
    ours
        Who stands for us, the champions first.
    stances
        Stance and how many have it, the best first; those that nobody has are left out.
    gaps
        How many things are not known.
    verdict
        Of the decision that is expected next; None: none is open, or nothing can be reckoned.
    """

    account: Account
    drawing: Drawing
    people: int
    deciders: Sequence[Stakeholder]
    ours: Sequence[Stakeholder]
    stances: Sequence[tuple[Stance, int]]
    gaps: int
    verdict: Told | None
    may_write: bool

    @classmethod
    def build(cls, account: Account, user: "User", *, on: date | None = None) -> Self:
        """Read it; the same queries for any number of people."""
        look = Look(LookForm(), on)
        people = people_of(account, on=on)
        known = known_by(relations_of(account, on=on))
        counted: Counter[Any] = Counter(who.stance for who in people)
        ours = [who for who in people if who.stance in _OURS]
        return cls(
            account=account,
            drawing=drawing_of(account, people, ties_of(account, on=on), known, look, linked=False),
            people=len(people),
            deciders=[who for who in people if _DECIDE & set(who.roles)],
            ours=sorted(ours, key=lambda who: _OURS.index(Stance(who.stance))),
            stances=[(stance, counted[stance]) for stance in Stance if counted[stance]],
            gaps=len(gaps_among(people)),
            verdict=_told(decisions_of(account, on=on)),
            may_write=may_write(user, account, look),
        )


def _told(stated: Sequence[Stated]) -> Told | None:
    here = next((one for one in stated if one.version.closed_on is None), None)
    outcome = here.outcome() if here is not None else None
    if here is None or outcome is None:
        return None
    names = {one.key: name_of(one) for one in here.seats}
    return Told(here, sentences(outcome, here.rule, names)[0], TONES[outcome.verdict])
