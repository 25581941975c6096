"""Revenue: what each account brought, in a window and in the windows it is compared with."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import ibis


class Months(NamedTuple):
    """Whole months, both inside, as year * 12 + month - 1."""

    first: int
    last: int

    def earlier(self, months: int) -> "Months":
        """The same window so many months earlier."""
        return Months(self.first - months, self.last - months)


def window_sums(
    months: ibis.Table,
    *,
    window: Months,
    full_to: int,
    measure: str,
    spans: Sequence[Months],
) -> ibis.Table:
    """Sum each account's months once, to everything the analysis asks of them.

    One scan with many conditional sums: a scan per window costs more than all the sums together.

    Parameters
    ----------
    months
        Facts, one row per account and month with a line (anahtar.facts): all columns but cost.
    window
        The months shown.
    full_to
        The last full month; `month_00` … `month_11` are the twelve up to it.
    measure
        `revenue` or `profit`: what `span_0`… add up.
    spans
        Further windows.

    Returns
    -------
    ibis.Table
        One row per account with any line: account_id, first_month (of its lines); in the window revenue, profit (null
        where no line has a cost), revenue_with_cost, ordered, orders, purchase_days, lines (null where it has none),
        months_active (with an order); month_00… (revenue, 0 where none); recent_days and before_days (purchase
        days of the last six of these months and of the six before); span_0… (the measure; null without a line, 0
        where the profit of the lines is unknown). Money in ten-thousandths.
    """
    inside = _between(months, window)
    shown = {name: _sum(months[name], inside) for name in ("revenue", "profit", "revenue_with_cost", "ordered")}
    counted = {name: _sum(months[name], inside) for name in ("orders", "purchase_days", "lines")}
    value = months[measure].coalesce(0)
    return months.group_by("account_id").agg(
        first_month=months.month.min(),
        **shown,
        **counted,
        months_active=months.count(where=inside & (months.orders > 0)).cast("int32"),
        **{f"month_{at:02}": _sum(months.revenue, months.month == full_to - 11 + at).coalesce(0) for at in range(12)},
        recent_days=_sum(months.purchase_days, _between(months, Months(full_to - 5, full_to))).coalesce(0),
        before_days=_sum(months.purchase_days, _between(months, Months(full_to - 11, full_to - 6))).coalesce(0),
        **{f"span_{at}": _sum(value, _between(months, span)) for at, span in enumerate(spans)},
    )


def spans_long(sums: ibis.Table, spans: Sequence[Months]) -> ibis.Table:
    """Turn `span_0`, `span_1`… into rows: span, account_id, value; accounts without a line in a span have no row."""
    rows = [
        sums.select(span=ibis.literal(at, "int8"), account_id=sums.account_id, value=sums[f"span_{at}"])
        for at in range(len(spans))
    ]
    long = ibis.union(*rows, distinct=False) if len(rows) > 1 else rows[0]
    return long.filter(long.value.notnull())


def group_values(values: ibis.Table, groups: ibis.Table) -> ibis.Table:
    """Add the accounts of one group together.

    Parameters
    ----------
    values
        One row per account: reads account_id, value.
    groups
        account_id and group_id, for every account.

    Returns
    -------
    ibis.Table
        One row per group, as account_id, and value.
    """
    joined = values.join(groups, "account_id")
    return joined.group_by(account_id=joined.group_id).agg(value=joined.value.sum())


def largest_orders(days: ibis.Table, *, since: int, until: int) -> ibis.Table:
    """Find each account's largest purchase day between two months (year * 12 + month - 1), both inside.

    Parameters
    ----------
    days
        Facts, one row per account and purchase day: reads account_id, sold_on, amount.

    Returns
    -------
    ibis.Table
        One row per account with an order in those months: account_id, largest_order.
    """
    # By day and not by month: an engine skips the files of other months without reading them.
    recent = days.filter(days.sold_on >= _first_day(since), days.sold_on < _first_day(until + 1))
    return recent.group_by("account_id").agg(largest_order=recent.amount.max())


def cost_coverage(months: ibis.Table) -> ibis.Table:
    """Count what is known of cost in the whole ledger.

    Returns
    -------
    ibis.Table
        One row: lines, lines_without_cost (worth something, cost unknown), revenue, revenue_with_cost (null where
        no line at all carries a cost).
    """
    return months.aggregate(
        **{name: months[name].sum() for name in ("lines", "lines_without_cost", "revenue", "revenue_with_cost")}
    )


def _first_day(month: int) -> ibis.Value:
    return ibis.literal(date(month // 12, month % 12 + 1, 1))


def _between(months: ibis.Table, span: Months) -> ibis.Value:
    return (months.month >= span.first) & (months.month <= span.last)


def _sum(column: ibis.Value, where: ibis.Value) -> ibis.Value:
    # Not sum(where=…): fifty filtered sums sift the rows fifty times, fifty conditional ones share their conditions.
    return where.ifelse(column, None).sum()
