"""Putting the standings together: the columns of the metrics, with codes, states and verdicts, in one table."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from anahtar.analysis.dates import Dates
from anahtar.analysis.result import STANDINGS, Measure
from anahtar.analysis.spans import Spans

Columns: TypeAlias = Mapping[str, pa.ChunkedArray]


def figures(found: pa.Table, accounts: pa.Table, dates: Dates, measure: Measure) -> Columns:
    """Lay out the columns of `STANDINGS` that are no verdicts.

    Parameters
    ----------
    found
        `Tables.accounts`: one row per account.
    accounts
        The dictionary of the facts: account_id, code, name, group_code.
    """
    spans = Spans.of(dates)
    own = {name: found[name] for name in found.column_names if name in STANDINGS.names}
    return {
        **own,
        **_names(found, accounts),
        **_money(found, measure, dates, spans),
        **_classes(found, spans),
        "gaps": _or_zero(found["gaps"]),
        "last12": _lists([found[f"month_{at:02}"] for at in range(12)]),
    }


def standings(figures: Columns, verdicts: Mapping[str, Sequence[object]]) -> pa.Table:
    """Join figures and verdicts (state, expected_by, days_late, key, types, candidate_for) to the standings."""
    columns = dict(figures)
    columns |= {name: pa.array(values, STANDINGS.field(name).type) for name, values in verdicts.items()}
    return pa.table([columns[name] for name in STANDINGS.names], schema=STANDINGS)


def _names(found: pa.Table, accounts: pa.Table) -> dict[str, pa.ChunkedArray]:
    """The account dictionary is in the order of account ids: an id is its row."""
    return {name: accounts[name].take(found["account_id"]) for name in ("code", "name", "group_code")}


def _money(found: pa.Table, measure: Measure, dates: Dates, spans: Spans) -> dict[str, pa.Array]:
    known = doubles(found["revenue_with_cost"])
    margin = pc.divide(doubles(found["profit"]), _above_zero(known))
    # An account without a line a year ago bought for nothing then; only a younger ledger leaves it unknown.
    if spans.year_ago is None:
        year_ago = pa.nulls(found.num_rows, pa.int64())
    else:
        year_ago = _or_zero(found[f"span_{spans.year_ago}"])
    value = found[measure.value]
    return {
        "margin": margin,
        "value": value,
        "value_year_ago": year_ago,
        "change": growth(value, year_ago),
        "trend": trend(found, dates),
        "orders": _or_zero(found["orders"]),
        "purchase_days": _or_zero(found["purchase_days"]),
        "lines": _or_zero(found["lines"]),
    }


def trend(found: pa.Table, dates: Dates) -> pa.Array:
    """Revenue of the last six of the twelve months / that of the six before - 1; reads month_00… of `found`."""
    if dates.ledger_from > dates.last12.first:
        # Half of a year that the ledger does not hold would look like growth.
        return pa.nulls(found.num_rows, pa.float64())
    return growth(halves(found)[1], halves(found)[0])


def halves(found: pa.Table) -> tuple[pa.Array, pa.Array]:
    """Revenue of the first and of the last six of the twelve months."""
    months = [found[f"month_{at:02}"].to_numpy() for at in range(12)]
    return pa.array(np.sum(months[:6], axis=0)), pa.array(np.sum(months[6:], axis=0))


def doubles(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Money to be divided: beyond 2**53 units (nine hundred billion) it is rounded, where Arrow would refuse."""
    return values.cast(pa.float64(), safe=False)


def growth(now: pa.Array, before: pa.Array) -> pa.Array:
    """Money / earlier money - 1; null where the earlier is not above zero, or either is unknown."""
    base = _above_zero(doubles(before))
    return pc.subtract(pc.divide(doubles(now), base), 1.0)


def _above_zero(values: pa.Array) -> pa.Array:
    return pc.if_else(pc.greater(values, 0.0), values, None)


def _classes(found: pa.Table, spans: Spans) -> dict[str, pa.Array]:
    abc = found["abc_0"]
    ranked = pc.fill_null(pc.is_in(abc, pa.array(["A", "B", "C"])), False)
    nothing = pa.scalar(None, pa.string())
    # Ranked, but with lines only in months that no whole period holds: there is nothing to judge.
    xyz = pc.if_else(ranked, pc.fill_null(found["xyz"], "undefined"), nothing)
    column = pc.if_else(pc.is_in(xyz, pa.array(["X", "Y", "Z"])), xyz, "Z")
    judged = pc.and_(ranked, pc.fill_null(pc.not_equal(xyz, "undefined"), False))
    year_ago = pa.nulls(found.num_rows, pa.string()) if spans.year_ago is None else found[f"abc_{spans.year_ago}"]
    return {
        "abc": abc,
        "abc_year_ago": year_ago,
        "abc_history": _lists([found[f"end_{at:02}"] for at in range(len(spans.month_ends))]),
        "xyz": xyz,
        "cv": pc.if_else(ranked, found["cv"], pa.scalar(None, pa.float64())),
        "cell": pc.if_else(judged, pc.binary_join_element_wise(abc, column, ""), nothing),
    }


def _or_zero(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.fill_null(column, 0)


def _lists(columns: Sequence[pa.ChunkedArray]) -> pa.Array:
    """One list per row out of one column per place."""
    rows, width = len(columns[0]), len(columns)
    values = pa.concat_arrays([chunk for column in columns for chunk in column.chunks])
    turned = np.arange(rows * width).reshape(width, rows).T.reshape(-1)
    offsets = pa.array(np.arange(rows + 1, dtype=np.int32) * width)
    return pa.ListArray.from_arrays(offsets, values.take(pa.array(turned)))
