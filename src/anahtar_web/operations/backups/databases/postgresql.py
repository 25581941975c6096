"""PostgreSQL: its own tools, held to one snapshot."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anahtar_web.gate.refusals import Refused
from anahtar_web.operations.backups.digests import TRANSIENT, digests
from anahtar_web.operations.backups.manifest import Table

NAME: Final = "database.dump"


class UnableToUseTools(Refused):
    """PostgreSQL's own programs are missing, too old, or said no."""


@contextmanager
def snapshot(folder: Path) -> Iterator[Callable[[], tuple[Path, dict[str, Table]]]]:
    """Hold the database as it is at one moment; the moment lies inside the opening of the block.

    Gives a function that dumps and hashes that moment.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SELECT pg_export_snapshot()")
            name = cursor.fetchone()[0]
        yield lambda: (_dump(folder / NAME, name), digests(_asked, _tables()))


def current_run(folder: Path) -> str:
    """Name the run whose figures the pages show, in the snapshot."""
    if "insight_run" not in _tables():
        return ""
    rows = list(_asked('SELECT id FROM "insight_run" WHERE "current"'))
    return str(rows[0][0]) if rows else ""


def fill(dump: Path) -> None:
    """Load a dump into the empty database, all or nothing."""
    _run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", f"{dump}")
    connection.close()


def table_digests(names: Iterable[str]) -> dict[str, Table]:
    """Hash the tables of the database as it is now."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
        return digests(_asked, names)


def _asked(query: str) -> Iterable[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(2000):
            yield from rows


def _tables() -> list[str]:
    """Name the tables a backup holds, as they are: a database that waits for its next version is backed up, too."""
    with connection.cursor() as cursor:
        return sorted(set(connection.introspection.table_names(cursor)) - set(TRANSIENT))


def _dump(to: Path, snapshot: str) -> Path:
    left_out = [f"--exclude-table-data={table}" for table in TRANSIENT]
    kept = ["--no-owner", "--no-privileges", "--format=custom", "--compress=0", f"--snapshot={snapshot}"]
    _run("pg_dump", *kept, *left_out, f"--file={to}")
    return to


def _run(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on our database; the password goes by its environment, which only we can read."""
    target = ["--dbname", connection.settings_dict["NAME"]]
    done = subprocess.run(
        [_found(program), *target, *arguments], env=_environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise UnableToUseTools(
            _("%(program)s failed: %(reason)s")
            % {"program": program, "reason": done.stderr.strip()[-1000:] or done.returncode}
        )


def _environment() -> Mapping[str, str]:
    said = connection.settings_dict
    given = {"PGHOST": said["HOST"], "PGPORT": said["PORT"], "PGUSER": said["USER"], "PGPASSWORD": said["PASSWORD"]}
    # Debian's wrapper of the tools complains about a language that is not installed, and we would pass that on.
    return os.environ | {"LC_ALL": "C.UTF-8"} | {name: str(value) for name, value in given.items() if value}


def _found(program: str) -> str:
    """Find a program: on the path, else the newest of Debian's versions."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[4]))
    found = shutil.which(program) or (str(versions[-1]) if versions else "")
    if not found:
        raise UnableToUseTools(
            _("%(program)s is not installed here. Install PostgreSQL's client programs of the server's version.")
            % {"program": program}
        )
    return found
