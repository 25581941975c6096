"""XYZ: how evenly an account buys, period by period."""

from typing import Final

import ibis
from ibis import _

from anahtar.metrics.periods import MONTHS as MONTHS
from anahtar.metrics.periods import Periods as Periods
from anahtar.metrics.periods import Span as Span

DEFAULT_CUTS: Final = (0.5, 1.0)
"""Greatest coefficient of variation of X and of Y; both borders inside."""

_PLACES: Final = 9
"""The sum of squares is a sum of doubles: its last digits depend on the order an engine adds in, a class must not."""


def regularity(
    months: ibis.Table,
    rhythm: ibis.Table,
    *,
    periods: Periods,
    measure: str = "revenue",
    ledger_from: int,
    cuts: tuple[float, float] = DEFAULT_CUTS,
) -> ibis.Table:
    """Say how evenly each account's value is spread over the periods of a window, and put it in X, Y or Z.

    The coefficient of variation is the population standard deviation over the mean, over *all* periods of the
    window: one without a line counts as zero, also before the account's first purchase.

    Two kinds of account are Z by arithmetic and not by behaviour, and are named instead:
    `new`, first purchase of the whole ledger in `periods.new_since` or later, if the ledger itself is older;
    `one_off`, exactly one purchase day in the whole ledger (not the window: who bought ten times before it is
    silent, not a one-off). Who is both is new. With value in k of n periods the coefficient is at least
    sqrt(n / k - 1), so both lie above 1 by arithmetic; with a wider Y cut, or returns in other periods, the
    arithmetic decides first: a name only ever takes the place of Z.

    Parameters
    ----------
    months
        Facts, one row per account and month: reads `account_id`, `month` (year * 12 + month - 1) and `measure`
        (int64 money units, null where unknown).
    rhythm
        `anahtar.metrics.rhythm.rhythm` up to the as-of day: reads `account_id`, `purchase_days`, `first_purchase`.
    periods
        The window, cut into months or quarters.
    measure
        The column to judge: `revenue` or `profit`.
    ledger_from
        Month of the ledger's first line.
    cuts
        Greatest coefficient of X and of Y, inclusive.

    Returns
    -------
    ibis.Table
        One row per account with a line in the periods: `account_id`, `cv` (null where the mean is not above
        zero), `xyz` (X, Y, Z, new, one_off, undefined).

    References
    ----------
    docs/methods, section 2; cuts 0.5 and 1.0: the inventory cuts 0.10 and 0.25 leave X empty on every ledger seen.
    """
    in_periods = months.filter(months.month >= periods.since, months.month <= periods.last_month)
    per_period = in_periods.group_by(
        "account_id", period=(periods.last_month - in_periods.month) // MONTHS[periods.span]
    ).agg(value=in_periods[measure].sum().cast("float64"))
    spread = per_period.group_by("account_id").agg(total=_.value.sum(), squares=(_.value * _.value).sum())
    varied = spread.select("account_id", cv=_variation(spread, periods.count))
    bought = rhythm.select(
        "account_id",
        "purchase_days",
        first_month=rhythm.first_purchase.year() * 12 + rhythm.first_purchase.month() - 1,
    )
    joined = varied.left_join(bought, "account_id")
    return joined.select("account_id", "cv", xyz=_named(joined, periods, ledger_from, cuts))


def _variation(spread: ibis.Table, count: int) -> ibis.Value:
    """Root of n * sum of squares / square of the sum - 1: the population coefficient, empty periods included."""
    total = (spread.total > 0).ifelse(spread.total, None)
    surplus = ibis.greatest(spread.squares * float(count) / (total * total) - 1.0, 0.0)
    return total.notnull().ifelse(surplus, None).sqrt().round(_PLACES)


def _named(joined: ibis.Table, periods: Periods, ledger_from: int, cuts: tuple[float, float]) -> ibis.Value:
    new = joined.first_month >= periods.new_since if ledger_from < periods.new_since else ibis.literal(False)
    return ibis.cases(
        (joined.cv.isnull(), "undefined"),
        (joined.cv <= cuts[0], "X"),
        (joined.cv <= cuts[1], "Y"),
        (new, "new"),
        (joined.purchase_days == 1, "one_off"),
        else_="Z",
    )
