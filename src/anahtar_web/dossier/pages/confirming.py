"""Five facts to confirm this week, and how far everybody is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Self

from anahtar_web.accounts.figures import figures
from anahtar_web.company.queries import today
from anahtar_web.dossier.days import monday_of
from anahtar_web.dossier.models import Contract
from anahtar_web.dossier.pages.profile import ShownContract
from anahtar_web.dossier.queries import Asking, Load, asked_this_week, contracts_due, loads
from anahtar_web.gate.rights import Right

if TYPE_CHECKING:
    from anahtar_web.people.models import User


AHEAD: Final = timedelta(days=90)
BEHIND: Final = timedelta(days=90)
MOST_CONTRACTS: Final = 10


@dataclass(frozen=True, slots=True)
class ConfirmingPage:
    """The page.

    Parameters
    ----------
    loads
        Everybody's counts, for who sees every account; empty for others.
    contracts
        Those whose notice or end is near, or has just passed.
    """

    asked: Sequence[Asking]
    loads: Sequence[Load]
    contracts: Sequence[ShownContract]
    monday: date
    currency: str
    may_write: bool
    sees_everybody: bool

    @classmethod
    def build(cls, user: "User") -> Self:
        """Read it."""
        everybody = user.may(Right.SEE_ALL_ACCOUNTS)
        return cls(
            asked=asked_this_week(user) if user.may(Right.WRITE_DOSSIER) else (),
            contracts=[ShownContract(row, today()) for row in _due(user)],
            loads=sorted(loads(user), key=lambda load: -load.waiting) if everybody else (),
            monday=monday_of(today()),
            currency=figures().currency,
            may_write=user.may(Right.WRITE_DOSSIER),
            sees_everybody=everybody,
        )

    @property
    def sunday(self) -> date:
        """The last day of the week."""
        return self.monday + timedelta(days=6)

    @property
    def waiting(self) -> int:
        """How many are still to be dealt with."""
        return sum(not one.answer for one in self.asked)

    @property
    def done(self) -> int:
        """How many are dealt with."""
        return len(self.asked) - self.waiting


def _due(user: "User") -> list[Contract]:
    return list(contracts_due(user, today() + AHEAD, since=today() - BEHIND)[:MOST_CONTRACTS])
