"""report.xlsx opens everywhere, holds no formula, and says what the analysis says."""

import re
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from analyses import CUSTOMERS, crowd, small_analysis
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from anahtar.analysis import Analysis
from anahtar.report.workbook import accounts, problems, silence, write_workbook
from anahtar.report.workbook.book import TITLES, sheet_names
from anahtar.words import Words

TRAPS = (
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"),
    *("{=1+1}", "http://example.org", "mailto:a@example.org", "internal:'x'!A1", "0123", "1e5", "TRUE", "#REF!"),
    *("\x00\x01\x1f", "\ud800", "\ufffe", "_x0041_", "]]>", "<b>&amp;</b>", '&C&"Arial"', "'", "x" * 40_000),
)


def written(analysis: Analysis, folder: Path, language: str = "en", company: str | None = "Örnek A.Ş.") -> Path:
    path = folder / "report.xlsx"
    write_workbook(analysis, path, Words(language), company=company)  # type: ignore[arg-type]
    return path


def trapped() -> Analysis:
    """A trap for every name, code and group, for the texts of problems, for what files and columns are called."""
    analysis = small_analysis(
        [
            replace(
                CUSTOMERS[k % 6], code=f"{trap}{k}", name=trap, group=trap, state=("lapsed", "active")[k % 2], late=9
            )
            for k, trap in enumerate(trap for trap in TRAPS if "\ud800" not in trap)
        ],
        problems=len(TRAPS) - 1,
    )
    texts = pa.array([trap for trap in TRAPS if "\ud800" not in trap])
    listed = analysis.problems.set_column(4, "text", texts).set_column(0, "file", texts).set_column(3, "column", texts)
    (batch,) = analysis.batches
    source = replace(batch.files[0], name='=HYPERLINK("http://x")', facts={"sheet": "=1+1"})
    return replace(analysis, problems=listed, batches=(replace(batch, files=(source,), mapping={"date": "=1+1"}),))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return load(written(small_analysis(), tmp_path_factory.mktemp("small")))


@pytest.fixture(scope="module")
def trap_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(trapped(), tmp_path_factory.mktemp("trapped"), company='=1+1 &P "x"')


def load(path: Path) -> Workbook:
    # openpyxl says that it does not know two extensions of Excel 2010, solid data bars and small charts in cells.
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".* extension is not supported", category=UserWarning)
        return openpyxl.load_workbook(BytesIO(path.read_bytes()))


def texts(sheet: Worksheet) -> list[str]:
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def links(sheet: Worksheet) -> list[Hyperlink]:
    return [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink]


def listed(sheet: Worksheet, first_heading: str) -> list[dict[str, object]]:
    """The list under the header row that begins with a heading, up to the first empty row."""
    rows = [[cell.value for cell in row[1:]] for row in sheet.iter_rows()]
    at = next(number for number, row in enumerate(rows) if row and row[0] == first_heading)
    body = []
    for row in rows[at + 1 :]:
        if all(value is None for value in row):
            break
        body.append(dict(zip(rows[at], row, strict=True)))
    return body


def test_it_has_its_nine_sheets_in_order(book: Workbook) -> None:
    assert book.sheetnames == [
        *("Summary", "Key accounts", "All accounts", "ABC-XYZ matrix", "Migration"),
        *("Concentration", "Silence", "Problems", "Method"),
    ]


def test_every_account_stands_in_the_list_with_numbers_as_numbers_and_days_as_days(book: Workbook) -> None:
    rows = listed(book["All accounts"], "Rank")
    assert len(rows) == 16
    assert rows[0]["Code"] == "00120"
    assert rows[0]["Account"] == "Çelik Yapı Sanayi A.Ş."
    assert rows[0]["Revenue"] == 5_040_000
    assert rows[0]["Share"] == pytest.approx(5_040_000 / 17_234_000)
    assert rows[0]["Last purchase"] == datetime(2025, 12, 18)  # noqa: DTZ001 # cells know no time zone
    assert rows[0]["Key and type"] == "key · breadwinner"
    assert rows[2]["State"] == "at risk"
    assert rows[13]["Profit"] is None


def test_the_list_can_be_filtered_and_its_header_stays(book: Workbook) -> None:
    sheet = book["All accounts"]
    assert sheet.freeze_panes == "E6"
    assert sheet.auto_filter.ref.startswith("B5:")
    assert sheet.print_title_rows == "$5:$5"


def test_every_sheet_prints_across_an_a4_page(book: Workbook) -> None:
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        fitted = sheet.sheet_properties.pageSetUpPr
        assert (fitted is not None and fitted.fitToPage) or sheet.page_setup.scale
        assert "31 Dec 2025" in sheet.oddFooter.center.text
        assert "&P" in sheet.oddFooter.right.text or "&[Page]" in sheet.oddFooter.right.text


def test_the_summary_leads_to_every_sheet_and_every_sheet_back(book: Workbook) -> None:
    targets = {link.location for link in links(book["Summary"])}
    assert {f"'{name}'!A1" for name in book.sheetnames[1:]} <= targets
    for name in book.sheetnames[1:]:
        assert "'Summary'!A1" in {link.location for link in links(book[name])}


def test_charts_are_native_and_read_cells(book: Workbook) -> None:
    assert len(book["ABC-XYZ matrix"]._charts) == 2
    assert len(book["Concentration"]._charts) == 1
    pareto = book["ABC-XYZ matrix"]._charts[0]
    assert pareto.series[0].val.numRef.f == "'All accounts'!$F$6:$F$19"
    assert float(pareto.series[0].val.numRef.numCache.pt[0].v) == 5_040_000


def test_key_accounts_tell_why_with_what_is_met_and_what_is_not(book: Workbook) -> None:
    rows = listed(book["Key accounts"], "Code")
    assert [row["Code"] for row in rows] == ["00120", "00045", "00311", "00207"]
    why = str(rows[0]["Why: what is met (✓) and what is not (✗)"])
    assert why.startswith("✓ 29.2 % of 12-month revenue; border 10 %.\n✓ Class AX")
    assert rows[3]["Type"] == "key · breadwinner; candidate: expert"


def test_whom_to_call_first_is_decided_by_money_times_days(book: Workbook) -> None:
    """4,650,000 x 70 days before 1,320,000 x 214 days before 58,000 x 41 days; the lost one has nothing at stake."""
    rows = listed(book["Silence"], "Code")
    assert [(row["Code"], row["Days late"]) for row in rows] == [("00311", 70), ("00430", 214), ("00099", 41)]
    assert rows[0]["At stake"] == 4_650_000


def test_migration_shows_the_last_step_and_who_lost_class_a(book: Workbook) -> None:
    rows = listed(book["Migration"], "Code")
    assert [(row["Code"], row["A year ago"], row["Now"], row["Change"]) for row in rows] == [
        ("00430", "A", "B", -910_000),
        ("00512", "A", "B", 25_000),
    ]
    assert "The last step, to 31 Dec 2025" in texts(book["Migration"])


def test_concentration_stands_at_account_and_at_group_level(book: Workbook) -> None:
    rows = {row[1].value: (row[2].value, row[3].value) for row in book["Concentration"].iter_rows()}
    assert rows["top 1"] == (pytest.approx(5_040_000 / 17_234_000), pytest.approx(5_845_000 / 17_234_000))
    assert rows["without the largest account"] == (12_194_000, 11_389_000)
    assert rows["Accounts of positive value"] == (14, 13)


def test_method_names_every_setting_mapping_and_the_reconciliation(book: Workbook) -> None:
    said = " | ".join(texts(book["Method"]))
    for wanted in ("80/15/5", "95th percentile", "quarters", "Cari Ünvan", "cp1254", "117 rows", "17,234,000.00 TRY"):
        assert wanted in said
    rows = [[cell.value for cell in row[1:]] for row in book["Method"].iter_rows()]
    assert ["satışlar 2023-2025.csv", "rows", 10_412, 10_283, 117, 12] in rows


def test_problems_are_counted_by_kind_and_listed(book: Workbook) -> None:
    counts = {(row["Kind"], row["Verdict"]): row["Rows"] for row in listed(book["Problems"], "Kind")}
    assert counts["no customer (unassigned)", "set aside"] == 10
    assert len(listed(book["Problems"], "File")) == 40


def cells_of(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                yield archive.read(name).decode("utf-8")


def test_no_text_of_a_ledger_becomes_a_formula_or_an_outward_link(trap_path: Path) -> None:
    for sheet in load(trap_path):
        for row in sheet.iter_rows():
            assert not [cell.coordinate for cell in row if cell.data_type == "f"]
        assert all(link.location and not link.target for link in links(sheet))
    for xml in cells_of(trap_path):
        assert "<f>" not in xml
    with zipfile.ZipFile(trap_path) as archive:
        assert not [name for name in archive.namelist() if "externalLink" in name]


@pytest.mark.parametrize(
    "trap", ["=1+1", "+1", "@SUM(A1)", "\t=1", "＝1", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"]
)
def test_a_name_stays_the_text_it_is(trap_path: Path, trap: str) -> None:
    names = [row["Account"] for row in listed(load(trap_path)["All accounts"], "Rank")]
    assert trap in names


def test_what_xml_forbids_is_shown_and_breaks_nothing(trap_path: Path) -> None:
    names = [row["Account"] for row in listed(load(trap_path)["All accounts"], "Rank")]
    assert "␀␁␟" in names
    assert "�" in names


def test_half_a_character_from_a_broken_file_breaks_nothing(tmp_path: Path) -> None:
    """Arrow refuses it in a column; a company's name may come from anywhere."""
    book = load(written(small_analysis(), tmp_path, company="A\ud800\x00 & Co"))
    assert book["Summary"]["B1"].value == "A�␀ & Co"


def test_the_same_analysis_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    one, two = (written(small_analysis(), tmp_path / name).read_bytes() for name in ("one", "two"))
    assert one == two


def test_a_long_list_ends_at_its_cap_and_says_where_the_rest_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (accounts, silence, problems):
        monkeypatch.setattr(module, "ROWS", 10)
    book = load(written(small_analysis(crowd(30)), tmp_path))
    assert len(listed(book["All accounts"], "Rank")) == 10
    assert len(listed(book["Silence"], "Code")) == 10
    assert len(listed(book["Problems"], "File")) == 10
    assert any("The first 10 of 30 accounts" in text for text in texts(book["All accounts"]))
    assert any("problems.csv" in text for text in texts(book["Problems"]))


def test_an_analysis_of_almost_nothing_is_still_a_workbook(tmp_path: Path) -> None:
    """One customer, one purchase, no groups, no history, no problem, no name of a currency."""
    analysis = small_analysis(CUSTOMERS[10:11], problems=0)
    bare = replace(
        analysis,
        ledger=replace(analysis.ledger, currency=""),
        migration=(),
        group_concentration=None,
        key_accounts=(),
        notes=(),
        batches=(),
    )
    book = load(written(bare, tmp_path, company=None))
    assert "None: every row was taken as it stands." in texts(book["Problems"])
    assert "Group" not in [cell.value for cell in book["All accounts"][5]]


@pytest.mark.parametrize("language", ["tr", "en"])
def test_sheet_names_fit_into_excel_in_every_language(language: str) -> None:
    names = sheet_names(Words(language)).values()  # type: ignore[arg-type]
    assert len({name.casefold() for name in names}) == len(TITLES)
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)


def test_a_small_ledger_is_shown_with_its_cents(tmp_path: Path) -> None:
    tiny = [replace(one, months=tuple(month / 1000 for month in one.months)) for one in CUSTOMERS]  # type: ignore[misc]
    book = load(written(small_analysis(tiny), tmp_path))
    assert "0.00" in book["All accounts"]["F6"].number_format


@pytest.mark.slow  # seconds to minutes on a busy machine; the other readers stand above
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_libreoffice_reads_every_sheet(trap_path: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path), str(trap_path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    with zipfile.ZipFile(tmp_path / "report.ods") as archive:
        content = archive.read("content.xml").decode("utf-8")
    assert content.count("<table:table ") == 9
    assert "table:formula" not in content
