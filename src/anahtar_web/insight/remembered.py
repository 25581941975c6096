"""What page after page asks for anew, remembered by each process until something in the house changes.

The sums of a list and its order are the same for the next reader while nothing has changed, and that is told by the
trail: neither account nor team, decision, right or group changes without an entry of it in the same transaction. The
digest of the last entry is therefore the state of the house. It is read before what is remembered under it, so an
answer is never older than the state it goes by.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from django.db.models import QuerySet, Sum

from anahtar_web.accounts.managers import reached_by
from anahtar_web.audit.queries import last_digest
from anahtar_web.company.queries import today
from anahtar_web.insight.among import Among
from anahtar_web.insight.models import Run, Standing
from anahtar_web.insight.queries import knows_company, merged_accounts, standings_of
from anahtar_web.insight.recent import Recent

if TYPE_CHECKING:
    from anahtar_web.people.models import User

V = TypeVar("V")

ANSWERS: Final = 2000
"""A process keeps so many: some sums and the keys of a page each, a few kilobytes."""

FEW: Final = 2000
"""So many accounts of a person are remembered by their keys."""

PAGES: Final = 400
"""Of the larger answers, a tenth of a megabyte each: pages of rows as they are written, keys of a person's accounts."""

SELECTIONS: Final = 16
"""Of the accounts a filter is about, as many as six megabytes each."""

answers: Final[Recent[Any]] = Recent(ANSWERS)
rows: Final[Recent[Any]] = Recent(PAGES)
selections: Final[Recent[Any]] = Recent(SELECTIONS)
pieces: Final[Recent[Any]] = Recent(PAGES)
"""Of pages as they are written, by what they show: the house may change around them."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered for one reader in one state of the house; a page opens it once."""

    user: "User"
    run: Run
    state: str

    @classmethod
    def of(cls, user: "User", run: Run) -> Self:
        """Open it: who sees all shares the answers with everybody who does, anybody else has their own."""
        return cls(user, run, last_digest())

    def recall(self, *question: Hashable, make: Callable[[], V], among: Recent[Any] = answers) -> V:
        """Give what was answered in the same state, or make it now.

        Parameters
        ----------
        question
            All that the answer depends on beside the house, the day, the run and what the person may see.
        among
            Where it is kept: `answers` of a few kilobytes, the larger `rows`, or the few large `selections`.
        """
        if not self.state:  # no entry, no state to go by
            return make()
        found: V = among.get((self.state, today(), self.run.pk, self._whose, *question), make)
        return found

    def recall_alike(self, *shown: Hashable, make: Callable[[], V], among: Recent[Any]) -> V:
        """Give what was made of the same, whatever happened in the house since, or make it now.

        Parameters
        ----------
        shown
            All that goes into it beside the day and the run; what the person may see is asked for by itself.
        """
        found: V = among.get((today(), self.run.pk, self._whose, *shown), make)
        return found

    @property
    def _whose(self) -> int | None:
        return None if knows_company(self.user) else self.user.pk

    def standings(self) -> "QuerySet[Standing]":
        """Give the standings of the accounts a person sees; where they are few, by their keys.

        Of a subquery the planner of PostgreSQL expects too much, and reads the whole company for a manager's thousand.
        """
        if knows_company(self.user):
            return standings_of(self.user, self.run)

        def few() -> Sequence[int]:
            reached = reached_by(self.user).exclude(account__in=merged_accounts())
            return list(reached.values_list("account", flat=True).distinct()[: FEW + 1])

        found = self.recall("reached", make=few, among=rows)
        if len(found) > FEW:
            return standings_of(self.user, self.run)
        return Standing.objects.filter(Among("account", found), run=self.run)

    def sold_by_own(self, field: str) -> int:
        """Add up what is sold by the accounts a person sees, those left out of which more came back: shares are of it.

        Parameters
        ----------
        field
            `revenue`, or `value`: what accounts are ranked by.
        """

        def add_up() -> int:
            sold = self.standings().filter(**{f"{field}__gt": 0})
            return sold.aggregate(sum=Sum(field))["sum"] or 0

        return self.recall("sold by own", field, make=add_up)


def forget() -> None:
    """Forget every answer."""
    answers.clear()
    rows.clear()
    selections.clear()
    pieces.clear()
