"""Taking a backup while people work."""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from anahtar import __version__
from anahtar.ledger.store import durable
from anahtar.ledger.store.locks import locked
from anahtar_web.audit.anchors import FILE as ANCHORS
from anahtar_web.config.environment import PREFIX, SETTINGS
from anahtar_web.gate.refusals import Refused
from anahtar_web.operations.backups import manifest
from anahtar_web.operations.backups.archive import ArchiveWriter, writing
from anahtar_web.operations.backups.databases import postgresql, sqlite
from anahtar_web.operations.backups.links import link_tree
from anahtar_web.operations.backups.manifest import Manifest, Table
from anahtar_web.privacy import journal as erasures

DATABASES: Final[dict[str, Any]] = {"sqlite": sqlite, "postgresql": postgresql}


class UnableToBackUp(Refused):
    """The backup was not made; nothing of it was left."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the manifest tells of the snapshot."""

    at: datetime
    migrations: tuple[str, ...]
    tables: dict[str, Table]


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made."""

    path: Path
    bytes: int
    manifest: Manifest


def back_up(target: Path, *, now: datetime, passphrase: str = "") -> Made:
    """Write a backup of everything into a file, or into a folder under a name of its own.

    Pages answer and people write meanwhile; an import into the ledger waits until the moment of the snapshot is over.

    Raises
    ------
    UnableToBackUp
        The target cannot be written, or is there already.
    """
    path = target / _name(now, sealed=bool(passphrase)) if target.is_dir() else target
    if path.exists():
        raise UnableToBackUp(_("%(path)s is there already; a backup replaces nothing.") % {"path": path})
    if not path.parent.is_dir():
        raise UnableToBackUp(_("There is no folder %(path)s.") % {"path": path.parent})
    with _folder() as folder, _unfinished(path) as file:
        database, told = _snapshot(folder, now)
        with writing(file, passphrase) as archive:
            made = _packed(archive, folder, database, told)
        file.flush()
        os.fsync(file.fileno())
    return Made(path, path.stat().st_size, made)


def _name(now: datetime, *, sealed: bool) -> str:
    return f"anahtar-{now:%Y-%m-%dT%H%M%S}.tar.zst{'.sealed' if sealed else ''}"


@contextmanager
def _folder() -> Iterator[Path]:
    """Give a folder on the disk of the data, gone at the end."""
    folder = settings.DATA / f".backup-{os.getpid()}-{os.urandom(4).hex()}"
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _unfinished(path: Path) -> Iterator[Any]:
    """Open a file that gets its name when it is whole."""
    part = path.with_name(f".{path.name}.unfinished")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            yield file
        os.rename(part, path)
        durable.sync(path.parent)
    except (OSError, sqlite3.Error) as error:
        raise UnableToBackUp(
            _("The backup was not made: %(reason)s. Nothing of it was left.") % {"reason": error}
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _snapshot(folder: Path, now: datetime) -> tuple[Path, Told]:
    """Hold everything as it is at one moment, under second names in a folder.

    The ledger's lock is held from before the database's moment until its files have their second names: no batch
    comes or goes between the two, so what the database says is in the ledger is in it. Uploads, documents and runs,
    which may come and go, are named before and after. Anchors of the trail are copied first: one that is younger than
    the database would tell of an entry that the backup does not hold.
    """
    tools = DATABASES[connection.vendor]
    if (settings.DATA / ANCHORS).exists():
        shutil.copyfile(settings.DATA / ANCHORS, folder / ANCHORS)
    _link_changing(folder)
    with ExitStack() as held:
        if (settings.DATA / "ledger").is_dir():
            held.enter_context(locked(settings.DATA / "ledger", fcntl.LOCK_SH))
        with tools.snapshot(folder) as finish:
            link_tree(settings.DATA / "ledger", folder / "ledger", leave_out=lambda path: path.name.startswith("."))
            held.close()
            _link_changing(folder)
            _keep_run(folder / "runs", tools.current_run(folder))
            migrations = tuple(
                sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
            )
            database, tables = finish()
    if (journal := erasures.file()).exists():
        # After the database: who is gone from it has to be in the journal that goes along.
        shutil.copyfile(journal, folder / erasures.NAME)
    return database, Told(now, migrations, tables)


def _link_changing(folder: Path) -> None:
    for name in ("uploads", "files", "dropped", "runs"):
        link_tree(settings.DATA / name, folder / name)


def _keep_run(runs: Path, current: str) -> None:
    """Drop all runs but the one whose figures the pages show."""
    for path in list(runs.iterdir()) if runs.is_dir() else []:
        if path.name != current:
            durable.delete(path)


def _packed(archive: ArchiveWriter, folder: Path, database: Path, told: Told) -> Manifest:
    archive.add_file(database.name, database)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path != database and not path.name.startswith(f"{database.name}-"):
            archive.add_file(path.relative_to(folder).as_posix(), path)
    whole = Manifest(
        program=__version__,
        made_at=told.at.isoformat(),
        database=connection.vendor,
        migrations=told.migrations,
        tables=told.tables,
        members=archive.members,
        settings=_plain_settings(),
    )
    archive.add_bytes(manifest.NAME, whole.to_json())
    archive.add_bytes(manifest.SEAL, hashlib.sha256(whole.to_json()).hexdigest().encode())
    return whole


def _plain_settings() -> dict[str, str]:
    """Give the variables that are set and are no secrets."""
    plain = [PREFIX + setting.name for setting in SETTINGS if not setting.secret]
    return {name: os.environ[name] for name in plain if name in os.environ}
