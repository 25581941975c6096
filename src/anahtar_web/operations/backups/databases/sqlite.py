"""SQLite: one statement copies the file as it is at one moment, while others go on writing."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from django.db import connection

from anahtar.ledger.store import durable
from anahtar_web.operations.backups.digests import TRANSIENT, digests
from anahtar_web.operations.backups.manifest import Table

NAME: Final = "database.sqlite3"


@contextmanager
def snapshot(folder: Path) -> Iterator[Callable[[], tuple[Path, dict[str, Table]]]]:
    """Copy the database into a folder; the moment of the snapshot lies inside the opening of the block.

    Gives a function that finishes the copy: it takes out what no backup holds, and hashes the tables.
    """
    copy = folder / NAME
    with closing(_opened(_file())) as source:
        source.execute("VACUUM INTO ?", [str(copy)])
    os.chmod(copy, 0o600)
    yield lambda: (copy, _finished(copy))


def current_run(folder: Path) -> str:
    """Name the run whose figures the pages show, in the snapshot."""
    with closing(_opened(folder / NAME)) as copy:
        if "insight_run" not in _tables(copy):
            return ""
        row = copy.execute('SELECT id FROM "insight_run" WHERE "current" = 1').fetchone()
    return str(row[0]) if row else ""


def fill(dump: Path) -> None:
    """Put a snapshot where the empty database is."""
    connection.close()
    target = _file()
    for leftover in (target, target.with_name(f"{target.name}-wal"), target.with_name(f"{target.name}-shm")):
        leftover.unlink(missing_ok=True)
    durable.sync(dump)
    os.replace(dump, target)
    durable.sync(target.parent)


def table_digests(names: Iterable[str]) -> dict[str, Table]:
    """Hash the tables of the database as it is now."""
    with closing(_opened(_file())) as database:
        ask: Any = database.execute
        return digests(ask, names)


def _file() -> Path:
    return Path(connection.settings_dict["NAME"])


def _opened(path: Path) -> sqlite3.Connection:
    # Not through Django: its connection is the one of the process's own work, and its collations are not needed here.
    return sqlite3.connect(path, timeout=60, isolation_level=None)


def _finished(copy: Path) -> dict[str, Table]:
    with closing(_opened(copy)) as database:
        database.execute("PRAGMA journal_mode = DELETE")
        # Overwritten with zeros, not only marked as free.
        database.execute("PRAGMA secure_delete = ON")
        names = _tables(database)
        for table in names & set(TRANSIENT):
            database.execute(f'DELETE FROM "{table}"')
        ask: Any = database.execute
        return digests(ask, sorted(names - set(TRANSIENT)))


def _tables(database: sqlite3.Connection) -> set[str]:
    found = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    return {name for (name,) in found}
