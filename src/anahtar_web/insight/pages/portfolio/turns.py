"""What changed since somebody last looked: accounts that went quiet or came back, moved, became key, bought at last."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from django.utils.translation import gettext as _

from anahtar.report.labels import STATES, label
from anahtar_web.accounts.models import Account
from anahtar_web.gate.rights import Right
from anahtar_web.insight.models import Look, Run, Standing, Turn
from anahtar_web.insight.pages.cells import CLASS_TONES, STATE_TONES
from anahtar_web.insight.remembered import Memory
from anahtar_web.ui.templatetags.shown import say

if TYPE_CHECKING:
    from django.db.models import QuerySet

SHOWN: Final = 8
"""How many are named on the portfolio, those with the most money behind them."""

MOST: Final = 400
"""How many are named on a page of their own; what lies behind is counted."""

_BAD: Final = ("lapsed", "lost")
_QUIET: Final = ("watch", "at_risk")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise; several analyses since are told as one."""

    account: Account
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
    """How many changes there are, and accounts: lapsed or lost, beyond their rhythm, back in it, of another class."""

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
    def build(
        cls,
        memory: Memory,
        among: "Callable[[], QuerySet[Standing] | None]",
        *,
        of: Hashable = (),
        most: int = SHOWN,
    ) -> Self:
        """Read what changed among some of the accounts a person sees.

        Parameters
        ----------
        among
            Gives their standings in the run; None: all of the company, for who sees them.
        of
            Which of them these are.
        """
        user, run = memory.user, memory.run
        look = Look.objects.select_related("run").filter(person=user).first()
        since = look.run_id if look else None
        changes, counts = memory.recall("turns", since, of, most, make=lambda: _read(run, since, among(), most))
        return cls(
            changes=changes,
            counts=counts,
            since=look.run.as_of if look else None,
            more=counts.all - len(changes),
            may_look=user.may(Right.KEEP_VIEWS) and (look is None or look.run_id < run.pk),
            run=run,
        )


def _read(
    run: Run, since: int | None, among: "QuerySet[Standing] | None", most: int
) -> tuple[Sequence[Change], Counts]:
    """Read what changed after a run, or in this one; those with the most money behind them, and how many there are."""
    turns = Turn.objects.filter(run=run) if since is None else Turn.objects.filter(run__gt=since)
    turns = turns.filter(run__lte=run.pk, account__merged_into=None)
    if among is not None:
        turns = turns.filter(account__in=among.values("account"))
    moves = _folded(turns)
    named = moves[:most]
    accounts = Account.objects.in_bulk([move.account for move in named])
    return [Change(accounts[move.account], *move[1:]) for move in named], _counts(moves)


def _state(code: str) -> str:
    return say(label(STATES, code)) if code else "–"


class _Move(NamedTuple):
    account: int
    kind: str
    before: str
    after: str
    revenue: int


def _folded(turns: "QuerySet[Turn]") -> list[_Move]:
    """Tell several turns of an account as one, from where it stood to where it stands; back again is no change.

    All of them are read, as plain values: of a part, some would be told from the middle, and counts would be wrong.
    """
    moves: dict[tuple[int, str], _Move] = {}
    for row in turns.order_by("run", "pk").values_list(*_Move._fields).iterator(chunk_size=5000):
        now = _Move(*row)
        first = moves.get(now[:2])
        revenue = max(first.revenue, now.revenue) if first else now.revenue
        moves[now[:2]] = now._replace(before=first.before if first else now.before, revenue=revenue)
    return sorted(
        (move for move in moves.values() if move.before != move.after),
        key=lambda move: (-move.revenue, move.account, move.kind),
    )


def _counts(moves: Sequence[_Move]) -> Counts:
    after = [move.after for move in moves if move.kind == Turn.Kind.STATE]
    gone, quiet = sum(state in _BAD for state in after), sum(state in _QUIET for state in after)
    classes = sum(move.kind == Turn.Kind.CLASS for move in moves)
    return Counts(len(moves), gone, quiet, len(after) - gone - quiet, classes)
