"""Lapses: every silence of the ledger that was too long by some criterion, whether it ended or not."""

from collections.abc import Callable
from datetime import date
from typing import Final, TypeAlias

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa

Numbers: TypeAlias = npt.NDArray[np.int64]
Doubles: TypeAlias = npt.NDArray[np.float64]

Borders: TypeAlias = Callable[[Numbers, Numbers], Doubles]
"""A criterion: asked for purchase days (account ids; days since 1970, account by account, oldest first), it tells of
each the longest silence after it, in days, that is not yet a loss; nan where none would be. It may look at the
account's purchases up to that day and at nothing later, or what was lost then is not what was known then."""

LAPSES: Final = pa.schema(
    [
        pa.field("account_id", pa.int32()),
        pa.field("purchases", pa.int64()),  # purchase days up to the silence
        pa.field("bought_on", pa.date32()),  # the last of them
        pa.field("lost_on", pa.date32()),  # the first day on which the criterion calls the account lost
        pa.field("returned_on", pa.date32()),  # the purchase that ended the silence; null: none up to the as-of day
    ]
)


def lapses(days: pa.Table, borders: Borders, *, as_of: date) -> pa.Table:
    """Find the silences that were too long.

    A silence is a loss from the day after its border on; who buys on that very day was never lost. The last silence
    of each account runs to the as-of day.

    Parameters
    ----------
    days
        One row per account and purchase day up to the as-of day, by account, then by day: reads account_id, sold_on.
    borders
        The criterion.
    as_of
        Later days do not exist.

    Returns
    -------
    pa.Table
        `LAPSES`, one row per such silence, by account, then by day; an account that was lost twice has two.
    """
    owners, bought = days["account_id"].to_numpy().astype(np.int64), _numbers(days["sold_on"])
    if not len(owners):
        return LAPSES.empty_table()
    border = np.floor(borders(owners, bought))
    begins = np.flatnonzero(np.diff(owners, prepend=-1))
    place = np.arange(len(owners)) - np.repeat(begins, np.diff(begins, append=len(owners)))
    goes_on = np.append(owners[1:] == owners[:-1], False)
    back = np.where(goes_on, np.append(bought[1:], 0), 0)
    lost = np.where(np.isnan(border), np.iinfo(np.int64).max, bought + np.nan_to_num(border).astype(np.int64) + 1)
    end = np.where(goes_on, back - 1, (as_of - _EPOCH).days)
    at = np.flatnonzero(lost <= end)
    return pa.table(
        {
            "account_id": pa.array(owners[at].astype(np.int32)),
            "purchases": pa.array(place[at] + 1),
            "bought_on": _days(bought[at]),
            "lost_on": _days(lost[at]),
            "returned_on": _days(back[at], known=goes_on[at]),
        },
        LAPSES,
    )


def lapse_revenue(lapses: ibis.Table, months: ibis.Table) -> ibis.Table:
    """Say what each lapse cost: the revenue of the twelve months up to the month of the last purchase before it.

    Parameters
    ----------
    lapses
        `LAPSES`.
    months
        Facts, one row per account and month with a line: reads account_id, month, revenue.

    Returns
    -------
    ibis.Table
        The rows of `lapses` with revenue (money units, returns netted).
    """
    known = lapses.mutate(until=_month(lapses.bought_on))
    facts = months.select(owner=months.account_id, month=months.month, amount=months.revenue)
    joined = known.left_join(facts, known.account_id == facts.owner)
    inside = (joined.month > joined.until - 12) & (joined.month <= joined.until)
    return joined.group_by(*lapses.columns).agg(revenue=inside.ifelse(joined.amount, None).sum().coalesce(0))


def losses_by_month(valued: ibis.Table) -> ibis.Table:
    """Count the lapses of each month as they were known at its end, and as they are known now.

    Parameters
    ----------
    valued
        What `lapse_revenue` returned.

    Returns
    -------
    ibis.Table
        One row per month (year * 12 + month - 1) in which an account was lost: lost_then and amount_then (accounts
        that stood lost at its end, and the year's revenue they took along, money units), lost_now and amount_now
        (of them those that have not bought since), one_off (of lost_then, those that had bought on one day only).
    """
    told = valued.mutate(month=_month(valued.lost_on), back=_month(valued.returned_on))
    # Who was back in the same month was lost for nobody who looked at its end.
    stood = told.filter(told.back.isnull() | (told.back > told.month))
    still = stood.back.isnull()
    return stood.group_by("month").agg(
        lost_then=stood.count(),
        amount_then=stood.revenue.sum(),
        lost_now=stood.count(where=still),
        amount_now=stood.revenue.sum(where=still).coalesce(0),
        one_off=stood.count(where=stood.purchases == 1),
    )


def returns_by_month(valued: ibis.Table) -> ibis.Table:
    """Count who came back in each month of those who stood lost at an earlier month's end: month, returned."""
    told = valued.mutate(lost=_month(valued.lost_on), month=_month(valued.returned_on))
    back = told.filter(told.month > told.lost)
    return back.group_by("month").agg(returned=back.count())


def begun_by_month(days: ibis.Table) -> ibis.Table:
    """Count who bought for the first time in each month: month, begun; reads account_id, sold_on of purchase days."""
    first = days.group_by("account_id").agg(sold_on=days.sold_on.min())
    return first.group_by(month=_month(first.sold_on)).agg(begun=first.count())


_EPOCH: Final = date(1970, 1, 1)


def _month(day: ibis.Value) -> ibis.Value:
    return day.year() * 12 + day.month() - 1


def _numbers(days: pa.ChunkedArray) -> Numbers:
    numbers: Numbers = days.cast(pa.int32()).to_numpy().astype(np.int64)
    return numbers


def _days(numbers: Numbers, *, known: npt.NDArray[np.bool_] | None = None) -> pa.Array:
    mask = None if known is None else ~known
    return pa.array(numbers.astype(np.int32), pa.int32(), mask=mask).cast(pa.date32())
