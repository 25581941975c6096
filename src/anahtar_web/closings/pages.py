"""What the pages of closed months show."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Self

from anahtar_web.accounts.models import Account
from anahtar_web.audit.queries import TrailPage, history_of
from anahtar_web.audit.shown import Version, versions
from anahtar_web.closings.forms import CloseForm, RuleForm, SettleForm
from anahtar_web.closings.models import Change, ClosedMonth, ClosingRule, Mover
from anahtar_web.closings.queries import (
    closable,
    closed_until,
    closing_under_way,
    every_month,
    last_failed,
    movers_of,
    next_due,
    rule,
    unsettled,
)
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Right
from anahtar_web.jobs.models import Job
from anahtar_web.ledgers.models import Import
from anahtar_web.schedules.queries import waiting_imports

if TYPE_CHECKING:
    from anahtar_web.people.models import User

LISTED: Final = 12
"""Changes that the first page lists; each month's own page has all of it."""
WAITED_FOR: Final = 3
"""Imports that are named."""
SHORT: Final = 3
"""Customers named with a change on the first page."""
LONG: Final = 20


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change of a closed month, and who moved most."""

    change: Change
    movers: Sequence[tuple[Mover, Account | None]]

    @property
    def lines(self) -> int:
        """By how many lines it changed."""
        return self.change.lines_after - self.change.lines_before

    @property
    def amount(self) -> int:
        """By how much revenue it changed."""
        return self.change.amount_after - self.change.amount_before

    @property
    def accounts(self) -> int:
        """By how many accounts it changed."""
        return self.change.accounts_after - self.change.accounts_before

    @property
    def unnamed(self) -> int:
        """How many customers it moved that are not named here."""
        return self.change.moved - len(self.movers)


@dataclass(frozen=True, slots=True)
class ClosingPage:
    """The template's contract; `section` is the tab of the settings.

    Parameters
    ----------
    more
        Unsettled changes that are not listed.
    waits
        Imports that a month which is due waits for.
    """

    rule: ClosingRule
    until: date | None
    next: tuple[date, date] | None
    waits: Sequence[Import]
    months: Sequence[ClosedMonth]
    changes: Sequence[ChangeLine]
    more: int
    working: Job | None
    failed: Job | None
    close_form: CloseForm | None
    rule_form: RuleForm | None
    history: TrailPage
    versions: tuple[Version, ...] = ()
    section: str = "closing"

    @classmethod
    def build(cls, user: "User", *, close: CloseForm | None = None, changed: RuleForm | None = None) -> Self:
        """Read months and changes; `close` and `changed` are forms that were sent and come back."""
        row, may = rule(), user.may(Right.CLOSE_MONTHS)
        upcoming = next_due(row)
        is_due = upcoming is not None and upcoming[1] <= today()
        found = list(unsettled())
        listed = found[:LISTED]
        movers = movers_of(listed, user, each=SHORT)
        open_months = closable() if may else []
        return cls(
            rule=row,
            until=closed_until(),
            next=upcoming,
            waits=list(waiting_imports()[:WAITED_FOR]) if is_due else [],
            months=list(every_month()),
            changes=[ChangeLine(change, movers.get(change.pk, ())) for change in listed],
            more=len(found) - len(listed),
            working=closing_under_way(),
            failed=last_failed(),
            close_form=(close or CloseForm(months=open_months)) if open_months else None,
            rule_form=(changed or RuleForm(initial=RuleForm.initial_of(row))) if may else None,
            history=history_of("closingrule", "closing.changed", reader=user),
        )

    def beside(self, theirs: dict[str, Any], yours: dict[str, Any]) -> Self:
        """Show what somebody else has saved beside what was typed."""
        return replace(self, versions=tuple(versions("closingrule", theirs, yours)))


@dataclass(frozen=True, slots=True)
class MonthPage:
    """One closed month: as it was kept, as it is now, and every change.

    Parameters
    ----------
    now
        After the last change that is not settled; None: as it was kept.
    """

    row: ClosedMonth
    now: Change | None
    changes: Sequence[ChangeLine]
    accept_form: SettleForm | None
    reopen_form: SettleForm | None
    history: TrailPage
    section: str = "closing"

    @classmethod
    def build(cls, row: ClosedMonth, user: "User", *, sent: SettleForm | None = None, which: str = "") -> Self:
        """Read its changes; `sent` is a form that comes back, `which` of the two it is."""
        changes = list(row.changes.select_related("of").order_by("-pk"))
        movers = movers_of(changes, user, each=LONG)
        open_changes = [change for change in changes if change.settled_at is None]
        may = user.may(Right.CLOSE_MONTHS) and row.reopened_at is None
        forms = {
            "accept": SettleForm(initial={"version": row.version}, auto_id="accept_%s"),
            "reopen": SettleForm(initial={"version": row.version}, auto_id="reopen_%s"),
        }
        if sent is not None:
            forms[which] = sent
        return cls(
            row=row,
            now=open_changes[0] if open_changes else None,
            changes=[ChangeLine(change, movers.get(change.pk, ())) for change in changes],
            accept_form=forms["accept"] if may and open_changes else None,
            reopen_form=forms["reopen"] if may else None,
            history=history_of("closedmonth", "month.accepted", "month.reopened", reader=user, row=row.pk),
        )

    @property
    def same_again(self) -> bool:
        """Whether the changes took each other back: it says what it said when it was closed."""
        return self.now is not None and self.now.fingerprint == self.row.fingerprint
