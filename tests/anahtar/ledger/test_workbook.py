"""Workbooks: which sheet, which header, and what a mixed column, an error or an open formula becomes."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
import xlwt
from odf import opendocument, table, text

from anahtar.ledger.options import ReadOptions
from anahtar.ledger.sheet import Sheet
from anahtar.ledger.values.codes import as_codes
from anahtar.ledger.workbook.old_workbook import open_old_workbook
from anahtar.ledger.workbook.workbook import UnableToFindSheet, open_sheets_of, open_workbook

HEADER = ("Cari Kodu", "Fatura Tarihi", "Net Tutar")
Cell = str | float | date | bool | None


def moment(*parts: int) -> datetime:
    return datetime(*parts)  # noqa: DTZ001  # workbooks know no zones


def saved(path: Path, rows: Sequence[Sequence[Cell]], merges: Sequence[str] = ()) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for area in merges:
        book.active.merge_cells(area)
    book.save(path)
    return path


def read(sheet: Sheet) -> list[list[object]]:
    """The columns of all chunks, as Python values; the reader's own count must hold."""
    chunks = list(sheet.chunks())
    assert sheet.counted().rows == sheet.counted().read == sum(len(chunk.rows) for chunk in chunks)
    return [pa.chunked_array([chunk.columns[at] for chunk in chunks]).to_pylist() for at in range(len(sheet.header))]


def test_the_header_is_found_under_title_rows_and_rows_keep_their_number(tmp_path: Path) -> None:
    rows = [("Satış raporu",), ("2024",), (), HEADER, ("C1", date(2024, 1, 2), 10.5), (), ("C2", date(2024, 1, 3), -1)]
    sheet = open_workbook(saved(tmp_path / "a.xlsx", rows), ReadOptions())
    assert (sheet.header, sheet.header_row) == (list(HEADER), 4)
    assert read(sheet) == [["C1", "C2"], [moment(2024, 1, 2), moment(2024, 1, 3)], [10.5, -1.0]]
    assert next(sheet.chunks()).rows.to_pylist() == [5, 7]


def test_a_header_in_two_lines_is_joined_where_merged_areas_say_so(tmp_path: Path) -> None:
    upper: list[Cell] = ["Müşteri", "Satış", None, "Maliyet"]
    lower: list[Cell] = [None, "Miktar", "Tutar", None]
    path = saved(tmp_path / "a.xlsx", [upper, lower, ["C1", 1, 2, 3]], ["A1:A2", "B1:C1", "D1:D2"])
    sheet = open_workbook(path, ReadOptions())
    assert sheet.header == ["Müşteri", "Satış Miktar", "Satış Tutar", "Maliyet"]
    assert read(sheet) == [["C1"], [1.0], [2.0], [3.0]]


def test_a_sheet_without_header_is_read_where_the_option_says_so(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", [("C1", 1.0), ("C2", 2.0)])
    with pytest.raises(UnableToFindSheet):
        open_workbook(path, ReadOptions())
    assert read(open_workbook(path, ReadOptions(header_row=0))) == [["C1", "C2"], [1.0, 2.0]]


def test_a_numeric_cell_is_never_taken_for_text_that_looks_like_it(tmp_path: Path) -> None:
    rows: list[Sequence[Cell]] = [HEADER, ("C1", date(2024, 1, 1), 234.567), (17850, date(2024, 1, 1), "234.567")]
    sheet = open_workbook(saved(tmp_path / "a.xlsx", [*rows, ("007", "yok", None)]), ReadOptions())
    chunk = next(sheet.chunks())
    assert chunk.columns[0].to_pylist() == ["C1", "17850", "007"]
    assert chunk.columns[2].to_pylist() == ["234.567", "234.567", None]
    assert chunk.mixed[2].numbers.to_pylist() == [234.567, None, None]
    assert chunk.mixed[1].moments.to_pylist() == [moment(2024, 1, 1), moment(2024, 1, 1), None]
    assert chunk.columns[1].to_pylist() == ["2024-01-01", "2024-01-01", "yok"]


def test_a_text_after_thousands_of_numbers_is_kept(tmp_path: Path) -> None:
    rows: list[Sequence[Cell]] = [HEADER, *(("C1", date(2024, 1, 1), 1.0) for _ in range(3000))]
    sheet = open_workbook(saved(tmp_path / "a.xlsx", [*rows, ("C1", date(2024, 1, 1), "bin")]), ReadOptions())
    assert read(sheet)[2][-2:] == ["1", "bin"]


def test_days_of_the_1904_system_are_the_days_a_person_sees(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(HEADER)
    book.active.append(("C1", moment(2024, 2, 29), 1.0))
    book.save(tmp_path / "a.xlsx")
    assert read(open_workbook(tmp_path / "a.xlsx", ReadOptions()))[1] == [moment(2024, 2, 29)]


def test_an_error_cell_is_text_and_a_formula_without_value_is_empty_and_both_are_told(tmp_path: Path) -> None:
    rows = [HEADER, ("C1", date(2024, 1, 1), "#REF!"), ("C2", date(2024, 1, 1), "=1+1"), ("C3", date(2024, 1, 1), 5.0)]
    sheet = open_workbook(saved(tmp_path / "a.xlsx", rows), ReadOptions())
    assert read(sheet)[2] == ["#REF!", None, "5"]
    assert sheet.facts["error cells"] == "1 (C2)"
    assert sheet.facts["formulas without a value"] == "1 (C3)"


def test_sheets_of_one_header_are_one_ledger_and_the_others_are_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, header in (("Ocak", HEADER), ("Şubat", HEADER), ("Notlar", ("Konu", "Metin")), ("Gizli", HEADER)):
        book.create_sheet(name).append(header)
        book[name].append(("C1", date(2024, 1, 1), 1.0)[: len(header)] if header is HEADER else ("a", "b"))
    book["Gizli"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    sheets = open_sheets_of(tmp_path / "a.xlsx", ReadOptions())
    assert {sheet.name for sheet in sheets} == {"Ocak", "Şubat"}
    assert (sheets[0].facts["other sheets"], sheets[0].facts["hidden sheets"]) == ("Notlar", "Gizli")
    assert open_workbook(tmp_path / "a.xlsx", ReadOptions(sheet="Gizli")).name == "Gizli"


def test_an_old_xls_says_that_only_its_reader_counted(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Satış")
    day = xlwt.easyxf(num_format_str="DD.MM.YYYY")
    for column, name in enumerate(HEADER):
        sheet.write(0, column, name)
    sheet.write(1, 0, "007")
    sheet.write(1, 1, moment(2024, 1, 2), day)
    sheet.write(1, 2, 10.5)
    book.save(str(tmp_path / "a.xls"))
    read_sheet = open_old_workbook(tmp_path / "a.xls", ReadOptions(), kind="xls")
    assert read(read_sheet) == [["007"], [moment(2024, 1, 2)], [10.5]]
    assert read_sheet.facts["row count"] == "by the reader alone"


def test_an_ods_is_read_and_its_rows_are_counted_by_its_xml(tmp_path: Path) -> None:
    document = opendocument.OpenDocumentSpreadsheet()
    sheet = table.Table(name="Satış")
    for cells in (HEADER, ("C1", "02.01.2024", 10.5), ("C2", "03.01.2024", 1.0)):
        row = table.TableRow()
        for cell in cells:
            kind = {"valuetype": "string"} if isinstance(cell, str) else {"valuetype": "float", "value": cell}
            element = table.TableCell(**kind)
            element.addElement(text.P(text=str(cell)))
            row.addElement(element)
        sheet.addElement(row)
    document.spreadsheet.addElement(sheet)
    document.save(str(tmp_path / "a.ods"))
    assert read(open_old_workbook(tmp_path / "a.ods", ReadOptions(), kind="ods"))[2] == [10.5, 1.0]


def test_codes_keep_their_zeros_and_lose_their_points() -> None:
    assert as_codes(pa.array([17850.0, 0.1, 8690504012345.0, None])).to_pylist() == [
        "17850",
        "0.1",
        "8690504012345",
        None,
    ]
    assert as_codes(pa.array(["007", "\u00a0A 1 ", " ", None])).to_pylist() == ["007", "A 1", None, None]
    assert as_codes(pa.array(["x", " x"]).dictionary_encode()).to_pylist() == ["x", "x"]
    assert as_codes(pa.array([7], pa.int64())).to_pylist() == ["7"]
    assert as_codes(pa.array([date(2024, 1, 2)])).to_pylist() == ["2024-01-02"]
    moments = pa.array([moment(2024, 1, 2), moment(2024, 1, 2, 3, 4, 5)], pa.timestamp("ms"))
    assert as_codes(moments).to_pylist() == ["2024-01-02", "2024-01-02T03:04:05"]


@pytest.mark.shared
def test_the_online_retail_workbook_is_read_whole() -> None:
    path = Path(__file__).parents[3] / "../shared/data/online-retail/online_retail.xlsx"
    if not path.exists():
        pytest.skip("the real ledgers are not beside this checkout")
    sheet = open_workbook(path, ReadOptions())
    rows = sum(len(chunk.rows) for chunk in sheet.chunks())
    assert rows == sheet.counted().rows == 541_909
