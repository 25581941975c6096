"""The page that shows who looks after what, and what nobody looks after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

from anahtar_web.accounts.figures import Figure, figures
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.queries import Load, loads_of_managers, without_manager
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Right
from anahtar_web.people.models import User

SHOWN: Final = 25
"""How many accounts without a KAM are named, the largest first."""


@dataclass(frozen=True, slots=True)
class Line:
    """One KAM.

    Parameters
    ----------
    revenue
        Of all accounts they look after; None where nothing is known.
    share
        Of the revenue of everything the reader sees.
    """

    load: Load
    revenue: int | None
    share: float | None


@dataclass(frozen=True, slots=True)
class Unmanaged:
    """An account without a KAM."""

    account: Account
    figure: Figure


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """Coverage.

    Parameters
    ----------
    unmanaged
        The largest accounts without a KAM.
    unmanaged_count, unmanaged_revenue
        Of all of them.
    """

    lines: Sequence[Line]
    unmanaged: Sequence[Unmanaged]
    unmanaged_count: int
    unmanaged_revenue: int | None
    currency: str
    may_assign: bool

    @property
    def accounts(self) -> int:
        """How many accounts somebody looks after."""
        return sum(line.load.own + line.load.inherited for line in self.lines)

    @classmethod
    def build(cls, user: User) -> Self:
        """Count as of today."""
        seen = Account.objects.visible_to(user).standing_alone()
        money = figures().revenues(seen)
        lacking = without_manager(user)
        whole = sum(max(value, 0) for value in money.values())
        loads = loads_of_managers(user, today())
        managed = {pk for load in loads for pk in load.accounts}
        return cls(
            lines=[_line(load, money, whole) for load in loads],
            unmanaged=_largest(figures().largest(lacking, SHOWN)),
            unmanaged_count=lacking.count(),
            unmanaged_revenue=sum(value for pk, value in money.items() if pk not in managed) if money else None,
            currency=figures().currency,
            may_assign=user.may(Right.ASSIGN_TEAMS),
        )


def _line(load: Load, money: Mapping[int, int], whole: int) -> Line:
    revenue = sum(money.get(pk, 0) for pk in load.accounts) if money else None
    return Line(load, revenue, revenue / whole if revenue is not None and whole else None)


def _largest(ids: Sequence[int]) -> list[Unmanaged]:
    accounts = Account.objects.in_bulk(ids)
    told = figures().of(ids)
    return [Unmanaged(accounts[pk], told.get(pk, Figure())) for pk in ids]
