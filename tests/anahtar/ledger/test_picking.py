"""Refused rows as they stand in their files, for a person who corrects them."""

from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from anahtar.ledger.files.child import pick
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.picked import PickedRow, PickedSheet, picked_rows
from anahtar.words import Refusal


def test_wanted_rows_of_a_text_are_given_as_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "3f2a"
    lines = ["Rapor;;", "Kod;Tarih;Net Tutar", *(f"C{at};{at:02}.01.2024;1,50" for at in range(1, 20)), "C9;never;1,50"]
    path.write_text("\n".join(lines) + "\n", encoding="cp1254")
    sheets = pick([path], ReadOptions(), {("satış.csv", ""): [5, 22]}, tmp_path, names=["satış.csv"])
    assert sheets == [PickedSheet("satış.csv", "", ("Kod", "Tarih", "Net Tutar"))]
    assert list(picked_rows(tmp_path)) == [
        PickedRow(0, 5, ("C3", "03.01.2024", "1,50")),
        PickedRow(0, 22, ("C9", "never", "1,50")),
    ]


def test_numbers_and_days_of_a_workbook_stay_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "sales.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet("Satış"), book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write_row(0, 0, ["Kod", "Tarih", "Net Tutar"])
        for at in range(1, 30):
            sheet.write(at, 0, f"C{at}")
            sheet.write_datetime(at, 1, datetime(2024, 1, at), day)  # noqa: DTZ001 - a workbook's day has no zone
            sheet.write(at, 2, 1.25 * at)
        sheet.write(29, 2, "ödenecek")
    (sheet_picked,) = pick([path], ReadOptions(), {("sales.xlsx", "Satış"): [3, 30]}, tmp_path)
    assert sheet_picked.header == ("Kod", "Tarih", "Net Tutar")
    first, last = picked_rows(tmp_path)
    assert first.cells[0] == "C2"
    assert first.cells[2] == 2.5
    assert str(first.cells[1]).startswith(str(date(2024, 1, 2)))
    assert not isinstance(first.cells[1], str)
    assert last.cells[2] == "ödenecek"


def test_rows_nobody_wants_are_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Kod;Tarih;Net Tutar\nC1;13.01.2024;1,50\nC2;14.01.2024;1,50\n")
    assert pick([path], ReadOptions(), {("b.csv", ""): [2]}, tmp_path) == []
    assert list(picked_rows(tmp_path)) == []


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(Refusal, match="PDF"):
        pick([path], ReadOptions(), {("a.csv", ""): [2]}, tmp_path)
