"""The cases of one account, one of them, and its forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.forms import Form

from anahtar_web.accounts.figures import figures
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import Head
from anahtar_web.audit.shown import Version, versions
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Right
from anahtar_web.jobs.told import shown
from anahtar_web.risks.models import CLOSED, Case, Move
from anahtar_web.risks.queries import Silent, cases_of, outlook_of, outlooks
from anahtar_web.risks.transitions import BEFORE_LOSS
from anahtar_web.ui.markdown import render

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Row:
    """A case in the list of its account; `outlook`: what the current run foresees of it."""

    case: Case
    outlook: Silent | None
    today: date

    @property
    def is_open(self) -> bool:
        """Whether something can still be done."""
        return self.case.stage not in CLOSED

    @property
    def is_overdue(self) -> bool:
        """Whether its next step was to be done before today."""
        return self.is_open and self.case.next_on is not None and self.case.next_on < self.today


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Every case of an account, the open ones first."""

    head: Head
    rows: Sequence[Row]
    currency: str
    may_write: bool

    @classmethod
    def build(cls, account: Account, user: "User") -> Self:
        """Read it; the number of queries does not depend on the number of cases."""
        cases, day = cases_of(account), today()
        foreseen = outlooks(cases)
        return cls(
            head=Head.build(account, user, "risks"),
            rows=[Row(case, foreseen.get(case.pk), day) for case in cases],
            currency=figures().currency,
            may_write=_may_write(account, user),
        )


@dataclass(frozen=True, slots=True)
class Told:
    """A move, with what was said of it."""

    move: Move
    why: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case, with everything that moved it."""

    head: Head
    row: Row
    moves: Sequence[Told]
    notes_html: str
    currency: str
    may_write: bool

    @property
    def bought_again(self) -> date | None:
        """The day on which the account of a case that is no loss yet bought again since it stands there."""
        case, outlook = self.row.case, self.row.outlook
        if outlook is None or case.stage not in BEFORE_LOSS or outlook.last_purchase <= case.stage_since:
            return None
        return outlook.last_purchase

    @classmethod
    def build(cls, case: Case, user: "User") -> Self:
        """Read it; the number of queries does not depend on the number of moves."""
        moves = Move.objects.filter(case=case).select_related("by").order_by("-pk")
        return cls(
            head=Head.build(case.account, user, "risks"),
            row=Row(case, outlook_of(case), today()),
            moves=[Told(move, move.words or shown(move.why)) for move in moves],
            notes_html=render(case.notes),
            currency=figures().currency,
            may_write=_may_write(case.account, user),
        )


@dataclass(frozen=True, slots=True)
class WritePage:
    """A form of a case; `both`: what is saved beside what was typed, where somebody was faster."""

    head: Head
    form: Form
    title: str
    case: Case | None = None
    both: Sequence[Version] = ()

    @classmethod
    def build(
        cls,
        account: Account,
        user: "User",
        form: Form,
        title: str,
        case: Case | None = None,
        typed: Mapping[str, Any] | None = None,
    ) -> Self:
        """Show the form; with `typed`, beside what stands there now."""
        both: Sequence[Version] = ()
        if case is not None and typed is not None:
            both = versions("case", {name: getattr(case, name) for name in typed}, typed)
        return cls(Head.build(account, user, "risks"), form, title, case, both)


def _may_write(account: Account, user: "User") -> bool:
    return account.merged_into_id is None and user.may(Right.WRITE_DOSSIER)
