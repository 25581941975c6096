"""Files, folders and archives: what is opened, what is left out, what is refused."""

import gzip
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from anahtar.ledger.files.archives import true_name
from anahtar.ledger.files.sources import UnableToFindFile, UnableToFindLedgers, UnableToReadFormat, open_sheets
from anahtar.ledger.options import ReadOptions
from anahtar.words import Refusal

TEXT = "Cari Kodu;Fatura Tarihi;Net Tutar\nC1;02.01.2024;1,50\nC2;03.01.2024;2,50\n"


def rows_of(path: Path) -> int:
    return sum(len(chunk.rows) for sheet in open_sheets([path], ReadOptions()) for chunk in sheet.chunks())


def table(codes: list[str]) -> pa.Table:
    return pa.table({"customer": codes, "amount": [1.0] * len(codes)})


def test_text_is_text_whatever_its_name_says(tmp_path: Path) -> None:
    path = tmp_path / "satis.xlsx"
    path.write_text(TEXT)
    (sheet,) = open_sheets([path], ReadOptions())
    assert sheet.facts["named"] == ".xlsx, but text by its content"
    assert rows_of(path) == 2


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf<html><table></table></html>",
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
        b"%PDF-1.7",
        b"\x00\x01\x02\x03" * 100,
    ],
)
def test_a_file_of_another_kind_is_refused_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "satis.xls"
    path.write_bytes(content)
    with pytest.raises(UnableToReadFormat, match=r"satis\.xls is .* save it as \.xlsx or as CSV"):
        open_sheets([path], ReadOptions())


def test_a_folder_gives_its_ledgers_by_name_and_says_what_it_left_out(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text(TEXT)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(TEXT.encode()))
    (tmp_path / "~$c.xlsx").write_bytes(b"lock")
    (tmp_path / "readme.md").write_text("x")
    sheets = open_sheets([tmp_path], ReadOptions())
    assert [sheet.file_name for sheet in sheets] == ["a.csv.gz", "b.csv"]
    assert sheets[0].facts["ignored"] == "readme.md, ~$c.xlsx"


def test_a_folder_of_parquet_is_one_table_whose_folder_names_are_columns(tmp_path: Path) -> None:
    for year, codes in (("2023", ["A"]), ("2024", ["B", "C"])):
        (tmp_path / f"year={year}").mkdir()
        pq.write_table(table(codes), tmp_path / f"year={year}" / "part.parquet")
    (sheet,) = open_sheets([tmp_path], ReadOptions())
    chunks = list(sheet.chunks())
    assert sheet.header == ["customer", "amount", "year"]
    assert [chunk.columns[2].to_pylist() for chunk in chunks] == [["2023"], ["2024", "2024"]]
    assert [chunk.rows.to_pylist() for chunk in chunks] == [[1], [2, 3]]
    assert sheet.counted().rows == sheet.counted().read == 3


def test_a_flipped_bit_in_checked_parquet_is_a_refusal(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(table(["A"] * 1000), path, write_page_checksum=True, compression="none", use_dictionary=False)
    content = bytearray(path.read_bytes())
    content[3000] ^= 1
    path.write_bytes(content)
    with pytest.raises(Refusal, match=r"a\.parquet"):
        rows_of(path)


def test_an_archive_gives_its_members_and_ignores_what_a_mac_adds(tmp_path: Path) -> None:
    book = BytesIO()
    workbook = openpyxl.Workbook()
    workbook.active.append(("Cari Kodu", "Net Tutar"))
    workbook.active.append(("C1", 1.0))
    workbook.save(book)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("satis.csv", TEXT)
        archive.writestr("eski/satis.xlsx", book.getvalue())
        archive.writestr("__MACOSX/._satis.csv", b"\0")
    sheets = open_sheets([tmp_path / "a.zip"], ReadOptions())
    assert [sheet.file_name for sheet in sheets] == ["a.zip/eski/satis.xlsx", "a.zip/satis.csv"]
    assert sheets[0].facts["ignored"] == "__MACOSX/._satis.csv"
    assert [sum(len(chunk.rows) for chunk in sheet.chunks()) for sheet in sheets] == [1, 2]


@pytest.mark.parametrize(("name", "code_page"), [("Продажи.csv", "cp866"), ("Satış Eylül.csv", "cp857")])
def test_names_of_members_are_read_in_the_code_page_of_their_country(name: str, code_page: str) -> None:
    assert true_name(zipfile.ZipInfo(name.encode(code_page).decode("cp437"))) == name


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnableToFindFile, match=r"none\.csv"):
        open_sheets([tmp_path / "none.csv"], ReadOptions())
    with pytest.raises(UnableToFindLedgers):
        open_sheets([tmp_path], ReadOptions())
