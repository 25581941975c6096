"""Standings as rows: what the reports read of each account."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypedDict

import pyarrow as pa
import pyarrow.compute as pc

from anahtar.analysis import Analysis


class Standing(TypedDict):
    """One row of `anahtar.analysis.STANDINGS`, as far as the reports show it; see there for units and edges."""

    account_id: int
    code: str
    name: str
    group_code: str | None
    revenue: int | None
    profit: int | None
    margin: float | None
    value: int | None
    value_year_ago: int | None
    change: float | None
    orders: int
    purchase_days: int
    lines: int
    months_active: int
    first_purchase: date | None
    last_purchase: date | None
    last12: Sequence[int]
    trend: float | None
    rank: int | None
    share: float | None
    cumulative_share: float | None
    abc: str | None
    abc_year_ago: str | None
    abc_border: int | None
    abc_distance: float | None
    stability: float | None
    cv: float | None
    xyz: str | None
    cell: str | None
    gaps: int
    gap_median: float | None
    gap_p95: float | None
    silence: int | None
    expected_by: date | None
    days_late: int | None
    silences_as_long: int | None
    state: str
    key: bool
    types: Sequence[str]
    candidate_for: Sequence[str]


SILENT = ("watch", "at_risk", "lapsed", "lost")
"""States of an account that is quiet beyond its own rhythm, the mildest first."""


def rows(standings: pa.Table) -> list[Standing]:
    """The rows of a (small) part of the standings.

    Filter the table first: a ledger of a hundred thousand accounts is cheap as a table and dear as rows.
    """
    found: list[Standing] = standings.select(list(Standing.__annotations__)).to_pylist()
    return found


def with_codes(analysis: Analysis, codes: Iterable[str]) -> dict[str, Standing]:
    """The standings of some accounts, by code."""
    wanted = pa.array(list(codes), pa.string())
    return {row["code"]: row for row in rows(analysis.standings.filter(pc.field("code").isin(wanted)))}


def silent(analysis: Analysis) -> list[Standing]:
    """Every account that is quiet beyond its own rhythm, what hangs on it first."""
    quiet = rows(analysis.standings.filter(pc.field("state").isin(list(SILENT))))
    return sorted(quiet, key=lambda row: (-at_stake(row), row["code"]))


def at_stake(row: Standing) -> int:
    """What hangs on an account: the measure's sum of the window or of the year before, whichever is more.

    In money units. An account that fell silent early in the window shows a small sum there; what was lost is what it
    was worth before.
    """
    return max(row["value"] or 0, row["value_year_ago"] or 0, 0)


def by_account(table: pa.Table, ids: Iterable[int]) -> Mapping[int, list[dict[str, object]]]:
    """The rows of `analysis.months` or `analysis.directions` that belong to some accounts, in their order."""
    found: dict[int, list[dict[str, object]]] = {}
    for row in table.filter(pc.field("account_id").isin(pa.array(list(ids), pa.int32()))).to_pylist():
        found.setdefault(row["account_id"], []).append(row)
    return found
