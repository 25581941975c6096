"""What stood there of one thing, when and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Self

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.dossier.kinds import Kind
from anahtar_web.dossier.models import Fact
from anahtar_web.dossier.queries import Known, best_of, versions_of_fact
from anahtar_web.gate.rights import Right

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Version:
    """One statement."""

    known: Known
    holds: bool

    @property
    def fact(self) -> Fact:
        """The statement itself."""
        return self.known.fact


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Every statement of one thing, the last one first."""

    account: Account
    kind: Kind
    versions: Sequence[Version]
    current: Known | None
    may_write: bool

    @classmethod
    def build(cls, account: Account, kind: Kind, fact: Fact, user: "User") -> Self:
        """Read it."""
        rows, day = versions_of_fact(account, kind, fact), today()
        standing = [row for row in rows if row.retracted_at is None]
        current = best_of(kind, standing, day) if standing else None
        return cls(
            account=account,
            kind=kind,
            versions=[Version(Known(kind, row, day), bool(current and row.pk == current.fact.pk)) for row in rows],
            current=current,
            may_write=user.may(Right.WRITE_DOSSIER) and account.merged_into_id is None and not kind.retired,
        )

    @property
    def as_of(self) -> date:
        """The day it is judged on."""
        return today()
