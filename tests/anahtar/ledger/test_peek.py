"""A first look at files: what is clear, what is left to decide, and what either answer means."""

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from anahtar.ledger.files import wire
from anahtar.ledger.files.child import peek, read
from anahtar.ledger.files.sources import open_sheets
from anahtar.ledger.intake.peeking import peek_files
from anahtar.ledger.options import DateOrder, ReadOptions
from anahtar.ledger.peek import Peek, PeekedSheet
from anahtar.ledger.roles import Role
from anahtar.words import Refusal

DMY, MDY, YMD = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST, DateOrder.YEAR_FIRST
HEADER = ("Cari Kodu", "Fatura Tarihi", "Net Tutar")

Look = Callable[..., Peek]


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """Look at a text file of these lines; the keywords are options."""

    def look(*lines: str, rows: int = 20, **options: Any) -> Peek:
        path = tmp_path / "satis.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return looked(path, rows=rows, **options)

    return look


def looked(*paths: Path, rows: int = 20, **options: Any) -> Peek:
    found = peek_files(
        paths, [path.name for path in paths], ReadOptions(**options), rows=rows, progress=lambda *step: None
    )
    assert wire.peek_from_json(json.loads(json.dumps(wire.peek_to_json(found)))) == found
    return found


def only(found: Peek) -> PeekedSheet:
    (sheet,) = found.sheets
    return sheet


def asked(found: Peek) -> list[tuple[str, str | None]]:
    questions = [*found.questions, *(question for sheet in found.sheets for question in sheet.questions)]
    assert found.ready == (not questions)
    return [(question.decides, question.role) for question in questions]


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[Any]]], *, hidden: Sequence[str] = ()) -> Path:
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(at, column, cell, day)
                elif cell is not None:
                    sheet.write(at, column, cell)
    book.close()
    return path


def test_a_clear_file_is_told_with_its_mapping_and_what_is_understood(look: Look) -> None:
    found = look("KUZEY A.Ş. EKSTRE", "", ";".join(HEADER), "00C1;31.12.2024;1.234,50", "C2;03.04.2024;", rows=5)
    assert asked(found) == []
    sheet = only(found)
    assert (sheet.file, sheet.name, sheet.header_row, sheet.facts["delimiter"]) == ("satis.csv", "", 3, ";")
    assert [(row.row, row.cells[0]) for row in sheet.above] == [(1, "KUZEY A.Ş. EKSTRE"), (3, "Cari Kodu")]
    assert [(column.name, column.letter) for column in sheet.columns] == list(zip(HEADER, "ABC", strict=True))
    assert sheet.mapping == {Role.CUSTOMER: "Cari Kodu", Role.DATE: "Fatura Tarihi", Role.AMOUNT: "Net Tutar"}
    assert str(sheet.because[Role.CUSTOMER]) == "“Cari Kodu” is a known name"
    assert (sheet.missing, sheet.decimal, sheet.date_order, sheet.percent) == ((), ",", DMY, None)
    first, second = sheet.rows
    assert (first.row, first.cells) == (4, ("00C1", "31.12.2024", "1.234,50"))
    assert (first.amount, first.sold_on) == (1_234_5000, date(2024, 12, 31))
    assert first.amounts == {",": 1_234_5000, ".": None}
    assert first.days == {DMY: date(2024, 12, 31), MDY: None}
    assert (second.cells, second.amount) == (("C2", "03.04.2024", None), None)
    assert second.days == {DMY: date(2024, 4, 3), MDY: date(2024, 3, 4)}


def test_signs_and_dates_that_can_be_read_in_two_ways_are_two_questions_with_both_answers(look: Look) -> None:
    lines = (";".join(HEADER), "C1;03.04.2024;1.234", "C2;05.06.2024;2.000")
    found = look(*lines)
    assert asked(found) == [("decimal", None), ("date_order", None)]
    sheet = only(found)
    assert "can be read in two ways" in str(sheet.questions[0].sentence)
    assert (sheet.decimal, sheet.date_order) == (None, None)
    first = sheet.rows[0]
    assert (first.amount, first.sold_on) == (None, None)
    assert first.amounts == {",": 1_234_0000, ".": 1_2340}
    assert first.days == {DMY: date(2024, 4, 3), MDY: date(2024, 3, 4)}

    half = look(*lines, date_order=MDY)
    assert asked(half) == [("decimal", None)]
    assert (only(half).rows[0].amount, only(half).rows[0].sold_on) == (None, date(2024, 3, 4))

    decided = look(*lines, date_order=MDY, decimal=",")
    assert asked(decided) == []
    assert (only(decided).decimal, only(decided).date_order) == (",", MDY)
    assert (only(decided).rows[0].amount, only(decided).rows[0].sold_on) == (1_234_0000, date(2024, 3, 4))


def test_the_year_in_front_is_an_order_of_its_own_only_where_it_reads_a_row_otherwise(look: Look) -> None:
    found = look(";".join(HEADER), "C1;24.12.05;1,5")
    assert only(found).rows[0].days == {DMY: date(2005, 12, 24), MDY: None, YMD: date(2024, 12, 5)}


def test_an_amount_of_quantity_price_and_discount_is_read_both_ways(look: Look) -> None:
    found = look("Cari Kodu;Tarih;Miktar;Birim Fiyat;İskonto %", "C1;2024-12-31;2;1.500;10")
    sheet = only(found)
    assert (sheet.missing, asked(found)) == ((), [("decimal", None)])
    assert sheet.rows[0].amounts == {",": 2_700_0000, ".": 2_7000}
    decided = only(look("Cari Kodu;Tarih;Miktar;Birim Fiyat;İskonto %", "C1;2024-12-31;2;1.500;10", decimal="."))
    assert (decided.rows[0].amount, decided.percent) == (2_7000, True)


def test_a_column_that_nobody_can_name_is_a_question_and_the_others_are_told(look: Look) -> None:
    lines = ("Kim;Fatura Tarihi;Net Tutar;Maliyet;Maliyet", "A;31.12.2024;1,5;1;2", "A;30.12.2024;2,5;1;2")
    found = look(*lines)
    sheet = only(found)
    assert asked(found) == [("columns", Role.CUSTOMER), ("columns", Role.COST)]
    assert sheet.missing == (Role.CUSTOMER,)
    assert sheet.mapping == {Role.DATE: "Fatura Tarihi", Role.AMOUNT: "Net Tutar"}
    assert (sheet.rows[0].amount, sheet.rows[0].sold_on) == (1_5000, date(2024, 12, 31))
    decided = look(*lines, columns={Role.CUSTOMER: "Kim", Role.COST: "[D]"})
    assert asked(decided) == []
    assert [column.name for column in only(decided).columns] == ["Kim", "Fatura Tarihi", "Net Tutar", "[D]", "[E]"]


def test_a_column_that_is_not_there_is_one_question(look: Look) -> None:
    found = look(";".join(HEADER), "C1;31.12.2024;1,5", columns={Role.AMOUNT: "Brüt", Role.REGION: "Bölge"})
    assert asked(found) == [("columns", Role.AMOUNT), ("columns", Role.REGION)]
    sheet = only(found)
    assert sheet.missing == (Role.AMOUNT,)
    # The day can be told all the same.
    assert sheet.rows[0].days[DMY] == date(2024, 12, 31)
    assert sheet.rows[0].amounts == {}


@pytest.mark.parametrize(
    ("options", "decides"),
    [
        ({"header_row": 190}, "header_row"),
        ({"encoding": "klingon"}, "encoding"),
        ({"encoding": "euc_jp"}, "encoding"),
        ({"delimiter": "ab"}, "delimiter"),
    ],
)
def test_an_option_that_does_not_fit_is_a_question_and_the_file_is_shown_without_it(
    look: Look, options: dict[str, Any], decides: str
) -> None:
    found = look(";".join(HEADER), "Ş1;31.12.2024;1,5", **options)
    assert asked(found)[0] == (decides, None)
    shown = [row.cells for row in (*only(found).above, *only(found).rows)]
    assert ("Ş1", "31.12.2024", "1,5") in shown


def test_a_header_without_rows_is_a_question(look: Look) -> None:
    found = look(";".join(HEADER), delimiter=";")
    assert asked(found) == [("header_row", None)]
    assert only(found).above[0].cells == HEADER


ROWS = [HEADER, ("C1", date(2024, 12, 31), 1.5), ("C2", date(2024, 12, 30), 2.5)]


def test_every_sheet_of_a_workbook_can_be_chosen(tmp_path: Path) -> None:
    notes = [("Not",), ("Yıl sonu, kapanış",)]
    path = workbook(tmp_path / "a.xlsx", {"Satış, 2024": ROWS, "Notlar": notes, "Eski": ROWS}, hidden=["Eski"])
    found = looked(path)
    assert asked(found) == []
    assert [(sheet.name, sheet.hidden, sheet.chosen) for sheet in found.book_sheets] == [
        ("Satış, 2024", False, True),
        ("Notlar", False, False),
        ("Eski", True, False),
    ]
    assert only(found).rows[0].cells == ("C1", "2024-12-31", "1.5")
    assert only(found).rows[0].amounts == {",": 1_5000, ".": 1_5000}
    assert [sheet.chosen for sheet in looked(path, sheet="Eski").book_sheets] == [False, False, True]


def test_a_sheet_that_is_not_there_is_a_question_and_another_one_is_shown(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Satış": ROWS})
    found = looked(path, sheet="Satis")
    assert asked(found) == [("sheet", None)]
    assert only(found).rows[0].sold_on == date(2024, 12, 31)


def test_a_workbook_of_hidden_sheets_asks_which(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Boş": [], "Satış": ROWS}, hidden=["Satış"])
    found = looked(path)
    assert asked(found) == [("header_row", None)]
    assert [(sheet.name, sheet.hidden) for sheet in found.book_sheets] == [("Boş", False), ("Satış", True)]
    assert asked(looked(path, sheet="Satış")) == []


def test_a_sheet_of_figures_alone_asks_for_its_header_and_is_shown(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Sayılar": [(1, 2.5, 3), (2, 3.5, 4), (3, 4.5, 5)]})
    found = looked(path)
    assert asked(found)[0] == ("header_row", None)
    assert [row.cells for row in only(found).rows] == [("1", "2.5", "3"), ("2", "3.5", "4"), ("3", "4.5", "5")]


def test_sheets_that_say_different_things_are_a_question_between_them(tmp_path: Path) -> None:
    one = tmp_path / "a.csv"
    one.write_text("Cari Kodu;Tarih;Net Tutar\nC1;31.12.2024;1,5\n", encoding="utf-8")
    other = tmp_path / "b.csv"
    other.write_text("Cari Kodu;Tarih;Net Tutar;Bölge\nC1;31.12.2024;1,5;Ege\n", encoding="utf-8")
    found = looked(one, other)
    assert asked(found) == [("columns", None)]
    assert "region" in str(found.questions[0].sentence)


def test_long_cells_are_cut_and_a_wide_sheet_shows_fewer_rows(tmp_path: Path) -> None:
    wide = tmp_path / "wide.csv"
    header = ";".join([*HEADER, *(f"x{at}" for at in range(3_000))])
    row = ";".join(["C1", "31.12.2024", "1,5", *["y" * 10] * 2_999, "z" * 1_000])
    wide.write_text("\n".join([header, *[row] * 30]), encoding="utf-8")
    sheet = only(looked(wide))
    assert len(sheet.rows) == 6
    assert {len(cell or "") for cell in sheet.rows[0].cells[3:]} == {10, 200}


def test_one_cell_far_below_decides_as_it_does_in_reading(look: Look) -> None:
    lines = [";".join(HEADER), *["C1;03.04.2024;1.234"] * 100_000, "C1;31.04.2024;1,5", "C1;30.04.2024;12,5"]
    found = look(*lines)
    assert asked(found) == []
    assert (only(found).decimal, only(found).date_order) == (",", DMY)
    assert only(found).rows[0].amount == 1_234_0000


def large(path: Path, rows: int, *, last: str = "1,5") -> Path:
    """A workbook whose sheet is cut for a look: numbers as text, the header in two lines under merged areas."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Satış")
    sheet.merge_range(0, 0, 0, 1, "Cari")
    sheet.write_row(0, 2, ["Fatura", "Tutar"])
    sheet.write_row(1, 0, ["Kodu", "Ünvanı", "Tarihi", "Net"])
    for at in range(rows):
        amount = last if at == rows - 1 else "1.234"
        sheet.write_row(at + 2, 0, [f"C{at % 90}", f"Müşteri & Oğulları <{at}>", "2024-12-31", amount])
    book.add_worksheet("Notlar").write(0, 0, "x")
    book.close()
    return path


def test_of_a_large_sheet_no_more_is_read_than_is_looked_at(tmp_path: Path) -> None:
    path = large(tmp_path / "a.xlsx", 20_000)
    (cut,) = open_sheets([path], ReadOptions(sheet="Satış"), most=1_000)
    (whole,) = open_sheets([path], ReadOptions(sheet="Satış"))
    assert (cut.header, cut.header_row, cut.facts) == (whole.header, whole.header_row, whole.facts)
    (first,) = list(cut.chunks())
    every = next(whole.chunks())
    assert len(first.rows) == 1_000
    assert first.rows.equals(every.rows.slice(0, 1_000))
    for some, all_of_it in zip(first.columns, every.columns, strict=True):
        assert some.to_pylist() == all_of_it.slice(0, 1_000).to_pylist()
    assert cut.counted().rows == 1_000


@pytest.mark.long
def test_where_the_beginning_of_a_large_sheet_does_not_decide_all_of_it_is_looked_at(tmp_path: Path) -> None:
    path = large(tmp_path / "a.xlsx", 20_000)
    assert asked(looked(path)) == []
    assert only(looked(path)).decimal == ","
    undecided = large(tmp_path / "b.xlsx", 20_000, last="2.345")
    assert asked(looked(undecided)) == [("decimal", None)]


@pytest.mark.long
def test_a_look_finds_what_reading_finds(tmp_path: Path) -> None:
    from anahtar.demo.files import write_demo

    write_demo(tmp_path / "demo")
    for path in sorted((tmp_path / "demo" / "sales").iterdir()):
        staging = tmp_path / path.stem
        staging.mkdir()
        options = ReadOptions(currency="TRY", rates=str(tmp_path / "demo" / "rates.csv"))
        draft, found = read([path], options, staging), peek([path], options)
        sheet = only(found)
        assert asked(found) == []
        assert {role.value: name for role, name in sheet.mapping.items()} == dict(draft.mapping)
        assert {role.value: why for role, why in sheet.because.items()} == dict(draft.because)
        (file,) = draft.files
        assert file.facts["date order"] == sheet.date_order
        assert file.facts.get("decimal sign of amount", sheet.decimal) == sheet.decimal
        assert len(sheet.rows) == 20


def test_what_no_option_helps_against_is_refused(tmp_path: Path) -> None:
    pdf = tmp_path / "a.csv"
    pdf.write_bytes(b"%PDF-1.7")
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"\0" * (64 << 20))
    for path in (pdf, locked, bomb, tmp_path / "nowhere.csv"):
        with pytest.raises(Refusal):
            peek([path], ReadOptions())


def test_a_look_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    path = workbook(tmp_path / "a.xlsx", {"Satış": ROWS})
    told: list[tuple[str, int, int]] = []
    found = peek([path], ReadOptions(), names=["yüklenen.xlsx"], rows=1, on_progress=lambda *step: told.append(step))
    assert [sheet.file for sheet in found.sheets] == ["yüklenen.xlsx"]
    assert len(only(found).rows) == 1
    assert told == [("looking", 0, 1)]
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_gzip_inside_an_archive_is_looked_at_as_well(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("2024/satis.csv", ";".join(HEADER) + "\nC1;31.12.2024;1,5\n")
        archive.writestr("okuma.txt~", "x")
        archive.write(workbook(tmp_path / "in.xlsx", {"Satış": ROWS}), "in.xlsx")
    path = tmp_path / "all.zip"
    path.write_bytes(inner.getvalue())
    found = looked(path)
    assert [sheet.file for sheet in found.sheets] == ["all.zip/2024/satis.csv", "all.zip/in.xlsx"]
    assert [sheet.file for sheet in found.book_sheets] == ["all.zip/in.xlsx"]


@pytest.mark.parametrize("told", [None, [], {}, {"sheets": [{}], "book_sheets": [], "questions": []}, "x"])
def test_nonsense_from_the_child_is_named_as_such(told: Any) -> None:
    with pytest.raises(wire.MalformedWire):
        wire.peek_from_json(told)


def test_columns_behind_the_last_header_are_there_to_be_named(tmp_path: Path) -> None:
    one, other = ("A", date(2024, 12, 30), "-", 1.5, "x"), ("B", date(2024, 12, 31), "-", 2.5, "y")
    rows = [("Kim", "Fatura Tarihi", "Not"), *[one, other] * 3]
    path = workbook(tmp_path / "a.xlsx", {"Satış": rows})
    found = looked(path)
    assert [column.name for column in only(found).columns] == ["Kim", "Fatura Tarihi", "Not", "[D]", "[E]"]
    # The only column of codes that repeat; another one can be named.
    assert (asked(found), only(found).mapping[Role.CUSTOMER], only(found).mapping[Role.AMOUNT]) == ([], "[E]", "[D]")
    (tmp_path / "batch").mkdir()
    draft = read([path], ReadOptions(columns={Role.CUSTOMER: "Kim", Role.AMOUNT: "[D]"}), tmp_path / "batch")
    assert (draft.tally.accepted, draft.tally.amount, draft.mapping["customer"]) == (6, 12_0000, "Kim")
