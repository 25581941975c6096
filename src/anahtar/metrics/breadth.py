"""Breadth: in how many directions an account buys, which of them it leads, and how much it sends back."""

from typing import Final

import ibis
from ibis import _

LEAST_RIVALS: Final = 5
"""Accounts a direction needs before being the largest of them says something."""


def directions_bought(directions: ibis.Table, *, first_month: int, last_month: int) -> ibis.Table:
    """Count the directions each account buys in, and tell which of them it leads.

    Parameters
    ----------
    directions
        Facts, one row per account, direction and month: reads `account_id`, `direction_id` (null: none named),
        `month`, `revenue`.
    first_month, last_month
        The window, both inside.

    Returns
    -------
    ibis.Table
        One row per account and direction of positive revenue in the window: `account_id`, `direction_id`,
        `revenue` (money units), `leads`: nobody buys more in the direction, among five accounts at least; of
        equals the one with the smaller `account_id`.
    """
    named = directions.filter(
        directions.direction_id.notnull(), directions.month >= first_month, directions.month <= last_month
    )
    bought = named.group_by("account_id", "direction_id").agg(revenue=_.revenue.sum().cast("int64"))
    positive = bought.filter(bought.revenue > 0)
    ranked = positive.mutate(
        place=ibis.row_number().over(
            ibis.window(group_by="direction_id", order_by=[ibis.desc("revenue"), "account_id"])
        ),
        rivals=_.count().over(ibis.window(group_by="direction_id")),
    )
    return ranked.select("account_id", "direction_id", "revenue", leads=(_.place == 0) & (_.rivals >= LEAST_RIVALS))


def returned_share(months: ibis.Table, days: ibis.Table, *, first_month: int, last_month: int) -> ibis.Table:
    """Tell what part of its orders an account sends back: 1 - revenue / amount of its orders.

    Parameters
    ----------
    months
        Facts, one row per account and month: reads `account_id`, `month`, `revenue` (returns netted).
    days
        Facts, one row per account and purchase day: reads `account_id`, `sold_on`, `amount` (orders alone).
    first_month, last_month
        The window, both inside. A return counts where it falls, so it may be of an earlier order.

    Returns
    -------
    ibis.Table
        One row per account with an order in the window: `account_id`, `ordered` and `returned` (money units),
        `returns` (0-1; above 1 where more came back than was ordered in the window).
    """
    within = months.filter(months.month >= first_month, months.month <= last_month)
    net = within.group_by("account_id").agg(net=_.revenue.sum().cast("int64"))
    numbered = days.mutate(month=days.sold_on.year() * 12 + days.sold_on.month() - 1)
    bought = numbered.filter(numbered.month >= first_month, numbered.month <= last_month)
    ordered = bought.group_by("account_id").agg(ordered=_.amount.sum().cast("int64"))
    joined = ordered.join(net, "account_id")
    told = joined.select("account_id", "ordered", returned=ibis.greatest(joined.ordered - joined.net, 0))
    positive = (told.ordered > 0).ifelse(told.ordered, None)
    return told.mutate(returns=told.returned.cast("float64") / positive.cast("float64"))
