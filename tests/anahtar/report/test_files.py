"""standings.parquet, standings.csv and problems.csv: exact for programs, harmless for spreadsheets."""

import csv
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from analyses import CUSTOMERS, small_analysis
from hypothesis import given
from hypothesis import strategies as st

from anahtar.analysis import STANDINGS, Analysis
from anahtar.money import to_units
from anahtar.report.files import write_problems, write_standings
from anahtar.report.harmless import guarded, printable, unguarded
from anahtar.words import Words

TRAPS = (
    *("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '"=1', '=HYPERLINK("http://x")'),
    *("=cmd|' /C calc'!A0", "a;=1", "'=1", "''+1", "\u200b=1", "\u00a0-1", "\ufeff@a", "\n\n=1", "－1"),
)
OBEYED = re.compile(r"[\s\u200b\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
"""What a spreadsheet may obey, written down once more beside the code it tests."""


def read(path: Path, sign: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=sign, strict=True))


def trapped() -> Analysis:
    """The small analysis with a trap for the name of each customer, and for the text of each problem."""
    analysis = small_analysis([replace(CUSTOMERS[k % 6], code=f"{k:03}", name=trap) for k, trap in enumerate(TRAPS)])
    texts = pa.array([TRAPS[k % len(TRAPS)] for k in range(analysis.problems.num_rows)])
    return replace(analysis, problems=analysis.problems.set_column(4, "text", texts))


def test_parquet_keeps_names_and_order_and_writes_money_as_decimals(tmp_path: Path) -> None:
    analysis = small_analysis()
    write_standings(analysis, tmp_path, Words("tr"))
    table = pq.read_table(tmp_path / "standings.parquet")
    assert table.column_names == STANDINGS.names
    assert table.column("code").to_pylist() == analysis.standings.column("code").to_pylist()
    assert table.schema.field("revenue").type == pa.decimal128(19, 4)
    assert table.column("revenue")[0].as_py() == Decimal("5040000.0000")
    assert table.column("profit").null_count == analysis.standings.column("profit").null_count
    assert table.schema.metadata[b"anahtar.currency"] == b"TRY"
    months = table.column("last12")[0].as_py()
    assert sum(months) == Decimal(5_040_000)


@pytest.mark.parametrize("amount", [Decimal("0.0001"), Decimal("-922337203685477.5807"), Decimal("170.4300"), None])
def test_no_amount_loses_a_digit_on_the_way_to_parquet(tmp_path: Path, amount: Decimal | None) -> None:
    analysis = small_analysis()
    units = None if amount is None else to_units(amount)
    column = pa.chunked_array([pa.array([units] * analysis.standings.num_rows, pa.int64())])
    place = STANDINGS.get_field_index("value_year_ago")
    table = analysis.standings.set_column(place, STANDINGS.field(place), column)
    write_standings(replace(analysis, standings=table), tmp_path, Words("en"))
    assert pq.read_table(tmp_path / "standings.parquet").column("value_year_ago")[0].as_py() == amount


def test_a_table_in_several_chunks_is_written_whole(tmp_path: Path) -> None:
    analysis = small_analysis()
    pieces = pa.concat_tables([analysis.standings.slice(0, 5), analysis.standings.slice(5)])
    write_standings(replace(analysis, standings=pieces), tmp_path, Words("en"))
    months = pq.read_table(tmp_path / "standings.parquet").column("last12").to_pylist()
    assert [[to_units(month) for month in of] for of in months] == analysis.standings.column("last12").to_pylist()


def test_turkish_csv_is_what_a_turkish_excel_opens(tmp_path: Path) -> None:
    write_standings(small_analysis(), tmp_path, Words("tr"))
    raw = (tmp_path / "standings.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    first = read(tmp_path / "standings.csv", ";")[0]
    assert first["code"] == "00120"
    assert first["name"] == "Çelik Yapı Sanayi A.Ş."
    assert first["revenue"] == "5040000,00"
    assert first["share"] == "0,292445"
    assert first["last_purchase"] == "2025-12-18"
    assert first["2025-01"] == "405000,00"
    assert first["abc_history"] == "A A A A A A A A A A A A A"


def test_english_csv_has_commas_and_points_and_every_column(tmp_path: Path) -> None:
    write_standings(small_analysis(), tmp_path, Words("en"))
    listed = read(tmp_path / "standings.csv", ",")
    assert len(listed) == 16
    assert listed[0]["revenue"] == "5040000.00"
    assert listed[0]["key"] == "true"
    months = [f"2025-{month:02}" for month in range(1, 13)]
    at = STANDINGS.names.index("last12")
    assert list(listed[0]) == [*STANDINGS.names[:at], *months, *STANDINGS.names[at + 1 :]]


def test_unknown_money_is_empty_and_not_zero(tmp_path: Path) -> None:
    write_standings(small_analysis(), tmp_path, Words("en"))
    cold = next(row for row in read(tmp_path / "standings.csv", ",") if row["name"] == "Kuzey Soğutma")
    assert cold["profit"] == ""


@pytest.mark.parametrize(("language", "sign"), [("tr", ";"), ("en", ",")])
def test_no_name_and_no_problem_text_is_a_command_to_a_spreadsheet(tmp_path: Path, language: str, sign: str) -> None:
    words = Words(language)  # type: ignore[arg-type]
    write_standings(trapped(), tmp_path, words)
    write_problems(trapped(), tmp_path, words)
    names = {row["code"]: row["name"] for row in read(tmp_path / "standings.csv", sign)}
    assert {code: unguarded(name) for code, name in names.items()} == {f"{k:03}": trap for k, trap in enumerate(TRAPS)}
    texts = [row["text"] for row in read(tmp_path / "problems.csv", sign)]
    assert not [text for text in [*names.values(), *texts] if OBEYED.match(text)]


def test_true_negative_numbers_stay_numbers(tmp_path: Path) -> None:
    write_standings(small_analysis(), tmp_path, Words("en"))
    returns = next(row for row in read(tmp_path / "standings.csv", ",") if row["name"] == "Doğu İade Hesabı")
    assert returns["revenue"] == "-18000.00"


def test_problems_are_listed_in_the_words_of_the_reader(tmp_path: Path) -> None:
    write_problems(small_analysis(), tmp_path, Words("en"))
    listed = read(tmp_path / "problems.csv", ",")
    assert len(listed) == 40
    assert listed[0] == {
        **{"file": "satışlar 2023-2025.csv", "sheet": "", "row": "8", "column": "Cari Kodu", "text": ""},
        **{"kind": "no customer (unassigned)", "verdict": "set aside", "amount": "100.1234"},
    }
    assert listed[2]["amount"] == ""


def test_a_ledger_without_problems_has_a_list_with_a_header_only(tmp_path: Path) -> None:
    path = write_problems(small_analysis(problems=0), tmp_path, Words("tr"))
    assert read(path, ";") == []
    assert path.read_text(encoding="utf-8-sig").startswith('"file";"sheet";"row"')


@given(st.text())
def test_a_guarded_text_obeys_nobody_and_comes_back_whole(text: str) -> None:
    assert not OBEYED.match(guarded(text))
    assert unguarded(guarded(text)) == text


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
def test_a_printable_text_is_one_that_xml_can_hold(text: str) -> None:
    assert not re.search(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]", printable(text))


def test_a_printable_text_shows_what_it_replaced() -> None:
    assert printable("Ad\x00\x1fı\r\n") == "Ad␀␟ı␍\n"
    assert len(printable("x" * 200_000)) == 32_767
