"""Half a million rows through the pages, against what the command line says of the same file."""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from anahtar.money import to_decimal
from anahtar_web.insight.models import Run, Standing
from anahtar_web.ledgers.models import State
from anahtar_web.ledgers.pages.file import peek_of
from anahtar_web.ledgers.pages.mapping import chosen_columns
from tests.anahtar_web.ledgers.conftest import Work, only
from tests.anahtar_web.ledgers.steps import post

BOOK = Path(__file__).parents[4] / "shared" / "data" / "online-retail" / "online_retail.xlsx"

pytestmark = [pytest.mark.slow, pytest.mark.shared]


@pytest.fixture
def summary(tmp_path: Path) -> Any:
    """What `anahtar analyze online_retail.xlsx` writes."""
    if not BOOK.exists():
        pytest.skip(f"{BOOK} is absent")
    out = tmp_path / "report"
    command = [sys.executable, "-c", "from anahtar.cli import main; main()", "analyze", str(BOOK), "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    return json.loads((out / "summary.json").read_text())


def test_the_workbook_comes_in_whole_and_the_screens_agree_with_the_command_line(
    client: Client, work: Work, summary: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    took = {}

    def timed(name: str, *, analyse: bool = False) -> None:
        began = time.monotonic()
        work(analyse=analyse)
        took[name] = round(time.monotonic() - began, 1)

    began = time.monotonic()
    with BOOK.open("rb") as book:
        upload = SimpleUploadedFile(BOOK.name, book.read())
    client.post("/imports/new/", {"once": "retail-upload", "files": [upload]})
    took["upload"] = round(time.monotonic() - began, 1)
    timed("look")
    of = only()
    peek = peek_of(of)
    assert peek is not None
    chosen = {name: value for name, value in chosen_columns(of, peek).items() if value}
    post(client, "mapping", of, **chosen)
    timed("check")
    of = only()
    assert of.state == State.CHECKED
    page = client.get(f"/imports/{of.pk}/checks/").content.decode()
    ledger = summary["ledger"]
    for figure in ("rows_in_file", "rows_accepted", "rows_set_aside"):
        assert f"{ledger[figure]:,}" in page, figure
    for figure in ("amount_accepted", "unassigned_amount"):
        assert f"{float(ledger[figure]):,.2f}" in page, figure
    post(client, "confirm", of)
    timed("import")
    timed("analyse", analyse=True)
    assert only().state == State.IMPORTED

    run = Run.objects.get(current=True)
    assert run.customers == ledger["customers"]
    # The summary rounds to cents; some prices of the workbook have three decimals.
    assert f"{to_decimal(run.amount_accepted):.2f}" == f"{float(ledger['amount_accepted']):.2f}"
    assert run.unassigned_rows == ledger["unassigned_rows"]
    assert str(run.as_of) == summary["as_of"]
    for name, told in summary["abc"].items():
        assert Standing.objects.filter(abc=name).count() == told["customers"], name
    with capsys.disabled():
        child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
        mine = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        print(f"\n{took}, largest child {child} MB, this process {mine} MB")
