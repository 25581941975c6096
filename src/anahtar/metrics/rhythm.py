"""Rhythm: in which gaps an account buys, and how today's silence compares with them."""

from datetime import date
from typing import Final

import ibis
from ibis import _

LEAST_GAPS: Final = 3
"""Below three gaps (four purchase days) no spread and no percentile is told."""

RECENT_GAPS: Final = 3
"""A return is remembered for the account's last three purchases: the probation of its own cycles."""

_PLACES: Final = 9
"""An engine that interpolates in doubles says 56.99999999999999 for 57 days, and whole days are taken from it; what it
adds up in doubles differs in its last digits from run to run."""

_EPOCH: Final = date(1970, 1, 1)
_NEVER: Final = -1_000_000


def rhythm(days: ibis.Table, *, as_of: date) -> ibis.Table:
    """Describe each account's gaps between purchase days, and its silence on a day.

    Parameters
    ----------
    days
        Facts, one row per account and purchase day (a day with at least one invoice of positive total, so
        returns and zero invoices are no purchase and invoices of one day are one): reads `account_id`, `sold_on`.
    as_of
        The day silence is counted to; later days do not exist.

    Returns
    -------
    ibis.Table
        One row per account that ever bought, days as whole numbers: `account_id`, `purchase_days`, `gaps`,
        `gap_mean`, `gap_median` and `gap_p95` (exact, between two gaps by linear interpolation; null without
        gaps), `gap_longest`, `interval_cv` (*sample* standard deviation over mean, null below 3 gaps),
        `first_purchase`, `last_purchase`, `age` (days since the first), `silence` (days since the last),
        `silences_as_long` (own gaps of at least today's silence) and `recent_longest` (the longest of the last
        3 gaps).

    References
    ----------
    docs/methods, sections 2 and 5; 1 / sqrt(k) is the interval CV of Erlang-k buying, 1 that of a Poisson buyer.
    """
    gaps = _gaps(days, as_of)
    told = gaps.group_by("account_id").agg(
        purchase_days=_.count().cast("int64"),
        gaps=_.gap.count().cast("int64"),
        gap_mean=_.gap.mean(),
        # One list of two: asked for apart, the engine keeps every gap of every account twice.
        percentiles=_.gap.quantile([0.5, 0.95]),
        gap_longest=_.gap.max().cast("int64"),
        spread=_.gap.std(how="sample"),
        first_purchase=_.sold_on.min(),
        last_purchase=_.sold_on.max(),
        age=_.age.max().cast("int64"),
        silence=_.silence.min().cast("int64"),
        silences_as_long=_.count(where=_.gap >= _.silence).cast("int64"),
        recent_longest=_.gap.max(where=_.is_recent).cast("int64"),
    )
    return told.mutate(
        gap_median=told.percentiles[0].round(_PLACES),
        gap_p95=told.percentiles[1].round(_PLACES),
        interval_cv=_interval_cv(told),
    ).drop("spread", "percentiles")


def base_interval(rhythms: ibis.Table) -> ibis.Table:
    """Tell how often the whole base buys: the median of the accounts' own mean gaps.

    Parameters
    ----------
    rhythms
        What `rhythm` returned: reads `gaps`, `gap_mean`.

    Returns
    -------
    ibis.Table
        One row: `days`, over accounts with at least three purchase days; null where no account has them.
    """
    return rhythms.filter(rhythms.gaps >= 2).agg(days=_.gap_mean.quantile(0.5))


def _gaps(days: ibis.Table, as_of: date) -> ibis.Table:
    """One row per purchase day with the gap before it (null before the first), as whole days.

    Days become numbers before lag(): its default must be a value every engine knows, ClickHouse fills 1970 in.
    """
    today = (as_of - _EPOCH).days
    known = days.filter(days.sold_on <= as_of)
    numbered = known.select("account_id", "sold_on", day=known.sold_on.delta(_EPOCH, unit="day").cast("int32"))
    account = ibis.window(group_by="account_id")
    ordered = ibis.window(group_by="account_id", order_by="day")
    placed = numbered.mutate(
        previous=_.day.lag(1, default=_NEVER).over(ordered),
        # Counted from the front, so that one sort serves every window.
        third_next=_.day.lead(RECENT_GAPS, default=_NEVER).over(ordered),
        silence=today - _.day.max().over(account),
    )
    return placed.select(
        "account_id",
        "sold_on",
        "silence",
        gap=(placed.previous == _NEVER).ifelse(None, placed.day - placed.previous).cast("int32"),
        is_recent=placed.third_next == _NEVER,
        age=today - placed.day,
    )


def _interval_cv(told: ibis.Table) -> ibis.Value:
    mean = (told.gap_mean > 0).ifelse(told.gap_mean, None)
    return (told.gaps >= LEAST_GAPS).ifelse(told.spread / mean, None).round(_PLACES)
