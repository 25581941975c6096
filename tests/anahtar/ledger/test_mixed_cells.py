"""A workbook whose columns mix numbers, dates and text: every cell is read as what it is."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeAlias

import pyarrow.dataset as ds
import pytest
import xlsxwriter

from anahtar.ledger.files.child import read
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.values.codes import number_text
from anahtar.money import UNITS

Cell: TypeAlias = str | float | date
Row: TypeAlias = tuple[str, Cell, Cell]
Reader: TypeAlias = Callable[[Sequence[Row]], tuple[dict[str, tuple[date, float]], int]]

HEADER = ("Cari Kodu", "Fatura Tarihi", "Net Tutar")


@pytest.fixture
def read_lines(tmp_path: Path) -> Reader:
    def lines(rows: Sequence[Row]) -> tuple[dict[str, tuple[date, float]], int]:
        path = tmp_path / "book.xlsx"
        book = xlsxwriter.Workbook(path)
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write_row(0, 0, HEADER)
        for row, cells in enumerate(rows, 1):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(row, column, cell)
                else:
                    sheet.write_number(row, column, cell)
        book.close()
        staging = tmp_path / "staging"
        staging.mkdir()
        draft = read([path], ReadOptions(), staging)
        codes = ds.dataset(staging / "dictionaries" / "accounts.parquet").to_table().to_pylist()
        names = {row["id"]: row["code"] for row in codes}
        found = ds.dataset(staging / "lines").to_table().to_pylist()
        return (
            {names[row["account_id"]]: (row["sold_on"], row["amount"] / UNITS) for row in found},
            draft.tally.refused,
        )

    return lines


def test_a_number_cell_is_never_read_by_the_signs_of_the_text_beside_it(read_lines: Reader) -> None:
    rows: list[Row] = [
        ("c1", date(2025, 1, 5), 234.567),
        ("c2", date(2025, 1, 6), "1.234,50"),
        ("c3", date(2025, 1, 7), "234.567"),
        ("c4", date(2025, 1, 8), 12),
    ]
    found, refused = read_lines(rows)
    assert refused == 0
    assert {code: amount for code, (_, amount) in found.items()} == {
        "c1": 234.567,
        "c2": 1234.5,
        "c3": 234567.0,
        "c4": 12.0,
    }


def test_date_cells_text_dates_and_serial_days_stand_in_one_column(read_lines: Reader) -> None:
    rows: list[Row] = [
        ("c1", date(2025, 3, 4), 1.5),
        ("c2", "25.03.2025", 2.5),
        ("c3", 45741, 3.5),
        ("c4", "04.03.2025", 4.5),
    ]
    found, refused = read_lines(rows)
    assert refused == 0
    assert {code: day for code, (day, _) in found.items()} == {
        "c1": date(2025, 3, 4),
        "c2": date(2025, 3, 25),
        "c3": date(2025, 3, 25),
        "c4": date(2025, 3, 4),
    }


def test_a_date_among_amounts_is_refused_with_its_row(read_lines: Reader) -> None:
    rows: list[Row] = [
        ("c1", date(2025, 3, 4), 1.5),
        ("c2", date(2025, 3, 5), date(2025, 3, 5)),
        ("c3", "x", 2.5),
    ]
    found, refused = read_lines(rows)
    assert set(found) == {"c1"}
    assert refused == 2


def test_a_total_row_below_mixed_amounts_changes_no_cell(read_lines: Reader) -> None:
    rows: list[Row] = [
        ("c1", date(2025, 1, 5), 234.567),
        ("c2", date(2025, 1, 6), "1.234,50"),
        ("TOPLAM", "", 1469.067),
    ]
    found, refused = read_lines(rows)
    assert refused == 0
    assert {code: amount for code, (_, amount) in found.items()} == {"c1": 234.567, "c2": 1234.5}


@pytest.mark.parametrize(
    ("number", "text"),
    [(17850.0, "17850"), (-2.0, "-2"), (0.1, "0.1"), (float("nan"), "nan"), (float("inf"), "inf")],
)
def test_a_number_is_written_as_a_code_even_where_it_is_none(number: float, text: str) -> None:
    assert number_text(number) == text
