"""The map: who reports to whom, who has influence on whom, and how they all stand to us."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import Head
from anahtar_web.gate.rights import Right
from anahtar_web.people.models import User
from anahtar_web.stakeholders.actions.moving import in_row
from anahtar_web.stakeholders.drawing import Drawing
from anahtar_web.stakeholders.models import Stakeholder, Tie
from anahtar_web.stakeholders.pages.cards import drawing_of, shown_on_map, spoken, tie_said
from anahtar_web.stakeholders.pages.look import Look, may_write, units_of
from anahtar_web.stakeholders.queries import Gap, GapKind, gaps_among, known_by, people_of, relations_of, ties_of
from anahtar_web.ui.written import drawn


@dataclass(frozen=True, slots=True)
class Branch:
    """Somebody with those who report to them, for the map as a list."""

    who: Stakeholder
    said: str
    below: Sequence["Branch"]


@dataclass(frozen=True, slots=True)
class MapPage:
    """Everything on the page.

    Parameters
    ----------
    people
        Everybody on the map, the faded ones too.
    listed
        The same as a list: everybody below whom they report to, and the ties in words.
    taken
        How many are not faded.
    unknown_to_us
        How many of them none of us knows.
    """

    head: Head
    look: Look
    people: Sequence[Stakeholder]
    drawing: Drawing
    listed: SafeString
    units: Sequence[str]
    gaps: Sequence[Gap]
    unknown_to_us: int
    may_write: bool
    may_export: bool

    @classmethod
    def build(cls, account: Account, user: User, look: Look) -> Self:
        """Read everything the page shows; the same queries for any number of people."""
        people = people_of(account, on=look.on)
        ties = ties_of(account, on=look.on)
        known = known_by(relations_of(account, on=look.on))
        return cls(
            head=Head.build(account, user, "map"),
            look=look,
            people=people,
            drawing=drawing_of(account, people, ties, known, look),
            listed=_listed(account, people, ties, known, look),
            units=units_of(people),
            gaps=gaps_among(people),
            unknown_to_us=sum(not who.is_gap and not known.get(who.pk) for who in people),
            may_write=may_write(user, account, look),
            may_export=user.may(Right.EXPORT),
        )

    @property
    def taken(self) -> int:
        """How many are not faded."""
        return sum(self.look.takes(who) for who in self.people)

    @property
    def gap_people(self) -> int:
        """How many places there are for which nobody is known."""
        return sum(gap.kind == GapKind.PERSON for gap in self.gaps)

    @property
    def open_roles(self) -> Sequence[str]:
        """The roles nobody is known to have."""
        return [str(gap.role.label) for gap in self.gaps if gap.role]

    @property
    def without_stance(self) -> int:
        """Of how many we do not know how they stand to us."""
        return sum(gap.kind == GapKind.STANCE for gap in self.gaps)


def _listed(
    account: Account, people: Sequence[Stakeholder], ties: Sequence[Tie], known: Mapping[int, int], look: Look
) -> SafeString:
    shows = (account.pk, *shown_on_map(people, ties, known, look))
    there = {who.pk: who for who in people}

    def write() -> SafeString:
        told = {"account": account, "query": look.query, "branches": _branches(people, known)}
        return render_to_string("stakeholders/_branches.html", told | {"said": _said(ties, there)})

    return drawn("map as a list", write, shows=shows)


def _branches(people: Sequence[Stakeholder], known: Mapping[int, int]) -> Sequence[Branch]:
    there = {who.pk for who in people}
    below: dict[int | None, list[Stakeholder]] = {}
    for who in sorted(people, key=in_row):
        below.setdefault(who.reports_to_id if who.reports_to_id in there else None, []).append(who)

    def branch(who: Stakeholder) -> Branch:
        return Branch(who, spoken(who, known.get(who.pk, 0)), [branch(one) for one in below.get(who.pk, ())])

    return [branch(who) for who in below.get(None, ())]


def _said(ties: Sequence[Tie], there: Mapping[int, Stakeholder]) -> Sequence[str]:
    drawn = [tie for tie in ties if tie.from_one_id in there and tie.to_other_id in there]
    return [tie_said(tie, there[tie.from_one_id], there[tie.to_other_id]) for tie in drawn]
