"""The digest of every table, to be compared between a snapshot and what was restored from it."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias

from anahtar_web.operations.backups.manifest import Table

TRANSIENT: Final = ("django_session", "usersessions_usersession", "gate_submission")
"""Tables that no backup holds: whoever finds the file must not be signed in by it."""

Ask: TypeAlias = Callable[[str], Iterable[tuple[Any, ...]]]
"""Runs a query and gives its rows one after the other."""


def digests(ask: Ask, names: Iterable[str]) -> dict[str, Table]:
    """Hash the rows of some tables.

    Values are hashed as the database's own driver gives them, so digests of SQLite and of PostgreSQL differ.
    """
    return {name: digest(ask(f'SELECT * FROM "{name}"')) for name in names}


def digest(rows: Iterable[tuple[Any, ...]]) -> Table:
    """Hash rows whatever their order: the sum of their own digests. Two databases sort the same text differently."""
    total, count = 0, 0
    for row in rows:
        total += int.from_bytes(hashlib.sha256(repr(tuple(row)).encode()).digest(), "big")
        count += 1
    return Table(count, f"{total % 2**256:064x}")
