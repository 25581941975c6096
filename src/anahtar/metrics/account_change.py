"""Account change: which accounts the change of a whole portfolio comes from."""

from typing import Final

import ibis

from anahtar.metrics.revenue import Months

STATES: Final = ("new", "returned", "grown", "steady", "shrunk", "lost", "given_back")


def account_change(months: ibis.Table, *, window: Months, before: Months, measure: str) -> ibis.Table:
    """Set each account's value in a window against that in an earlier one, and say what became of it.

    An account bought in a window where it has an order in it (an invoice of positive total). Who bought now and not
    before is `new` where no line of the ledger is older than the window, else `returned`; who bought before and not
    now is `lost`; who bought in both has `grown`, `shrunk` or is `steady`. Who bought in neither, but has lines there,
    has `given_back`. Who bought in both and whose change is not known has no state.

    Parameters
    ----------
    months
        Facts, one row per account and month with a line: reads account_id, month, orders and `measure`.
    window, before
        The months compared; they do not overlap.
    measure
        `revenue` or `profit` (null in a month in which no cost is known).

    Returns
    -------
    ibis.Table
        One row per account with a line in either window: account_id, state, value, value_before (money units; 0
        without a line, null where it has lines and nothing of their measure is known), change (null where either is),
        since (month of its first line).
    """
    now, earlier = _inside(months, window), _inside(months, before)
    summed = months.group_by("account_id").agg(
        value=months[measure].sum(where=now),
        value_before=months[measure].sum(where=earlier),
        lines=months.count(where=now),
        lines_before=months.count(where=earlier),
        bought=(months.count(where=now & (months.orders > 0)) > 0),
        bought_before=(months.count(where=earlier & (months.orders > 0)) > 0),
        since=months.month.min(),
    )
    seen = summed.filter((summed.lines > 0) | (summed.lines_before > 0))
    valued = seen.mutate(
        value=(seen.lines == 0).ifelse(0, seen.value),
        value_before=(seen.lines_before == 0).ifelse(0, seen.value_before),
    )
    told = valued.mutate(change=valued.value - valued.value_before)
    state = ibis.cases(
        (told.bought & told.bought_before & (told.change > 0), "grown"),
        (told.bought & told.bought_before & (told.change < 0), "shrunk"),
        (told.bought & told.bought_before & (told.change == 0), "steady"),
        (told.bought & told.bought_before, None),
        (told.bought & (told.since >= window.first), "new"),
        (told.bought, "returned"),
        (told.bought_before, "lost"),
        else_="given_back",
    )
    return told.select("account_id", "value", "value_before", "change", "since", state=state)


def state_totals(changes: ibis.Table) -> ibis.Table:
    """Add up accounts by what became of them.

    Parameters
    ----------
    changes
        What `account_change` returned.

    Returns
    -------
    ibis.Table
        One row per state that occurs: state, accounts, value, value_before (of the accounts whose change is known),
        unknown (accounts whose change is not).
    """
    known = changes.change.notnull()
    return changes.group_by("state").agg(
        accounts=changes.count(where=known),
        value=changes.value.sum(where=known),
        value_before=changes.value_before.sum(where=known),
        unknown=changes.count(where=~known),
    )


def _inside(months: ibis.Table, span: Months) -> ibis.Value:
    return (months.month >= span.first) & (months.month <= span.last)
