"""Lets only SELECT through: a page that is read cannot write, not even by a slip three calls deeper."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final

from django.db import connection

# What a statement may say between quotes, and in comments, commands nothing.
_QUOTED: Final = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/", re.S)
_READING: Final = re.compile(r"[\s(]*(SELECT|WITH|EXPLAIN|VALUES|SAVEPOINT|RELEASE|ROLLBACK TO|SHOW)\b", re.I)
# UPDATE also stands in SELECT … FOR UPDATE, REPLACE is a function, INTO makes a table of a SELECT.
_WRITING: Final = re.compile(
    r"\b(INSERT|DELETE|MERGE|TRUNCATE|DROP|ALTER|CREATE|COPY|CALL|INTO|VACUUM|ANALYZE)\b"
    r"|(?<!\bFOR )(?<!\bFOR NO KEY )\bUPDATE\b"
    r"|;\s*\S",
    re.I,
)


class WriteInReadView(Exception):
    """A view that promised to read was about to write; the statement did not reach the database."""


@lru_cache(maxsize=4096)
def only_reads(sql: str) -> bool:
    """Whether a statement can but read."""
    said = _QUOTED.sub(" ? ", sql)
    return bool(_READING.match(said)) and not _WRITING.search(said)


def _refuse_writing(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if not only_reads(sql):
        raise WriteInReadView(sql[:200])
    return execute(sql, params, many, context)


@contextmanager
def reading_only() -> Iterator[None]:
    """Refuse every statement that writes while the block runs."""
    with connection.execute_wrapper(_refuse_writing):
        yield


def read_only_parts(parts: Iterable[Any]) -> Iterator[Any]:
    """Give the parts of an answer that is made while it is sent; making them writes as little as the view did."""
    source = iter(parts)
    while True:
        with reading_only():
            try:
                part = next(source)
            except StopIteration:
                return
        yield part
