"""The figures of the whole: classes, cells, moves, concentration, and what was read."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from anahtar.analysis.dates import Dates, last_day
from anahtar.analysis.refusals import UnableToAnalyze
from anahtar.analysis.result import Cell, ClassTotal, Concentration, LedgerTotals, Move
from anahtar.ledger.manifest import Manifest
from anahtar.ledger.problems import Kind
from anahtar.metrics.concentration import MONO_CLIENT, TOP, TOP_PERCENT, WITHOUT
from anahtar.rules.lapse_state import State
from anahtar.rules.strategy import CELLS, strategy

CLASSES = ("A", "B", "C", "N")
REGULARITIES = ("X", "Y", "Z", "one_off", "new", "undefined")


def ledger_totals(manifests: Sequence[Manifest], customers: int) -> LedgerTotals:
    """Add up what was read.

    Raises
    ------
    UnableToAnalyze
        No line was accepted, or the batches are in different currencies.
    """
    first = min((one.first_date for one in manifests if one.first_date is not None), default=None)
    last = max((one.last_date for one in manifests if one.last_date is not None), default=None)
    if first is None or last is None:
        raise UnableToAnalyze.empty()
    currencies = sorted({one.currency for one in manifests})
    if len(currencies) > 1:
        raise UnableToAnalyze.several_currencies(currencies)
    unassigned = [one.kinds.get(Kind.MISSING_CUSTOMER, (0, 0)) for one in manifests]
    duplicates = [
        one.kinds.get(kind, (0, 0))[0] for one in manifests for kind in (Kind.DUPLICATE, Kind.DROPPED_DUPLICATE)
    ]
    return LedgerTotals(
        rows_in_file=sum(one.tally.rows for one in manifests),
        rows_accepted=sum(one.tally.accepted for one in manifests),
        rows_set_aside=sum(one.tally.set_aside for one in manifests),
        rows_refused=sum(one.tally.refused for one in manifests),
        customers=customers,
        amount_accepted=sum(one.tally.accepted_amount for one in manifests),
        unassigned_rows=sum(rows for rows, _ in unassigned),
        unassigned_amount=sum(amount for _, amount in unassigned),
        duplicate_rows=sum(duplicates),
        first_date=first,
        last_date=last,
        currency=currencies[0],
    )


def class_totals(standings: pa.Table) -> Mapping[str, ClassTotal]:
    """Accounts, value and share of each ABC class; shares are of the positive total, 0 where there is none."""
    sums = standings.group_by("abc").aggregate([("abc", "count"), ("value", "sum")])
    found = {row["abc"]: row for row in sums.to_pylist()}
    total = sum(row["value_sum"] or 0 for name, row in found.items() if name in ("A", "B", "C"))
    totals = {}
    for name in CLASSES:
        row = found.get(name, {"abc_count": 0, "value_sum": 0})
        amount = row["value_sum"] or 0
        totals[name] = ClassTotal(row["abc_count"], amount, amount / total if total else 0.0)
    return totals


def regularities(standings: pa.Table) -> Mapping[str, int]:
    """Accounts of each regularity class."""
    return _counted(standings["xyz"], REGULARITIES)


def silences(standings: pa.Table) -> Mapping[str, int]:
    """Accounts in each state."""
    return _counted(standings["state"], [state.value for state in State])


def _counted(column: pa.ChunkedArray, names: Sequence[str]) -> Mapping[str, int]:
    counts = {row["values"]: row["counts"] for row in column.value_counts().to_pylist()}
    return {name: counts.get(name, 0) for name in names}


def cells(standings: pa.Table) -> Sequence[Cell]:
    """The nine cells of the matrix, by value and then by regularity; empty ones too."""
    inside = standings.filter(pc.is_valid(standings["cell"]))
    sums = inside.group_by("cell").aggregate(
        [("revenue", "sum"), ("profit", "sum"), ("share", "sum"), ("cell", "count")]
    )
    found = {row["cell"]: row for row in sums.to_pylist()}
    named = Counter(zip(inside["cell"].to_pylist(), inside["xyz"].to_pylist(), strict=True))
    empty = {"cell_count": 0, "revenue_sum": 0, "profit_sum": None, "share_sum": 0.0}
    return [
        Cell(
            name=name,
            customers=(row := found.get(name, empty))["cell_count"],
            one_off=named[name, "one_off"],
            new=named[name, "new"],
            revenue=row["revenue_sum"] or 0,
            profit=row["profit_sum"],
            share=row["share_sum"] or 0.0,
            strategy=strategy(name),
        )
        for name in CELLS
    ]


def moves(steps: pa.Table, dates: Dates) -> Sequence[Move]:
    """The migration; steps before the ledger's second month end, in which everybody is new, are left out."""
    ends = dates.month_ends
    return [
        Move(last_day(end), row["before"], row["after"], row["customers"], row["amount"])
        for row in steps.to_pylist()
        if (end := ends[row["step"]].last) > dates.ledger_from
    ]


def concentration(row: Mapping[str, float | int | None], dependences: Sequence[tuple[str, float]]) -> Concentration:
    """Name the columns that `anahtar.metrics.concentration` found; all zero where nothing is positive.

    Parameters
    ----------
    row
        The one row of the metric.
    dependences
        Code and share of those with 20 % or more, largest first.
    """
    n = int(row["customers_positive"] or 0)
    hhi, gini = float(row["hhi"] or 0), float(row["gini"] or 0)
    return Concentration(
        customers_positive=n,
        total=int(row["total"] or 0),
        top={k: float(row[f"top_{k}"] or 0) for k in TOP},
        top_percent={p: float(row[f"top_percent_{p}"] or 0) for p in TOP_PERCENT},
        hhi=hhi,
        hhi_normalised=(hhi - 1 / n) / (1 - 1 / n) if n > 1 else None,
        effective_number=1 / hhi if hhi else 0.0,
        gini=gini,
        gini_corrected=gini * n / (n - 1) if n > 1 else None,
        customers_for_50pct=int(row["customers_for_50pct"] or 0),
        customers_for_80pct=int(row["customers_for_80pct"] or 0),
        without={k: int(row[f"without_{k}"] or 0) for k in WITHOUT},
        dependence=[code for code, _ in dependences],
        mono_client=next((code for code, share in dependences if share >= MONO_CLIENT), None),
    )


def key_share(standings: pa.Table) -> float:
    """Share of the key accounts together."""
    shares = pc.fill_null(standings["share"].filter(standings["key"]), 0.0)
    return float(np.sum(shares.to_numpy()))


def value_year_ago(standings: pa.Table) -> int | None:
    """What shares of a year ago are of: the positive values of then; None where the ledger is younger."""
    earlier = standings["value_year_ago"].drop_null()
    total: int | None = pc.sum(earlier.filter(pc.greater(earlier, 0)), min_count=0).as_py() if len(earlier) else None
    return total
