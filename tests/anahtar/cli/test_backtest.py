"""The backtest from the command line."""

from pathlib import Path

import pytest

from anahtar.cli import main


@pytest.mark.long
def test_the_backtest_of_the_demo_says_what_it_chose_and_why(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backtest", str(report / "ledger"), "--lang", "en"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Chosen for this ledger: " in said
    for part in ("days of silence", "revenue of the last year alone", "Pareto/NBD", "beyond 95 % of its own gaps"):
        assert part in said


@pytest.mark.long
def test_a_horizon_too_long_is_refused_with_what_would_do(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backtest", str(report / "ledger"), "--horizon", "400", "--lang", "en"]) == 1
    assert "a horizon of" in capsys.readouterr().err


def test_a_horizon_of_nothing_is_not_understood(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backtest", str(tmp_path), "--horizon", "0", "--lang", "en"]) == 1
    assert "--horizon 0" in capsys.readouterr().err


def test_a_file_of_a_month_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "sales.csv"
    file.write_text("customer,date,invoice,amount\n0012,2024-01-05,A1,10.50\n0013,2024-01-25,A2,11.25\n")
    assert main(["backtest", str(file), "--lang", "en"]) == 1
    assert "Add earlier sales" in capsys.readouterr().err
