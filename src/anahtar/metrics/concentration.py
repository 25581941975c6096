"""Concentration: how much of the value hangs on how few accounts."""

from typing import Final

import ibis

TOP: Final = (1, 3, 5, 10, 20)
TOP_PERCENT: Final = (1, 5, 10, 20)
WITHOUT: Final = (1, 3, 5)

DEPENDENCE: Final = 0.20
"""Share from which the company depends on one account."""

MONO_CLIENT: Final = 0.50
"""Share from which it has, in truth, one client."""

_PLACES: Final = 12
"""Sums of doubles depend in their last digits on the order an engine adds in; what is told must not."""


def concentration(classes: ibis.Table) -> ibis.Table:
    """Measure concentration over the accounts (or groups) of positive value.

    Parameters
    ----------
    classes
        `abc_class` of one window: reads value, rank, share, share_above.

    Returns
    -------
    ibis.Table
        One row: customers_positive, total (money units), top_1… (share of the so many largest), top_percent_1…
        (of the largest so many per cent of the accounts, rounded up to whole ones), hhi (sum of squared shares,
        0-1), gini (of a finite population, greatest (n - 1) / n), customers_for_50pct and _80pct (the crossing one
        included), without_1… (value left without the so many largest). All null but the counts where no account has
        positive value.

    References
    ----------
    Herfindahl-Hirschman index: Rhoades 1993, Federal Reserve Bulletin 79; Gini by ranks: Dixon et al. 1987, Ecology 68.
    """
    counted = classes.filter(classes.value > 0)
    everybody = ibis.window()
    placed = counted.mutate(n=counted.count().over(everybody))
    # From the smallest, 1: the rank of the Gini coefficient.
    upwards = (placed.n - placed["rank"] + 1).cast("float64")
    n = placed.count()
    some = (n > 0).ifelse(n, None).cast("float64")
    return placed.aggregate(
        customers_positive=n,
        total=placed.value.sum().coalesce(0),
        **{f"top_{k}": _share(placed, placed["rank"] <= k) for k in TOP},
        **{f"top_percent_{p}": _share(placed, placed["rank"] * 100 < placed.n * p + 100) for p in TOP_PERCENT},
        hhi=(placed.share * placed.share).sum().round(_PLACES),
        gini=((upwards * placed.share).sum() * 2.0 / some - (some + 1.0) / some).round(_PLACES),
        customers_for_50pct=placed.count(where=placed.share_above < 0.50),
        customers_for_80pct=placed.count(where=placed.share_above < 0.80),
        **{f"without_{k}": placed.value.sum(where=placed["rank"] > k).coalesce(0) for k in WITHOUT},
    )


def _share(placed: ibis.Table, where: ibis.Value) -> ibis.Value:
    total = placed.value.sum().cast("float64")
    return placed.value.sum(where=where).cast("float64") / (total > 0).ifelse(total, None)


def dependences(classes: ibis.Table) -> ibis.Table:
    """Find the accounts on which the company depends: account_id, share (20 % or more) and rank, largest first."""
    return classes.filter(classes.share >= DEPENDENCE).select("account_id", "share", "rank").order_by("rank")
