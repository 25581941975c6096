"""Directions: in which lines of business an account grew, and in which it stopped."""

import ibis

from anahtar.metrics.revenue import Months


def directions(months: ibis.Table, *, window: Months, year_ago: Months | None) -> ibis.Table:
    """Set each account's revenue per direction against the same window a year earlier.

    Parameters
    ----------
    months
        Facts, one row per account, direction and month: reads account_id, direction_id, month, revenue.
    window
        The months shown.
    year_ago
        The same months a year earlier; None where the ledger is younger.

    Returns
    -------
    ibis.Table
        One row per account and direction with a line in either window, largest revenue first: account_id,
        direction_id (null: lines that name none), revenue and revenue_year_ago (money units, 0 where it bought
        nothing; the latter null where the ledger is younger).
    """
    inside = _inside(months, window) if year_ago is None else _inside(months, window) | _inside(months, year_ago)
    seen = months.filter(inside)
    told = seen.group_by("account_id", "direction_id").agg(
        revenue=_sum(seen, window),
        revenue_year_ago=ibis.null("int64") if year_ago is None else _sum(seen, year_ago),
    )
    return told.order_by("account_id", ibis.desc("revenue"), "direction_id")


def _inside(months: ibis.Table, window: Months) -> ibis.Value:
    return (months.month >= window.first) & (months.month <= window.last)


def _sum(months: ibis.Table, window: Months) -> ibis.Value:
    return months.revenue.sum(where=_inside(months, window)).coalesce(0)
