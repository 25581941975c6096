"""A ledger grows import by import, tells what is in it, and gives each import back."""

import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from anahtar.cli import main

JANUARY = "customer,date,invoice,amount\n0012,2024-01-05,A1,10.50\n0013,2024-01-25,A2,11.25\n"
FEBRUARY = "customer,date,invoice,amount\n0012,2024-02-05,A3,20.00\n,2024-02-25,A4,1.00\n"


@pytest.fixture
def ledger(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    for name, text in (("january.csv", JANUARY), ("february.csv", FEBRUARY)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert main(["ledger", "add", str(tmp_path / "ledger"), str(tmp_path / name), "--lang", "en"]) == 0
    capsys.readouterr()
    return tmp_path / "ledger"


def batches(ledger: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert main(["ledger", "list", str(ledger), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    return re.findall(r"^\d{4}-\w+", said, flags=re.MULTILINE)


def test_it_lists_what_was_added(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(batches(ledger, capsys)) == 2


def test_the_same_file_twice_is_said_and_adds_nothing(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", "add", str(ledger), str(ledger.parent / "january.csv"), "--lang", "en"]) == 1
    assert "january.csv" in capsys.readouterr().err
    assert len(batches(ledger, capsys)) == 2


def test_the_same_lines_in_another_file_are_known_too(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    header, first, second = JANUARY.splitlines()
    again = ledger.parent / "again.tsv"
    again.write_text("\n".join((header, second, first)).replace(",", "\t") + "\n", encoding="utf-16")
    assert main(["ledger", "add", str(ledger), str(again), "--lang", "en"]) == 1
    assert len(batches(ledger, capsys)) == 2


def test_it_shows_a_batch_with_its_columns_and_problems(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = batches(ledger, capsys)[1]
    assert main(["ledger", "show", str(ledger), name, "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "february.csv" in said
    assert "customer" in said
    assert "unassigned" in said


def test_a_removed_batch_is_in_no_figure(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = batches(ledger, capsys)[0]
    assert main(["ledger", "remove", str(ledger), name, "--lang", "en"]) == 0
    assert len(batches(ledger, capsys)) == 1
    assert main(["analyze", str(ledger), "--out", str(ledger.parent / "out"), "--lang", "en"]) == 0
    assert "0013" not in (ledger.parent / "out" / "standings.csv").read_text(encoding="utf-8")


def test_a_damaged_batch_is_named_before_any_figure_is_shown(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = batches(ledger, capsys)[0]
    part = next((ledger / "batches" / name).rglob("lines/*.parquet"))
    changed = bytearray(part.read_bytes())
    changed[len(changed) // 2] ^= 1
    part.chmod(0o644)
    part.write_bytes(changed)
    assert main(["analyze", str(ledger), "--out", str(ledger.parent / "out"), "--lang", "en"]) == 1
    said = capsys.readouterr()
    assert name in said.err
    assert "Key accounts" not in said.out
    assert not (ledger.parent / "out" / "summary.json").exists()


def test_a_batch_nobody_made_is_refused(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", "remove", str(ledger), "no-such-batch", "--lang", "en"]) == 1
    assert "no-such-batch" in capsys.readouterr().err


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", "add", str(tmp_path / "ledger"), str(tmp_path / "gone.csv"), "--lang", "en"]) == 1
    assert "gone.csv" in capsys.readouterr().err


def test_every_sheet_that_is_added_up_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.Workbook()
    for title in ("Ocak", "Şubat"):
        sheet = book.create_sheet(title)
        sheet.append(["customer", "date", "amount"])
        for day in range(1, 9):
            sheet.append([f"c{day % 3}", date(2024, 1 if title == "Ocak" else 2, day), 10.5 * day])
    book.save(tmp_path / "two.xlsx")
    assert main(["ledger", "add", str(tmp_path / "L"), str(tmp_path / "two.xlsx"), "--lang", "tr"]) == 0
    said = capsys.readouterr().out
    assert "two.xlsx, Ocak sayfası" in said
    assert "two.xlsx, Şubat sayfası" in said


def test_what_was_found_of_a_file_is_told_in_turkish(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "a.csv"
    source.write_text("Cari Kodu;Tarih;Tutar\nc1;25.01.2024;10,50\nc2;26.01.2024;11,25\n", encoding="cp1254")
    assert main(["ledger", "add", str(tmp_path / "L"), str(source), "--lang", "tr"]) == 0
    assert main(["ledger", "show", str(tmp_path / "L"), "1", "--lang", "tr"]) == 0
    said = capsys.readouterr().out
    assert "başlık satırı: 1" in said
    assert "header row" not in said
