"""The doctor names what is wrong, and nothing where nothing is."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from anahtar_web.audit.doctor import run_checks
from anahtar_web.jobs.actions import enqueue
from anahtar_web.jobs.models import Job, State
from anahtar_web.ledgers.models import Import, StoredFile
from anahtar_web.operations import durability
from anahtar_web.people.models import User
from tests.houses import House


@pytest.fixture(autouse=True)
def _data(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "incoming"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()


def findings(name: str) -> str:
    (outcome,) = run_checks([name])
    return " ".join(outcome.faults)


@pytest.mark.django_db
def test_a_new_installation_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("doctor", "--json")
    told = json.loads(capsys.readouterr().out)
    assert len(told) >= 10
    assert [check["name"] for check in told if check["findings"]] == []


@pytest.mark.django_db
def test_jobs_that_nobody_takes_are_found(ana: User) -> None:
    enqueue("tests.do", by=ana)
    assert findings("jobs") == ""
    Job.objects.update(created_at=timezone.now() - timezone.timedelta(minutes=5))
    assert "anahtar-web work" in findings("jobs")
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", "jobs")
    assert ended.value.code == 1
    Job.objects.update(state=State.RUNNING, lease_until=timezone.now() - timezone.timedelta(minutes=5))
    assert "no sign of life" in findings("jobs")
    Job.objects.update(lease_until=timezone.now() + timezone.timedelta(minutes=1))
    assert findings("jobs") == ""


@pytest.mark.django_db
def test_files_that_are_gone_or_changed_are_found(ana: User, tmp_path: Path) -> None:
    of = Import.objects.create(by=ana)
    folder = tmp_path / "uploads" / str(of.pk)
    folder.mkdir(parents=True)
    for name in ("there", "changed", "gone"):
        StoredFile.objects.create(
            of=of,
            name=f"{name}.csv",
            stored=name,
            bytes=1,
            sha256="3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d",
        )
    (folder / "there").write_text("b")
    (folder / "changed").write_text("c")
    assert findings("files").count(".csv") == 2
    assert "changed.csv" in findings("files")
    assert "gone.csv" in findings("files")


@pytest.mark.django_db
def test_little_room_on_the_disk_is_found(settings: Any) -> None:
    settings.FREE_DISK_BYTES = 1 << 60
    assert "imports are refused" in findings("disk")


@pytest.mark.django_db
def test_what_was_left_behind_for_a_day_is_found(tmp_path: Path) -> None:
    for path in (tmp_path / "staging" / "77", tmp_path / ".backup-1-ab"):
        path.mkdir(parents=True)
    assert findings("leftovers") == ""
    for path in (tmp_path / "staging" / "77", tmp_path / ".backup-1-ab"):
        os.utime(path, (1e9, 1e9))
    assert "staging/77" in findings("leftovers")
    assert ".backup-1-ab" in findings("leftovers")


@pytest.mark.django_db
def test_a_damaged_ledger_is_found(tmp_path: Path) -> None:
    from anahtar.ledger.store.store import Ledger

    Ledger.create(tmp_path / "ledger")
    assert findings("ledger") == ""
    (tmp_path / "ledger" / "head.json").write_text("{}")
    assert "damaged" in findings("ledger")


@pytest.mark.long
@pytest.mark.skipif(bool(os.environ.get("ANAHTAR_DATABASE_URL")), reason="flips bytes of SQLite's file")
def test_a_flipped_page_of_the_database_is_found(home: House) -> None:
    home.python(
        "from anahtar_web.people.models import User\n"
        "[User.objects.create_user(f'{n}@kuzey.example', None, name='x' * 100) for n in range(200)]"
    )
    file = home.data / "anahtar.sqlite3"
    content = bytearray(file.read_bytes())
    at = content.rfind(b"150@kuzey.example")
    content[at - 300 : at - 200] = b"\xff" * 100
    file.write_bytes(content)
    process = home.command("doctor", "database")
    assert process.returncode == 1
    assert "✗ Database" in process.stdout
    assert "Traceback" not in process.stderr


# Acknowledged means stored ----------------------------------------------------------------------------------------


@pytest.fixture
def on() -> Iterator[Callable[[str], None]]:
    """Change a setting of the connection for a test."""

    def set_to(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    yield set_to
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_forgets_is_found_and_fails_the_check_for_deployment(on: Callable[[str], None]) -> None:
    from django.core.checks import run_checks as run_django_checks

    assert list(durability.faults()) == []
    on("PRAGMA synchronous = NORMAL" if connection.vendor == "sqlite" else "SET synchronous_commit = off")
    assert "synchronous" in " ".join(durability.faults())
    assert "synchronous" in findings("durability")
    found = run_django_checks(tags=["security"], include_deployment_checks=True)
    assert "anahtar.E001" in {message.id for message in found}
    with pytest.raises(durability.UnableToTrustDatabase):
        durability.refuse_forgetful()
