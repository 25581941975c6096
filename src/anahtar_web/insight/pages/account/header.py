"""What stands above and beside the figures of an account: where it belongs, what it is, who looks after it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from anahtar_web.accounts.marks import Mark, marks_of
from anahtar_web.accounts.models import Account, KeyDecision, Part
from anahtar_web.accounts.pages import Room, rooms_of
from anahtar_web.accounts.queries import Member, decision_on, team_of
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Field, Right
from anahtar_web.insight.models import Run, Standing
from anahtar_web.insight.pages.account.chips import Chip, chips_of
from anahtar_web.insight.pages.account.stats import Stat, stats_of
from anahtar_web.insight.queries import knows_company
from anahtar_web.insight.trust import Trust, trust

if TYPE_CHECKING:
    from anahtar_web.people.models import User

SHOWN_MERGED: Final = 100


@dataclass(frozen=True, slots=True)
class Header:
    """What the templates of these pages find under `page.head`.

    Parameters
    ----------
    above
        The groups above that the person sees too, the highest first.
    standing
        None: no line of the account or of one below it, or no run since it was made.
    current
        Name of the open tab.
    decision
        What people decided on it; None: nothing yet.
    """

    account: Account
    above: Sequence[Account]
    run: Run | None
    trust: Trust | None
    standing: Standing | None
    chips: Sequence[Chip | Mark]
    stats: Sequence[Stat]
    manager: Member | None
    team: Sequence[Member]
    merged: Sequence[Account]
    links: Mapping[str, str]
    rooms: Sequence[Room]
    current: str
    decision: KeyDecision | None

    @property
    def title(self) -> str:
        """What the open page is called; empty for the first one, which is called like the account."""
        return next(
            (str(tab.label) for room in self.rooms for tab in room.tabs if tab.name == self.current != "overview"), ""
        )

    @classmethod
    def build(cls, account: Account, user: "User", run: Run | None, refused: Run | None, *, current: str) -> Self:
        """Read it."""
        standing, decision = _standing(account, run), decision_on(account)
        team = team_of(account, today())
        return cls(
            account=account,
            above=_above(account, user),
            run=run,
            trust=trust(user, run, refused, of_one=True) if run else None,
            standing=standing,
            chips=[*chips_of(account.pk, standing, decision), *marks_of(account, user)],
            stats=stats_of(standing, user, run) if run and standing else (),
            manager=next((member for member in team if member.assignment.part == Part.MANAGER), None),
            team=[member for member in team if member.assignment.part != Part.MANAGER],
            merged=list(account.merged.order_by("code", "pk")[:SHOWN_MERGED]),
            links=_links(account, user),
            rooms=rooms_of(account, user, current),
            current=current,
            decision=decision,
        )


def withheld(user: "User") -> "Collection[Any]":
    """Say which figures an explanation leaves out for a person."""
    from anahtar.report.explain import Withheld

    found = []
    if not user.sees(Field.PROFIT):
        found.append(Withheld.PROFIT)
    if not knows_company(user):
        found.append(Withheld.TOTAL)
    return found


def withheld_words(user: "User", *, by_profit: bool) -> Sequence[str]:
    """Say in words what is left out on a page about a class, and why."""
    told = []
    if not knows_company(user):
        told.append(
            _(
                "Borders and shares are left out: beside the account's own amount they would tell what the whole "
                "company sells. The class, its course and the account's own figures are all here."
            )
        )
    if by_profit and not user.sees(Field.PROFIT):
        told.append(
            _("Accounts are ranked by profit, which your role does not see: classes are told without their amounts.")
        )
    return told


def _standing(account: Account, run: Run | None) -> Standing | None:
    found = Standing.objects.filter(run=run, account=account).first() if run else None
    if found is not None:
        # The addresses of its figures ask for the account again.
        found.account = account
    return found


def _above(account: Account, user: "User") -> list[Account]:
    if account.parent_id is None:
        return []
    # From the few lines of this account; "an ancestor among the visible ones" would list 100,000 accounts first.
    seen = Account.objects.visible_to(user).filter(lineage_below__account=account, lineage_below__distance__gt=0)
    return list(seen.order_by("-lineage_below__distance", "pk"))


def _links(account: Account, user: "User") -> Mapping[str, str]:
    """Give what the person may do with the account, as far as there are pages for it."""
    wanted = {
        "edit": Right.EDIT_ACCOUNTS,
        "team": Right.ASSIGN_TEAMS,
        "group": Right.CURATE_ACCOUNTS,
        "merge": Right.CURATE_ACCOUNTS,
        "trail": Right.READ_ACCOUNT_TRAIL,
    }
    links = {}
    for name, right in wanted.items():
        if user.may(right):
            try:
                links[name] = reverse(f"accounts:{name}", args=[account.pk])
            except NoReverseMatch:
                continue
    return links
