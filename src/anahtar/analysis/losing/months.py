"""How many accounts were lost in each month, as known then and as known now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import ibis
import pyarrow as pa

from anahtar.analysis.dates import first_day, last_full_month, number
from anahtar.facts.facts import Facts
from anahtar.metrics.loss.lapses import (
    Borders,
    begun_by_month,
    lapse_revenue,
    lapses,
    losses_by_month,
    returns_by_month,
)
from anahtar.metrics.loss.retention import Rate, counted

if TYPE_CHECKING:
    from anahtar.forecast.shutdowns import Shutdowns


@dataclass(frozen=True, slots=True)
class LostMonth:
    """The losses of one month.

    Parameters
    ----------
    month
        Its first day.
    whole
        False where the as-of day cuts it.
    exposed
        Accounts that could be lost in it: not lost at its begin, or new or back in it.
    begun, returned
        Who bought for the first time, and who came back after standing lost at the end of an earlier month.
    lost_then, amount_then
        Accounts that stood lost at its end by a silence that became too long in it, and the revenue of their last
        twelve months, in money units.
    lost_now, amount_now
        Of them those that have not bought since: what the month looks like today.
    one_off
        Of `lost_then`, those that had bought on one day only: a second order that never came, not a customer lost.
    rate_then, rate_now
        Over `exposed`, with Wilson's interval.
    """

    month: date
    whole: bool
    exposed: int
    begun: int
    returned: int
    lost_then: int
    amount_then: int
    lost_now: int
    amount_now: int
    one_off: int
    rate_then: Rate
    rate_now: Rate


def lapses_of(facts: Facts, criterion: Borders, *, as_of: date, closed: "Shutdowns | None" = None) -> pa.Table:
    """Every silence of the ledger that the criterion calls a loss, with what it cost.

    Parameters
    ----------
    facts, criterion, as_of
        As for `anahtar.metrics.loss.lapses.lapses`.
    closed
        Shutdowns that states leave out: then silences are counted without closed days and wait for seasons, as states
        are told (`anahtar.analysis.losing.opening`). None: by the calendar.

    Returns
    -------
    pa.Table
        `anahtar.metrics.loss.lapses.LAPSES` and revenue (of the twelve months up to the last purchase before it, money
        units); by account and day.
    """
    days = facts.account_day()
    known = facts.engine.rows(days.filter(days.sold_on <= as_of).order_by("account_id", "sold_on"))
    if closed is not None:
        # Only who counts as states do loads what foresees.
        from anahtar.analysis.losing.opening import Opened
        from anahtar.forecast.purchases import Purchases, day_number

        criterion = Opened(criterion, Purchases.of(known), day_number(as_of), closed)
    found = facts.engine.arrow(lapses(known, criterion, as_of=as_of), "lapses")
    valued = lapse_revenue(found, facts.account_month())
    return facts.engine.rows(valued.order_by("account_id", "bought_on"))


def months_of_loss(facts: Facts, valued: pa.Table, *, as_of: date) -> Sequence[LostMonth]:
    """Lay the losses out month by month, from the ledger's first month to the as-of day, oldest first.

    Parameters
    ----------
    valued
        What `lapses_of` returned, of the same facts and day.
    """
    days = facts.account_day()
    begun = _by_month(facts, begun_by_month(days.filter(days.sold_on <= as_of)))
    table = facts.engine.arrow(valued, "valued_lapses")
    lost, back = _by_month(facts, losses_by_month(table)), _by_month(facts, returns_by_month(table))
    live, told = 0, []
    nothing = {"lost_then": 0, "amount_then": 0, "lost_now": 0, "amount_now": 0, "one_off": 0}
    for month in range(min(begun, default=0), number(as_of) + 1) if begun else ():
        came, returned = begun.get(month, {}).get("begun", 0), back.get(month, {}).get("returned", 0)
        own, exposed = lost.get(month, nothing), live + came + returned
        told.append(
            LostMonth(
                month=first_day(month),
                whole=month <= last_full_month(as_of),
                exposed=exposed,
                begun=came,
                returned=returned,
                rate_then=counted(own["lost_then"], exposed),
                rate_now=counted(own["lost_now"], exposed),
                **own,
            )
        )
        live = exposed - own["lost_then"]
    return told


def _by_month(facts: Facts, expression: ibis.Table) -> dict[int, dict[str, int]]:
    return {row.pop("month"): row for row in facts.engine.rows(expression).to_pylist()}
