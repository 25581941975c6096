"""What changed since somebody last looked: accounts that went quiet or came back, moved, became key, bought at last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Self

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from anahtar.report.labels import STATES, label
from anahtar_web.gate.rights import Right
from anahtar_web.insight.models import Look, Run, Standing, Turn
from anahtar_web.insight.pages.cells import CLASS_TONES, STATE_TONES
from anahtar_web.ui.templatetags.shown import say

if TYPE_CHECKING:
    from anahtar_web.accounts.models import Account
    from anahtar_web.people.models import User

SHOWN: Final = 8
"""How many are named on the portfolio, those with the most money behind them."""

MOST: Final = 400
"""How many are read at all; what lies behind is counted."""

_BAD: Final = ("lapsed", "lost")
_QUIET: Final = ("watch", "at_risk")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise; several analyses since are told as one."""

    account: "Account"
    kind: str
    before: str
    after: str
    revenue: int

    @property
    def words(self) -> tuple[str, str]:
        """What it was and what it is."""
        match self.kind:
            case Turn.Kind.STATE:
                return _state(self.before), _state(self.after)
            case Turn.Kind.KEY:
                names = {"yes": _("key by the ledger"), "no": _("not key by the ledger")}
                return names[self.before], names[self.after]
            case Turn.Kind.FIRST:
                return _("no purchase"), _("first purchase")
        return self.before or "–", self.after or "–"

    @property
    def tone(self) -> str:
        """Whether it is good or bad news."""
        match self.kind:
            case Turn.Kind.STATE:
                return STATE_TONES.get(self.after, "")
            case Turn.Kind.CLASS:
                return CLASS_TONES.get(self.after, "") if self.better else "warn"
            case Turn.Kind.KEY:
                return "info" if self.better else "warn"
        return "info"

    @property
    def better(self) -> bool:
        """Whether the account moved up, or came back."""
        match self.kind:
            case Turn.Kind.CLASS:
                return (self.after or "Z") < (self.before or "Z")
            case Turn.Kind.STATE:
                return self.after not in (*_BAD, *_QUIET)
        return self.after != "no"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many accounts, of all that changed."""

    all: int
    gone: int
    quiet: int
    back: int
    moved: int


@dataclass(frozen=True, slots=True)
class TurnsCard:
    """The template's contract.

    Parameters
    ----------
    since
        Day of the figures that the person has read; None: they have never said so, and it is the analysis before.
    more
        How many changes are not named.
    may_look
        Whether the person may say that all is read; False where there is nothing new.
    """

    changes: Sequence[Change]
    counts: Counts
    since: date | None
    more: int
    may_look: bool
    run: Run

    @classmethod
    def build(cls, user: "User", run: Run, among: "QuerySet[Standing] | None", *, most: int = SHOWN) -> Self:
        """Read what changed among some of the accounts a person sees.

        Parameters
        ----------
        among
            Their standings in the run; None: all of the company, for who sees them.
        """
        look = Look.objects.select_related("run").filter(person=user).first()
        since = Turn.objects.filter(run__gt=look.run_id) if look else Turn.objects.filter(run=run)
        turns = since.filter(run__lte=run.pk, account__merged_into=None)
        if among is not None:
            turns = turns.filter(account__in=among.values("account"))
        found = turns.select_related("account").order_by("-revenue", "account", "run")[:MOST]
        folded = _folded(found)
        counts = _counts(turns)
        return cls(
            changes=folded[:most],
            counts=counts,
            since=look.run.as_of if look else None,
            more=max(counts.all - most, 0) if len(folded) > most else 0,
            may_look=user.may(Right.KEEP_VIEWS) and (look is None or look.run_id < run.pk),
            run=run,
        )


def _state(code: str) -> str:
    return say(label(STATES, code)) if code else "–"


def _folded(turns: "QuerySet[Turn]") -> list[Change]:
    """Tell several turns of an account as one, from where it stood to where it stands; back again is no change."""
    first: dict[tuple[int, str], Turn] = {}
    last: dict[tuple[int, str], Turn] = {}
    for turn in sorted(turns, key=lambda one: one.run_id):
        key = turn.account_id, turn.kind
        first.setdefault(key, turn)
        last[key] = turn
    changes = [
        Change(last[key].account, key[1], turn.before, last[key].after, max(turn.revenue, last[key].revenue))
        for key, turn in first.items()
        if turn.before != last[key].after
    ]
    return sorted(changes, key=lambda one: (-one.revenue, one.account.sort_key, one.account.pk, one.kind))


def _counts(turns: "QuerySet[Turn]") -> Counts:
    state, of_class = Q(kind=Turn.Kind.STATE), Q(kind=Turn.Kind.CLASS)
    sums = turns.aggregate(
        all=Count("pk"),
        gone=Count("account", filter=state & Q(after__in=_BAD), distinct=True),
        quiet=Count("account", filter=state & Q(after__in=_QUIET), distinct=True),
        back=Count("account", filter=state & ~Q(after__in=[*_BAD, *_QUIET]), distinct=True),
        moved=Count("account", filter=of_class, distinct=True),
    )
    return Counts(**sums)
