"""A backup that was changed, cut off or sealed with another passphrase is refused; nobody restores half a company."""

import random
from pathlib import Path
from typing import Any

import pytest

from anahtar_web.operations.backups import manifest
from anahtar_web.operations.backups.archive import UnableToOpenBackup, writing
from anahtar_web.operations.backups.manifest import Manifest
from anahtar_web.operations.backups.passphrases import UnableToReadPassphrase, passphrase_in
from anahtar_web.operations.backups.restoring import UnableToRestore, check, refuse_unfitting
from anahtar_web.operations.backups.sealing import MAGIC

PASSPHRASE = "correct horse battery staple"


@pytest.fixture(autouse=True)
def _data(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()


def archive(folder: Path, passphrase: str = "", **changed: Any) -> Path:
    """A small backup: two files and the manifest that tells of them."""
    (folder / "one").write_bytes(random.Random(1).randbytes(200_000))
    (folder / "two").write_bytes(b"rows " * 5000)
    path = folder / "backup"
    with path.open("wb") as file, writing(file, passphrase) as out:
        out.add_file("database.sqlite3", folder / "one")
        out.add_file("ledger/batches/0001-a/lines.parquet", folder / "two")
        for name, content in changed.pop("smuggled", {}).items():
            out.add_bytes(name, content)
        told = Manifest("0.1.0", "2026-01-01T00:00:00+00:00", "sqlite", (), {}, changed.get("members", out.members), {})
        out.add_bytes(manifest.NAME, told.to_json())
        import hashlib

        out.add_bytes(manifest.SEAL, hashlib.sha256(told.to_json()).hexdigest().encode())
    return path


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_a_whole_backup_opens(tmp_path: Path, passphrase: str) -> None:
    assert set(check(archive(tmp_path, passphrase), passphrase=passphrase).members) == {
        "database.sqlite3",
        "ledger/batches/0001-a/lines.parquet",
    }


@pytest.mark.long
@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_one_flipped_bit_anywhere_is_refused_or_changes_nothing(tmp_path: Path, passphrase: str) -> None:
    path = archive(tmp_path, passphrase)
    whole = path.read_bytes()
    told = check(path, passphrase=passphrase)
    chance = random.Random(7)
    opened = 0
    for _ in range(20 if passphrase else 150):
        at = chance.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :])
        try:
            # Some bits of a tar mean nothing to us (times, owners); then everything else is as it was.
            assert check(path, passphrase=passphrase) == told
            opened += 1
        except UnableToOpenBackup:
            pass
    assert opened == 0 if passphrase else opened < 5


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_a_backup_that_was_cut_off_is_refused_wherever_it_was(tmp_path: Path, passphrase: str) -> None:
    path = archive(tmp_path, passphrase)
    whole = path.read_bytes()
    for length in (0, 5, len(MAGIC), 60, 70_000, len(whole) // 2, len(whole) - 600, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(UnableToOpenBackup):
            check(path, passphrase=passphrase)


def test_a_wrong_passphrase_is_told_from_a_changed_file(tmp_path: Path) -> None:
    path = archive(tmp_path, PASSPHRASE)
    with pytest.raises(UnableToOpenBackup, match="passphrase does not open"):
        check(path, passphrase="incorrect horse battery")
    with pytest.raises(UnableToOpenBackup, match="sealed"):
        check(path)


def test_a_sealed_backup_shows_nothing(tmp_path: Path) -> None:
    assert b"rows" not in archive(tmp_path, PASSPHRASE).read_bytes()


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "a/../../outside", "ledger/./x", "extra"])
def test_what_the_manifest_does_not_tell_of_is_refused_and_nothing_leaves_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnableToOpenBackup):
        check(archive(tmp_path, smuggled={name: b"x"}))
    assert not (tmp_path / "outside").exists()
    assert not (tmp_path / "data" / "outside").exists()


def test_what_the_manifest_tells_of_and_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnableToOpenBackup, match="not what was backed up"):
        check(archive(tmp_path, members={"runs/1/analysis.json": manifest.Member(1, "0" * 64)}))


def told(**changed: Any) -> Manifest:
    from dataclasses import replace

    return replace(Manifest("9.9.9", "2030-01-01T00:00:00+00:00", "sqlite", (), {}, {}, {}), **changed)


@pytest.mark.django_db
def test_a_backup_of_a_newer_version_or_another_database_is_refused() -> None:
    from django.db import connection

    refuse_unfitting(told(database=connection.vendor, migrations=("accounts.0001_first",)))
    with pytest.raises(UnableToRestore, match=r"9\.9\.9"):
        refuse_unfitting(told(database=connection.vendor, migrations=("accounts.9999_of_tomorrow",)))
    with pytest.raises(UnableToRestore, match=r"9\.9\.9"):
        refuse_unfitting(told(database=connection.vendor, format=2))
    with pytest.raises(UnableToRestore, match="ANAHTAR_DATABASE_URL"):
        refuse_unfitting(told(database="oracle"))


def test_a_passphrase_that_protects_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pass").write_text("short\n")
    with pytest.raises(UnableToReadPassphrase, match="12"):
        passphrase_in(tmp_path / "pass")
    with pytest.raises(UnableToReadPassphrase):
        passphrase_in(tmp_path / "absent")
