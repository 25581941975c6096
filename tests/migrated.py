"""The database of the tests: migrated by the first process of a run, copied by the others, for it takes its time."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from tests.shared import alone


@contextmanager
def database(shared: Path) -> Iterator[None]:
    """Have a migrated database while the block runs; `shared` is a folder that all processes of a run see."""
    with alone(shared / "migrated.lock"):
        mark = shared / "migrated"
        maker = not mark.exists()
        if not maker:
            _begin_with(mark)
        made = _set_up(keep=not maker and connection.vendor == "sqlite")
        if maker:
            _keep(mark)
    yield
    if maker:
        with alone(shared / "migrated.lock"):
            _forget(mark)
    teardown_databases(made, verbosity=0)


def _set_up(*, keep: bool) -> list[Any]:
    made: list[Any] = setup_databases(verbosity=0, interactive=False, keepdb=keep, aliases={connection.alias})
    return made


def _begin_with(mark: Path) -> None:
    """What is there already is migrated: Django finds nothing left to do."""
    if connection.vendor == "sqlite":
        shutil.copyfile(mark, connection.settings_dict["TEST"]["NAME"])
    else:
        connection.settings_dict["TEST"]["TEMPLATE"] = _copy_of(mark)


def _keep(mark: Path) -> None:
    # SQLite then writes all of it into the file, and PostgreSQL copies no database that somebody is connected to.
    connection.close()
    if connection.vendor == "sqlite":
        shutil.copyfile(connection.settings_dict["NAME"], mark)
        return
    _ask(f"CREATE DATABASE {_copy_of(mark)} TEMPLATE {connection.ops.quote_name(connection.settings_dict['NAME'])}")
    mark.touch()


def _forget(mark: Path) -> None:
    """Who comes afterwards migrates one of its own."""
    mark.unlink()
    if connection.vendor != "sqlite":
        _ask(f"DROP DATABASE IF EXISTS {_copy_of(mark)}")


def _copy_of(mark: Path) -> str:
    return f"migrated_{hashlib.sha256(str(mark).encode()).hexdigest()[:12]}"


def _ask(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
