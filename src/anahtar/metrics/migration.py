"""Migration: who moved between the classes from one month end to the next."""

from collections.abc import Sequence

import ibis

NEW = "new"
"""The class before the account's first line."""

NONE = "none"
"""The class of a known account without a line in the twelve months."""


def class_history(classes: ibis.Table, *, spans: Sequence[int], last_month: int) -> ibis.Table:
    """Lay the classes of the last month ends side by side.

    Parameters
    ----------
    classes
        One row per account: reads account_id, first_month (year * 12 + month - 1 of its first line) and abc_N (its
        class in span N, null without a line in it).
    spans
        Numbers of the spans, oldest first: twelve months each, to consecutive month ends.
    last_month
        The month in which the last of them ends.

    Returns
    -------
    ibis.Table
        One row per account: account_id, end_00… (A, B, C, N; `new` before its first line; null where it has no
        line in those twelve months but had one before).
    """
    return classes.select("account_id", **ends(classes, spans=spans, last_month=last_month))


def ends(classes: ibis.Table, *, spans: Sequence[int], last_month: int) -> dict[str, ibis.Value]:
    """The columns of `class_history`, for whoever has the classes in a table already."""
    columns = {}
    for at, span in enumerate(spans):
        month = last_month - (len(spans) - 1) + at
        columns[f"end_{at:02}"] = ibis.cases((classes.first_month > month, NEW), else_=classes[f"abc_{span}"])
    return columns


def migration(history: ibis.Table, *, spans: Sequence[int]) -> ibis.Table:
    """Count the moves between consecutive month ends, those who stayed included.

    Parameters
    ----------
    history
        `class_history` joined with the values: reads end_00…, and span_N for every number in `spans`.
    spans
        As for `class_history`.

    Returns
    -------
    ibis.Table
        One row per step and pair of classes: step (1 is from the first end to the second), before, after (A, B, C,
        N, none, and new before), customers, amount (value in the twelve months to the later end, 0 where none). All
        accounts with a line up to the later end are in it once, so rows and columns add up.
    """
    # One grouping for all steps: one for each is compiled twelve times over.
    together = ibis.union(*(_step(history, at, spans[at]) for at in range(1, len(spans))), distinct=False)
    known = together.filter(together.after != NEW)
    return known.group_by("step", "before", "after").agg(customers=known.count(), amount=known.value.sum().coalesce(0))


def _step(history: ibis.Table, at: int, span: int) -> ibis.Table:
    return history.select(
        step=ibis.literal(at, "int8"),
        before=history[f"end_{at - 1:02}"].fill_null(NONE),
        after=history[f"end_{at:02}"].fill_null(NONE),
        value=history[f"span_{span}"],
    )
