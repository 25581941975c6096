"""The demo company has one firm that changed its code, and that one is found."""

from pathlib import Path

import pytest

from anahtar.analysis import Analysis, AnalysisOptions, analyze
from anahtar.analysis.successors import successors
from anahtar.demo.company import customers
from anahtar.demo.files import SEED, UNTIL
from anahtar.ledger.manifest import Manifest
from anahtar.rules.duplicates import Kind

Batches = list[tuple[Path, Manifest]]

HABITS = {customer.habit: customer.code for customer in customers(until=UNTIL, seed=SEED)}
OLD, NEW = HABITS["succeeded"], HABITS["successor"]


@pytest.fixture(scope="module")
def analysis(demo_batches: Batches, tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    return analyze(demo_batches, AnalysisOptions(), workspace=tmp_path_factory.mktemp("work"))


def test_the_firm_that_changed_its_code_is_found_and_nobody_else(analysis: Analysis, demo_batches: Batches) -> None:
    (found,) = successors(demo_batches, analysis)
    assert (found.kind, found.codes) == (Kind.SUCCESSOR, (OLD, NEW))
    assert found.score > 0.8
    first, second, third = map(str, found.evidence)
    assert first.startswith("Gediz Pompa Ltd. Şti. bought last on ")
    assert "Gediz Pompa A.Ş. first on " in first
    assert second.startswith("their baskets are alike by ")
    assert third == "and they are called alike"


def test_once_the_two_are_merged_nothing_is_left_to_suggest(demo_batches: Batches, tmp_path: Path) -> None:
    merged = analyze(demo_batches, AnalysisOptions(merged={OLD: NEW}), workspace=tmp_path)
    assert successors(demo_batches, merged) == []


@pytest.mark.long
def test_of_groups_nothing_is_suggested(demo_batches: Batches, tmp_path: Path) -> None:
    grouped = analyze(demo_batches, AnalysisOptions(by_group=True), workspace=tmp_path)
    assert successors(demo_batches, grouped) == []
