"""Demand pattern: how often an account buys, and whether the amounts differ when it does."""

from typing import Final

import ibis
from ibis import _

GREATEST_INTERVAL: Final = 1.32
"""Average demand interval from which buying is intermittent."""

GREATEST_VARIATION: Final = 0.49
"""Squared coefficient of variation from which amounts are erratic."""

LEAST_PERIODS: Final = 2
"""Below two months of buying there is no pattern to name."""


def demand_pattern(months: ibis.Table, *, first_month: int, last_month: int, measure: str = "revenue") -> ibis.Table:
    """Tell smooth, erratic, intermittent and lumpy buyers apart (Syntetos and Boylan), on months.

    The average demand interval is the months of the window over the months of buying; the variation is the
    population variance of the bought months' amounts over their squared mean. Both borders belong to the upper
    class (1.32 is intermittent, 0.49 erratic).

    A month of buying is one whose net value is above zero: a month whose returns cancel its purchases to the cent
    is no demand. (The published reference counts add cents as binary fractions, which leaves 1e-13 in a few such
    months and counts them: three of them of Online Retail.)

    Parameters
    ----------
    months
        Facts, one row per account and month: reads `account_id`, `month` and `measure` (money units).
    first_month, last_month
        The window, both inside, as year * 12 + month - 1; every month is a period.
    measure
        `revenue` or `profit`.

    Returns
    -------
    ibis.Table
        One row per account with at least two months of buying: `account_id`, `adi`, `cv2`, `demand`.

    References
    ----------
    Syntetos, Boylan, Croston 2005, Journal of the Operational Research Society 56, 495.
    """
    bought = months.filter(months.month >= first_month, months.month <= last_month, months[measure] > 0)
    value = bought[measure].cast("float64")
    seen = bought.group_by("account_id").agg(
        count=_.count().cast("float64"), total=value.sum(), squares=(value * value).sum()
    )
    several = seen.filter(seen["count"] >= LEAST_PERIODS)
    measured = several.select(
        "account_id",
        adi=float(last_month - first_month + 1) / several["count"],
        cv2=ibis.greatest(several["count"] * several.squares / (several.total * several.total) - 1.0, 0.0).round(9),
    )
    return measured.mutate(demand=_pattern(measured))


def _pattern(measured: ibis.Table) -> ibis.Value:
    often, even = measured.adi < GREATEST_INTERVAL, measured.cv2 < GREATEST_VARIATION
    return ibis.cases((often & even, "smooth"), (often, "erratic"), (even, "intermittent"), else_="lumpy")
