"""Stress: what is left when an account, or a part of it, is gone; what late payment ties up; how to refill."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import ibis

DAYS_OF_A_YEAR: Final = 365


def left_over(values: ibis.Table, taken: ibis.Table) -> ibis.Table:
    """Take amounts away from accounts.

    What is left goes through `anahtar.metrics.abc_class` and `anahtar.metrics.concentration` as any other values do.

    Parameters
    ----------
    values
        One row per account: reads account_id, value (int64 money units).
    taken
        One row per account: reads account_id, amount (money units; not more than its value, or the rest is negative
        and counts as that).

    Returns
    -------
    ibis.Table
        The rows of `values`: account_id, value (less what was taken).
    """
    joined = values.left_join(taken.select(owner="account_id", amount="amount"), values.account_id == taken.account_id)
    return joined.select("account_id", value=joined.value - joined.amount.coalesce(0))


@dataclass(frozen=True, slots=True)
class LatePayment:
    """What it costs that an account pays later; money units.

    Parameters
    ----------
    capital
        What is outstanding in addition, at any time, for as long as it pays so late.
    interest
        Of that capital, by the year.
    """

    capital: int
    interest: int


def late_payment(*, revenue: int, days: int, interest_ppm: int) -> LatePayment:
    """Say what it ties up that an account pays so many days later.

    Parameters
    ----------
    revenue
        Of a year, in money units, as the ledger has it (without VAT, where the ledger is: the VAT on it is then
        outstanding beside).
    days
        How much later than today.
    interest_ppm
        What capital costs by the year, in millionths: 180,000 is 18 %.
    """
    capital = _portion(max(revenue, 0), days, DAYS_OF_A_YEAR)
    return LatePayment(capital, _portion(capital, interest_ppm, 1_000_000))


@dataclass(frozen=True, slots=True)
class Growth:
    """What one account would have to grow by.

    Parameters
    ----------
    code, value
        The account and what it brings today, in money units.
    alone
        Growth with which it alone would fill the gap: 0.5 is half as much again.
    amount
        Its part when all of them grow alike, in money units.
    """

    code: str
    value: int
    alone: float
    amount: int


@dataclass(frozen=True, slots=True)
class Refill:
    """How a gap could be filled.

    Parameters
    ----------
    gap
        What is missing, in money units.
    together
        Growth of every one of them that fills the gap, or the most that was allowed; None where there is nobody.
    accounts
        The largest first, equal ones by code.
    left
        What stays open although all grow by the most that was allowed.
    """

    gap: int
    together: float | None
    accounts: Sequence[Growth]
    left: int


def refill(gap: int, values: Mapping[str, int], *, most_ppm: int | None = None) -> Refill:
    """Say by how much accounts would have to grow to fill a gap.

    All grow by the same percentage, so that the large ones carry more. Amounts are whole money units and come to the
    gap (less what is left) exactly: units that rounding leaves go to the largest remainders, equal ones by code.

    Parameters
    ----------
    gap
        Money units, above zero.
    values
        Code -> what the account brings today; who brings nothing cannot grow by a percentage and is left out.
    most_ppm
        The most that any of them may grow by, in millionths: 500,000 is half as much again. None: no limit.

    References
    ----------
    Largest remainders: M. L. Balinski, H. P. Young, Fair Representation (1982).
    """
    able = {code: value for code, value in values.items() if value > 0}
    total = sum(able.values())
    if not total:
        return Refill(gap, None, [], gap)
    filled = gap if most_ppm is None else min(gap, total * most_ppm // 1_000_000)
    parts = _apportioned(filled, able)
    order = sorted(able, key=lambda code: (-able[code], code))
    grown = [Growth(code, able[code], gap / able[code], parts[code]) for code in order]
    return Refill(gap, filled / total, grown, gap - filled)


def _apportioned(amount: int, weights: Mapping[str, int]) -> dict[str, int]:
    total = sum(weights.values())
    whole = {code: amount * weight // total for code, weight in weights.items()}
    rest = amount - sum(whole.values())
    for code in sorted(weights, key=lambda code: (-(amount * weights[code] % total), code))[:rest]:
        whole[code] += 1
    return whole


def _portion(amount: int, part: int, whole: int) -> int:
    """The amount times part / whole, rounded half up; none of them below zero."""
    return (2 * amount * part + whole) // (2 * whole)
