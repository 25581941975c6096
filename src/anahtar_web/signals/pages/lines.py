"""Signals as lines: on the account, on the portfolio, in the list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlencode

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar_web.accounts.managers import reached_by
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.queries import managers_of
from anahtar_web.company.queries import today
from anahtar_web.foresight.models import Dimension
from anahtar_web.gate.rights import Right
from anahtar_web.insight.queries import current_run
from anahtar_web.jobs.told import shown
from anahtar_web.people.models import User
from anahtar_web.signals.drawing import rhythm
from anahtar_web.signals.models import Kind, Signal, SignalDecision
from anahtar_web.signals.queries import SEVEN, of_account, open_signals
from anahtar_web.ui.templatetags.shown import number

if TYPE_CHECKING:
    from django.db.models import QuerySet

TONES: Final[Mapping[str, str]] = {"lapsed": "bad", "at_risk": "bad", "watch": "warn"}


def named(dimension: str, name: str) -> str:
    """Say of what kind a direction is: *Site Gebze*. A product group is called by its name alone."""
    return name if dimension in ("", Dimension.DIRECTION) else f"{Dimension(dimension).label} {name}"


@dataclass(frozen=True, slots=True)
class Line:
    """One signal.

    Parameters
    ----------
    decision
        What somebody decided on it last, where it is put off or dismissed.
    """

    signal: Signal
    chart: SafeString
    why: Sequence[str]
    manager: User | None = None
    decision: SignalDecision | None = None

    @property
    def title(self) -> str:
        """What happened, in a few words."""
        days = self.signal.figures.get("silence", 0)
        told = {"n": number(days), "direction": named(self.signal.dimension, self.signal.direction)}
        match self.signal.kind:
            case Kind.SILENT:
                return ngettext("Silent for %(n)s day", "Silent for %(n)s days", days) % told
            case Kind.DIRECTION:
                return (
                    ngettext("%(direction)s: silent for %(n)s day", "%(direction)s: silent for %(n)s days", days) % told
                )
            case Kind.DECLINING:
                return _("Buys much less than in its own year")
            case Kind.LIKELY:
                return _("Not late yet, and likely to stay away")
            case _:
                return _("Back after a lapse")

    @property
    def same(self) -> str:
        """Where else the same silence shows; empty: nowhere."""
        return ", ".join(named(dimension, name) for dimension, name in self.signal.figures.get("same", ()))

    @property
    def says_more(self) -> bool:
        """Whether the title tells more than the kind does: for how long, of what."""
        return self.signal.kind in (Kind.SILENT, Kind.DIRECTION)

    @property
    def tone(self) -> str:
        """Colour of its chip."""
        if self.signal.kind == Kind.BACK:
            return "good"
        return TONES.get(self.signal.level, "warn")

    @property
    def proof(self) -> str:
        """Where its numbers can be checked: the lines of the account, of the direction that is silent."""
        address = reverse("insight:lines", args=[self.signal.account_id])
        if not self.signal.dimension:
            return address
        return f"{address}?{urlencode({'order': 'latest', self.signal.dimension: self.signal.direction})}"


def lines_of(signals: Iterable[Signal], *, decisions: bool = False) -> list[Line]:
    """Write signals as lines: two queries for who looks after the accounts, one for decisions."""
    rows = list(signals)
    managers = managers_of({one.account_id for one in rows}, today())
    last: dict[int, SignalDecision] = {}
    if decisions:
        told = SignalDecision.objects.filter(signal__in=rows, holds=True).select_related("by").order_by("pk")
        last = {one.signal_id: one for one in told}
    return [
        Line(
            signal=one,
            chart=rhythm(one.figures),
            why=[sentence for stored in one.why if (sentence := shown(stored))],
            manager=managers.get(one.account_id),
            decision=last.get(one.pk),
        )
        for one in rows
    ]


@dataclass(frozen=True, slots=True)
class Seven:
    """At most seven lines, for the page of an account or the portfolio.

    Parameters
    ----------
    more
        How many there are beyond them.
    at_stake
        Of all of them, without those that are back.
    back
        Where one comes back to after a decision.
    """

    lines: Sequence[Line]
    more: int
    at_stake: int
    currency: str
    may: bool
    back: str
    account: Account | None = None

    @classmethod
    def of_account(cls, account: Account, user: User) -> Self:
        """Those of one account that was found with `account_for`."""
        return cls._built(of_account(account), user, "account", account)

    @classmethod
    def of_person(cls, user: User) -> Self:
        """Those a person is to look at first: of the own accounts, or of all where they look after none."""
        rows = open_signals(user)
        mine = rows.filter(account__in=reached_by(user))
        return cls._built(mine if mine.exists() else rows, user, "portfolio")

    @classmethod
    def _built(cls, rows: "QuerySet[Signal]", user: User, back: str, account: Account | None = None) -> Self:
        told = rows.order_by().aggregate(sum=Sum("at_stake", filter=~Q(kind=Kind.BACK)), count=Count("pk"))
        run = current_run()
        return cls(
            lines=lines_of(rows[:SEVEN]),
            more=max(told["count"] - SEVEN, 0),
            at_stake=told["sum"] or 0,
            currency=run.currency if run else "",
            may=user.may(Right.WRITE_DOSSIER),
            back=back,
            account=account,
        )
