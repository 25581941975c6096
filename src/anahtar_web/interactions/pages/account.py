"""The interactions of one account: what comes next on top, a form to write one down at once, then month by month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.forms import Form

from anahtar_web.accounts.directions import directions
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import Head
from anahtar_web.accounts.queries import team_of
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Right
from anahtar_web.interactions.models import AccountTouch, Interaction, Kind
from anahtar_web.interactions.pages.shown import Shown, ShownStep, by_month
from anahtar_web.interactions.queries import interactions_below, listed, people_met, touch_of
from anahtar_web.interactions.queries.listing import companies_of, read_before, steps_below, took_part, with_person
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import Stakeholder

if TYPE_CHECKING:
    from django.http import QueryDict

PARAMETERS: Final = frozenset({"kind", "who", "company", "before"})
MOST_PEOPLE: Final = 200
FIRST_PEOPLE: Final = 12
"""So many people stand in the form at once; the others are a click away."""


@dataclass(frozen=True, slots=True)
class Filtered:
    """What the address narrows the list by; nonsense narrows to nothing or is left out."""

    kind: str = ""
    who: str = ""
    company: str = ""
    before: tuple[date, int] | None = None

    @classmethod
    def of(cls, query: "QueryDict") -> Self:
        """Read an address."""
        kind = query.get("kind", "")
        return cls(
            kind=kind if kind in Kind.values else "",
            who=query.get("who", "")[:20],
            company=query.get("company", "")[:18] if query.get("company", "").isdecimal() else "",
            before=read_before(query.get("before", "")[:40]),
        )

    def narrow(self, rows: "QuerySet[Interaction]") -> "QuerySet[Interaction]":
        """Leave what is meant."""
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.who:
            rows = with_person(rows, self.who)
        return rows.filter(account=int(self.company)) if self.company else rows

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.kind or self.who or self.company)

    def address(self, **more: str) -> str:
        """Write it as an address."""
        named = {"kind": self.kind, "who": self.who, "company": self.company, **more}
        return "?" + urlencode({name: value for name, value in named.items() if value})


@dataclass(frozen=True, slots=True)
class AccountPage:
    """The template's contract.

    Parameters
    ----------
    form
        Writes an interaction down at once; None: the reader may not, or the account goes on under another.
    companies
        Accounts below this one in which something happened, by key.
    people
        Who took part, as the filter offers them.
    """

    head: Head
    touch: AccountTouch | None
    steps: Sequence[ShownStep]
    months: Sequence[tuple[date, Sequence[Shown]]]
    older: str
    filtered: Filtered
    companies: Mapping[int, str]
    people: Sequence[tuple[str, str]]
    businesses: Sequence[str]
    form: Form | None
    may_write: bool

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """Kinds as the filter offers them."""
        return [(str(value), str(label)) for value, label in Kind.choices]

    @classmethod
    def build(cls, account: Account, user: User, filtered: Filtered, form: Form | None = None) -> Self:
        """Read everything the page shows; the number of queries does not depend on the number of interactions."""
        may, on = may_write(account, user), today()
        every = interactions_below(account, user)
        page = listed(filtered.narrow(every), filtered.before)
        return cls(
            head=Head.build(account, user, "interactions"),
            touch=touch_of(account),
            steps=[ShownStep(one, on, user.may(Right.WRITE_DOSSIER)) for one in steps_below(account, user)],
            months=by_month(Shown.of(row, account.pk) for row in page.rows),
            older=filtered.address(before=page.before) if page.before else "",
            filtered=filtered,
            companies=_companies(account, user),
            people=_people(account, user),
            businesses=directions() if may else (),
            form=form if may else None,
            may_write=may,
        )


def may_write(account: Account, user: User) -> bool:
    """Whether somebody may write down what happened here."""
    return user.may(Right.WRITE_DOSSIER) and account.merged_into_id is None


def people_for_form(account: Account, user: User) -> list[Stakeholder]:
    """Give the people of an account a form offers."""
    return people_met(account, user)[:MOST_PEOPLE]


def team_for_form(account: Account, user: User, also: Sequence[User] = ()) -> list[User]:
    """Give those of ours a form offers: the reader, the team, and who is named already."""
    team = [member.person for member in team_of(account, today())]
    return list({one.pk: one for one in (user, *team, *also)}.values())


def _companies(account: Account, user: User) -> Mapping[int, str]:
    return dict(companies_of(account, user).values_list("pk", "name")[:MOST_PEOPLE])


def _people(account: Account, user: User) -> list[tuple[str, str]]:
    met = took_part(account, user)
    theirs = Stakeholder.objects.filter(pk__in=met.theirs).order_by("name", "pk")
    ours = User.objects.filter(pk__in=met.ours).order_by("name", "pk")
    found = [(f"s{pk}", name) for pk, name in theirs.values_list("pk", "name")[:MOST_PEOPLE]]
    return found + [(f"u{pk}", name) for pk, name in ours.values_list("pk", "name")[:MOST_PEOPLE]]
