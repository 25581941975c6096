"""The headline: what the chosen accounts bought now and a year ago, and where the difference comes from."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np

from anahtar.analysis.portfolio.chosen import Chosen, total
from anahtar.analysis.slicing.slice import Marks, Whole


@dataclass(frozen=True, slots=True)
class Totals:
    """Some accounts in some months; money in ten-thousandths.

    Parameters
    ----------
    accounts
        With a line in the months.
    buying
        With revenue above zero in them, returns netted.
    revenue
        0 where there is no line.
    profit
        Of the lines whose cost is known; None where no line carries one.
    margin
        Profit / revenue of the lines with a cost; None where that is not above zero, or unknown (a direction in a
        ledger where a cost is missing).
    value
        Revenue or profit, by the measure of the slice; 0 where it is unknown.
    positive
        The values above zero together: what shares are of.
    """

    accounts: int
    buying: int
    revenue: int
    profit: int | None
    margin: float | None
    value: int
    positive: int


@dataclass(frozen=True, slots=True)
class Change:
    """Accounts that have something in common, and by how much their value rose together (below zero: fell)."""

    accounts: int
    value: int


@dataclass(frozen=True, slots=True)
class Bridge:
    """How the value of a year ago became today's: the changes add up to the difference of the totals, to the unit.

    An account buys in some months when its revenue in them is above zero. Every chosen account is in one part.

    Parameters
    ----------
    new
        Buys now, and its first line (of the direction, where one is asked for) is younger than the months a year ago.
    returned
        Buys now, bought nothing in the months a year ago, and was known before.
    grown, shrunk, steady
        Buys now and then; by its value.
    lost
        Bought a year ago and does not now.
    others
        Buys in neither: returns only, or silent.
    """

    new: Change
    returned: Change
    grown: Change
    shrunk: Change
    steady: Change
    lost: Change
    others: Change

    def __iter__(self) -> Iterator[tuple[str, Change]]:
        """Every part by its name."""
        return ((part.name, getattr(self, part.name)) for part in fields(self))


def totals(chosen: Chosen, when: str) -> Totals:
    """What the accounts bought; `when` is empty, or `_year_ago`."""
    revenue, values = chosen.amounts(f"revenue{when}"), chosen.amounts(f"value{when}")
    profit, with_cost = chosen.sum(f"profit{when}"), chosen.sum(f"revenue_with_cost{when}")
    present = chosen.words(f"abc{when}") >= 0
    # An account without a line a year ago has a profit of 0 then: it says nothing about whether costs are known.
    if not chosen.known(f"profit{when}")[present].any():
        profit = None
    return Totals(
        int(present.sum()),
        int((revenue > 0).sum()),
        total(revenue),
        profit,
        profit / with_cost if profit is not None and with_cost is not None and with_cost > 0 else None,
        total(values),
        total(values[values > 0]),
    )


def bridge(chosen: Chosen, last_month_then: int) -> Bridge:
    """Where the difference comes from.

    Parameters
    ----------
    last_month_then
        The last of the months a year ago; who had a line up to then is not new.
    """
    now, then = chosen.amounts("revenue") > 0, chosen.amounts("revenue_year_ago") > 0
    known = chosen.amounts("first_month") <= last_month_then
    rise: Whole = chosen.amounts("value") - chosen.amounts("value_year_ago")
    both = now & then
    return Bridge(
        new=_change(now & ~then & ~known, rise),
        returned=_change(now & ~then & known, rise),
        grown=_change(both & (rise > 0), rise),
        shrunk=_change(both & (rise < 0), rise),
        steady=_change(both & (rise == 0), rise),
        lost=_change(~now & then, rise),
        others=_change(~now & ~then, rise),
    )


def _change(inside: Marks, rise: Whole) -> Change:
    return Change(int(np.count_nonzero(inside)), total(rise[inside]))
