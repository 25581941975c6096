"""The cases of one account, one of them, and its forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Model
from django.forms import Form

from anahtar_web.accounts.figures import figures
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import Head
from anahtar_web.audit.shown import Version, versions
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Field, Right
from anahtar_web.risks.models import AWAY, Case, LossRecord, Move
from anahtar_web.risks.pages.rows import Row
from anahtar_web.risks.queries import cases_of, names_of_reasons, outlook_of, outlooks
from anahtar_web.risks.told import said_of
from anahtar_web.risks.transitions import BEFORE_LOSS
from anahtar_web.ui.markdown import render

if TYPE_CHECKING:
    from anahtar_web.people.models import User


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
    loss: LossRecord | None = None
    reasons: Sequence[str] = ()
    sees_profit: bool = False
    may_record: bool = False

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
        moves = list(Move.objects.filter(case=case).select_related("by").order_by("-pk"))
        names = names_of_reasons(moves)
        loss = LossRecord.objects.filter(case=case).select_related("competitor", "told_by", "by").first()
        return cls(
            head=Head.build(case.account, user, "risks"),
            row=Row(case, outlook_of(case), today()),
            moves=[Told(move, said_of(move, names)) for move in moves],
            notes_html=render(case.notes),
            currency=figures().currency,
            may_write=_may_write(case.account, user),
            loss=loss,
            reasons=[] if loss is None else [str(reason) for reason in loss.reasons.all()],
            sees_profit=user.sees(Field.PROFIT),
            may_record=_may_write(case.account, user) and (loss is not None or case.stage in (*AWAY, *BEFORE_LOSS)),
        )


@dataclass(frozen=True, slots=True)
class WritePage:
    """A form of a case.

    Parameters
    ----------
    both
        What is saved beside what was typed, where somebody was faster.
    address
        Where it is sent; empty: to the page it stands on.
    """

    head: Head
    form: Form
    title: str
    case: Case | None = None
    both: Sequence[Version] = ()
    address: str = ""

    @classmethod
    def build(
        cls,
        account: Account,
        user: "User",
        form: Form,
        title: str,
        case: Case | None = None,
        both: Sequence[Version] = (),
        *,
        address: str = "",
    ) -> Self:
        """Show the form."""
        return cls(Head.build(account, user, "risks"), form, title, case, both, address)


def both_cases(theirs: Case, typed: Mapping[str, Any]) -> list[Version]:
    """Put a case as it stands now beside what was typed."""
    return versions("case", {name: getattr(theirs, name) for name in typed}, typed)


def both_losses(theirs: LossRecord, typed: Mapping[str, Any]) -> list[Version]:
    """Put a loss record as it stands now beside what was typed."""
    now = {name: getattr(theirs, name) for name in typed if name != "reasons"}
    now |= {"reasons": ", ".join(str(one) for one in theirs.reasons.all())}
    told = {**typed, "reasons": ", ".join(str(one) for one in typed["reasons"])}
    return versions("lossrecord", *({name: _plain(value) for name, value in one.items()} for one in (now, told)))


def _plain(value: Any) -> Any:
    """Somebody or some competitor by name; the rest as it is."""
    return str(value) if isinstance(value, Model) else value


def _may_write(account: Account, user: "User") -> bool:
    return account.merged_into_id is None and user.may(Right.WRITE_DOSSIER)
