"""Growth: what an account bought in the last half year, and in the half before."""

import ibis

HALF: int = 6
"""Months of a half year."""


def growth(months: ibis.Table, days: ibis.Table, *, last_month: int) -> ibis.Table:
    """Set the last six months of each account against the six before: money, purchase days, the largest day.

    Parameters
    ----------
    months
        Facts, one row per account and month: reads `account_id`, `month` (year * 12 + month - 1), `revenue`.
    days
        Facts, one row per account and purchase day: reads `account_id`, `sold_on`, `amount` (its orders, int64).
    last_month
        The last month of the later half, whole.

    Returns
    -------
    ibis.Table
        One row per account with a line in the twelve months: `account_id`, `recent` and `before` (revenue, money
        units, returns netted, 0 where nothing was bought), `recent_days`, `before_days` (purchase days) and
        `largest_day` (what the largest purchase day of the later half came to; 0 without one). The largest day
        stands for the largest order: it is never less, so growth by a single order is never missed.

    References
    ----------
    docs/methods, section 4: growing accounts.
    """
    year = months.filter(months.month > last_month - 2 * HALF, months.month <= last_month)
    late = year.month > last_month - HALF
    money = year.group_by("account_id").agg(
        recent=_whole(year.revenue.sum(where=late)), before=_whole(year.revenue.sum(where=~late))
    )
    numbered = days.mutate(month=days.sold_on.year() * 12 + days.sold_on.month() - 1)
    bought = numbered.filter(numbered.month > last_month - 2 * HALF, numbered.month <= last_month)
    lately = bought.month > last_month - HALF
    counted = bought.group_by("account_id").agg(
        recent_days=bought.count(where=lately),
        before_days=bought.count(where=~lately),
        largest_day=bought.amount.max(where=lately),
    )
    joined = money.left_join(counted, "account_id")
    return joined.select(
        "account_id",
        "recent",
        "before",
        **{name: _whole(joined[name]) for name in ("recent_days", "before_days", "largest_day")},
    )


def _whole(value: ibis.Value) -> ibis.Value:
    return value.coalesce(0).cast("int64")
