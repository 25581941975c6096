"""Whether anything was changed: a digest of every business table and of the ledger's files."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import mail
from django.db import connection

from anahtar_web.gate.readonly import only_reads

PASSING = frozenset({"django_session", "django_content_type", "django_migrations", "usersessions_usersession"})
"""Tables that a refused request may touch: who is signed in, and nothing of the company."""


@cache
def business_tables() -> tuple[tuple[str, str], ...]:
    """Give every table that a model stands behind, and the column that orders it."""
    models = apps.get_models(include_auto_created=True)
    return tuple(
        sorted((model._meta.db_table, model._meta.pk.column) for model in models if model._meta.db_table not in PASSING)
    )


def digest() -> str:
    """Hash every row of every business table, the ledger's files, the mails sent and the work waiting for a commit."""
    summary = hashlib.sha256()
    with connection.cursor() as cursor:
        for table, key in business_tables():
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY "{key}"')
            summary.update(repr((table, cursor.fetchall())).encode())
    summary.update(repr(sorted(_files(settings.DATA / "ledger"))).encode())
    summary.update(repr((len(mail.outbox), len(connection.run_on_commit))).encode())
    return summary.hexdigest()


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield str(path), path.stat().st_size, path.stat().st_mtime_ns


@dataclass(slots=True)
class Watched:
    """What reached the database while a block ran."""

    statements: int = 0
    writes: list[str] = field(default_factory=list)

    @property
    def wrote(self) -> bool:
        """Whether a statement could have changed a business table; only then is the digest worth its time."""
        return any(not any(f'"{table}"' in sql for table in PASSING) for sql in self.writes)


@contextmanager
def watching() -> Iterator[Watched]:
    """Note every statement of a block."""
    watched = Watched()

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            watched.statements += 1
            if not only_reads(sql):
                watched.writes.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield watched
