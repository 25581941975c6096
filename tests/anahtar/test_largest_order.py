"""The largest order of an account, however its invoices were imported."""

from datetime import date
from pathlib import Path

import pytest

from anahtar.facts.largest_order import LargestOrder, largest_order
from anahtar.ledger.manifest import Manifest
from tests.anahtar.ledgers import manifest_of, rows_of, write_batch

Batches = list[tuple[Path, Manifest]]

YEAR = {"first": date(2025, 1, 1), "last": date(2025, 12, 31)}


def imported(folder: Path, *tables: str) -> Batches:
    batches = [write_batch(folder / f"batch-{number}", rows_of(text)) for number, text in enumerate(tables)]
    return [(batch, manifest_of(batch, number)) for number, batch in enumerate(batches, 1)]


HEAD = "sold_on customer amount cost invoice\n"


def test_an_invoice_is_the_sum_of_its_lines(tmp_path: Path) -> None:
    batches = imported(
        tmp_path,
        HEAD + "2025-03-01 acme 60 40 7\n2025-03-02 acme 50 - 7\n2025-03-01 acme 100 20 8\n2025-03-01 birch 900 1 9",
    )
    assert largest_order(batches, ["acme"], **YEAR) == LargestOrder(date(2025, 3, 1), "7", 110_0000, 20_0000)


def test_lines_without_a_number_are_an_order_a_day(tmp_path: Path) -> None:
    batches = imported(
        tmp_path,
        HEAD + "2025-03-01 acme 60 - -\n2025-03-01 acme 50 - -\n2025-03-02 acme 100 - -\n2025-04-01 acme 60 - -",
    )
    assert largest_order(batches, ["acme"], **YEAR) == LargestOrder(date(2025, 3, 1), None, 110_0000, None)


def test_an_invoice_in_two_imports_is_one_order(tmp_path: Path) -> None:
    batches = imported(
        tmp_path,
        HEAD + "2025-03-01 birch 1 1 x\n2025-03-01 acme 60 40 7\n2025-03-05 acme 100 50 8",
        HEAD + "2025-03-02 acme 50 40 7",
    )
    assert largest_order(batches, ["acme"], **YEAR) == LargestOrder(date(2025, 3, 1), "7", 110_0000, 30_0000)


def test_one_number_of_two_accounts_is_two_orders_unless_they_are_merged(tmp_path: Path) -> None:
    batches = imported(tmp_path, HEAD + "2025-03-01 acme 60 0 7\n2025-03-01 birch 50 0 7")
    both = ["acme", "birch"]
    assert largest_order(batches, both, **YEAR) == LargestOrder(date(2025, 3, 1), "7", 60_0000, 60_0000)
    merged = largest_order(batches, both, **YEAR, goes_on={"birch": "acme"})
    assert merged == LargestOrder(date(2025, 3, 1), "7", 110_0000, 110_0000)


@pytest.mark.parametrize("lines", ["2025-03-01 acme -60 0 7", "2024-12-31 acme 60 0 7", "2025-03-01 birch 60 0 7"])
def test_returns_other_days_and_other_accounts_are_no_order(tmp_path: Path, lines: str) -> None:
    assert largest_order(imported(tmp_path, HEAD + lines), ["acme"], **YEAR) is None


def test_of_equal_ones_the_earliest_and_then_the_first_number(tmp_path: Path) -> None:
    lines = "2025-03-02 acme 60 0 1\n2025-03-01 acme 60 0 9\n2025-03-01 acme 60 0 8"
    found = largest_order(imported(tmp_path, HEAD + lines), ["acme"], **YEAR)
    assert found == LargestOrder(date(2025, 3, 1), "8", 60_0000, 60_0000)
