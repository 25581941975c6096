"""What holds for one account: on its overview, on a page of its own, and where we deviate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.forms import Form
from django.utils.safestring import SafeString

from anahtar_web.accounts.models import Account, KeyDecision
from anahtar_web.accounts.pages import Head
from anahtar_web.accounts.queries import decision_on
from anahtar_web.audit.shown import Version, versions
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Right
from anahtar_web.interactions.queries import touch_of
from anahtar_web.strategies.applying import Applying, applying
from anahtar_web.strategies.cells import cells
from anahtar_web.strategies.conduct import Conduct
from anahtar_web.strategies.models import Deviation
from anahtar_web.strategies.queries import Strategy, deviation_on, deviations_on, in_force
from anahtar_web.ui.markdown import render

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class ShownDeviation:
    """A deviation as a page shows it.

    Parameters
    ----------
    of_merged
        The account it was written for, merged into this one since.
    """

    deviation: Deviation
    of_merged: Account | None = None

    @property
    def html(self) -> SafeString:
        """The text as it is shown."""
        return render(self.deviation.text)

    @property
    def holds(self) -> bool:
        """Whether it holds today."""
        return self.of_merged is None and self.deviation.holds(today())

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed and nobody has ended or renewed it."""
        return self.of_merged is None and self.deviation.current and not self.holds


@dataclass(frozen=True, slots=True)
class AccountStrategy:
    """What holds for an account, as its overview shows it; two queries."""

    account: Account
    applying: Applying
    strategy: Strategy | None
    deviation: ShownDeviation | None
    may_deviate: bool

    @classmethod
    def build(cls, account: Account, decision: KeyDecision | None, cell: str, user: "User") -> Self:
        """Read it; the overview knows decision and cell already."""
        found, deviation = applying(decision, cell), deviation_on(account)
        code = found.subject.code if found.subject else ""
        return cls(
            account=account,
            applying=found,
            strategy=in_force([code])[code] if code else None,
            deviation=ShownDeviation(deviation) if deviation else None,
            may_deviate=user.may(Right.EDIT_ACCOUNTS) and account.merged_into_id is None,
        )


@dataclass(frozen=True, slots=True)
class AccountPage:
    """The account's own page of it: the strategy whole, the deviation, and those before."""

    head: Head
    told: AccountStrategy
    history: Sequence[ShownDeviation]
    conduct: Conduct | None

    @classmethod
    def build(cls, account: Account, user: "User") -> Self:
        """Read everything the page shows."""
        shown = AccountStrategy.build(account, decision_on(account), cells().of(account), user)
        current = shown.deviation.deviation.pk if shown.deviation else None
        history = [
            ShownDeviation(row, None if row.account_id == account.pk else row.account)
            for row in deviations_on(account)
            if row.pk != current
        ]
        return cls(Head.build(account, user, "strategy"), shown, history, _conduct(shown))


def _conduct(shown: AccountStrategy) -> Conduct | None:
    """Hold conduct against what the strategy asks for; None: it asks for nothing."""
    if shown.strategy is None or not shown.strategy.rhythm.asks or shown.account.merged_into_id is not None:
        return None
    return Conduct(shown.account.pk, shown.strategy, touch_of(shown.account), None, today())


@dataclass(frozen=True, slots=True)
class DeviatePage:
    """The form of a deviation, beside what it deviates from; `both` as in `WritePage`."""

    head: Head
    told: AccountStrategy
    form: Form
    preview: SafeString
    both: Sequence[Version] = ()
    who: str = ""
    when: Any = None

    @classmethod
    def build(cls, account: Account, user: "User", form: Form, told: AccountStrategy) -> Self:
        """Show the form."""
        return cls(Head.build(account, user, "strategy"), told, form, render(form["text"].value() or ""))

    @classmethod
    def beside(
        cls, current: Deviation, user: "User", form: Form, told: AccountStrategy, typed: Mapping[str, Any]
    ) -> Self:
        """Show what somebody else has written beside what was typed."""
        theirs = {"text": current.text, "until": current.until}
        return cls(
            Head.build(current.account, user, "strategy"),
            told,
            form,
            render(typed["text"]),
            versions("deviation", theirs, typed),
            str(current.by),
            current.at,
        )
