"""Loss bridge: what was won and what was lost between two periods, so that one comes to the other exactly."""

from typing import Final

import ibis

from anahtar.metrics.account_change import account_change
from anahtar.metrics.revenue import Months

GAINS: Final = ("new", "returned", "expansion")
LOSSES: Final = ("contraction", "lost")
BUCKETS: Final = (*GAINS, *LOSSES, "steady")
"""Where an account can stand in the bridge; `steady` changes nothing."""


def loss_bridge(months: ibis.Table, *, window: Months, before: Months) -> ibis.Table:
    """Put every account into the bucket of the bridge in which its change of revenue belongs.

        revenue before + new + returned + expansion - contraction - lost = revenue now

    to the ten-thousandth, because every account with a line in either period is in exactly one bucket, with all of
    its change. Who bought (an order: an invoice of positive total) now and not before is `new` where no line of the
    ledger is older than the end of the earlier period, else `returned`; who bought before and not now is `lost`, with
    credit notes that came since; who bought in both is `expansion` or `contraction`, by the sign of the change. So is
    who bought in neither and has only credit notes there (`bought_before` and `bought` are both false): that is no
    account gained or lost, and its money must stand somewhere.

    Parameters
    ----------
    months
        Facts, one row per account and month with a line: reads account_id, month, orders, revenue (money units,
        returns netted where they fall). With the accounts of a group as one (`Facts.by_group`) it is that of groups.
    window, before
        Any two spans of whole months; `before` ends before `window` begins.

    Returns
    -------
    ibis.Table
        One row per account with a line in either period: account_id, bucket (new, returned, expansion, contraction,
        lost, steady), revenue_before and revenue (money units), amount (their difference, below zero for what is
        lost), bought_before and bought.

    References
    ----------
    docs/methods, section 9. The buckets are those of the reports of subscription companies ("ARR bridge").
    """
    changes = account_change(months, window=window, before=before, measure="revenue")
    state, since = changes.state, changes.since
    bucket = ibis.cases(
        # First bought between the two periods: never lost, so it cannot have returned.
        ((state == "returned") & (since > before.last), "new"),
        (state.isin(("new", "returned", "lost")), state),
        (changes.change > 0, "expansion"),
        (changes.change < 0, "contraction"),
        else_="steady",
    )
    return changes.select(
        "account_id",
        bucket=bucket,
        revenue_before=changes.value_before,
        revenue=changes.value,
        amount=changes.change,
        bought_before=state.isin(("lost", "grown", "shrunk", "steady")),
        bought=state.isin(("new", "returned", "grown", "shrunk", "steady")),
    )


def bucket_totals(bridge: ibis.Table) -> ibis.Table:
    """Add the accounts of each bucket up.

    Parameters
    ----------
    bridge
        What `loss_bridge` returned.

    Returns
    -------
    ibis.Table
        One row per bucket that occurs: bucket, accounts, credits_only (of them those that bought in neither period),
        revenue_before, revenue, amount (money units, as in the bridge).
    """
    return bridge.group_by("bucket").agg(
        accounts=bridge.count(),
        credits_only=bridge.count(where=~(bridge.bought_before | bridge.bought)),
        revenue_before=bridge.revenue_before.sum(),
        revenue=bridge.revenue.sum(),
        amount=bridge.amount.sum(),
    )
