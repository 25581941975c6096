"""What accounts bought, product by product."""

from datetime import date
from pathlib import Path

import pytest

from anahtar.facts.baskets import Baskets, baskets
from anahtar.ledger.manifest import Manifest
from tests.anahtar.ledgers import manifest_of, rows_of, write_batch

FIRST = """
sold_on     customer  amount  product
2025-03-03  zinc      10      screw
2025-03-04  zinc      10      screw
2025-03-05  zinc      -10     screw
2025-03-05  zinc      0       bolt
2025-03-06  acme      10      bolt
2025-03-06  acme      10      -
2025-05-01  acme      10      nut
"""
SECOND = """
sold_on     customer  amount  product
2025-04-03  old       10      nut
2025-04-03  acme      10      screw
2025-04-04  birch     10      bolt
"""


@pytest.fixture
def batches(tmp_path: Path) -> list[tuple[Path, Manifest]]:
    folders = [write_batch(tmp_path / f"batch-{at}", rows_of(text)) for at, text in enumerate((FIRST, SECOND))]
    return [(folder, manifest_of(folder, number)) for number, folder in enumerate(folders, 1)]


def told(found: Baskets) -> dict[str, list[int]]:
    """How often each account bought each of its products, fewest first."""
    return {
        code: sorted(found.lines[found.starts[at] : found.starts[at + 1]].tolist())
        for at, code in enumerate(found.codes)
    }


def test_lines_of_positive_amount_are_counted_over_all_imports(batches: list[tuple[Path, Manifest]]) -> None:
    found = baskets(batches, ["zinc", "acme", "nobody", "birch"], up_to=date(2025, 12, 31))
    assert told(found) == {"zinc": [2], "acme": [1, 1, 1], "nobody": [], "birch": [1]}
    assert found.product_count == 3
    screw, bolt = found.products[0], found.products[-1]
    acme = found.products[found.starts[1] : found.starts[2]].tolist()
    # One product has one number in all imports.
    assert screw in acme
    assert bolt in acme


def test_lines_after_the_day_do_not_exist_and_merged_accounts_share_a_basket(
    batches: list[tuple[Path, Manifest]],
) -> None:
    found = baskets(batches, ["acme"], up_to=date(2025, 4, 3), goes_on={"old": "acme"})
    assert told(found) == {"acme": [1, 1, 1]}
    assert told(baskets(batches, ["acme"], up_to=date(2025, 4, 3))) == {"acme": [1, 1]}


def test_a_ledger_without_products_has_empty_baskets(tmp_path: Path) -> None:
    folder = write_batch(tmp_path / "batch", rows_of("sold_on customer amount\n2025-03-03 acme 1"))
    found = baskets([(folder, manifest_of(folder))], ["acme"], up_to=date(2025, 12, 31))
    assert (told(found), found.product_count) == ({"acme": []}, 0)
