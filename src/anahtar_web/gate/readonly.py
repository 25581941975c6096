"""Lets only SELECT through: a page that is read cannot write, not even by a slip three calls deeper."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection

_READING: Final = re.compile(
    r"\s*\(*\s*(SELECT|WITH|EXPLAIN|VALUES|PRAGMA|SAVEPOINT|RELEASE|ROLLBACK|SET|SHOW)\b", re.I
)
_WRITING: Final = re.compile(r"\b(INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM)\b", re.I)


class WriteInReadView(Exception):
    """A view that promised to read was about to write; the statement did not reach the database."""


def _refuse_writing(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if not _READING.match(sql) or (sql.lstrip(" (")[:4].upper() == "WITH" and _WRITING.search(sql)):
        raise WriteInReadView(sql[:200])
    return execute(sql, params, many, context)


@contextmanager
def reading_only() -> Iterator[None]:
    """Refuse every statement that writes while the block runs."""
    with connection.execute_wrapper(_refuse_writing):
        yield
