"""A backup while people write, restored on an empty machine, is what was there at one moment."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.houses import House

pytestmark = pytest.mark.long

LINES = "Müşteri;Tarih;Tutar\n0001 Acme;2024-0{month}-02;100,00\n0002 Birch;2024-0{month}-03;250,50\n"


def add_batch(house: House, folder: Path, month: int) -> None:
    """Add a batch to the house's ledger, as an import does at its end."""
    file = folder / f"sales-{month}.csv"
    file.write_text(LINES.format(month=month), encoding="utf-8")
    cli = "import sys; from anahtar.cli import main; sys.exit(main())"
    program = [sys.executable, "-c", cli, "ledger", "add", str(house.data / "ledger"), str(file)]
    done = subprocess.run(program, env=house.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def codes(house: House) -> list[str]:
    return house.python(
        "from anahtar_web.accounts.models import Account\n"
        "print('\\n'.join(Account.objects.order_by('code').values_list('code', flat=True)))"
    ).split()


def test_what_was_acknowledged_before_is_in_it_and_nothing_half(home: House, elsewhere: House, tmp_path: Path) -> None:
    add_batch(home, tmp_path, 1)
    journal = tmp_path / "journal"
    writer = home.start("-m", "tests.anahtar_web.operations.writer", str(journal), "50", stderr=None)
    while not journal.exists() or len(journal.read_text().split()) < 20:
        assert writer.poll() is None
        time.sleep(0.05)
    before = journal.read_text().split()
    home.done("backup", str(tmp_path / "backup"))
    after = journal.read_text().split()
    add_batch(home, tmp_path, 2)
    writer.kill()
    writer.wait()

    said = elsewhere.done("restore", str(tmp_path / "backup"))
    assert "every byte is as written" in said
    restored = codes(elsewhere)
    sent = [f"{number:06}" for number in range(1, len(after) + 2)]
    assert len(before) <= len(restored) <= len(after) + 1
    assert restored == sent[: len(restored)]
    entries = elsewhere.python("from anahtar_web.audit.models import Entry; print(Entry.objects.count())")
    assert int(entries) == len(restored)
    assert len(list((elsewhere.data / "ledger" / "manifests").iterdir())) == 1
    assert json.loads(elsewhere.done("doctor", "--json"))[0]["findings"] == []


def test_tables_and_ledger_of_a_quiet_house_are_equal_to_the_last_byte(
    home: House, elsewhere: House, tmp_path: Path
) -> None:
    add_batch(home, tmp_path, 1)
    home.python(
        "from django.conf import settings\n"
        "from anahtar_web.people.models import User\n"
        "User.objects.create_user('ana@kuzey.example', 'correct horse battery', name='Ana Işık')\n"
        "(settings.DATA / 'uploads' / '1').mkdir(parents=True)\n"
        "(settings.DATA / 'uploads' / '1' / 'abc').write_text('rows')"
    )
    (tmp_path / "pass").write_text("correct horse battery staple\n")
    sealed = ["--passphrase-file", str(tmp_path / "pass")]
    home.done("backup", str(tmp_path), *sealed)
    (file,) = tmp_path.glob("anahtar-*.tar.zst.sealed")
    elsewhere.done("restore", str(file), *sealed)
    assert digests(elsewhere) == digests(home)
    assert files(elsewhere) == files(home)
    assert (elsewhere.data / "uploads" / "1" / "abc").read_text() == "rows"


def digests(house: House) -> str:
    return house.python(
        "from django.db import connection\n"
        "from anahtar_web.operations.backups.taking import DATABASES\n"
        "names = sorted(set(connection.introspection.table_names()) - {'django_session'})\n"
        "print(DATABASES[connection.vendor].table_digests(names))"
    )


def files(house: House) -> dict[str, bytes]:
    kept = [*(house.data / "ledger").rglob("*"), *(house.data / "uploads").rglob("*")]
    return {str(path.relative_to(house.data)): path.read_bytes() for path in kept if path.is_file()}


def test_no_session_is_in_it(home: House, tmp_path: Path) -> None:
    home.python(
        "from django.contrib.sessions.backends.db import SessionStore\n"
        "session = SessionStore(session_key='CNRYsessionkey')\n"
        "session.save(must_create=True)"
    )
    home.done("backup", str(tmp_path / "backup"))
    whole = subprocess.run(["tar", "--zstd", "-xOf", tmp_path / "backup"], capture_output=True, check=True).stdout
    assert b"django_session" in whole
    assert b"CNRYsessionkey" not in whole


def test_nothing_is_restored_where_something_is(home: House, tmp_path: Path) -> None:
    home.done("backup", str(tmp_path / "backup"))
    refused = home.command("restore", str(tmp_path / "backup"))
    assert refused.returncode == 1
    assert "not empty" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_backup_replaces_no_file_and_leaves_none_behind_when_it_fails(home: House, tmp_path: Path) -> None:
    (tmp_path / "backup").write_text("somebody's")
    refused = home.command("backup", str(tmp_path / "backup"))
    assert "replaces nothing" in refused.stderr
    assert (tmp_path / "backup").read_text() == "somebody's"
    full = home.command("backup", str(tmp_path / "more"), preexec_fn=no_room)
    assert full.returncode == 1
    assert re.search("was not made|pg_dump failed", full.stderr)
    assert "Traceback" not in full.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup", "home"]
    assert not list(home.data.glob(".backup-*"))


def no_room() -> None:
    """Let no file grow beyond a few kilobytes, as a full disk would."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


@pytest.mark.skipif(not os.environ.get("ANAHTAR_DATABASE_URL"), reason="needs PostgreSQL: scripts/postgres.sh with …")
def test_the_password_of_the_database_is_on_no_command_line(home: House, tmp_path: Path) -> None:
    from urllib.parse import urlsplit

    process = home.start("-m", "anahtar_web", "backup", str(tmp_path / "backup"))
    seen = []
    while process.poll() is None:
        seen.append(subprocess.run(["ps", "axww", "-o", "args"], capture_output=True, text=True, check=True).stdout)
    assert any("pg_dump" in said for said in seen)
    assert not any(str(urlsplit(home.database_url).password) in said for said in seen)
