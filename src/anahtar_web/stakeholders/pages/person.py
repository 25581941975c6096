"""One person: what is written of them, what runs between them and others, and how we stand with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from django.utils.dates import MONTHS
from django.utils.safestring import SafeString

from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import Head
from anahtar_web.gate.rights import Right
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import ContactPoint, Relation, Stakeholder, Tie
from anahtar_web.stakeholders.pages.cards import tie_said
from anahtar_web.stakeholders.pages.look import Look, may_write
from anahtar_web.stakeholders.queries import everybody_of, relations_of, ties_of
from anahtar_web.ui.markdown import render


@dataclass(frozen=True, slots=True)
class ShownTie:
    """A line as the person's page tells it."""

    tie: Tie
    said: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything known of one person.

    Parameters
    ----------
    who
        As known on the day that is looked at.
    superior
        Whom they report to, as known then.
    """

    head: Head
    look: Look
    who: Stakeholder
    superior: Stakeholder | None
    reports: Sequence[Stakeholder]
    contacts: Sequence[ContactPoint]
    ties: Sequence[ShownTie]
    relations: Sequence[Relation]
    may_write: bool
    may_protect: bool

    @classmethod
    def build(cls, account: Account, who: Stakeholder, user: User, look: Look) -> Self | None:
        """Read it; None where the person was not written down yet on that day."""
        there = {one.pk: one for one in everybody_of(account, on=look.on)}
        shown = there.get(who.pk)
        if shown is None:
            return None
        ties = [tie for tie in ties_of(account, on=look.on) if who.pk in (tie.from_one_id, tie.to_other_id)]
        return cls(
            head=Head.build(account, user, "people", here=who.shown),
            look=look,
            who=shown,
            superior=there.get(shown.reports_to_id or 0),
            reports=[one for one in there.values() if one.reports_to_id == who.pk and one.left_on is None],
            contacts=list(who.contact_points.filter(ended_at=None).order_by("kind", "pk")),
            ties=[
                ShownTie(tie, tie_said(tie, there[tie.from_one_id], there[tie.to_other_id]))
                for tie in ties
                if tie.from_one_id in there and tie.to_other_id in there
            ],
            relations=[row for row in relations_of(account, on=look.on) if row.stakeholder_id == who.pk],
            may_write=may_write(user, account, look),
            may_protect=user.may(Right.PROTECT_PERSONS) and not shown.is_gap,
        )

    @property
    def preferences(self) -> SafeString:
        """The preferences as they are shown."""
        return render(self.who.preferences)

    @property
    def birthday(self) -> str:
        """Day and month, and the year where it is known."""
        if self.who.birth_day is None or self.who.birth_month is None:
            return ""
        return f"{self.who.birth_day} {MONTHS[self.who.birth_month]} {self.who.birth_year or ''}".strip()
