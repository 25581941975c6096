"""What every engine must answer alike, and what it may not touch."""

import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from anahtar.engine import DuckdbEngine, Engine


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    folder = tmp_path / "ledger [2025]*"
    folder.mkdir()
    with DuckdbEngine([folder], spill=folder / "spill") as engine:
        yield engine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "ledger [2025]*"


def test_importing_the_engine_starts_no_database() -> None:
    code = "import sys, anahtar.engine; sys.exit('ibis' in sys.modules or 'duckdb' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_sum_of_whole_numbers_stays_whole_beyond_what_a_double_holds(engine: Engine, folder: Path) -> None:
    big = 2**53
    table = engine.arrow(pa.table({"account_id": [1, 1, 2], "amount": [big, 1, 5]}), "lines")
    summed = table.group_by("account_id").agg(total=table.amount.sum())
    engine.write(engine.statement(summed), folder / "sums.parquet")
    written = pq.read_table(folder / "sums.parquet")
    assert written.schema.field("total").type == pa.int64()
    assert sorted(written["total"].to_pylist()) == [5, big + 1]


def test_a_running_sum_of_whole_numbers_stays_whole(engine: Engine) -> None:
    table = engine.arrow(pa.table({"at": [1, 2, 3], "amount": [2**53, 1, 5]}), "lines")
    running = engine.rows(table.select("at", total=table.amount.cumsum(order_by=table.at)).order_by("at"))
    assert running["total"].to_pylist() == [2**53, 2**53 + 1, 2**53 + 6]
    assert running.schema.field("total").type == pa.int64()


def test_a_name_can_stand_for_other_files(engine: Engine, folder: Path) -> None:
    for month in (1, 2):
        pq.write_table(pa.table({"month": [month]}), folder / f"{month}.parquet")
    first = engine.files([folder / "1.parquet"], "months")
    statement = engine.statement(first)
    engine.files([folder / "2.parquet"], "months")
    engine.keep_statement(statement, "kept")
    assert engine.rows(engine.files([folder / "1.parquet", folder / "2.parquet"], "both").order_by("month")).equals(
        pa.table({"month": [1, 2]})
    )
    assert engine.rows(engine.keep(first, "again"))["month"].to_pylist() == [2]


def test_files_outside_the_named_folders_cannot_be_read(engine: Engine, tmp_path: Path) -> None:
    pq.write_table(pa.table({"secret": [1]}), tmp_path / "elsewhere.parquet")
    with pytest.raises(duckdb.PermissionException):
        engine.files([tmp_path / "elsewhere.parquet"], "elsewhere")


def test_what_the_engine_may_do_cannot_be_widened_later(engine: Engine) -> None:
    with pytest.raises(duckdb.InvalidInputException, match="configuration has been locked"):
        engine._duckdb.execute("SET enable_external_access = true")


def test_work_beyond_the_memory_limit_goes_through_the_disk(tmp_path: Path) -> None:
    with DuckdbEngine([tmp_path], spill=tmp_path / "spill", memory_limit="50MB", threads=1) as engine:
        numbers = engine.arrow(pa.table({"n": pa.array(range(1_000_000), pa.int64())}), "numbers")
        twice = numbers.select("n", a=numbers.n * 3, b=numbers.n * 5, c=numbers.n * 7, d=numbers.n * 11)
        kept = engine.keep(twice, "wide")
        distinct = kept.group_by("n", "a", "b", "c", "d").agg(times=kept.count())
        assert engine.rows(distinct.aggregate(n=distinct.count()))["n"].to_pylist() == [1_000_000]


def test_a_program_that_spares_memory_runs_without_pandas_and_can_still_use_it() -> None:
    code = (
        "import sys, pyarrow as pa; from anahtar.engine import spare_memory; spare_memory(); "
        "table = pa.table({'x': [1]}); assert 'pandas' not in sys.modules; "
        "assert len(table.to_pandas()) == 1; assert 'pandas' in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_two_hands_on_one_database_do_not_touch_each_others_tables(engine: Engine) -> None:
    with engine.beside() as left, engine.beside() as right:
        here = left.arrow(pa.table({"x": [1]}), "numbers")
        right.arrow(pa.table({"x": [2]}), "numbers")
        assert left.rows(here).to_pylist() == [{"x": 1}]
        assert right.rows(here).to_pylist() == [{"x": 2}]


def test_equal_expressions_are_compiled_once_and_no_two_that_differ_are_taken_for_equal(engine: Engine) -> None:
    table = engine.arrow(pa.table({"x": [1, 2, 3]}), "numbers")
    assert engine.statement(table.filter(table.x > 1)) is engine.statement(table.filter(table.x > 1))
    values = (0, 0.0, False, 1, 1.0, True, None, "1")
    for first, second in combinations(values, 2):
        assert engine.statement(table.mutate(y=ibis.literal(first))) != engine.statement(
            table.mutate(y=ibis.literal(second))
        ), (first, second)
