"""One command tells what was lost, on a page and as a file whose figures agree with each other."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from anahtar.cli import main


@pytest.fixture(scope="module")
def told(report: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The losses of the demo company, with everything a reader can decide."""
    path = tmp_path_factory.mktemp("losses") / "losses.json"
    options = ["--interest", "18.5", "--cost", "2500", "--json", str(path), "--lang", "en"]
    assert main(["losses", str(report / "ledger"), *options]) == 0
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_the_bridge_of_the_file_balances_to_the_last_place(told: dict[str, Any]) -> None:
    bridge = told["bridge"]
    amounts = {name: Decimal(one["amount"]) for name, one in bridge["buckets"].items()}
    assert Decimal(bridge["revenue_before"]) + sum(amounts.values()) == Decimal(bridge["revenue"])
    rows = bridge["accounts"]
    assert {name: one["accounts"] for name, one in bridge["buckets"].items()} == {
        name: sum(row["bucket"] == name for row in rows) for name in amounts
    }
    assert all(
        sum(Decimal(row["amount"]) for row in rows if row["bucket"] == name) == amounts[name] for name in amounts
    )


def test_months_are_restated_downwards_only(told: dict[str, Any]) -> None:
    assert any(month["lost_now"] < month["lost_then"] for month in told["months"])
    assert all(month["lost_now"] <= month["lost_then"] <= month["exposed"] for month in told["months"])
    assert all(Decimal(month["amount_now"]) <= Decimal(month["amount_then"]) for month in told["months"])


def test_the_successor_of_the_demo_company_is_no_loss(told: dict[str, Any]) -> None:
    (found,) = told["successors"]
    assert (found["by"], len(found["evidence"]) >= 2) == ("basket", True)
    lost = {row["code"] for row in told["bridge"]["accounts"] if row["bucket"] == "lost"}
    assert found["old"] not in lost | {one["code"] for one in told["win_back"]["accounts"]}


def test_what_an_account_stopped_buying_is_told(told: dict[str, Any]) -> None:
    assert told["partial_losses"]
    assert "Hidrolik" in {one["value_name"] for one in told["partial_losses"]}


def test_the_ranking_holds_those_that_stand_lost_by_what_they_are_worth(told: dict[str, Any]) -> None:
    worths = [Decimal(one["value"]) for one in told["win_back"]["accounts"] if one["value"] is not None]
    assert worths == sorted(worths, reverse=True)
    assert {one["cost"] for one in told["win_back"]["accounts"]} == {"2500.0000"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--criterion", "soon"], "--criterion soon"),
        pytest.param(
            ["--went-on", "nobody=somebody"], "No such account: nobody, somebody", marks=pytest.mark.long
        ),  # told by an analysis, as the next two
        pytest.param(["--without", "nobody"], "nobody has no revenue", marks=pytest.mark.long),
        (["--pays-later", "0001"], "CODE=DAYS"),
        pytest.param(["--before", "2099-01..2099-02"], "A bridge leads", marks=pytest.mark.long),
        (["--interest", "many"], "a percentage"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    options: list[str], said: str, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["losses", str(report / "ledger"), *options, "--lang", "en"]) == 1
    assert said in capsys.readouterr().err


@pytest.mark.long
@pytest.mark.parametrize("language", ["tr", "en"])
def test_the_page_is_made_from_files_too(company: Path, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["losses", str(company / "sales"), "--rates", str(company / "rates.csv"), "--lang", language]
    assert main([*asked, "--criterion", "120", "--by-group"]) == 0
    page = capsys.readouterr().out
    assert {"tr": "Geri dönüş yolu", "en": "The way back"}[language] in page
    assert {"tr": "herkese tanınan 120 günü aşan sessizlik", "en": "silence beyond the 120 days allowed to everybody"}[
        language
    ] in page
