"""Accounts that are touched or visited less often than their strategy asks for, the worst first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from django.core.paginator import Page, Paginator

from anahtar_web.accounts.models import Account
from anahtar_web.accounts.queries import managers_of
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Right
from anahtar_web.strategies.cells import cells
from anahtar_web.strategies.conduct import Conduct, conduct_of
from anahtar_web.strategies.queries import deviations_in_force

if TYPE_CHECKING:
    from anahtar_web.people.models import User

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One account."""

    account: Account
    conduct: Conduct
    manager: "User | None"
    deviates: bool


@dataclass(frozen=True, slots=True)
class ConductPage:
    """The template's contract.

    Parameters
    ----------
    at_stake
        Revenue of all accounts of the list together.
    own
        Whether the reader sees only some accounts.
    """

    rows: Sequence[Row]
    page: "Page[Conduct]"
    at_stake: int
    currency: str
    only_key: bool
    own: bool

    @classmethod
    def build(cls, user: "User", page: str, *, only_key: bool) -> Self:
        """Read everything the page shows; the number of queries does not depend on the number of accounts."""
        behind = conduct_of(user, today(), only_key=only_key)
        shown = Paginator(behind, PAGE).get_page(page)
        return cls(
            rows=_rows(user, list(shown)),
            page=shown,
            at_stake=sum(one.revenue or 0 for one in behind),
            currency=cells().currency(),
            only_key=only_key,
            own=not user.may(Right.SEE_ALL_ACCOUNTS),
        )


def _rows(user: "User", shown: Sequence[Conduct]) -> Sequence[Row]:
    pks = [one.account for one in shown]
    accounts: Mapping[int, Account] = Account.objects.visible_to(user, among=pks).in_bulk(pks)
    managers = managers_of(pks, today())
    deviating = set(deviations_in_force(user, today()).filter(account__in=pks).values_list("account", flat=True))
    return [
        Row(accounts[one.account], one, managers.get(one.account), one.account in deviating)
        for one in shown
        if one.account in accounts
    ]
