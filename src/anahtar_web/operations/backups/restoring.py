"""Putting a backup into an empty installation: every byte is checked before the first one counts."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from anahtar import __version__
from anahtar.ledger.store import durable
from anahtar_web.audit.anchors import FILE as ANCHORS
from anahtar_web.gate.refusals import Refused
from anahtar_web.operations.backups import manifest
from anahtar_web.operations.backups.archive import broken, copy_hashed, reading
from anahtar_web.operations.backups.manifest import MalformedManifest, Manifest, Member, from_json
from anahtar_web.operations.backups.taking import DATABASES
from anahtar_web.operations.preparing import known_migrations
from anahtar_web.privacy import journal as erasures

_FOLDERS: Final = ("ledger", "uploads", "files", "dropped", "runs")


class UnableToRestore(Refused):
    """The backup does not fit this installation, or the installation is not empty; nothing was restored."""


def restore(path: Path, *, passphrase: str = "") -> Manifest:
    """Fill an empty installation from a backup.

    Raises
    ------
    UnableToOpenBackup
        The file is not the whole, unchanged backup, or the passphrase is wrong.
    UnableToRestore
        Something is here already, or the backup is of a newer version or of another kind of database.
    """
    refuse_inhabited()
    with _folder() as folder:
        told = unpack(path, folder, passphrase=passphrase)
        refuse_unfitting(told)
        _move_in(folder, told)
    _compare_database(told)
    return told


def check(path: Path, *, passphrase: str = "") -> Manifest:
    """Read a backup to its end and compare every digest, without restoring anything."""
    with _folder() as folder:
        return unpack(path, folder, passphrase=passphrase)


def refuse_inhabited() -> None:
    """Refuse where there is anything: a restore never replaces.

    Raises
    ------
    UnableToRestore
        Names what is there.
    """
    there = [name for name in (*_FOLDERS, ANCHORS) if _holds_something(settings.DATA / name)]
    if connection.introspection.table_names():
        there.append(_("tables in the database"))
    connection.close()
    if there:
        raise UnableToRestore(
            _(
                "This installation is not empty: %(there)s. A backup is restored into a new data folder (ANAHTAR_DATA) "
                "and an empty database only."
            )
            % {"there": ", ".join(there)}
        )


def _holds_something(path: Path) -> bool:
    return path.is_file() or (path.is_dir() and any(below.is_file() for below in path.rglob("*")))


def refuse_unfitting(told: Manifest) -> None:
    """Refuse a backup that this version or this database cannot take.

    Raises
    ------
    UnableToRestore
        Says which version or database it needs.
    """
    newer = sorted(set(told.migrations) - known_migrations())
    if told.format > manifest.FORMAT or newer:
        raise UnableToRestore(
            _("This backup was made by version %(theirs)s; this one is older (%(ours)s). Install that version first.")
            % {"theirs": told.program, "ours": __version__}
        )
    if told.database != connection.vendor:
        raise UnableToRestore(
            _("This backup is of %(theirs)s, and this installation uses %(ours)s (ANAHTAR_DATABASE_URL).")
            % {"theirs": told.database, "ours": connection.vendor}
        )


@contextmanager
def _folder() -> Iterator[Path]:
    folder = settings.DATA / f".restoring-{os.getpid()}-{os.urandom(4).hex()}"
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def unpack(path: Path, folder: Path, *, passphrase: str) -> Manifest:
    """Unpack a backup into a folder, and compare everything in it with its manifest.

    Raises
    ------
    UnableToOpenBackup
        Something is missing, too much or changed.
    """
    found: dict[str, Member] = {}
    with reading(path, passphrase) as members:
        for name, content in members:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            found[name] = copy_hashed(content, target)
    told = _manifest(folder, found)
    for name in sorted(set(told.members) | set(found)):
        if told.members.get(name) != found.get(name):
            raise broken(_("%(name)s is not what was backed up") % {"name": name})
    return told


def _manifest(folder: Path, found: dict[str, Member]) -> Manifest:
    """Read the manifest, which stands at the end: without it the file was cut off."""
    said, own = found.pop(manifest.SEAL, None), found.pop(manifest.NAME, None)
    if said is None or own is None:
        raise broken(_("its end is missing"))
    if (folder / manifest.SEAL).read_bytes() != own.sha256.encode():
        raise broken(_("its manifest was changed"))
    content = (folder / manifest.NAME).read_bytes()
    try:
        return from_json(content)
    except MalformedManifest as error:
        raise broken(str(error)) from error


def _move_in(folder: Path, told: Manifest) -> None:
    """Give everything its place; the database comes first, because a server may refuse it, and then nothing is here."""
    tools = DATABASES[connection.vendor]
    tools.fill(folder / tools.NAME)
    for name in _FOLDERS:
        if (folder / name).is_dir():
            shutil.rmtree(settings.DATA / name, ignore_errors=True)  # empty folders, as `refuse_inhabited` has seen
            durable.move_folder(folder / name, settings.DATA / name)
    if (settings.DATA / "ledger" / "head.json").exists():
        # An empty folder is in no archive.
        for name in ("batches", "manifests"):
            (settings.DATA / "ledger" / name).mkdir(exist_ok=True)
    # Added to ours, if there is one: it may name people that were erased after this backup.
    erasures.merge(erasures.read(folder / erasures.NAME))
    if (folder / ANCHORS).exists():
        os.replace(folder / ANCHORS, settings.DATA / ANCHORS)
        durable.sync(settings.DATA)


def _compare_database(told: Manifest) -> None:
    """Hash what the database holds now: a dump that was loaded in part would look like a small company."""
    now = DATABASES[connection.vendor].table_digests(tuple(told.tables))
    for name, table in told.tables.items():
        if now[name] != table:
            raise UnableToRestore(
                _("%(table)s is not what was backed up (%(now)s rows, not %(wanted)s). Do not use this installation.")
                % {"table": name, "now": now[name].rows, "wanted": table.rows}
            )
