"""Second lifetime value: what winning an account back is worth, before anybody writes to it."""

from dataclasses import dataclass
from typing import Final

import ibis

LEAST_RECOVERED: Final = 5
"""Returned accounts from which the ledger can tell how much of their business comes back."""

_PPM: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Recovery:
    """How much of their business accounts brought back that had been lost and returned.

    Parameters
    ----------
    accounts
        Returns whose twelve months before and after the ledger knows whole.
    before, after
        Their revenue in the twelve months up to the last purchase, and from the return on; money units.
    """

    accounts: int
    before: int
    after: int

    @property
    def share_ppm(self) -> int:
        """After / before in millionths; all of it where there are too few returns to tell, which must be said."""
        if self.is_assumed:
            return _PPM
        return max(self.after, 0) * _PPM // self.before

    @property
    def is_assumed(self) -> bool:
        """Whether there are too few returns to tell."""
        return self.accounts < LEAST_RECOVERED or self.before <= 0


def recovered(valued: ibis.Table, months: ibis.Table, *, ledger_from: int, full_to: int) -> ibis.Table:
    """Add up what returned accounts brought in the twelve months from their return on.

    Parameters
    ----------
    valued
        `anahtar.metrics.loss.lapses.lapse_revenue`: reads account_id, bought_on, returned_on, revenue.
    months
        Facts, one row per account and month with a line: reads account_id, month, revenue.
    ledger_from, full_to
        The ledger's first and its last whole month; returns of which it does not know the twelve months before or the
        twelve months after are left out.

    Returns
    -------
    ibis.Table
        One row: accounts, before, after (money units, null where there are none).
    """
    back = valued.returned_on.year() * 12 + valued.returned_on.month() - 1
    until = valued.bought_on.year() * 12 + valued.bought_on.month() - 1
    dated = valued.mutate(back=back, until=until)
    told = dated.filter(dated.until - 11 >= ledger_from, dated.back + 11 <= full_to).select(
        "account_id", "bought_on", "revenue", "back"
    )
    facts = months.select(owner="account_id", month="month", amount="revenue")
    joined = told.left_join(facts, told.account_id == facts.owner)
    inside = (joined.month >= joined.back) & (joined.month < joined.back + 12)
    summed = joined.group_by("account_id", "bought_on", "revenue").agg(
        after=inside.ifelse(joined.amount, None).sum().coalesce(0)
    )
    return summed.aggregate(accounts=summed.count(), before=summed.revenue.sum(), after=summed.after.sum())


def second_lifetime_value(*, margin: int, chance: float, recovery_ppm: int, cost: int) -> int:
    """Say what winning an account back is worth: P(return) x expected margin - cost.

    Parameters
    ----------
    margin
        Of the twelve months up to its last purchase, in money units; the horizon is a year.
    chance
        That it returns within it, `anahtar.metrics.loss.returns.Chance`.
    recovery_ppm
        How much of their business returned accounts bring back, in millionths (`Recovery`).
    cost
        Of trying, in money units.

    Returns
    -------
    int
        Money units, rounded half away from zero; below zero where the attempt costs more than it can bring.

    References
    ----------
    B. Stauss, C. Friege, Regaining service customers, Journal of Service Research 1 (1999), 347-361.
    """
    weight, whole = round(chance * _PPM) * recovery_ppm, _PPM * _PPM
    product = margin * weight
    told = (2 * abs(product) + whole) // (2 * whole)
    return (told if product >= 0 else -told) - cost
