"""In which cell accounts stand, as the app above that analyses tells it; unknown until it does.

A strategy holds for a cell, and this app knows nothing of the ledger: `insight` says who answers (`use`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from anahtar_web.accounts.models import Account
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Figures:
    """What the ledger says of an account, as far as strategies need it."""

    cell: str
    revenue: int | None


class Cells:
    """Answers nothing; the app that knows cells answers in its place."""

    def of(self, account: "Account") -> str:
        """Give the cell of an account; empty where it stands in none. One query."""
        return ""

    def count(self, user: "User", *, leaving_out: "QuerySet[Any, Any]") -> Mapping[str, int]:
        """Count the accounts a person sees by cell, some left out (their keys); one query."""
        return {}

    def figures(self, user: "User", accounts: Collection[int]) -> Mapping[int, Figures]:
        """Give the figures of accounts a person sees; of a group, with its companies'."""
        return {}

    def behind(
        self, user: "User", before: Mapping[str, tuple[date | None, date | None]], *, leaving_out: Collection[int]
    ) -> Mapping[int, Figures]:
        """Give the accounts a person sees that were last touched, or visited, before the days of their cell."""
        return {}

    def currency(self) -> str:
        """Give the currency of the figures."""
        return ""


_ANSWERING: Final[list[Cells]] = [Cells()]


def use(answering: Cells) -> None:
    """Let an app above answer; called by its `ready()`."""
    _ANSWERING[:] = [answering]


def cells() -> Cells:
    """Give whoever answers."""
    return _ANSWERING[0]
