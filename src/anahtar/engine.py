"""Where expressions run: the only module that knows a database by name.

Metrics are written as Ibis expressions and know no engine; facts and the analysis ask an `Engine` to read Parquet
files, to keep an intermediate table and to hand rows back as Arrow. Today that engine is DuckDB inside this process.

Importing this module costs nothing; Ibis and DuckDB (half a CPU second) are imported when an engine starts.
"""

import copy
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib import import_module
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    import ibis


class Engine:
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
        import ibis

        self._ibis = ibis.duckdb.connect()
        self._duckdb = self._ibis.con
        self._settle(folders, spill=spill, memory_limit=memory_limit, threads=threads)

    def _settle(self, folders: Sequence[Path], *, spill: Path, memory_limit: str, threads: int | None) -> None:
        settings = {
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

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

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
        self._ibis.disconnect()

    def files(self, paths: Sequence[Path], name: str) -> "ibis.Table":
        """Parquet files of one schema as a table called `name`; asked again, the name stands for other files."""
        listed = ", ".join(_text(path.absolute()) for path in paths)
        self._duckdb.execute(f"CREATE OR REPLACE TEMP VIEW {_name(name)} AS SELECT * FROM read_parquet([{listed}])")
        return unbound(pq.read_schema(paths[0]), name)

    def arrow(self, table: pa.Table, name: str) -> "ibis.Table":
        """Keep an Arrow table under a name."""
        self._duckdb.register(f"{name}_arrow", table)
        self._duckdb.execute(f"CREATE OR REPLACE TEMP TABLE {_name(name)} AS SELECT * FROM {_name(name + '_arrow')}")
        self._duckdb.unregister(f"{name}_arrow")
        return unbound(table.schema, name)

    def alias(self, table: str, name: str) -> None:
        """Let a name stand for a table kept before."""
        self._duckdb.execute(f"CREATE OR REPLACE TEMP VIEW {_name(name)} AS SELECT * FROM {_name(table)}")

    def keep(self, expression: "ibis.Table", name: str) -> "ibis.Table":
        """Run an expression now and keep its rows under a name: what several results read is computed once."""
        self.keep_statement(self.statement(expression), name)
        return unbound(expression.schema().to_pyarrow(), name)

    def keep_statement(self, statement: str, name: str) -> None:
        """`keep` for an expression already made a statement."""
        self._duckdb.execute(f"CREATE OR REPLACE TEMP TABLE {_name(name)} AS {statement}")

    def forget(self, *names: str) -> None:
        """Drop tables kept before."""
        for name in names:
            self._duckdb.execute(f"DROP TABLE IF EXISTS {_name(name)}")

    def rows(self, expression: "ibis.Table") -> pa.Table:
        """Run an expression and hand its rows back."""
        # Not by Ibis: its own way imports pandas for it, a quarter of a CPU second.
        table: pa.Table = self._duckdb.sql(self.statement(expression)).to_arrow_table()
        return table

    def statement(self, expression: "ibis.Table") -> str:
        """The expression in the engine's language, to be run once per month without compiling it again."""
        return _compiled(expression.op())

    def write(self, statement: str, path: Path) -> None:
        """Run a statement into a Parquet file that appears whole or not at all."""
        unfinished = path.with_suffix(".unfinished")
        target = _text(unfinished.absolute())
        # Without dictionaries: facts are numbers of which few repeat, and looking for them is half of the writing.
        self._duckdb.execute(f"COPY ({statement}) TO {target} (FORMAT parquet, DICTIONARY_SIZE_LIMIT 1)")
        unfinished.replace(path)


def unbound(schema: pa.Schema, name: str) -> "ibis.Table":
    """A table known by name and columns only, so that one expression runs on whatever the name stands for.

    (Ibis would ask the database for the columns, by a call that DuckDB 2 warns about.)
    """
    import ibis

    # Never "not null": engines disagree about what lag or an outer join gives for such columns, and tables that
    # differ in it alone cannot be united.
    nullable = pa.schema([column.with_nullable(True) for column in schema])
    return ibis.table(ibis.Schema.from_pyarrow(nullable), name=name)


class _Absent(MetaPathFinder):
    """Says of pandas that it is not there."""

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError("nothing here is a pandas value", name=fullname)


def import_engine() -> None:
    """Import what an engine needs when it starts, without starting one."""
    import_module("ibis.backends.duckdb")


def spare_memory() -> None:
    """Keep Arrow small: 80 MB and 0.3 CPU seconds of an analysis. For programs of our own, before their first value.

    Arrow's own allocator keeps what was freed; the system's gives it back. And Arrow imports pandas to ask whether a
    value is one of its; it remembers the answer given here (`import pandas` and `Table.to_pandas` work as ever).
    """
    pa.set_memory_pool(pa.system_memory_pool())
    if "pandas" not in sys.modules:
        _settle_pandas()


def _settle_pandas() -> None:
    absent = _Absent()
    sys.meta_path.insert(0, absent)
    try:
        pa.array([])
    finally:
        sys.meta_path.remove(absent)


@lru_cache(maxsize=512)
def _compiled(node: Any) -> str:
    """Compile an expression to DuckDB's SQL, once in a process for all that are equal.

    Tables are known by name and columns alone (`unbound`), so the statement of one engine is that of every other; an
    analysis of a small ledger spends half its time here, and a worker makes many.
    """
    import sqlglot as sg

    made: sg.exp.Expression = _whole_sums().to_sqlglot(node.to_expr())
    return made.sql(dialect="duckdb")


@cache
def _whole_sums() -> Any:
    """Ibis' compiler for DuckDB, with sums of whole numbers as what Ibis says they are: int64.

    DuckDB widens such a sum to 128 bits, Ibis drops the cast we ask for because it believes the sum is int64 already,
    and DuckDB then writes the column to Parquet as *double*: money past 2**53 would be rounded without a word.
    """
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
