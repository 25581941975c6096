"""What a month's facts keep of its lines."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from anahtar.engine import DuckdbEngine, Engine
from anahtar.facts.building import build_facts
from anahtar.facts.facts import Facts
from tests.anahtar.ledgers import rows_of, write_batch

MARCH = 2025 * 12 + 2


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with DuckdbEngine([tmp_path], spill=tmp_path / "spill") as engine:
        yield engine


Build = Callable[..., Facts]


@pytest.fixture
def build(tmp_path: Path, engine: Engine, request: pytest.FixtureRequest) -> Build:
    """The facts of the ledgers in the test's docstring; `----` lines part its batches."""

    def build(*, as_of: date | None = None, merged: Mapping[str, str] | None = None) -> Facts:
        doc = inspect.getdoc(request.function) or ""
        head = next(line for line in doc.splitlines() if "sold_on" in line)
        batches = []
        for number, text in enumerate(doc.split("----")):
            folder = tmp_path / f"batch-{number}"
            if not folder.exists():
                write_batch(folder, rows_of(text if "sold_on" in text else f"{head}\n{text}"))
            batches.append(folder)
        return build_facts(batches, tmp_path / "facts", as_of=as_of, engine=engine, merged=merged)

    return build


def by_code(facts: Facts, table: str, *columns: str) -> list[tuple[object, ...]]:
    codes = facts.accounts["code"].to_pylist()
    rows = facts.engine.rows(getattr(facts, table)()).to_pylist()
    return sorted((codes[row["account_id"]], *(row[column] for column in columns)) for row in rows)


def test_an_invoice_of_positive_total_is_an_order_however_many_lines_it_has(build: Build) -> None:
    """
    sold_on     customer  amount  invoice
    2025-03-03  birch     100     1
    2025-03-03  birch     -20     1
    2025-03-03  birch     -80     2
    2025-03-03  acme      30      3
    2025-03-09  acme      10      4
    2025-03-09  acme      10      5
    """
    assert by_code(build(), "account_month", "month", "revenue", "lines", "orders", "purchase_days") == [
        ("acme", MARCH, 50_0000, 3, 3, 2),
        ("birch", MARCH, 0, 3, 1, 1),
    ]


def test_without_invoice_numbers_the_total_of_the_day_is_the_order(build: Build) -> None:
    """
    sold_on     customer  amount
    2025-03-03  acme      30
    2025-03-03  acme      20
    2025-03-04  acme      30
    2025-03-04  acme      -30
    2025-03-05  acme      -5
    """
    facts = build()
    assert by_code(facts, "account_month", "revenue", "orders", "purchase_days") == [("acme", 45_0000, 1, 1)]
    assert by_code(facts, "account_day", "sold_on", "orders", "amount") == [("acme", date(2025, 3, 3), 1, 50_0000)]


def test_profit_counts_only_lines_whose_cost_is_known(build: Build) -> None:
    """
    sold_on     customer  amount  cost
    2025-03-03  acme      100     60
    2025-03-03  acme      50      -
    2025-03-03  birch     10      -
    2025-03-03  cedar     10      12
    2025-03-04  cedar     0       -
    """
    rows = by_code(build(), "account_month", "profit", "revenue_with_cost", "lines_without_cost")
    assert rows == [("acme", 40_0000, 100_0000, 1), ("birch", None, None, 1), ("cedar", -2_0000, 10_0000, 0)]


def test_an_invoice_split_over_two_imports_is_one_order(build: Build) -> None:
    """
    sold_on     customer  amount  invoice
    2025-03-03  zinc      100     7
    2025-03-04  acme      -5      8
    2025-03-20  acme      1       -
    ----
    2025-03-04  acme      20      8
    2025-03-04  zinc      10      9
    2025-03-20  acme      1       -
    """
    facts = build()
    assert by_code(facts, "account_month", "revenue", "lines", "orders", "purchase_days") == [
        ("acme", 17_0000, 4, 2, 2),
        ("zinc", 110_0000, 2, 2, 2),
    ]


def test_ids_are_the_order_of_codes_over_all_imports(build: Build) -> None:
    """
    sold_on     customer  amount  name
    2025-03-03  zinc      100     Zinc
    ----
    2025-04-03  birch     100     -
    2025-04-03  zinc      100     Zinc_&_Sons
    ----
    2025-05-03  acme      100     -
    """
    facts = build()
    assert facts.accounts.to_pylist() == [
        {"account_id": 0, "code": "acme", "name": "acme", "group_code": None},
        {"account_id": 1, "code": "birch", "name": "birch", "group_code": None},
        {"account_id": 2, "code": "zinc", "name": "Zinc_&_Sons", "group_code": None},
    ]
    assert by_code(facts, "account_day", "sold_on") == [
        ("acme", date(2025, 5, 3)),
        ("birch", date(2025, 4, 3)),
        ("zinc", date(2025, 3, 3)),
        ("zinc", date(2025, 4, 3)),
    ]


def test_lines_after_the_as_of_day_do_not_exist(build: Build) -> None:
    """
    sold_on     customer  amount
    2025-03-03  acme      1
    2025-04-03  acme      2
    2025-04-04  acme      4
    2025-05-04  acme      8
    """
    facts = build(as_of=date(2025, 4, 3))
    assert by_code(facts, "account_month", "month", "revenue") == [("acme", MARCH, 1_0000), ("acme", MARCH + 1, 2_0000)]
    assert facts.months == [MARCH, MARCH + 1]


def test_a_new_import_leaves_the_facts_of_other_months_alone(tmp_path: Path, engine: Engine) -> None:
    first = write_batch(tmp_path / "first", rows_of("sold_on customer amount\n2025-03-03 zinc 1\n2025-04-03 zinc 2"))
    build_facts([first], tmp_path / "facts", as_of=None, engine=engine)
    built = {path: path.stat().st_mtime_ns for path in (tmp_path / "facts").rglob("*.parquet")}
    second = write_batch(tmp_path / "second", rows_of("sold_on customer amount\n2025-04-03 acme 4"))
    facts = build_facts([first, second], tmp_path / "facts", as_of=None, engine=engine)
    kept = [path for path, at in built.items() if path.exists() and path.stat().st_mtime_ns == at]
    assert {path.name[:7] for path in kept} == {"2025-03"}
    assert by_code(facts, "account_month", "revenue") == [("acme", 4_0000), ("zinc", 1_0000), ("zinc", 2_0000)]


def test_an_import_taken_back_leaves_no_sum_behind(tmp_path: Path, engine: Engine) -> None:
    first = write_batch(tmp_path / "first", rows_of("sold_on customer amount\n2025-03-03 zinc 1"))
    second = write_batch(tmp_path / "second", rows_of("sold_on customer amount\n2025-03-03 acme 4"))
    build_facts([first, second], tmp_path / "facts", as_of=None, engine=engine)
    facts = build_facts([first], tmp_path / "facts", as_of=None, engine=engine)
    assert by_code(facts, "account_month", "revenue") == [("zinc", 1_0000)]
    assert len(list((tmp_path / "facts" / "account_month").iterdir())) == 1


def test_directions_are_told_apart_and_lines_without_one_are_kept(build: Build) -> None:
    """
    sold_on     customer  amount  direction
    2025-03-03  acme      1       valves
    2025-03-04  acme      2       pumps
    2025-03-05  acme      4       -
    ----
    2025-03-06  acme      8       pumps
    """
    facts = build()
    names = [*facts.directions["code"].to_pylist(), None]
    table = facts.direction_month()
    assert table is not None
    rows = facts.engine.rows(table).to_pylist()
    found = {names[-1 if row["direction_id"] is None else row["direction_id"]]: row["revenue"] for row in rows}
    assert found == {"valves": 1_0000, "pumps": 10_0000, None: 4_0000}


def test_a_group_is_one_account_that_buys_once_a_day(build: Build) -> None:
    """
    sold_on     customer  amount  group
    2025-03-03  acme-n    1       acme
    2025-03-03  acme-s    2       acme
    2025-03-04  acme-s    4       acme
    2025-03-04  birch     8       -
    """
    facts = build().by_group()
    assert by_code(facts, "account_month", "revenue", "orders", "purchase_days") == [
        ("acme", 7_0000, 3, 2),
        ("birch", 8_0000, 1, 1),
    ]
    assert len(by_code(facts, "account_day", "sold_on")) == 3


def test_a_merged_account_is_as_if_its_lines_carried_the_other_code(build: Build) -> None:
    """
    sold_on     customer  amount  invoice  name    group
    2025-03-03  old       100     1        Old     west
    2025-03-04  new       -30     1        New     east
    2025-03-05  old       -5      -        Old     west
    2025-03-05  new       5       -        New     east
    2025-03-09  birch     10      2        -       -
    """
    facts = build(merged={"old": "new"})
    assert [(row["code"], row["name"], row["group_code"]) for row in facts.accounts.to_pylist()] == [
        ("birch", "birch", None),
        ("new", "New", "east"),
    ]
    assert by_code(facts, "account_month", "revenue", "lines", "orders", "purchase_days") == [
        ("birch", 10_0000, 1, 1, 1),
        ("new", 70_0000, 4, 1, 1),
    ]
    assert by_code(facts, "account_day", "sold_on") == [("birch", date(2025, 3, 9)), ("new", date(2025, 3, 3))]


def test_merges_are_followed_over_imports_and_to_a_code_that_no_line_has(build: Build) -> None:
    """
    sold_on     customer  amount  invoice
    2025-03-03  acme      100     1
    2025-04-03  birch     7       2
    ----
    2025-03-04  cedar     -30     1
    2025-05-04  dune      8       3
    """
    facts = build(merged={"acme": "cedar", "cedar": "zinc", "elm": "fir"})
    assert facts.accounts["code"].to_pylist() == ["birch", "dune", "zinc"]
    assert by_code(facts, "account_month", "revenue", "orders") == [
        ("birch", 7_0000, 1),
        ("dune", 8_0000, 1),
        ("zinc", 70_0000, 1),
    ]


def test_a_merge_builds_only_the_months_of_imports_with_such_an_account(tmp_path: Path, engine: Engine) -> None:
    batches = [
        write_batch(tmp_path / customer, rows_of(f"sold_on customer amount\n2025-0{at}-03 {customer} 1"))
        for at, customer in enumerate(("acme", "birch", "cedar"), 3)
    ]
    facts = tmp_path / "facts"
    build_facts(batches, facts, as_of=None, engine=engine)
    before = {path.name for path in (facts / "account_month").iterdir()}
    build_facts(batches, facts, as_of=None, engine=engine, merged={"birch": "cedar"})
    again = {path.name for path in (facts / "account_month").iterdir()} - before
    assert {name[:7] for name in again} == {"2025-04"}


def test_groups_that_people_named_win_over_those_of_the_ledger(build: Build) -> None:
    """
    sold_on     customer  amount  group
    2025-03-03  acme      1       west
    2025-03-03  birch     2       west
    2025-03-04  cedar     4       -
    2025-03-04  dune      8       east
    """
    facts = build().grouped({"birch": "", "cedar": "east", "nobody": "west"})
    assert facts.accounts["group_code"].to_pylist() == ["west", None, "east", "east"]
    assert by_code(facts.by_group(), "account_month", "revenue") == [
        ("birch", 2_0000),
        ("east", 12_0000),
        ("west", 1_0000),
    ]
