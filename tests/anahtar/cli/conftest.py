"""One demo company and one report of it for all tests of the command line."""

from functools import partial
from pathlib import Path

import pytest
from tests.shared import made_once

from anahtar.cli import main


@pytest.fixture(scope="session")
def company(shared_by_all: Path) -> Path:
    return made_once(shared_by_all, "company", _company)


def _company(folder: Path) -> Path:
    assert main(["demo", "--out", str(folder), "--lang", "en"]) == 0
    return folder


@pytest.fixture(scope="session")
def report(company: Path, shared_by_all: Path) -> Path:
    return made_once(shared_by_all, "report", partial(_report, company))


def _report(company: Path, folder: Path) -> Path:
    out = folder / "report"
    asked = ["analyze", str(company / "sales"), "--rates", str(company / "rates.csv"), "--out", str(out)]
    assert main([*asked, "--lang", "en", "--company", "Kuzey"]) == 0
    return out
