"""DuckDB in this process: the engine that every other is measured against."""

import copy
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa

from anahtar.engine.compilers import spare_compilers
from anahtar.engine.full_disk import full_disk_told
from anahtar.engine.interface import Engine, Statement

if TYPE_CHECKING:
    import ibis


class DuckdbEngine(Engine):
    """DuckDB in this process, allowed to touch the named folders and nothing else.

    Parameters
    ----------
    folders
        The folders whose files may be read and written: the ledger's batches and the workspace.
    spill
        Where tables go that outgrow the memory limit; created when needed.
    memory_limit
        What DuckDB may use ("1GB"); beyond it the work goes on more slowly through `spill`.
    threads
        How many threads may work; None: as many as there are cores.
    """

    def __init__(
        self, folders: Sequence[Path], *, spill: Path, memory_limit: str = "1GB", threads: int | None = None
    ) -> None:
        import duckdb

        # Not by Ibis, which would import the dialects of twenty databases to open this one.
        self._duckdb = duckdb.connect()
        self._spill = spill
        self._settle(folders, spill=spill, memory_limit=memory_limit, threads=threads)

    def _settle(self, folders: Sequence[Path], *, spill: Path, memory_limit: str, threads: int | None) -> None:
        settings = {
            "TimeZone": "'UTC'",
            # No name in a statement ever means a variable of this program.
            "python_enable_replacements": "false",
            # The bar is drawn on stderr after two seconds even where nobody looks, in the middle of our own.
            "enable_progress_bar": "false",
            # Row order costs memory, and no result of ours relies on it: every order is asked for.
            "preserve_insertion_order": "false",
            # Give memory back soon: by default 128 MB of freed memory stay with the process.
            "allocator_flush_threshold": "'8MB'",
            "allocator_bulk_deallocation_flush_threshold": "'8MB'",
            "memory_limit": _text(memory_limit),
            "temp_directory": _text(spill),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allowed_directories": "[" + ", ".join(_text(f"{folder.absolute()}{os.sep}") for folder in folders) + "]",
            "enable_external_access": "false",
        }
        if threads is not None:
            settings["threads"] = str(threads)
        for name, value in settings.items():
            self._duckdb.execute(f"SET {name} = {value}")
        # Last: from here on no statement, however it came about, can widen what the settings allow.
        self._duckdb.execute("SET lock_configuration = true")

    @contextmanager
    def beside(self) -> Iterator[Self]:
        """The same database for a second thread: it sees the same files, and keeps tables of its own."""
        other = copy.copy(self)
        other._duckdb = self._duckdb.cursor()
        try:
            yield other
        finally:
            other._duckdb.close()

    def close(self) -> None:
        """Let go of the tables kept and of the files."""
        self._duckdb.close()

    def place_files(self, paths: Sequence[Path], name: str) -> None:
        """Let a name stand for the rows of Parquet files."""
        listed = ", ".join(_text(path.absolute()) for path in paths)
        self._run(f"CREATE OR REPLACE TEMP VIEW {_name(name)} AS SELECT * FROM read_parquet([{listed}])")

    def place_arrow(self, table: pa.Table, name: str) -> None:
        """Let a name stand for the rows of an Arrow table."""
        self._duckdb.register(f"{name}_arrow", table)
        self._run(f"CREATE OR REPLACE TEMP TABLE {_name(name)} AS SELECT * FROM {_name(name + '_arrow')}")
        self._duckdb.unregister(f"{name}_arrow")

    def alias(self, table: str, name: str) -> None:
        """Let a name stand for a table kept before."""
        self._run(f"CREATE OR REPLACE TEMP VIEW {_name(name)} AS SELECT * FROM {_name(table)}")

    def keep_statement(self, statement: Statement, name: str) -> None:
        """`keep` for an expression already made a statement."""
        self._run(f"CREATE OR REPLACE TEMP TABLE {_name(name)} AS {statement.text}")

    def forget(self, *names: str) -> None:
        """Drop tables kept before."""
        for name in names:
            self._run(f"DROP TABLE IF EXISTS {_name(name)}")

    def rows(self, expression: "ibis.Table") -> pa.Table:
        """Run an expression and hand its rows back."""
        # Not by Ibis: its own way imports pandas for it, a quarter of a CPU second.
        with full_disk_told(self._spill):
            table: pa.Table = self._duckdb.sql(self.statement(expression).text).to_arrow_table()
        return table

    def statement(self, expression: "ibis.Table") -> Statement:
        """The expression in the engine's language, to be run once per month without compiling it again."""
        return _compiled(expression.op())

    def write(self, statement: Statement, path: Path) -> None:
        """Run a statement into a Parquet file that appears whole or not at all."""
        unfinished = path.with_suffix(".unfinished")
        target = _text(unfinished.absolute())
        # Without dictionaries: facts are numbers of which few repeat, and looking for them is half of the writing.
        self._run(f"COPY ({statement.text}) TO {target} (FORMAT parquet, DICTIONARY_SIZE_LIMIT 1)")
        unfinished.replace(path)

    def _run(self, statement: str) -> None:
        with full_disk_told(self._spill):
            self._duckdb.execute(statement)


def import_engine() -> None:
    """Import what the engine needs when it starts, without starting one."""
    import_module("duckdb")
    import_module("ibis")
    spare_compilers()
    import_module("ibis.backends.sql.compilers.duckdb")


@lru_cache(maxsize=512)
def _compiled(node: Any) -> Statement:
    """Compile an expression to DuckDB's SQL, once in a process for all that are equal.

    Tables are known by name and columns alone (`unbound`), so the statement of one engine is that of every other; an
    analysis of a small ledger spends half its time here, and a worker makes many.
    """
    import sqlglot as sg

    made: sg.exp.Expression = _whole_sums().to_sqlglot(node.to_expr())
    return Statement(made.sql(dialect="duckdb"), node.schema)


@cache
def _whole_sums() -> Any:
    """Ibis' compiler for DuckDB, with sums of whole numbers as what Ibis says they are: int64.

    DuckDB widens such a sum to 128 bits, Ibis drops the cast we ask for because it believes the sum is int64 already,
    and DuckDB then writes the column to Parquet as *double*: money past 2**53 would be rounded without a word.
    """
    spare_compilers()
    from ibis.backends.sql.compilers.duckdb import DuckDBCompiler
    from ibis.expr import operations as ops

    class WholeSums(DuckDBCompiler):  # type: ignore[misc]  # Ibis ships no types: its classes are Any
        __slots__ = ()

        def visit_Sum(self, op: Any, *, arg: Any, where: Any) -> Any:
            total = super().visit_Sum(op, arg=arg, where=where)
            return self.cast(total, op.dtype) if op.dtype.is_integer() else total

        def visit_WindowFunction(self, op: Any, *, func: Any, **window: Any) -> Any:
            if not (isinstance(op.func, ops.Sum) and op.func.dtype.is_integer()):
                return super().visit_WindowFunction(op, func=func, **window)
            # OVER belongs to the sum inside the cast.
            return self.cast(super().visit_WindowFunction(op, func=func.this, **window), op.dtype)

    return WholeSums()


def _text(value: str | Path) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
