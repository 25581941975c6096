"""A run that is refused, interrupted or out of disk leaves what was there before, and nothing else."""

import errno
from pathlib import Path

import pytest

from anahtar.cli import analyze, main


@pytest.fixture
def small(tmp_path: Path) -> Path:
    source = tmp_path / "a.csv"
    lines = [f"c{n % 3},2024-{n % 12 + 1:02}-05,{n}.50" for n in range(1, 30)]
    source.write_text("customer,date,amount\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return source


def broken(tmp_path: Path) -> Path:
    source = tmp_path / "b.csv"
    source.write_text("nothing,here\nx,y\n", encoding="utf-8")
    return source


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.long
def test_a_refused_file_leaves_no_folder(tmp_path: Path) -> None:
    assert main(["analyze", str(broken(tmp_path)), "--out", str(tmp_path / "out"), "--lang", "en"]) == 1
    assert not (tmp_path / "out").exists()


def test_a_refused_file_leaves_the_report_before_it_whole(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["analyze", str(small), "--out", str(out), "--lang", "en"]) == 0
    before = everything_in(out)
    assert main(["analyze", str(broken(tmp_path)), "--out", str(out), "--lang", "en"]) == 1
    assert everything_in(out) == before
    assert main(["explain", "c1", "--from", str(out), "--lang", "en"]) == 0


@pytest.mark.long
def test_a_second_run_replaces_the_first_and_can_be_explained(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for _ in range(2):
        assert main(["analyze", str(small), "--out", str(out), "--lang", "en"]) == 0
    assert [path.name for path in (out / "ledger" / "manifests").iterdir()] == ["0001.json"]
    assert not [path.name for path in out.iterdir() if path.name.startswith(".")]
    assert main(["explain", "c1", "--from", str(out), "--lang", "en"]) == 0


@pytest.mark.long
def test_a_report_can_be_made_again_from_its_own_ledger(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["analyze", str(small), "--out", str(out), "--lang", "en"]) == 0
    assert main(["analyze", str(out / "ledger"), "--out", str(out), "--window", "all", "--lang", "en"]) == 0
    assert main(["explain", "c1", "--from", str(out), "--lang", "en"]) == 0


ACCIDENTS = [
    (KeyboardInterrupt(), 130),
    (RuntimeError("Query interrupted"), 130),  # what DuckDB makes of Ctrl-C
    (OSError(errno.ENOSPC, "No space left on device", "x"), 1),
]


@pytest.mark.long
@pytest.mark.parametrize(("accident", "status"), ACCIDENTS)
def test_an_accident_while_writing_leaves_no_folder(
    accident: BaseException, status: int, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise accident

    monkeypatch.setattr(analyze, "write_report", fails)
    assert main(["analyze", str(small), "--out", str(tmp_path / "out"), "--lang", "en"]) == status
    assert not (tmp_path / "out").exists()


def test_a_full_disk_is_said_in_the_readers_language(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "report.xlsx")

    monkeypatch.setattr(analyze, "write_report", fails)
    assert main(["analyze", str(small), "--out", str(tmp_path / "out"), "--lang", "tr"]) == 1
    assert capsys.readouterr().err == "report.xlsx: diskte yer kalmadı.\n"


@pytest.mark.long
def test_options_of_reading_are_refused_for_a_ledger(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["analyze", str(report / "ledger"), "--out", str(tmp_path / "out"), "--duplicates", "drop", "--lang", "en"]
    assert main(asked) == 1
    assert "--duplicates" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.long
def test_days_are_understood_as_turkish_readers_write_them(small: Path, tmp_path: Path) -> None:
    said = []
    for day, days in [("2024-10-31", "2024-01-01..2024-12-31"), ("31.10.2024", "01.01.2024..31.12.2024")]:
        out = tmp_path / day
        assert main(["analyze", str(small), "--out", str(out), "--as-of", day, "--dates", days, "--lang", "en"]) == 0
        said.append((out / "standings.csv").read_bytes())
    assert said[0] == said[1]
