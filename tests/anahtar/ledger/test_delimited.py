import csv
import gzip
import io
import re
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anahtar.ledger.options import ReadOptions
from anahtar.ledger.sheet import Sheet
from anahtar.ledger.text import delimited
from anahtar.ledger.text.delimited import UnableToCutCells, UnableToDecode, UnableToReadEmptyFile, open_text
from anahtar.ledger.text.encodings import UnableToFindEncoding, UnableToReadText
from anahtar.ledger.text.layout import (
    UnableToFindHeaderRow,
    UnableToReadColumns,
    UnableToUseDelimiter,
)
from anahtar.ledger.text.rows import UnableToCutRow

SHARED = Path(__file__).parents[3] / "../shared/data"
TODAY = ReadOptions()


def sheet_of(text: str | bytes, options: ReadOptions = TODAY, name: str = "sales.csv") -> Sheet:
    content = text.encode() if isinstance(text, str) else text
    return open_text(Path(name), options, opener=lambda: io.BytesIO(content))


def rows_of(sheet: Sheet) -> list[tuple[int, ...]]:
    """Line number and cells of every row."""
    rows = []
    for chunk in sheet.chunks():
        assert all(len(column) == len(chunk.rows) for column in chunk.columns)
        rows += list(zip(chunk.rows.to_pylist(), *(column.to_pylist() for column in chunk.columns), strict=True))
    return rows


def broken_of(sheet: Sheet) -> list[tuple[int, str]]:
    return [(row.row, str(row.reason)) for row in sheet.counted().broken]


def balances(sheet: Sheet) -> bool:
    counted = sheet.counted()
    return counted.rows == counted.read + len(counted.broken)


def test_rows_come_with_the_line_they_stand_on():
    sheet = sheet_of("customer;date;amount\nACME;31.12.2025;1.234,56\nBIRCH;;7\n")
    assert sheet.header == ("customer", "date", "amount")
    assert sheet.header_row == 1
    assert rows_of(sheet) == [(2, "ACME", "31.12.2025", "1.234,56"), (3, "BIRCH", None, "7")]
    assert balances(sheet)


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found(delimiter):
    text = "customer;amount;note\nACME;1;a\nBIRCH;2;b\n".replace(";", delimiter)
    assert rows_of(sheet_of(text)) == [(2, "ACME", "1", "a"), (3, "BIRCH", "2", "b")]


def test_commas_inside_numbers_are_no_delimiters():
    sheet = sheet_of("customer;amount\nACME;12,50\nBIRCH;7,25\n")
    assert rows_of(sheet) == [(2, "ACME", "12,50"), (3, "BIRCH", "7,25")]


def test_runs_of_blanks_part_cells():
    sheet = sheet_of(" id  date  amount\n 00001 19970101  1.00\n   \n 00002 19970112    12.00  \n", name="cdnow.txt")
    assert sheet.facts["delimiter"] == "blanks"
    assert rows_of(sheet) == [(2, "00001", "19970101", "1.00"), (4, "00002", "19970112", "12.00")]
    assert balances(sheet)


def test_one_column_of_sentences_stays_one_column():
    assert sheet_of("remark\nsent by post\ncame back on Monday, broken\n").header == ("remark",)


def test_titles_and_blank_rows_above_the_header_are_skipped():
    sheet = sheet_of('"SALES";;\n"from 1.1. to 31.12.";;\n\nCode;Name;Amount\nA;"x;y";1\nB;z;2\n')
    assert (sheet.header, sheet.header_row) == (("Code", "Name", "Amount"), 4)
    assert rows_of(sheet) == [(5, "A", "x;y", "1"), (6, "B", "z", "2")]


def test_a_file_without_header_is_all_data():
    sheet = sheet_of("A1;2025-01-01;10\nB2;2025-01-02;11\n")
    assert (sheet.header, sheet.header_row) == (("", "", ""), 0)
    assert [row[0] for row in rows_of(sheet)] == [1, 2]


def test_the_user_may_name_the_header_row():
    options = ReadOptions(header_row=2)
    sheet = sheet_of("a;b\nc;d\n1;2\n", options)
    assert (sheet.header, rows_of(sheet)) == (("c", "d"), [(3, "1", "2")])
    assert sheet_of("a;b\n1;2\n", ReadOptions(header_row=0)).header_row == 0
    with pytest.raises(UnableToFindHeaderRow, match="line 9"):
        sheet_of("a;b\n1;2\n", ReadOptions(header_row=9))


def test_the_user_may_name_the_delimiter():
    sheet = sheet_of("a,b;c\n1,2;3\n", ReadOptions(delimiter=","))
    assert rows_of(sheet) == [(2, "1", "2;3")]
    assert rows_of(sheet_of("a\tb\n1\t2\n", ReadOptions(delimiter="tab"))) == [(2, "1", "2")]
    with pytest.raises(UnableToUseDelimiter):
        sheet_of("a;b\n", ReadOptions(delimiter=";;"))


def test_a_first_line_may_declare_the_delimiter():
    assert rows_of(sheet_of("sep=|\na|b;c\n1|2;3\n")) == [(3, "1", "2;3")]


def test_duplicate_and_empty_headers_stay_as_they_stand():
    sheet = sheet_of("Kod;Tutar;;Tutar\nA;1;x;2\n")
    assert sheet.header == ("Kod", "Tutar", "", "Tutar")
    assert rows_of(sheet) == [(2, "A", "1", "x", "2")]


def test_a_header_of_two_lines_is_joined_by_a_blank():
    assert sheet_of('Kod;"Net\nTutar"\nA;1\n').header == ("Kod", "Net Tutar")


def test_the_text_null_stays_a_text():
    assert rows_of(sheet_of("a;b\nNULL;\nNA;1\n")) == [(2, "NULL", None), (3, "NA", "1")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", ["", "end"])
def test_every_kind_of_line_end_is_understood(end, last):
    text = end.join(["a;b", "1;2", "", "3;4"]) + (end if last else "")
    sheet = sheet_of(text)
    assert rows_of(sheet) == [(2, "1", "2"), (4, "3", "4")]
    assert balances(sheet)


def test_rows_with_nothing_but_delimiters_are_blank():
    sheet = sheet_of('a;b;c\n1;2;3\n;;\n"";"";""\n ; ;\n;\n4;5;6\n;;\n')
    assert [row[0] for row in rows_of(sheet)] == [2, 7]
    assert sheet.counted().rows == 2
    assert balances(sheet)


def test_quoted_cells_keep_delimiters_quotes_and_line_ends():
    sheet = sheet_of('a;b\n"x;""y"";\nz";1\n\nw;"2"\n')
    assert rows_of(sheet) == [(2, 'x;"y";\nz', "1"), (5, "w", "2")]
    assert balances(sheet)


def test_an_inch_sign_inside_a_cell_opens_nothing():
    sheet = sheet_of('a;b\n5" pipe;1\n"6"" pipe";2\n7" pipe;"x\ny"\n8;3\n')
    assert rows_of(sheet) == [(2, '5" pipe', "1"), (3, '6" pipe', "2"), (4, '7" pipe', "x\ny"), (6, "8", "3")]
    assert balances(sheet)


def test_a_stray_quote_breaks_its_row_and_is_told():
    """The quote before `pipe` closes only before `bolt`: both lines are one broken row."""
    sheet = sheet_of('a;b;c\n1;"pipe;2\n3;"bolt";4\n5;x;6\n7;y;8\n')
    assert [row[0] for row in rows_of(sheet)] == [4, 5]
    assert sheet.counted().broken[0].row == 2
    assert sheet.counted().broken[0].text == '1;"pipe;2\n3;"bolt";4'
    assert balances(sheet)


def test_a_quote_that_is_never_closed_is_refused_with_its_line():
    sheet = sheet_of('a;b\n1;2\n3;"open\n' + "5;6\n" * 10)
    with pytest.raises(UnableToCutRow, match="begins on line 3"):
        rows_of(sheet)


def test_single_quotes_are_found():
    text = "a;b\n" + "'x;y';'1'\n" * 5
    assert rows_of(sheet_of(text))[0] == (2, "x;y", "1")


def test_a_row_with_too_many_cells_is_broken():
    sheet = sheet_of("a;b\n1;2\n3;4;5\n6;7\n")
    assert [row[0] for row in rows_of(sheet)] == [2, 4]
    assert broken_of(sheet) == [(3, "3 cells instead of 2")]
    assert sheet.counted().broken[0].text == "3;4;5"
    assert balances(sheet)


def test_a_file_of_broken_rows_is_refused_as_a_whole(monkeypatch):
    monkeypatch.setattr(delimited, "MOST_BROKEN", 5)
    with pytest.raises(UnableToCutCells, match=r"6 rows .* at “;” \(the first on line 3: 3 cells instead of 2\)"):
        rows_of(sheet_of("a;b\n1;2\n" + "1;2;3\n" * 6 + "1;2\n" * 20))


def test_a_first_line_without_end_is_refused():
    with pytest.raises(UnableToCutRow, match="line 1 does not end within 4 MiB"):
        sheet_of(b"a;" * (3 << 20))


def test_half_a_letter_at_the_end_is_not_lost_unseen():
    with pytest.raises(UnableToDecode):
        rows_of(sheet_of("a;b\n1;2\n".encode("utf-16-le") + b"\x00", ReadOptions(encoding="utf-16-le")))


def test_empty_cells_behind_the_last_column_are_harmless():
    sheet = sheet_of("a;b\n1;2\n3;4;;\n6;7; \n")
    assert rows_of(sheet) == [(2, "1", "2"), (3, "3", "4"), (4, "6", "7")]
    assert balances(sheet)


def test_a_delimiter_at_the_end_of_every_row_but_the_header_is_harmless():
    sheet = sheet_of("a;b\n1;2;\n3;4;\n")
    assert (sheet.header, rows_of(sheet)) == (("a", "b", ""), [(2, "1", "2", None), (3, "3", "4", None)])


def test_a_row_with_too_few_cells_is_broken():
    sheet = sheet_of("a;b;c\n1;2;3\n4;5\n6;7;8\n")
    assert [row[0] for row in rows_of(sheet)] == [2, 4]
    assert broken_of(sheet) == [(3, "2 cells instead of 3")]
    assert balances(sheet)


def test_a_note_in_the_first_cell_is_read():
    sheet = sheet_of("a;b;c\n1;2;3\n4;5;6\nTOPLAM\n")
    assert rows_of(sheet)[-1] == (4, "TOPLAM", None, None)


def test_an_export_that_leaves_out_empty_cells_at_the_end_is_understood():
    sheet = sheet_of("a;b;note\n" + "1;2\n3;4;x\n" * 25 + "5;6\n")
    assert sheet.facts["short rows"] == "filled with empty cells"
    assert (len(rows_of(sheet)), rows_of(sheet)[-1]) == (51, (52, "5", "6", None))
    assert balances(sheet)


def test_a_last_row_that_was_cut_off_is_broken_even_then():
    sheet = sheet_of("a;b;note\n" + "1;2\n3;4;x\n" * 25 + "5;6")
    assert len(rows_of(sheet)) == 50
    assert broken_of(sheet) == [(52, "2 cells instead of 3")]


def test_a_cell_of_two_hundred_thousand_characters_is_read():
    long = "x" * 200_000
    sheet = sheet_of(f"a;b\n1;{long}\n2;y\n3;4;{long}\n")
    assert rows_of(sheet) == [(2, "1", long), (3, "2", "y")]
    assert len(sheet.counted().broken[0].text) == 1_000
    assert balances(sheet)


def test_two_hundred_thousand_columns_are_refused():
    with pytest.raises(UnableToReadColumns, match="200,000 columns"):
        sheet_of(";".join(f"c{i}" for i in range(200_000)) + "\n" + ";".join("1" for _ in range(200_000)) + "\n")


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_last_line_of_forty_megabytes_is_refused_with_its_line(end):
    sheet = sheet_of("a;b\n1;2\n" + "3;" + "x" * (40 << 20) + end)
    with pytest.raises(UnableToCutRow, match="line 3"):
        rows_of(sheet)


def test_a_zero_byte_is_no_text():
    with pytest.raises(UnableToReadText, match="line 3"):
        sheet_of(b"a;b\n1;2\n3;\x00\n")


def test_an_empty_file_is_refused():
    for text in (b"", b"\n\n", b"\xef\xbb\xbf"):
        with pytest.raises(UnableToReadEmptyFile):
            sheet_of(text)


def test_a_file_with_only_a_header_has_no_rows():
    sheet = sheet_of("customer;amount\n")
    assert rows_of(sheet) == []
    assert sheet.counted().rows == 0


@pytest.mark.parametrize(
    ("encoding", "fact"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 with BOM"),
        ("cp1254", "Windows-1254"),
        ("utf-16", "UTF-16 LE"),
        ("utf-16-le", "UTF-16 LE"),
        ("utf-16-be", "UTF-16 BE"),
    ],
)
def test_turkish_letters_survive_every_encoding(encoding, fact):
    sheet = sheet_of("Müşteri;Bölge\nĞIĞIŞ İnşaat;İzmir\n".encode(encoding))
    assert sheet.facts["encoding"] == fact
    assert (sheet.header, rows_of(sheet)) == (("Müşteri", "Bölge"), [(2, "ĞIĞIŞ İnşaat", "İzmir")])


def test_the_user_may_name_the_encoding():
    sheet = sheet_of("Имя;Сумма\nООО Заря;1\n".encode("cp866"), ReadOptions(encoding="cp866"))
    assert rows_of(sheet) == [(2, "ООО Заря", "1")]
    with pytest.raises(UnableToFindEncoding, match="klingon"):
        sheet_of("a;b\n", ReadOptions(encoding="klingon"))


def test_a_wrongly_named_wide_encoding_is_refused():
    sheet = sheet_of(b"a;b\n1;2\n3;4\n", ReadOptions(encoding="shift_jis"))
    assert rows_of(sheet) == [(2, "1", "2"), (3, "3", "4")]
    with pytest.raises(UnableToDecode):
        rows_of(sheet_of(b"a;b\n\xff\xff;4\n", ReadOptions(encoding="shift_jis")))


def test_a_late_broken_byte_in_utf8_breaks_its_own_row_only():
    text = ("a;b\n" + "ş;1\n" * 20_000).encode() + b"\xfe;2\n" + "ı;3\n".encode()
    sheet = sheet_of(text)
    rows = rows_of(sheet)
    assert (len(rows), rows[-1]) == (20_001, (20_003, "ı", "3"))
    assert broken_of(sheet) == [(20_002, "has bytes that are no text in UTF-8")]
    assert balances(sheet)


def test_a_late_turkish_byte_decides_for_the_whole_file():
    sheet = sheet_of(b"a;b\n" + b"x;1\n" * 300_000 + b"\xfe;2\n")
    assert sheet.facts["encoding"] == "Windows-1254"
    assert rows_of(sheet)[-1] == (300_002, "ş", "2")


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 16, 61, 1 << 20])
def test_rows_over_many_blocks_keep_their_lines(size, monkeypatch):
    """Quoted line ends, doubled quotes, CR LF, blank lines and odd rows fall on block borders."""
    monkeypatch.setattr(delimited, "BLOCK", size)
    part = 'ACME;"two\nlines";1\n\nBIRCH;"say ""so""";2\r\nCEDAR;5" pipe;3;4\n'
    sheet = sheet_of("name;text;n\n" + part * 4)
    assert rows_of(sheet) == [
        row
        for line in (2, 7, 12, 17)
        for row in [(line, "ACME", "two\nlines", "1"), (line + 3, "BIRCH", 'say "so"', "2")]
    ]
    assert [line for line, _ in broken_of(sheet)] == [6, 11, 16, 21]
    assert balances(sheet)


CELLS = st.text(alphabet='ab;"\n\r 1,ş', max_size=6)


@settings(deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12), st.integers(1, 40))
def test_whatever_is_written_properly_is_read_back(written, size):
    """Python's own writer quotes; its own reader says what the cells are."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL).writerows([["x", "y", "z"], *written])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "BLOCK", size)
        sheet = sheet_of(file.getvalue(), ReadOptions(delimiter=";", header_row=1, encoding="utf-8"))
        rows = [[cell or "" for cell in cells] for _, *cells in rows_of(sheet)]
    assert balances(sheet)
    assert [row for row in rows if any(re.sub(r'[;"\s]', "", cell) for cell in row)] == [
        row for row in written if any(re.sub(r'[;"\s]', "", cell) for cell in row)
    ]


@settings(deadline=None)
@given(st.text(alphabet='ab;"\n\r 1,ş', max_size=60), st.integers(1, 40))
def test_whatever_stands_in_a_file_it_balances_or_is_refused(text, size):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "BLOCK", size)
        sheet = sheet_of("x;y;z\n" + text, ReadOptions(delimiter=";", header_row=1))
        try:
            lines = [row[0] for row in rows_of(sheet)]
        except UnableToCutRow:
            return
    lines += [line for line, _ in broken_of(sheet)]
    assert balances(sheet)
    assert len(set(lines)) == len(lines)


def test_a_sheet_may_be_taken_twice():
    sheet = sheet_of("a;b\n1;2\n")
    assert rows_of(sheet) == rows_of(sheet)
    assert sheet.counted().read == 1


def test_texts_that_repeat_come_as_dictionaries():
    sheet = sheet_of("code;amount\n" + "".join(f"C{i % 7};{i}\n" for i in range(2_000)))
    types = [column.type for column in next(iter(sheet.chunks())).columns]
    assert types == [pa.dictionary(pa.int32(), pa.string()), pa.string()]


def test_compressed_text_is_read_through_its_opener(tmp_path):
    path = tmp_path / "sales.csv.gz"
    path.write_bytes(gzip.compress(b"a;b\n1;2\n"))
    sheet = open_text(path, TODAY, file_name="sales.csv.gz › sales.csv", opener=lambda: gzip.GzipFile(path))
    assert rows_of(sheet) == [(2, "1", "2")]
    assert (sheet.file, sheet.file_name, sheet.name) == (path, "sales.csv.gz › sales.csv", "")


def test_a_file_name_is_only_a_name(tmp_path):
    path = tmp_path / "glob_[a-z]*.csv"
    path.write_text("a;b\n1;2\n")
    assert rows_of(open_text(path, TODAY)) == [(2, "1", "2")]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "header_row", "rows", "broken"),
    [
        ("turkish-statement/tr_cari_ekstre_cp1254.csv", 4, 2157, 0),
        ("cdnow/CDNOW_master.txt", 1, 69_659, 0),
        ("cdnow/CDNOW_sample.txt", 0, 6_919, 0),
        ("northwind/orders.csv", 1, 830, 176),
        ("maven-crm/sales_pipeline.csv", 1, 8_800, 0),
        ("wholesale-customers/wholesale_customers.csv", 1, 440, 0),
    ],
)
def test_the_real_files_are_read_to_the_row(name, header_row, rows, broken):
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the checkout")
    sheet = open_text(path, TODAY)
    read = sum(len(chunk.rows) for chunk in sheet.chunks())
    assert (sheet.header_row, sheet.counted().rows, read, len(sheet.counted().broken)) == (
        header_row,
        rows,
        rows - broken,
        broken,
    )
