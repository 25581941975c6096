"""Starting an engine by its address."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from anahtar.engine.duckdb_engine import DuckdbEngine
from anahtar.engine.interface import Engine
from anahtar.words import Refusal, say

HERE: Final = "duckdb"
"""The engine inside this process."""

_POSTGRES: Final = ("postgresql://", "postgres://")
_SPARK: Final = ("spark://", "local[")


class UnableToStart(Refusal):
    """No engine goes by this address, or what it needs is not installed."""


def start(
    folders: Sequence[Path],
    *,
    spill: Path,
    where: str = HERE,
    memory_limit: str = "1GB",
    threads: int | None = None,
) -> Engine:
    """Start the engine that an address names.

    Parameters
    ----------
    folders, spill, memory_limit, threads
        As for `DuckdbEngine`; other engines are set up where they run.
    where
        `duckdb`, `postgresql://user@host/database`, `spark://host:7077` or `local[2]` (Spark in a process of this
        machine). A password stands in PGPASSWORD or in ~/.pgpass, as for every program of PostgreSQL.

    Raises
    ------
    UnableToStart
        No engine goes by this address, or what it needs is not installed.
    """
    refuse_unknown(where)
    if where.startswith(_POSTGRES):
        return _postgres(where)
    if where.startswith(_SPARK):
        return _spark(where)
    return DuckdbEngine(folders, spill=spill, memory_limit=memory_limit, threads=threads)


@contextmanager
def holding(where: str) -> Iterator[None]:
    """Keep a cluster between one engine and the next: to reach it anew takes seconds."""
    if not where.startswith(_SPARK):
        yield
        return
    with _spark(where):
        yield


def refuse_unknown(where: str) -> None:
    """Refuse an address that no engine goes by, before anything is read for it.

    Raises
    ------
    UnableToStart
        With the addresses there are.
    """
    if where != HERE and not where.startswith((*_POSTGRES, *_SPARK)):
        raise UnableToStart(
            say("There is no engine {where}. Write duckdb, postgresql://…, spark://… or local[2].", where=where)
        )


def _postgres(address: str) -> Engine:
    try:
        from anahtar.engine.postgres_engine import PostgresEngine
    except ModuleNotFoundError as error:
        raise missing(error, "anahtar[postgres]") from error
    return PostgresEngine(address)


def _spark(master: str) -> Engine:
    try:
        from anahtar.engine.spark_engine import SparkEngine
    except ModuleNotFoundError as error:
        raise missing(error, "anahtar[spark]") from error
    return SparkEngine(master)


def missing(error: ModuleNotFoundError, extra: str) -> UnableToStart:
    """What to say where a package is not installed."""
    return UnableToStart(
        say(
            "The package {package} is not installed. `pip install '{extra}'` brings it.",
            package=error.name or "",
            extra=extra,
        )
    )
