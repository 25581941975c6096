"""A table of a file is copied whole: rows that cannot be cut into cells are told, and so is what was not read."""

from pathlib import Path

import pytest
import xlsxwriter

from anahtar.ledger.files.child import copy
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.picked import picked_rows
from anahtar.words import Refusal


def test_rows_that_cannot_be_cut_into_cells_are_told_and_none_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "3f2a"
    rows = [f"T{at};won;{at}" for at in range(1, 40)]
    rows[9] = "T10;won;10;nobody knows;what this is"
    rows[19] = "T20;lost;20;really?"
    path.write_text("\n".join(["title;outcome;price", *rows]) + "\n")
    table = copy(path, ReadOptions(), tmp_path, name="ihaleler.csv", most=100)
    assert (table.file, table.header) == ("ihaleler.csv", ("title", "outcome", "price"))
    assert [(row.row, row.text.strip()) for row in table.broken] == [(11, rows[9]), (21, rows[19])]
    assert [row.row for row in picked_rows(tmp_path)] == [row for row in range(2, 41) if row not in (11, 21)]


def test_a_table_that_is_longer_than_wanted_is_refused_before_it_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("a;b\n" + "1;2\n" * 30)
    with pytest.raises(Refusal, match="more than 20 rows"):
        copy(path, ReadOptions(), tmp_path, most=20)


def test_other_sheets_of_a_workbook_are_named(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("2023", "2024"):
            book.add_worksheet(name).write_column(0, 0, ["title", "Valves", "Pumps"])
        book.get_worksheet_by_name("2023").write_column(3, 0, ["Gears", "Belts"])
        book.add_worksheet("Notes").write(0, 0, "read me")
        hidden = book.add_worksheet("Old")
        hidden.hide()
    table = copy(path, ReadOptions(), tmp_path, most=20)
    assert (table.name, table.others) == ("2023", ("2024", "Notes", "Old"))
