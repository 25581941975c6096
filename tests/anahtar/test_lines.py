"""The way down from a figure to the lines it was made from."""

import inspect
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from anahtar.facts.lines import LINE, NO_DIRECTION, NO_PRODUCT, NO_REGION, NO_SITE, LinesPage, Order, account_lines
from anahtar.ledger.manifest import Manifest, SourceFile
from anahtar.ledger.store.integrity import DamagedBatch
from tests.anahtar.ledgers import manifest_of, rows_of, without_sites, write_batch
from tests.anahtar.oracle.ledgers import case

Batches = list[tuple[Path, Manifest]]
Page = Callable[..., LinesPage]

EVER = {"first": date(2000, 1, 1), "last": date(2100, 1, 1)}


def imported(folder: Path, number: int, rows: Sequence[Any]) -> tuple[Path, Manifest]:
    batch = write_batch(folder / f"batch-{number}", rows)
    file = SourceFile(f"sales-{number}.xlsx", 1, "", "Sheet1", {})
    return batch, replace(manifest_of(batch, number), files=(file,))


@pytest.fixture
def batches(tmp_path: Path, request: pytest.FixtureRequest) -> Batches:
    """The imports in the test's docstring, parted by `----` lines."""
    doc = inspect.getdoc(request.function) or ""
    head = next(line for line in doc.splitlines() if "sold_on" in line)
    texts = [text if "sold_on" in text else f"{head}\n{text}" for text in doc.split("----")]
    return [imported(tmp_path, number, rows_of(text)) for number, text in enumerate(texts, 1)]


def told(page: LinesPage, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in page.table.to_pylist()]


def test_a_line_is_told_as_it_stands_and_where_it_stands(batches: Batches) -> None:
    """
    sold_on     customer  amount  cost  quantity  product  direction  region  site   invoice  salesperson  currency
    2025-03-03  birch     7       -     -         -        -          -       -      -        -            -
    2025-03-04  acme      100.50  60    3         P1       valves     west    depot  17       005          EUR
    """
    page = account_lines(batches, ["acme"], **EVER)
    assert page.table.schema == LINE
    assert page.table.to_pylist() == [
        {
            "batch": "batch-1",
            "file": "sales-1.xlsx",
            "sheet": "Sheet1",
            "row": 3,
            "sold_on": date(2025, 3, 4),
            "account": "acme",
            "invoice": "17",
            "product": "P1",
            "product_name": None,
            "direction": "valves",
            "region": "west",
            "site": "depot",
            "salesperson": "005",
            "quantity": 3_0000,
            "amount": 100_5000,
            "cost": 60_0000,
            "currency": "EUR",
            "own_amount": None,
        }
    ]
    (other,) = account_lines(batches, ["birch"], **EVER).table.to_pylist()
    assert {name for name, value in other.items() if value is None} == {
        *("invoice", "product", "product_name", "direction", "region", "site", "salesperson"),
        *("quantity", "cost", "currency", "own_amount"),
    }


def test_lines_can_be_asked_for_by_region_and_by_site(batches: Batches) -> None:
    """
    sold_on     customer  amount  region  site
    2025-03-01  acme      1       west    depot
    2025-03-02  acme      2       east    depot
    2025-03-03  acme      4       west    yard
    2025-03-04  acme      8       -       -
    ----
    2025-03-05  acme      16      west    depot
    2025-03-06  acme      32      west    -
    """
    sums = {
        "depot": account_lines(batches, ["acme"], **EVER, site="depot").amount,
        "depot in the west": account_lines(batches, ["acme"], **EVER, site="depot", region="west").amount,
        "no site": account_lines(batches, ["acme"], **EVER, site=NO_SITE).amount,
        "no region": account_lines(batches, ["acme"], **EVER, region=NO_REGION).amount,
        "unknown": account_lines(batches, ["acme"], **EVER, site="quay").amount,
    }
    assert {name: amount // 10_000 for name, amount in sums.items()} == {
        **{"depot": 1 + 2 + 16, "depot in the west": 1 + 16, "no site": 8 + 32, "no region": 8, "unknown": 0}
    }


def test_lines_of_a_batch_written_before_sites_were_read_name_none(batches: Batches) -> None:
    """
    sold_on     customer  amount  region  site
    2025-03-01  acme      1       west    -
    ----
    2025-03-02  acme      2       west    depot
    """
    without_sites(batches[0][0])
    page = account_lines(batches, ["acme"], **EVER, order=Order.EARLIEST)
    assert told(page, "amount", "region", "site") == [(1_0000, "west", None), (2_0000, "west", "depot")]
    assert told(account_lines(batches, ["acme"], **EVER, site=NO_SITE), "amount") == [(1_0000,)]
    assert told(account_lines(batches, ["acme"], **EVER, site="depot"), "amount") == [(2_0000,)]


def test_the_latest_come_first_and_equal_days_as_they_were_imported(batches: Batches) -> None:
    """
    sold_on     customer  amount
    2025-03-03  acme      1
    2025-03-09  acme      2
    2025-03-09  acme      3
    ----
    2025-03-09  acme      4
    2025-04-01  acme      5
    2025-03-01  birch     9
    2025-03-04  acme      6
    """
    page = account_lines(batches, ["acme"], **EVER)
    assert told(page, "amount", "batch", "row") == [
        (5_0000, "batch-2", 3),
        (2_0000, "batch-1", 3),
        (3_0000, "batch-1", 4),
        (4_0000, "batch-2", 2),
        (6_0000, "batch-2", 5),
        (1_0000, "batch-1", 2),
    ]
    orders = {
        order: [amount // 10_000 for (amount,) in told(account_lines(batches, ["acme"], **EVER, order=order), "amount")]
        for order in Order
    }
    assert orders == {
        Order.LATEST: [5, 2, 3, 4, 6, 1],
        Order.EARLIEST: [1, 6, 2, 3, 4, 5],
        Order.LARGEST: [6, 5, 4, 3, 2, 1],
        Order.SMALLEST: [1, 2, 3, 4, 5, 6],
    }


def test_the_sums_are_those_of_all_pages(batches: Batches) -> None:
    """
    sold_on     customer  amount              cost
    2025-03-03  acme      400000000000.0001   1
    2025-03-04  acme      400000000000.0002   -
    2025-03-05  acme      -5                  2
    2025-03-05  birch     7                   -
    """
    page = account_lines(batches, ["acme"], **EVER, limit=1, offset=1)
    assert told(page, "sold_on") == [(date(2025, 3, 4),)]
    assert (page.total, page.amount, page.cost, page.without_cost) == (3, 8 * 10**15 + 3 - 5_0000, 3_0000, 1)
    # No cost is no zero.
    assert account_lines(batches, ["birch"], **EVER).cost is None


def test_both_days_of_the_interval_are_inside(batches: Batches) -> None:
    """
    sold_on     customer  amount
    2025-02-28  acme      1
    2025-03-01  acme      2
    2025-04-30  acme      4
    2025-05-01  acme      8
    """
    page = account_lines(batches, ["acme"], first=date(2025, 3, 1), last=date(2025, 4, 30))
    assert page.amount == 6_0000
    assert account_lines(batches, ["acme"], first=date(2025, 3, 2), last=date(2025, 4, 29)).total == 0


def test_a_direction_is_named_by_its_code_in_every_import_and_none_has_a_name_too(batches: Batches) -> None:
    """
    sold_on     customer  amount  direction
    2025-03-01  acme      1       valves
    2025-03-01  acme      2       pumps
    2025-03-01  acme      4       -
    ----
    2025-03-01  acme      8       pumps
    ----
    2025-03-01  acme      16      -
    """

    def amount(direction: str | None) -> int:
        return account_lines(batches, ["acme"], **EVER, direction=direction).amount // 10_000

    assert {code: amount(code) for code in ("valves", "pumps", "hoses", NO_DIRECTION, None)} == {
        "valves": 1,
        "pumps": 10,
        "hoses": 0,
        NO_DIRECTION: 20,
        None: 31,
    }


def test_a_product_is_named_by_its_code_and_none_has_a_name_too(batches: Batches) -> None:
    """
    sold_on     customer  amount  product  direction
    2025-03-01  acme      1       P1       valves
    2025-03-01  acme      2       P2       valves
    2025-03-01  acme      4       -        valves
    ----
    2025-03-01  acme      8       P2       pumps
    2025-03-01  acme      16      -        -
    """

    def amount(product: str | None, direction: str | None = None) -> int:
        return account_lines(batches, ["acme"], **EVER, product=product, direction=direction).amount // 10_000

    wanted = {"P1": 1, "P2": 10, "P3": 0, NO_PRODUCT: 20, None: 31}
    assert {code: amount(code) for code in wanted} == wanted
    assert amount("P2", "pumps") == 8
    assert amount(NO_PRODUCT, NO_DIRECTION) == 16


def test_accounts_are_found_in_a_file_that_was_written_anew(tmp_path: Path) -> None:
    first = imported(tmp_path, 1, rows_of("sold_on customer amount\n2025-03-01 acme 1"))
    second = imported(tmp_path, 2, rows_of("sold_on customer amount\n2025-03-01 birch 2\n2025-03-02 birch 4"))
    assert account_lines([first], ["birch"], **EVER).total == 0
    for part in ("lines/2025-03.parquet", "dictionaries/accounts.parquet"):
        (first[0] / part).write_bytes((second[0] / part).read_bytes())
    assert account_lines([first], ["birch"], **EVER).total == 2


def test_merged_codes_are_listed_together_each_under_its_own(batches: Batches) -> None:
    """
    sold_on     customer  amount
    2025-03-01  old       1
    2025-03-02  birch     2
    ----
    2025-03-03  new       4
    """
    assert told(account_lines(batches, ["new", "old", "nobody"], **EVER), "account") == [("new",), ("old",)]
    empty = account_lines(batches, ["nobody"], **EVER)
    assert (empty.total, empty.amount, empty.cost, empty.table.num_rows) == (0, 0, None, 0)
    assert empty.table.schema == LINE


@pytest.mark.parametrize("seed", range(8))
def test_the_pages_together_are_every_line_of_the_account_once(seed: int, tmp_path: Path) -> None:
    lines, _ = case(seed)
    numbers = sorted({line.batch for line in lines})
    batches = [imported(tmp_path, at, [line.row() for line in lines if line.batch == at]) for at in numbers]
    for code in {line.customer for line in lines}:
        own = [line for line in lines if line.customer == code]
        pages = [account_lines(batches, [code], **EVER, limit=7, offset=at) for at in range(0, len(own) + 7, 7)]
        rows = [row for page in pages for row in page.table.to_pylist()]
        assert [row["sold_on"] for row in rows] == sorted((line.sold_on for line in own), reverse=True)
        names = ("sold_on", "amount", "cost", "invoice", "direction")
        found = sorted((tuple(row[name] for name in names) for row in rows), key=str)
        assert found == sorted((tuple(getattr(line, name) for name in names) for line in own), key=str)
        assert {(page.total, page.amount) for page in pages} == {(len(own), sum(line.amount for line in own))}


def test_a_damaged_file_is_refused_by_name(batches: Batches) -> None:
    """
    sold_on     customer  amount
    2025-03-01  acme      1
    """
    path = batches[0][0] / "lines" / "2025-03.parquet"
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(DamagedBatch) as refused:
        account_lines(batches, ["acme"], **EVER)
    assert refused.value.part == "lines/2025-03.parquet"


def test_reading_lines_does_not_start_the_query_compiler() -> None:
    asked = "import sys, anahtar.facts.lines; sys.exit('ibis' in sys.modules or 'duckdb' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
