"""What accounts are worth, as the app above that analyses tells it; unknown until it does.

Pages of this app show revenue beside names, and know nothing of the ledger: `insight` says who answers (`use`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from anahtar_web.accounts.managers import AccountQuerySet

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from anahtar_web.accounts.models import Account
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Figure:
    """What the ledger says of one account; None where it says nothing.

    Parameters
    ----------
    revenue
        Of the window of the last analysis, in ten-thousandths.
    group_revenue
        The same with all companies below it.
    last12
        Revenue of the last twelve full months.
    """

    revenue: int | None = None
    group_revenue: int | None = None
    orders: int | None = None
    first_purchase: date | None = None
    last_purchase: date | None = None
    last12: tuple[int, ...] = ()


class Figures:
    """Answers nothing; the app that knows figures answers in its place."""

    @property
    def currency(self) -> str:
        """ISO code of what revenue is in; empty: not known."""
        return ""

    def of(self, accounts: Collection[int]) -> Mapping[int, Figure]:
        """Give the figures of a page of accounts; one query."""
        return {}

    def stats(self, account: "Account", user: "User") -> Sequence[Any]:
        """Give the figures in large type above the pages of an account, as far as somebody sees them; few queries.

        Each has `label`, `value`, `note`, `tone`, `title` and `href`.
        """
        return ()

    def chips(self, account: "Account") -> Sequence[Any]:
        """Give the words beside the name of an account: class, decision, state; two queries.

        Each has `text`, `tone`, `icon`, `title` and `href`.
        """
        return ()

    def revenues(self, accounts: "QuerySet[Account]") -> Mapping[int, int]:
        """Give the revenue of many accounts, those without any left out; one query."""
        return {}

    def largest(self, accounts: AccountQuerySet, limit: int) -> list[int]:
        """Give the accounts of the greatest revenue, those without any last; one query."""
        return list(accounts.order_by("sort_key", "pk").values_list("pk", flat=True)[:limit])


_ANSWERING: Final[list[Figures]] = [Figures()]


def use(answering: Figures) -> None:
    """Let an app above answer; called by its `ready()`."""
    _ANSWERING[:] = [answering]


def figures() -> Figures:
    """Give whoever answers."""
    return _ANSWERING[0]
