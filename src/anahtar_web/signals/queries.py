"""Reading signals; every read starts from the accounts a person may see."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from anahtar_web.accounts.managers import reached_by
from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Right
from anahtar_web.insight.models import Run
from anahtar_web.signals.models import Signal, SignalDecision, State

if TYPE_CHECKING:
    from anahtar_web.people.models import User

SEVEN: Final = 7
"""Lines on the account, the portfolio and the first page: what somebody can do something about on a day."""


def seen_by(user: "User") -> "QuerySet[Signal]":
    """Give the signals of the accounts that a person sees, without those that go on under another."""
    rows = Signal.objects.filter(account__merged_into=None)
    if user.is_active and user.may(Right.SEE_ALL_ACCOUNTS):
        return rows
    return rows.filter(account__in=reached_by(user))


def is_open() -> Q:
    """Tell open ones, and those put off whose day has come."""
    return Q(state=State.OPEN) | Q(state=State.SNOOZED, snoozed_until__lte=today())


def open_signals(user: "User") -> "QuerySet[Signal]":
    """Give the open ones a person sees: those of their own accounts first, the most money first."""
    return ranked(seen_by(user).filter(is_open()), user)


def ranked(rows: "QuerySet[Signal]", user: "User") -> "QuerySet[Signal]":
    """Put those of a person's own accounts first, then the most money."""
    mine = Case(When(account__in=reached_by(user), then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.select_related("account").annotate(not_mine=mine).order_by("not_mine", "-at_stake", "pk")


def of_account(account: Account) -> "QuerySet[Signal]":
    """Give the open ones of an account that was found with `account_for`, the most money first."""
    return Signal.objects.filter(is_open(), account=account).select_related("account").order_by("-at_stake", "pk")


# What became of them ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """What accounts did after a decision of one kind.

    Parameters
    ----------
    bought
        Bought again within the horizon.
    away
        Did not, and the horizon has passed.
    waiting
        Nobody knows yet.
    """

    bought: int = 0
    away: int = 0
    waiting: int = 0

    @property
    def decided(self) -> int:
        """How many decisions there were."""
        return self.bought + self.away + self.waiting

    @property
    def rate(self) -> float | None:
        """Part of those known that bought again."""
        known = self.bought + self.away
        return self.bought / known if known else None


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Signals dismissed, and those acted on."""

    dismissed: Outcome
    acted: Outcome


def outcomes(user: "User", run: Run | None) -> Outcomes:
    """Count what accounts a person sees did after their signal was dismissed, and after it became a case."""
    rows = SignalDecision.objects.filter(holds=True, signal__in=seen_by(user)).order_by()
    told = rows.values_list("what", "as_of", "horizon", "bought_on")
    counts = {what: [0, 0, 0] for what in (SignalDecision.What.DISMISS, SignalDecision.What.CASE)}
    for what, as_of, horizon, bought in told.filter(what__in=list(counts)):
        end = as_of + timedelta(days=horizon)
        passed = run is not None and run.as_of is not None and run.as_of >= end
        place = 0 if bought is not None and bought <= end else 1 if passed or bought is not None else 2
        counts[SignalDecision.What(what)][place] += 1
    return Outcomes(Outcome(*counts[SignalDecision.What.DISMISS]), Outcome(*counts[SignalDecision.What.CASE]))
