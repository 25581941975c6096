"""The portfolio of published ledgers says what the command line writes of the same files, in both languages."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from django.test import Client
from django.utils import translation

from anahtar.analysis.classing import CELL_NAMES
from anahtar.cli import main
from anahtar.ledger.store.store import Ledger
from anahtar.money import UNITS
from anahtar_web.insight.actions import analyse
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import money, number, share
from tests.anahtar.test_references import DATA, LEDGERS
from tests.anahtar_web.insight.conftest import add
from tests.anahtar_web.insight.pages import plain
from tests.anahtar_web.insight.test_portfolio import figures, measures, page

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.long,
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.is_dir(), reason="the published ledgers are not beside this checkout"),
]

SignedIn = Callable[[User], Client]


def statement(folder: Path) -> list[str]:
    return [str(DATA / "turkish-statement" / "tr_cari_ekstre_cp1254.csv")]


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.parametrize("name", [*LEDGERS, "turkish-statement"])
def test_the_portfolio_says_what_the_command_line_writes(
    name: str, language: str, tmp_path: Path, data: Path, director: User, signed_in: SignedIn
) -> None:
    file = {**LEDGERS, "turkish-statement": statement}[name](tmp_path)
    assert main(["analyze", *file, "--out", str(tmp_path / "report")]) == 0
    told = json.loads((tmp_path / "report" / "summary.json").read_text())
    add(Ledger.create(data / "ledger"), Path(file[0]))
    run = analyse(by=None)
    assert run is not None
    director.language = language
    director.save()
    answer = page(signed_in(director))
    with translation.override(language):
        _concentration(measures(answer), told["concentration"])
        _cells(answer, told)
        shown = list(figures(answer).values())
        standings = pq.read_table(tmp_path / "report" / "standings.parquet")
        for body, column in zip(shown, ["revenue", "profit"][: 2 if told["measure"] == "profit" else 1], strict=False):
            assert money(int(pc.sum(standings[column]).as_py() * UNITS), run.currency) in body, column


def _concentration(found: dict[str, list[str]], told: Any) -> None:
    assert found
    firsts = [cells[0] for cells in found.values()]
    assert firsts[:4] == [share(told[name]) for name in ("top1", "top3", "top5", "top10")]
    assert number(told["customers_for_80pct"]) in firsts
    assert number(told["hhi"], 3) in firsts


def _cells(answer: Any, told: Any) -> None:
    text = answer.content.decode().partition('<table class="heat"')[2].partition("</table>")[0]
    counts = re.findall(r'title="(\w\w) · .*?<b>(.*?)</b>', text, re.S)
    assert {cell: plain(count) for cell, count in counts} == {cell: number(told["matrix"][cell]) for cell in CELL_NAMES}
