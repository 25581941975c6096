"""One ledger in four kinds of file, read by the real reader: the same content, the same standings as the oracle's."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from anahtar.analysis import AnalysisOptions, analyze
from anahtar.ledger.files.child import read
from anahtar.ledger.manifest import Manifest
from anahtar.ledger.options import DateOrder, ReadOptions
from anahtar.ledger.roles import Role
from anahtar.ledger.store.store import Ledger
from tests.anahtar.oracle.comparing import differences, expected, told
from tests.anahtar.oracle.ledger import Line, decimal
from tests.anahtar.oracle.ledgers import case
from tests.anahtar.oracle.oracle import answer

HEADERS = {
    Role.CUSTOMER: "Cari Kodu",
    Role.DATE: "Fatura Tarihi",
    Role.INVOICE: "Fatura No",
    Role.AMOUNT: "Net Tutar",
    Role.COST: "Maliyet Tutarı",
    Role.DIRECTION: "Ürün Grubu",
    Role.GROUP: "Ana Cari",
}

Write = Callable[[Path, Sequence[Line]], tuple[Path, ReadOptions]]


def texts(line: Line, sign: str, day: str) -> list[str]:
    amounts = ["" if units is None else decimal(units).replace(".", sign) for units in (line.amount, line.cost)]
    return [
        line.customer,
        f"{line.sold_on:{day}}",
        line.invoice or "",
        *amounts,
        line.direction or "",
        line.group or "",
    ]


def as_turkish_text(folder: Path, lines: Sequence[Line]) -> tuple[Path, ReadOptions]:
    path = folder / "satis.csv"
    with path.open("w", encoding="cp1254", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEADERS.values(), *(texts(line, ",", "%d.%m.%Y") for line in lines)])
    return path, ReadOptions(columns=HEADERS, decimal=",", date_order=DateOrder.DAY_FIRST, encoding="cp1254")


def as_plain_text(folder: Path, lines: Sequence[Line]) -> tuple[Path, ReadOptions]:
    path = folder / "sales.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADERS.values(), *(texts(line, ".", "%Y-%m-%d") for line in lines)])
    return path, ReadOptions(columns=HEADERS, decimal=".")


def as_workbook(folder: Path, lines: Sequence[Line]) -> tuple[Path, ReadOptions]:
    path = folder / "sales.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write_row(0, 0, HEADERS.values())
        for at, line in enumerate(lines, 1):
            sheet.write_string(at, 0, line.customer)
            sheet.write_datetime(at, 1, line.sold_on, day)
            for column, text in ((2, line.invoice), (5, line.direction), (6, line.group)):
                if text is not None:
                    sheet.write_string(at, column, text)
            for column, units in ((3, line.amount), (4, line.cost)):
                if units is not None:
                    sheet.write_number(at, column, units / 10_000)
    return path, ReadOptions(columns=HEADERS)


def as_parquet(folder: Path, lines: Sequence[Line]) -> tuple[Path, ReadOptions]:
    path, money = folder / "sales.parquet", pa.decimal128(18, 4)
    columns = [
        pa.array([line.customer for line in lines]),
        pa.array([line.sold_on for line in lines], pa.date32()),
        pa.array([line.invoice for line in lines], pa.string()),
        pa.array([Decimal(decimal(line.amount)) for line in lines], money),
        pa.array([None if line.cost is None else Decimal(decimal(line.cost)) for line in lines], money),
        pa.array([line.direction for line in lines], pa.string()),
        pa.array([line.group for line in lines], pa.string()),
    ]
    pq.write_table(pa.table(dict(zip(HEADERS.values(), columns, strict=True))), path)
    return path, ReadOptions(columns=HEADERS)


WORKBOOK_DIGITS = 10**15
"""A workbook keeps fifteen digits of a number."""

FILES: Sequence[Write] = (as_turkish_text, as_plain_text, as_workbook, as_parquet)


def imported(write: Write, lines: Sequence[Line], folder: Path) -> tuple[Path, Manifest]:
    folder.mkdir()
    path, options = write(folder, lines)
    ledger = Ledger.create(folder / "ledger")
    with ledger.staging() as staging:
        draft = read([path], options, staging)
        manifest = ledger.add(draft, staging, made_at="2026-01-01T00:00:00")
    ledger.verify()
    return ledger.folder(manifest), manifest


@pytest.mark.parametrize(
    "seed",
    [
        pytest.param(199, marks=pytest.mark.long),
        *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(200, 220)),
    ],
)
def test_the_kind_of_file_does_not_matter(seed: int, tmp_path: Path) -> None:
    lines = [replace(line, batch=0, name=None, cost=line.cost or None) for line in case(seed)[0]]
    lines = [line for line in lines if line.amount < WORKBOOK_DIGITS]
    right = expected(answer(lines, AnalysisOptions()))
    contents = set()
    for write in FILES:
        folder = tmp_path / write.__name__
        batch = imported(write, lines, folder)
        contents.add(batch[1].content)
        (folder / "work").mkdir()
        found = told(analyze([batch], AnalysisOptions(), workspace=folder / "work"))
        assert not list(differences(found, right)), write.__name__
    assert len(contents) == 1
