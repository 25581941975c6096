"""`--lapse` tells states by another criterion; without it nothing of the report is otherwise than it was."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from anahtar.cli import main

ONLINE_RETAIL = Path(__file__).parents[3].parent / "shared" / "data" / "online-retail" / "online_retail.csv.gz"

Column = list[str]


def summary(out: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    return told


def column(out: Path, name: str) -> list[Any]:
    values: list[Any] = (
        pq.read_table(out / "standings.parquet", columns=["code", name]).sort_by("code")[name].to_pylist()
    )
    return values


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (["--lapse-days", "60"], "--lapse-days would change nothing: add --lapse flat"),
        (["--lapse", "combined", "--lapse-days", "60"], "--lapse-days would change nothing: add --lapse flat"),
        (["--lapse", "flat", "--lapse-at-risk", "20"], "--lapse-at-risk would change nothing"),
        (
            ["--lapse", "flat", "--lapse-days", "29"],
            "--lapse-days 29: not understood. Write a number of days, 30 or more",
        ),
        (["--lapse", "flat", "--lapse-days", "-40"], "--lapse-days"),
        (["--lapse", "combined", "--lapse-at-risk", "0.3"], "--lapse-at-risk 0.3: not understood"),
        (["--lapse", "combined", "--lapse-lapsed", "100"], "--lapse-lapsed 100: not understood"),
        (["--lapse", "combined", "--lapse-lapsed", "nan"], "--lapse-lapsed nan: not understood"),
        (
            ["--lapse", "combined", "--lapse-at-risk", "60"],
            "--lapse-lapsed 50: not understood. Write a percentage above",
        ),
        (["--lapse", "guess"], "invalid choice"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_read(
    asked: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code = main(["analyze", str(tmp_path / "none.csv"), "--out", str(tmp_path / "out"), "--lang", "en", *asked])
    except SystemExit as ended:
        code = int(ended.code or 0)
    assert code in (1, 2)
    assert sentence in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "out").exists()


def test_without_it_states_are_told_by_the_calendar_and_the_report_says_so(report: Path) -> None:
    assert summary(report)["settings"]["lapse"] is None
    assert json.loads((report / "run.json").read_text())["lapse"] is None
    assert not any("Nobody bought from" in note for note in summary(report)["notes"])


@pytest.fixture(scope="module")
def combined(report: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the demo's ledger, all criteria together."""
    out = tmp_path_factory.mktemp("lapse") / "report"
    asked = ["--lapse", "combined", "--lapse-at-risk", "35", "--lapse-lapsed", "60%", "--lang", "en"]
    assert main(["analyze", str(report / "ledger"), "--out", str(out), *asked]) == 0
    return out


@pytest.mark.long
def test_with_it_the_states_are_those_of_the_criterion_and_nothing_else_is(report: Path, combined: Path) -> None:
    out = combined
    told, before = summary(out), summary(report)
    assert told["settings"]["lapse"] == {"criterion": "combined", "days": 90, "at_risk": 0.35, "lapsed": 0.6}
    assert any(note.startswith("Nobody bought from") for note in told["notes"])
    assert told["silence"] != before["silence"]
    assert sum(told["silence"].values()) == sum(before["silence"].values())
    same = set(told) - {"settings", "silence", "notes"}
    assert {name: told[name] for name in same} == {name: before[name] for name in same}
    assert column(out, "revenue") == column(report, "revenue")
    assert column(out, "state") != column(report, "state")


@pytest.mark.long
@pytest.mark.filterwarnings("ignore:.*is not supported and will be removed")  # what openpyxl does not draw
def test_workbook_and_page_say_which_criterion_held(combined: Path) -> None:
    out = combined
    sentence = "at risk from 35 %, lapsed from 60 % or beyond 3 expected intervals"
    assert sentence in (out / "report.html").read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    book = openpyxl.load_workbook(out / "report.xlsx", read_only=True)
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert any(sentence in cell for cell in cells)


@pytest.mark.long
def test_explain_remembers_the_criterion_and_tells_the_state_by_it(
    combined: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = combined
    code = next(
        row["code"]
        for row in pq.read_table(out / "standings.parquet").to_pylist()
        if row["state"] in ("at_risk", "lapsed")
    )
    capsys.readouterr()
    assert main(["explain", code, "--from", str(out), "--lang", "en"]) == 0
    assert "with a probability of" in " ".join(capsys.readouterr().out.split())


@pytest.mark.long
def test_the_terminal_says_which_criterion_held(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["analyze", str(report / "ledger"), "--out", str(tmp_path / "out"), "--lapse", "flat", "--lapse-days", "45"]
    assert main([*asked, "--lang", "en"]) == 0
    assert "States by the same days of silence for everybody" in capsys.readouterr().out
    assert main([*asked, "--lang", "tr"]) == 0
    assert "Durumların ölçütü: herkes için aynı sessizlik günü" in capsys.readouterr().out


@pytest.mark.shared
@pytest.mark.long
@pytest.mark.skipif(not ONLINE_RETAIL.is_file(), reason="the published ledger is not beside this checkout")
def test_on_online_retail_the_shop_s_christmas_is_no_silence(tmp_path: Path) -> None:
    """Nobody buys from 24 December 2010 to 3 January 2011: the only days closed; four criteria, four answers."""
    plain, told = tmp_path / "plain", {}
    assert main(["analyze", str(ONLINE_RETAIL), "--out", str(plain), "--lang", "en"]) == 0
    for kind in ("rhythm", "flat", "probability", "combined"):
        out = tmp_path / kind
        assert main(["analyze", str(plain / "ledger"), "--out", str(out), "--lapse", kind, "--lang", "en"]) == 0
        told[kind] = summary(out)
    closed = [note for note in told["rhythm"]["notes"] if note.startswith("Nobody bought from")]
    assert closed == [
        "Nobody bought from 24 Dec 2010 to 3 Jan 2011: these days are taken out of all gaps and silences."
    ]
    silences = [tuple(one["silence"].values()) for one in told.values()]
    assert len(set(silences)) == 4
    assert {sum(one) for one in silences} == {sum(summary(plain)["silence"].values())}
