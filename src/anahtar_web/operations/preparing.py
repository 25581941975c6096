"""What has to be in place before the first page: the database of this version, the files pages load."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar_web.gate.refusals import Refused
from anahtar_web.operations.durability import refuse_forgetful
from anahtar_web.search.actions import rebuild
from anahtar_web.search.models import Text

COPIES: Final = "before-migrations"
"""Folder of the data folder in which copies of the SQLite file lie, one for each change of its form."""

_KEPT: Final = 3
_STAMP: Final = ".made-from"


class UnableToGoBack(Refused):
    """The database was changed by a newer version."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            _(
                "The database was written by a newer version of Anahtar (%(names)s), which this one would damage. "
                "Install that version, or restore a backup of this one."
            )
            % {"names": ", ".join(names)}
        )


def prepare(*, now: datetime) -> list[str]:
    """Bring database and static files to this version; says what was done. Several processes may call it at once.

    Raises
    ------
    UnableToTrustDatabase
        The database would forget what it acknowledges.
    UnableToGoBack
        The database is newer than this program.
    """
    with _alone():
        refuse_forgetful()
        done = [*_migrated(now), *_indexed(), *_collected()]
        connection.close()
    return done


@contextmanager
def _alone() -> Iterator[None]:
    with (settings.DATA / "prepare.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def pending() -> list[str]:
    """Name the migrations that are not in the database yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def unknown() -> list[str]:
    """Name the migrations in the database that this version does not have."""
    applied = {f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()}
    return sorted(applied - known_migrations())


def known_migrations() -> set[str]:
    """Name the migrations this version has, and those that became part of one of them."""
    have = MigrationLoader(None).disk_migrations
    replaced = {old for migration in have.values() for old in migration.replaces}
    return {f"{app}.{name}" for app, name in set(have) | replaced}


def _migrated(now: datetime) -> Iterator[str]:
    newer = unknown()
    if newer:
        raise UnableToGoBack(newer)
    waiting = pending()
    if not waiting:
        return
    copy = _copy_of_database(now)
    call_command("migrate", verbosity=0, interactive=False)
    if copy is not None:
        yield _("Database brought to this version; the former one is kept as %(file)s.") % {"file": copy}
    else:
        yield _("Database brought to this version.")


def _indexed() -> Iterator[str]:
    """Fill the index of the search where a version came that has one, or one that is kept otherwise."""
    if not Text.objects.exists() and (count := rebuild()):
        yield ngettext("%(n)s text can be searched.", "%(n)s texts can be searched.", count) % {"n": count}


def _copy_of_database(now: datetime) -> Path | None:
    """Copy a SQLite file that holds anything, and drop the oldest copies; PostgreSQL has its own backups."""
    if connection.vendor != "sqlite" or not connection.introspection.table_names():
        return None
    folder = settings.DATA / COPIES
    folder.mkdir(exist_ok=True, mode=0o700)
    copy = folder / f"{now:%Y-%m-%dT%H%M%S}.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    os.chmod(copy, 0o600)
    for old in sorted(folder.glob("*.sqlite3"))[:-_KEPT]:
        old.unlink()
    return copy


def _collected() -> Iterator[str]:
    """Collect and compress the static files where they are not what was collected last."""
    if settings.DEBUG:
        return
    stamp, source = settings.STATIC_ROOT / _STAMP, _source_of_static()
    with suppress(FileNotFoundError):
        if stamp.read_text(encoding="ascii") == source:
            return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(source, encoding="ascii")
    yield _("Pages' styles and programs collected.")


def _source_of_static() -> str:
    """Digest of what would be collected: names, sizes and times of change."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = os.stat(storage.path(path))
            digest.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
