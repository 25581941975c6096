"""On which days accounts bought in which direction."""

from datetime import date
from pathlib import Path

import pytest

from anahtar.facts.direction_days import direction_days
from anahtar.forecast.ledger import direction_purchases
from anahtar.ledger.manifest import Manifest
from tests.anahtar.ledgers import manifest_of, rows_of, write_batch

FIRST = """
sold_on     customer  amount  direction
2025-03-03  zinc      10      pumps
2025-03-03  zinc      5       pumps
2025-03-04  zinc      10      belts
2025-03-05  zinc      -10     pumps
2025-03-06  acme      10      -
"""
SECOND = """
sold_on     customer  amount  direction
2025-03-03  zinc      1       pumps
2025-04-03  old       10      belts
2025-04-03  acme      10      belts
"""


@pytest.fixture
def batches(tmp_path: Path) -> list[tuple[Path, Manifest]]:
    folders = [write_batch(tmp_path / f"batch-{at}", rows_of(text)) for at, text in enumerate((FIRST, SECOND))]
    return [(folder, manifest_of(folder, number)) for number, folder in enumerate(folders, 1)]


def test_lines_of_one_day_are_one_purchase_whatever_import_they_came_in(batches: list[tuple[Path, Manifest]]) -> None:
    found = direction_days(batches, up_to=date(2025, 12, 31), goes_on={"old": "acme"})
    assert [(*row.values(),) for row in found.to_pylist()] == [
        ("acme", "belts", date(2025, 4, 3), 200_000),
        ("zinc", "belts", date(2025, 3, 4), 100_000),
        ("zinc", "pumps", date(2025, 3, 3), 160_000),
    ]


def test_lines_after_the_day_do_not_exist(batches: list[tuple[Path, Manifest]]) -> None:
    assert direction_days(batches, up_to=date(2025, 3, 3)).num_rows == 1
    assert direction_days(batches, up_to=date(2025, 3, 2)).num_rows == 0


def test_pairs_are_numbered_in_their_order(batches: list[tuple[Path, Manifest]]) -> None:
    found = direction_purchases(batches, as_of=date(2025, 12, 31))
    assert [(*row.values(),) for row in found.pairs.to_pylist()] == [
        ("acme", "belts"),
        ("old", "belts"),
        ("zinc", "belts"),
        ("zinc", "pumps"),
    ]
    assert found.purchases.account.tolist() == [0, 1, 2, 3]
