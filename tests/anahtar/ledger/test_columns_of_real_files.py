"""The columns of the ledgers beside the checkout, read with the plainest of tools."""

import csv
import gzip
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from anahtar.ledger.columns.recognising import UnableToMap, recognise
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.roles import Role
from anahtar.ledger.sheet import Chunk

DATA = Path(__file__).parents[3] / ".." / "shared" / "data"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real ledgers are not beside this checkout"),
]


def mapped(header: list[str], rows: Iterable[list[str]]) -> dict[str, str]:
    """The mapping found in the first 2000 rows."""
    cells = [[*row, *[""] * len(header)][: len(header)] for row in islice(rows, 2000)]
    columns = [pa.array([cell or None for cell in column], pa.string()) for column in zip(*cells, strict=True)]
    mapping = recognise(header, Chunk(pa.array(range(len(cells))), columns), ReadOptions(), file="file")
    return {role.value: column for role, column in mapping.columns.items()}


def delimited(path: str, *, encoding: str = "utf-8", delimiter: str = ",", titles: int = 0) -> dict[str, str]:
    file = DATA / path
    with gzip.open(file, "rt", encoding) if file.suffix == ".gz" else file.open(encoding=encoding) as lines:
        header, *rows = csv.reader(islice(lines, titles, 2000 + titles), delimiter=delimiter)
    return mapped(header, rows)


def test_online_retail():
    assert delimited("online-retail/online_retail.csv.gz") == {
        "customer": "CustomerID",
        "date": "InvoiceDate",
        "quantity": "Quantity",
        "unit_price": "UnitPrice",
        "product": "StockCode",
        "product_name": "Description",
        "region": "Country",
        "invoice": "InvoiceNo",
    }


def test_turkish_statement():
    path = "turkish-statement/tr_cari_ekstre_cp1254.csv"
    assert delimited(path, encoding="cp1254", delimiter=";", titles=3) == {
        "customer": "Cari Kodu",
        "customer_name": "Cari Ünvanı",
        "date": "Fatura Tarihi",
        "amount": "Net Tutar",
        "direction": "Ürün Grubu",
        "region": "Bölge",
        "invoice": "Fatura No",
        "salesperson": "Plasiyer",
        "currency": "Döviz",
    }


def test_cdnow_master():
    with (DATA / "cdnow" / "CDNOW_master.txt").open() as lines:
        header, *rows = (line.split() for line in islice(lines, 2000))
    assert mapped(header, rows) == {
        "customer": "customer_id",
        "date": "date",
        "amount": "dollar_value",
        "quantity": "number_of_cds",
    }


@pytest.mark.parametrize("header", [[""] * 5, ["00004", "0001", "19970101", "2", "29.33"]])
def test_cdnow_sample_has_no_header_and_two_columns_that_could_be_the_customer(header):
    with (DATA / "cdnow" / "CDNOW_sample.txt").open() as lines, pytest.raises(UnableToMap) as refused:
        mapped(header, (line.split() for line in lines))
    assert refused.value.role is Role.CUSTOMER
    assert "--map customer=[A]" in str(refused.value)


def test_maven_pipeline():
    assert delimited("maven-crm/sales_pipeline.csv") == {
        "customer": "account",
        "date": "close_date",
        "amount": "close_value",
        "product": "product",
        "invoice": "opportunity_id",
        "salesperson": "sales_agent",
    }


@pytest.mark.parametrize(
    ("path", "encoding", "role"),
    [
        ("northwind/orders.csv", "utf-8", Role.AMOUNT),
        ("northwind/order-details.csv", "utf-8", Role.CUSTOMER),
        ("northwind/customers.csv", "utf-8", Role.DATE),
        ("maven-crm/accounts.csv", "utf-8", Role.DATE),
        ("wholesale-customers/wholesale_customers.csv", "latin-1", Role.CUSTOMER),
        ("cdnow/cdnow_customers_summary.csv", "utf-8", Role.CUSTOMER),
    ],
)
def test_a_table_that_is_no_ledger_is_refused(path, encoding, role):
    with pytest.raises(UnableToMap) as refused:
        delimited(path, encoding=encoding)
    assert refused.value.role is role


def test_load_parquet():
    sample = pq.ParquetFile(DATA / "load" / "load_1220k.parquet").read_row_group(0).slice(0, 2000)
    chunk = Chunk(pa.array(range(2000)), [column.combine_chunks() for column in sample.columns])
    mapping = recognise(sample.column_names, chunk, ReadOptions(), file="load.parquet")
    assert {role.value: column for role, column in mapping.columns.items()} == {
        name: name for name in ("customer", "date", "amount", "cost", "product", "region", "invoice")
    }
