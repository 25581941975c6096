"""A table on Spark as a source, and Spark as the engine of a report; `make test-spark` runs it on two workers."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from anahtar.cli import main
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.store.store import Ledger
from anahtar.sources.address import TableAddress, source
from anahtar.sources.pulling import Pulled, pull
from anahtar.words import Refusal
from tests.anahtar.engine.test_spark import address as master

# A Spark session talks through sockets and files that it leaves to the collector of garbage.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]

ROWS: list[dict[str, Any]] = [
    {"date": date(2024, 1, 5), "customer": "acme", "customer_name": "Acme & Co.", "amount": "100.25", "invoice": "1"},
    {"date": date(2024, 1, 31), "customer": "birch", "customer_name": "Birch", "amount": "-3.10", "invoice": "2"},
    {"date": date(2024, 2, 29), "customer": "acme", "customer_name": "Acme & Co.", "amount": "50.00", "invoice": "3"},
    {"date": date(2024, 3, 1), "customer": "007", "customer_name": None, "amount": "0.01", "invoice": None},
]
SUMS = {"2024-01": (2, 97_1500), "2024-02": (1, 50_0000), "2024-03": (1, 100)}
MADE_AT = "2026-01-05T09:00:00"


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """One session held open, so that the tests share a cluster."""
    pytest.importorskip("pyspark", reason="needs pyspark: make test-spark")
    from anahtar.engine.spark_session import sessions

    yield sessions.open(master(), {})
    sessions.close()


@pytest.fixture
def sales(tmp_path: Path) -> Path:
    """A folder of Parquet files."""
    folder = tmp_path / "sales + more.parquet"
    folder.mkdir()
    written(folder, ROWS)
    return folder


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.create(tmp_path / "ledger")


def written(folder: Path, rows: list[dict[str, Any]]) -> None:
    """Over what was there, in two files."""
    schema = pa.schema(
        [
            ("date", pa.date32()),
            ("customer", pa.string()),
            ("customer_name", pa.string()),
            ("amount", pa.decimal128(12, 2)),
            ("invoice", pa.string()),
            ("entered", pa.timestamp("us", "UTC")),
            ("tags", pa.list_(pa.string())),  # of no plain type: not read
        ]
    )
    entered = datetime(2024, 5, 31, 22, 30, tzinfo=UTC)
    told = [{"entered": entered, "tags": ["x"], **row, "amount": Decimal(row["amount"])} for row in rows]
    for at, part in enumerate((told[::2], told[1::2])):
        pq.write_table(pa.Table.from_pylist(part, schema), folder / f"part-{at}.parquet", compression="none")


def spark(asked: str) -> str:
    where = master()
    return f"{'spark+local://2' if where.startswith('local') else where}?{asked}"


def brought(ledger: Ledger, asked: str) -> Pulled:
    found = source(spark(asked))
    assert isinstance(found, TableAddress)
    return pull(ledger, found, ReadOptions(), made_at=MADE_AT, on_progress=lambda *_: None)


def sums(ledger: Ledger) -> dict[str, tuple[int, int]]:
    return {
        manifest.files[0].facts["month"]: (manifest.tally.accepted, manifest.tally.accepted_amount)
        for manifest in ledger.batches()
    }


def test_each_month_of_files_becomes_a_batch_to_the_cent(session: Any, ledger: Ledger, sales: Path) -> None:
    written(sales, [*ROWS, {"date": None, "customer": "acme", "amount": "5.00"}])
    found = brought(ledger, f"path={sales}")
    assert sums(ledger) == SUMS
    assert (found.drafts["2024-01"].tally.refused, found.drafts["2024-01"].tally.refused_amount) == (1, 5_0000)
    ledger.verify()


def test_only_new_and_changed_months_are_read_again(session: Any, ledger: Ledger, sales: Path) -> None:
    brought(ledger, f"path={sales}")
    assert brought(ledger, f"path={sales}").unchanged == 3
    # Same count and same sums; what was null and what was not have changed places.
    february = {**ROWS[2], "customer_name": None, "invoice": "Acme & Co."}
    april = {"date": date(2024, 4, 2), "customer": "acme", "amount": "7.00"}
    written(sales, [*ROWS[:2], february, april])
    again = brought(ledger, f"path={sales}")
    assert (sorted(again.drafts), again.unchanged, again.gone) == (["2024-02", "2024-04"], 1, ["2024-03"])
    assert sums(ledger) == {"2024-01": (2, 97_1500), "2024-02": (1, 50_0000), "2024-04": (1, 7_0000)}


def test_a_large_month_comes_in_slices_and_whole(
    session: Any, ledger: Ledger, sales: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("anahtar.engine.spark_table._SLICE", 3)
    rows = [{**ROWS[0], "invoice": str(number), "amount": f"{number}.01"} for number in range(20)]
    written(sales, rows)
    brought(ledger, f"path={sales}")
    assert sums(ledger) == {"2024-01": (20, 190_2000)}


def test_what_is_written_while_it_is_copied_is_noticed(
    session: Any, ledger: Ledger, sales: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from anahtar.engine.spark_table import SparkTable

    whole = SparkTable.months

    def meddled(table: SparkTable, day: str | None) -> Any:
        told = whole(table, day)
        written(sales, [ROWS[0], {**ROWS[1], "customer": "beech"}, *ROWS[2:]])  # same count, same sums, same size
        return told

    monkeypatch.setattr(SparkTable, "months", meddled)
    with pytest.raises(Refusal, match="was written to while it was copied"):
        brought(ledger, f"path={sales}")
    assert not ledger.batches()


def test_a_table_of_the_catalogue_is_read_by_its_name(
    session: Any, ledger: Ledger, sales: Path, tmp_path: Path
) -> None:
    session.sql(f"CREATE DATABASE shop LOCATION '{tmp_path / 'shop'}'")
    session.sql(f"CREATE TABLE shop.sales AS SELECT * FROM parquet.`{sales}`")
    try:
        brought(ledger, "table=shop.sales")
    finally:
        session.sql("DROP DATABASE shop CASCADE")
    assert sums(ledger) == SUMS
    assert {manifest.files[0].name for manifest in ledger.batches()} == {f"shop.sales {month}" for month in SUMS}


def test_columns_that_differ_in_their_letters_case_are_two(session: Any, ledger: Ledger, tmp_path: Path) -> None:
    rows = {"Date": [date(2024, 1, 5)], "Customer": ["acme"], "Amount": [Decimal("1.00")], "amount": ["one"]}
    pq.write_table(pa.table(rows), tmp_path / "cases.parquet")
    found = source(spark(f"path={tmp_path / 'cases.parquet'}"))
    assert isinstance(found, TableAddress)
    from anahtar.sources.opening import open_table

    with open_table(found) as table:
        assert [column.name for column in table.columns] == ["Date", "Customer", "Amount", "amount"]
        assert table.months("Date")["2024-01"].sums == {"Amount": "1.00"}


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("path=/no/such/sales.parquet", "Spark finds no sales.parquet"),
        ("table=no_such_table", "catalogue holds no table no_such_table"),
        (f"path={Path(__file__)}", "Spark did not give test_spark_table.py"),
    ],
)
def test_what_cannot_be_read_is_said(session: Any, ledger: Ledger, asked: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence) as refused:
        brought(ledger, asked)
    assert "\n" not in str(refused.value)
    assert not ledger.batches()


def test_a_second_cluster_is_refused_and_not_taken_for_the_first(session: Any) -> None:
    from anahtar.engine.spark_session import sessions

    with pytest.raises(Refusal, match=r"it cannot use local\[1\]"):
        sessions.open("local[1]", {})


def test_a_report_by_spark_is_that_of_duckdb(
    session: Any, sales: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there, here = tmp_path / "there", tmp_path / "here"
    asked = ["analyze", spark(f"path={sales}"), "--lang", "en", "--out"]
    assert main([*asked, str(there), "--engine", master()]) == 0
    assert "3 read, 0 unchanged, 0 taken back" in capsys.readouterr().out
    # The same ledger again, whose months are known by now.
    assert main(["analyze", str(there / "ledger"), "--lang", "en", "--out", str(here)]) == 0
    names = sorted(path.name for path in here.iterdir() if path.suffix in (".csv", ".json", ".parquet", ".html"))
    assert "standings.parquet" in names
    for name in set(names) - {"run.json"}:
        assert (there / name).read_bytes() == (here / name).read_bytes(), name
