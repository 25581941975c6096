"""The places of a customer that are supplied, and ledgers of the time before they were read."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from anahtar.analysis import AnalysisOptions, analyze
from anahtar.facts.dimensions import Dimension, dimension_lines
from anahtar.facts.direction_days import direction_days
from tests.anahtar.ledgers import without_sites
from tests.anahtar.losing.conftest import Batches, FactsOf, facts_of, imported

__all__ = ["facts_of", "imported"]

FIRST = """
sold_on     customer  amount  cost  direction  region  site   invoice
2023-11-01  birch     10      5     pump       east    -      0
2024-11-01  acme      100     60    valve      west    depot  1
2024-11-01  acme      50      -     pump       west    yard   1
2025-03-01  birch     70      50    pump       east    -      2
"""
SECOND = """
sold_on     customer  amount  cost  direction  region  site   invoice
2025-03-05  acme      90      70    valve      west    yard   3
2025-03-05  acme      -20     -     valve      west    yard   3
"""


def test_a_ledger_with_batches_of_before_gives_the_same_figures(
    imported: Callable[..., Batches], tmp_path: Path
) -> None:
    batches = imported(FIRST, SECOND)
    whole = analyze(batches, AnalysisOptions(), workspace=tmp_path / "whole")
    without_sites(batches[0][0])
    older = analyze(batches, AnalysisOptions(), workspace=tmp_path / "older")
    assert older.standings.equals(whole.standings)
    assert older.directions.equals(whole.directions)
    assert sum(revenue or 0 for revenue in whole.standings["revenue"].to_pylist()) > 0


def test_lines_by_site_are_those_of_the_batches_that_name_any(
    imported: Callable[..., Batches], facts_of: FactsOf
) -> None:
    batches = imported(FIRST, SECOND)
    facts = facts_of(batches)
    folders = [without_sites(batches[0][0]), batches[1][0]]
    lines = dimension_lines(folders, Dimension.SITE, engine=facts.engine, accounts={"acme": 0, "birch": 1})
    assert lines is not None
    assert lines.values["code"].to_pylist() == ["yard"]
    assert sorted(facts.engine.rows(lines.lines)["amount"].to_pylist()) == [-20_0000, 90_0000]


def test_days_by_site_are_those_of_the_batches_that_name_any(imported: Callable[..., Batches]) -> None:
    batches = imported(FIRST, SECOND)
    days = direction_days(batches, up_to=date(2025, 12, 31), along="sites")
    assert [tuple(row.values()) for row in days.to_pylist()] == [
        ("acme", "depot", date(2024, 11, 1), 100_0000),
        ("acme", "yard", date(2024, 11, 1), 50_0000),
        ("acme", "yard", date(2025, 3, 5), 70_0000),
    ]
    without_sites(batches[0][0])
    days = direction_days(batches, up_to=date(2025, 12, 31), along="sites")
    assert [row["direction"] for row in days.to_pylist()] == ["yard"]
