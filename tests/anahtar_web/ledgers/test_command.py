"""`anahtar-web import`: the same actions, at the terminal."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from anahtar_web.accounts.models import Account
from anahtar_web.audit.models import Entry
from anahtar_web.ledgers import queries
from anahtar_web.ledgers.models import SavedMapping, State
from tests.anahtar_web.ledgers.conftest import only, stored, text

pytestmark = pytest.mark.usefixtures("admin")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "ocak.csv"
    path.write_bytes(text())
    return path


def run(*arguments: Any) -> str:
    out = StringIO()
    call_command("import", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_a_file_is_imported_and_its_sums_are_told(export: Path, admin: Any, data: Path) -> None:
    told = run(export, "--yes")
    assert "Rows: 3 in the files = 3 accepted + 0 set aside + 0 refused" in told
    assert "Sum: 1,299.90 = 1,299.90 accepted" in told
    assert only().state == State.IMPORTED
    assert only().by == admin
    assert f"Imported as batch {only().batch}" in told
    assert len(queries.live_batches()) == 1
    assert Account.objects.filter(in_ledger=True).count() == 2
    assert Entry.objects.filter(verb="import.imported", by=admin).exists()
    assert [path.parent.name for path in stored(data)] == [str(only().pk)]


def test_without_a_yes_nothing_is_imported(export: Path, data: Path, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(CommandError, match="--yes"):
        run(export)
    assert only().state == State.CANCELLED
    assert queries.live_batches() == []
    assert stored(data) == []


def test_what_a_person_has_to_decide_is_refused_with_the_option(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text("1;A;01.02.2024;1.234", "2;B;03.04.2024;2.345", "1;A;05.06.2024;3.456"))
    with pytest.raises(CommandError, match=r"--decimal , or --decimal \.") as refusal:
        run(path, "--yes")
    assert "--date-order dmy or --date-order mdy" in str(refusal.value)
    assert only().state == State.CANCELLED
    run(path, "--yes", "--decimal", ",", "--date-order", "mdy")
    assert queries.live_batches()[0][1].tally.accepted_amount == 70_350_000


def test_a_saved_mapping_is_named_and_one_can_be_saved(export: Path, tmp_path: Path) -> None:
    run(export, "--yes", "--map", "customer=Cari Ünvanı", "--save-mapping", "Logo")
    assert SavedMapping.objects.get().name == "Logo"
    following = tmp_path / "subat.csv"
    following.write_bytes(text("9;Zeder Ltd.;21.03.2024;5,00"))
    told = run(following, "--yes", "--mapping", "Logo")
    assert "customer = Cari Ünvanı" in told


def test_the_same_file_again_is_refused(export: Path) -> None:
    run(export, "--yes")
    with pytest.raises(CommandError, match=r"ocak\.csv is here already"):
        run(export, "--yes")
    with pytest.raises(CommandError, match="already in the ledger"):
        run(export, "--yes", "--again")
    assert len(queries.live_batches()) == 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"none\.csv cannot be read"):
        run(tmp_path / "none.csv")


def test_it_speaks_the_terminals_language(export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.utils import translation

    with translation.override("tr"):
        assert "Satır: dosyalarda 3 = 3 kabul" in run(export, "--yes")
