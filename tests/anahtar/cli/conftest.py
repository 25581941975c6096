"""One demo company and one report of it for all tests of the command line."""

from pathlib import Path

import pytest

from anahtar.cli import main


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company")
    assert main(["demo", "--out", str(folder), "--lang", "en"]) == 0
    return folder


@pytest.fixture(scope="session")
def report(company: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("reports") / "report"
    asked = ["analyze", str(company / "sales"), "--rates", str(company / "rates.csv"), "--out", str(out)]
    assert main([*asked, "--lang", "en", "--company", "Kuzey"]) == 0
    return out
