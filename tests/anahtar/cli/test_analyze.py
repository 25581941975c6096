"""One command turns the exports of three years into a report whose files agree with each other."""

import csv
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from anahtar.cli import main


@pytest.fixture(scope="module")
def told(report: Path) -> dict[str, Any]:
    summary: dict[str, Any] = json.loads((report / "summary.json").read_text(encoding="utf-8"))
    return summary


def habit(told: dict[str, Any], report: Path, name: str) -> dict[str, Any]:
    """The standing of the first account of that name."""
    rows: list[dict[str, Any]] = pq.read_table(report / "standings.parquet").to_pylist()
    return next(row for row in rows if row["name"] == name)


def test_it_writes_every_file_of_the_report(report: Path) -> None:
    written = {path.name for path in report.iterdir()}
    assert written >= {
        *("report.html", "report.xlsx", "standings.parquet", "standings.csv"),
        *("problems.csv", "summary.json", "run.json", "ledger"),
    }


def test_every_row_of_the_three_files_is_accounted_for(told: dict[str, Any], company: Path) -> None:
    ledger = told["ledger"]
    assert ledger["rows_in_file"] == ledger["rows_accepted"] + ledger["rows_set_aside"] + ledger["rows_refused"]
    text = (company / "sales" / "satis-2023.csv").read_bytes().count(b"\n") - 5  # titles, header, total
    plain = (company / "sales" / "satis-2024.csv").read_bytes().count(b"\n") - 1
    book = openpyxl.load_workbook(company / "sales" / "satis-2025.xlsx", read_only=True)
    rows = sum(1 for row in book["Satışlar"].iter_rows(min_row=4, max_col=1, values_only=True))
    assert ledger["rows_in_file"] == text + plain + rows


def test_the_two_spoilt_cells_are_refused_and_listed_with_their_text(report: Path, told: dict[str, Any]) -> None:
    with (report / "problems.csv").open(encoding="utf-8-sig") as file:
        refused = [row for row in csv.reader(file) if "refused" in row]
    assert told["ledger"]["rows_refused"] == len(refused) == 2
    assert {"31.02.2024", "iptal"} == {cell for row in refused for cell in row} & {"31.02.2024", "iptal"}
    assert all("satis-2024.csv" in row for row in refused)


def test_the_group_is_a_dependence_although_none_of_its_companies_is(told: dict[str, Any]) -> None:
    assert told["concentration"]["top1"] < 0.20
    assert told["concentration_by_group"]["dependence"] == ["Marmara Holding"]


def test_the_breadwinner_is_named_with_its_evidence(told: dict[str, Any]) -> None:
    first = told["key_accounts"][0]
    assert first["name"] == "Anatolya Otomotiv San. ve Tic. A.Ş."
    assert "breadwinner" in first["types"]
    assert any("border 10.0 %" in reason for reason in first["reasons"])


def test_sums_of_the_standings_are_the_ledger_to_the_cent(report: Path, told: dict[str, Any], tmp_path: Path) -> None:
    out = tmp_path / "all"
    assert main(["analyze", str(report / "ledger"), "--out", str(out), "--window", "all", "--lang", "en"]) == 0
    revenue = pq.read_table(out / "standings.parquet", columns=["revenue"])["revenue"].to_pylist()
    accepted = Decimal(told["ledger"]["amount_accepted"])
    assert abs(sum((amount for amount in revenue if amount is not None), Decimal(0)) - accepted) < Decimal("0.005")


def test_the_page_needs_no_network(report: Path) -> None:
    page = (report / "report.html").read_text(encoding="utf-8")
    assert re.findall(r"""(?:src|href)=["'](?!#|data:)""", page) == []


@pytest.mark.long
def test_the_same_files_say_the_same_in_turkish(
    company: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "rapor"
    asked = [
        "analyze",
        str(company / "sales"),
        "--rates",
        str(company / "rates.csv"),
        "--out",
        str(out),
        "--lang",
        "tr",
    ]
    assert main(asked) == 0
    said = capsys.readouterr().out
    assert "Sütunlar şöyle okundu" in said
    assert "26.05" in said  # rows, grouped the Turkish way
    assert '<html lang="tr"' in (out / "report.html").read_text(encoding="utf-8")


def test_a_folder_with_other_things_in_it_is_left_alone(
    company: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.txt").write_text("three years of work")
    assert main(["analyze", str(company / "sales"), "--out", str(tmp_path), "--lang", "en"]) == 1
    assert "--out" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_currencies_are_never_added_one_to_one(
    company: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analyze", str(company / "sales"), "--out", str(tmp_path / "out"), "--lang", "en"]) == 1
    said = capsys.readouterr().err
    assert "EUR" in said
    assert "--rates" in said


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--window", "2024"),
        ("--window", "2024-05..2024-01"),
        ("--as-of", "yesterday"),
        ("--abc", "95/80"),
        ("--xyz", "a/b"),
        ("--xyz", "0.5/1.0"),
        ("--abc", "0.8/0.95"),
        ("--as-of", "31.02.2024"),
        ("--map", "customer"),
        ("--map", "nonsense=Cari Kodu"),
        ("--dates", "2020-01-01"),
    ],
)
def test_a_value_not_understood_is_refused_by_its_name(
    option: str, value: str, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "a.csv"
    source.write_text("customer,date,amount\nc1,2024-01-05,10.50\nc2,2024-01-25,11.25\n", encoding="utf-8")
    assert main(["analyze", str(source), "--out", str(tmp_path / "out"), option, value, "--lang", "en"]) == 1
    assert option in capsys.readouterr().err


def test_explain_tells_class_type_and_state_of_the_remembered_run(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", "0001", "--from", str(report), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "Anatolya Otomotiv" in said
    assert "breadwinner" in said.lower()
    assert "What changed and why\n  revenue " in said
    assert "new products: bought now and not a year ago" in said


def test_explain_says_when_the_ledger_holds_no_year_before(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sales = tmp_path / "sales.csv"
    sales.write_text("customer,date,amount\nacme,2025-01-05,10\nbirch,2025-12-31,20\n", encoding="utf-8")
    assert main(["analyze", str(sales), "--out", str(tmp_path / "out"), "--lang", "en"]) == 0
    assert main(["explain", "acme", "--from", str(tmp_path / "out"), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "There is nothing to compare with: the ledger begins in January 2025" in said


def test_explain_offers_the_nearest_when_the_account_is_unknown(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", "Anatolia Otomotif", "--from", str(report), "--lang", "en"]) == 1
    assert "Anatolya Otomotiv" in capsys.readouterr().err


def test_explain_says_when_there_is_no_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "0001", "--from", str(tmp_path), "--lang", "en"]) == 1
    assert "--from" in capsys.readouterr().err


@pytest.mark.long
def test_the_printed_criteria_can_be_given_back(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["criteria", "--lang", "en"]) == 0
    criteria = tmp_path / "criteria.toml"
    criteria.write_text(capsys.readouterr().out, encoding="utf-8")
    out = tmp_path / "out"
    asked = ["analyze", str(report / "ledger"), "--out", str(out), "--criteria", str(criteria), "--lang", "en"]
    assert main(asked) == 0
    as_before = json.loads((report / "summary.json").read_text(encoding="utf-8"))["key_accounts"]
    assert json.loads((out / "summary.json").read_text(encoding="utf-8"))["key_accounts"] == as_before


def test_explain_finds_a_misspelled_word_of_a_long_name(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "Anatolia", "--from", str(report), "--lang", "en"]) == 1
    assert "Anatolya Otomotiv San. ve Tic. A.Ş." in capsys.readouterr().err


def test_a_total_row_is_told_as_left_out_everywhere(report: Path) -> None:
    with (report / "problems.csv").open(encoding="utf-8-sig") as file:
        [total] = [row for row in csv.DictReader(file) if row["kind"].startswith("total row")]
    assert total["verdict"] == "left out"
    page = (report / "report.html").read_text(encoding="utf-8")
    assert re.search(r"total row, left out</th><td[^>]*>left out</td>", page)
