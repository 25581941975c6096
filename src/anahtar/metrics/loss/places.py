"""Places of loss: in which directions, regions, with which salespeople, of which products accounts were lost."""

from datetime import date

import ibis

from anahtar.metrics.revenue import Months
from anahtar.metrics.rhythm import rhythm


def pair_revenue(lines: ibis.Table, *, window: Months, before: Months) -> ibis.Table:
    """Sum what each account bought of each value of a dimension in two periods.

    Parameters
    ----------
    lines
        `anahtar.facts.dimensions.DimensionLines.lines`: reads account_id, value_id, sold_on, amount.
    window, before
        Whole months.

    Returns
    -------
    ibis.Table
        One row per account and value with a line in either period: account_id, value_id, revenue_before, revenue
        (money units, 0 without a line).
    """
    dated = lines.mutate(month=_month(lines.sold_on))
    now, earlier = _inside(dated, window), _inside(dated, before)
    seen = dated.filter(now | earlier)
    return seen.group_by("account_id", "value_id").agg(
        revenue_before=seen.amount.sum(where=_inside(seen, before)).coalesce(0),
        revenue=seen.amount.sum(where=_inside(seen, window)).coalesce(0),
    )


def loss_by_value(pairs: ibis.Table, bridge: ibis.Table) -> ibis.Table:
    """Count, for each value of a dimension, the accounts that were lost and those that only left it.

    An account is counted with every value of which it bought in the earlier period for more than it gave back, as far
    as it bought anything at all then; accounts of several values are in each of them, so counts do not add up.

    Parameters
    ----------
    pairs
        What `pair_revenue` returned.
    bridge
        `anahtar.metrics.loss.bridge.loss_bridge` of the same periods: reads account_id, bucket, bought_before.

    Returns
    -------
    ibis.Table
        One row per value: value_id, accounts (that bought of it before), lost (of them no longer accounts at all),
        left (still accounts, that buy nothing of it any more, returns netted), revenue_before, revenue_lost and
        revenue_left (of those accounts with this value, before; money units).
    """
    bought = _bought(pairs, bridge)
    return bought.group_by("value_id").agg(
        accounts=bought.count(),
        lost=bought.count(where=bought.lost),
        left=bought.count(where=bought.left),
        revenue_before=bought.revenue_before.sum(),
        revenue_lost=bought.revenue_before.sum(where=bought.lost).coalesce(0),
        revenue_left=bought.revenue_before.sum(where=bought.left).coalesce(0),
    )


def gone_by_value(pairs: ibis.Table, bridge: ibis.Table) -> ibis.Table:
    """Name the accounts that `loss_by_value` counts as lost or left, value by value.

    Returns
    -------
    ibis.Table
        One row per value and such account: value_id, account_id, lost (no longer an account at all; otherwise it only
        left the value), revenue_before (what it bought of the value before, money units).
    """
    bought = _bought(pairs, bridge)
    return bought.filter(bought.lost | bought.left).select("value_id", "account_id", "lost", "revenue_before")


def _bought(pairs: ibis.Table, bridge: ibis.Table) -> ibis.Table:
    """Pairs of which more was bought than given back, by accounts that bought before; whether they are lost or left."""
    known = bridge.filter(bridge.bought_before).select("account_id", "bucket")
    joined = pairs.join(known, "account_id")
    bought = joined.filter(joined.revenue_before > 0)
    lost = bought.bucket == "lost"
    return bought.mutate(lost=lost, left=~lost & (bought.revenue <= 0))


def pair_days(lines: ibis.Table) -> ibis.Table:
    """Find the days on which each account bought of each value, returns of the day netted.

    Returns
    -------
    ibis.Table
        One row per account, value and day with more bought than given back: account_id, value_id, sold_on, amount.
    """
    summed = lines.group_by("account_id", "value_id", "sold_on").agg(amount=lines.amount.sum())
    return summed.filter(summed.amount > 0)


def pair_rhythm(lines: ibis.Table, *, as_of: date) -> ibis.Table:
    """Describe the rhythm in which each account buys of each value, and its silence there.

    Parameters
    ----------
    lines
        As for `pair_revenue`.
    as_of
        The day silence is counted to; later days do not exist.

    Returns
    -------
    ibis.Table
        One row per account and value ever bought: account_id, value_id, the columns of `anahtar.metrics.rhythm.rhythm`
        for the pair, and revenue (of the twelve months up to that of its last purchase day; money units, returns
        netted).
    """
    known = lines.filter(lines.sold_on <= as_of)
    days = pair_days(known)
    told = rhythm(days.select(account_id=_pair(days), sold_on=days.sold_on), as_of=as_of).rename(pair="account_id")
    keys = ("account_id", "value_id")
    dated = known.select(*keys, pair_of=_pair(known), month=_month(known.sold_on), amount=known.amount)
    months = dated.group_by(*keys, "pair_of", "month").agg(amount=dated.amount.sum())
    joined = told.join(months, told.pair == months.pair_of)
    until = _month(joined.last_purchase)
    year = (joined.month > until - 12) & (joined.month <= until)
    summed = joined.group_by(*keys, *told.columns).agg(revenue=year.ifelse(joined.amount, None).sum().coalesce(0))
    return summed.drop("pair")


_PLACES = 2**31
"""More values than a dimension can have: account and value are one whole number."""


def _pair(table: ibis.Table) -> ibis.Value:
    return table.account_id.cast("int64") * _PLACES + table.value_id.cast("int64")


def _month(day: ibis.Value) -> ibis.Value:
    return day.year() * 12 + day.month() - 1


def _inside(dated: ibis.Table, span: Months) -> ibis.Value:
    return (dated.month >= span.first) & (dated.month <= span.last)
