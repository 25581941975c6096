"""ABC: which accounts make the first 80 % of the value, which the next 15, which the rest."""

from collections.abc import Sequence
from typing import Final, TypeAlias

import ibis

Cuts: TypeAlias = tuple[float, float]

DEFAULT_CUTS: Final[Cuts] = (0.80, 0.95)
"""Cumulative shares at which class A and class B end."""


def abc_class(values: ibis.Table, *, cuts: Cuts = DEFAULT_CUTS, by: Sequence[str] = ()) -> ibis.Table:
    """Rank accounts by value and put each in class A, B, C or N.

    An account is in class A while the accounts *above* it make less than the first cut: the one that crosses the
    line belongs to the higher class, and the largest account is always A. Accounts of equal value stand in the
    order of their ids (the order of their codes). Accounts whose value is zero or less are class N, outside the
    total and the ranking: with losses inside, the curve would pass 100 % and fall again.

    Parameters
    ----------
    values
        One row per account (and per `by`): reads `account_id`, `value` (int64 money units, not null).
    cuts
        Cumulative shares at which A and B end.
    by
        Columns whose rows are classed apart (a window, a month end).

    Returns
    -------
    ibis.Table
        The rows of `values`: `by`, `account_id`, `value`, `rank` (1 is the largest), `share` (of the positive total),
        `cumulative_share` (own included), `share_above` (own excluded) and `abc`; the first four are null in class N.
    """
    positive = ibis.greatest(values.value, 0)
    everybody = ibis.window(group_by=list(by))
    larger = ibis.window(
        group_by=list(by), order_by=[ibis.desc(values.value), values.account_id], preceding=None, following=0
    )
    placed = values.select(
        *by,
        "account_id",
        "value",
        counted=positive.cast("float64"),
        reached=positive.sum().over(larger).cast("float64"),
        total=positive.sum().over(everybody).cast("float64"),
        place=ibis.row_number().over(larger) + 1,
    )
    # N rows come last and add nothing to `reached`; a total of zero leaves every row N, so no division is by zero.
    some = (placed.value > 0).ifelse(placed.total, None)
    ranked = placed.select(
        *by,
        "account_id",
        "value",
        rank=some.notnull().ifelse(placed.place, None),
        share=placed.counted / some,
        cumulative_share=placed.reached / some,
        share_above=(placed.reached - placed.counted) / some,
    )
    return ranked.mutate(abc=letter(ranked.value, ranked.share_above, cuts))


def letter(value: ibis.Value, share_above: ibis.Value, cuts: Cuts) -> ibis.Value:
    """The class of a value by what the larger ones make together; null where the value is null."""
    return ibis.cases(
        (value.isnull(), None), (value <= 0, "N"), (share_above < cuts[0], "A"), (share_above < cuts[1], "B"), else_="C"
    )


def class_borders(classes: ibis.Table) -> ibis.Table:
    """Say how far each account is from its class's border.

    The border of A is the value of the largest account that is not in A, the border of B that of the largest C:
    who falls below it changes place with that account. C is measured upwards, against the smallest B (or A).

    Parameters
    ----------
    classes
        What `abc_class` returned, for one window: reads `account_id`, `value`, `abc`.

    Returns
    -------
    ibis.Table
        One row per account: `account_id`, `abc_border` (money units; null in class N, or where no account stands
        on the other side), `abc_distance` (value / border - 1: 0.5 is half as much again, below 0 is under it).
    """
    everybody = ibis.window()
    value, abc = classes.value, classes.abc
    under_a = value.max(where=abc.isin(("B", "C"))).over(everybody)
    under_b = value.max(where=abc == "C").over(everybody)
    over_c = value.min(where=abc.isin(("A", "B"))).over(everybody)
    border = ibis.cases((abc == "A", under_a), (abc == "B", under_b), (abc == "C", over_c), else_=None)
    bordered = classes.select("account_id", "value", abc_border=border)
    return bordered.select(
        "account_id",
        "abc_border",
        abc_distance=bordered.value.cast("float64") / bordered.abc_border.cast("float64") - 1.0,
    )
