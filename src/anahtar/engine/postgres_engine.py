"""PostgreSQL: the same expressions where the company keeps its tables."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import psycopg
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq
from psycopg import sql

from anahtar.engine.interface import Engine, Statement, nullable, write_arrow
from anahtar.engine.postgres_sql import compiled

if TYPE_CHECKING:
    import ibis

SETTINGS: Final = {
    # What goes to and fro as text is the same text on every server.
    "DateStyle": "ISO, YMD",
    "TimeZone": "UTC",
    "extra_float_digits": "1",
    "client_encoding": "UTF8",
    # Our tables are temporary ones and found first; nobody's table of the same name is ever meant.
    "search_path": "",
    # A statement of months of lines takes minutes; one that never ends must not hold the server.
    "statement_timeout": "30min",
    "lock_timeout": "30s",
    "idle_in_transaction_session_timeout": "5min",
    # Fifty sums in one statement are compiled for longer than they run.
    "jit": "off",
    "work_mem": "64MB",
    "temp_buffers": "64MB",
}


class PostgresEngine(Engine):
    """PostgreSQL, in a session of its own: it makes temporary tables and touches no other.

    Files and Arrow tables go there by COPY, results come home the same way. The role needs the right TEMPORARY on the
    database and no other.

    Parameters
    ----------
    address
        `postgresql://user@host/database`, as libpq understands it: a password is looked for in PGPASSWORD and
        ~/.pgpass.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._connection = connect(address)
        self._kinds: dict[str, str] = {}

    @contextmanager
    def beside(self) -> Iterator[Self]:
        """The same database for a second thread, by a session of its own."""
        with type(self)(self._address) as other:
            yield other

    def close(self) -> None:
        """End the session: its tables go with it."""
        self._connection.close()

    def place_files(self, paths: Sequence[Path], name: str) -> None:
        """Copy the rows of Parquet files into a table."""
        self._make(pq.read_schema(paths[0]), name)
        for path in paths:
            # Row group by row group: a month of lines need not fit into this process.
            for batch in pq.ParquetFile(path).iter_batches():
                self._copy(pa.Table.from_batches([batch]), name)
        self._analyze(name)

    def place_arrow(self, table: pa.Table, name: str) -> None:
        """Copy the rows of an Arrow table."""
        self._make(table.schema, name)
        self._copy(table, name)
        self._analyze(name)

    def alias(self, table: str, name: str) -> None:
        """Let a name stand for a table kept before."""
        self._drop(name)
        self._run(sql.SQL("CREATE TEMP VIEW {} AS SELECT * FROM {}").format(_name(name), _name(table)))
        self._kinds[name] = "VIEW"

    def keep_statement(self, statement: Statement, name: str) -> None:
        """`keep` for an expression already made a statement."""
        # Not under its name at once: the statement may read the table that it takes the place of.
        self._drop(unfinished := f"{name} unfinished")
        self._run(sql.SQL("CREATE TEMP TABLE {} AS {}").format(_name(unfinished), _statement(statement)))
        self._drop(name)
        self._run(sql.SQL("ALTER TABLE {} RENAME TO {}").format(_name(unfinished), _name(name)))
        self._kinds[name] = "TABLE"
        self._analyze(name)

    def forget(self, *names: str) -> None:
        """Drop tables kept before."""
        for name in names:
            self._drop(name)

    def rows(self, expression: "ibis.Table") -> pa.Table:
        """Run an expression and hand its rows back."""
        return self._rows(self.statement(expression))

    def statement(self, expression: "ibis.Table") -> Statement:
        """The expression in PostgreSQL's SQL."""
        return compiled(expression.op())

    def write(self, statement: Statement, path: Path) -> None:
        """Run a statement and write the rows that come home."""
        write_arrow(self._rows(statement), path)

    def _make(self, schema: pa.Schema, name: str) -> None:
        import ibis
        from ibis.backends.sql.datatypes import PostgresType

        columns = ibis.Schema.from_pyarrow(nullable(schema))
        told = (
            sql.SQL("{} {}").format(_name(column), sql.SQL(PostgresType.to_string(kind)))
            for column, kind in columns.items()
        )
        self._drop(name)
        self._run(sql.SQL("CREATE TEMP TABLE {} ({})").format(_name(name), sql.SQL(", ").join(told)))
        self._kinds[name] = "TABLE"

    def _copy(self, table: pa.Table, name: str) -> None:
        buffer = pa.BufferOutputStream()
        # Texts are quoted and what is null is not: so an empty text stays one.
        pc.write_csv(table, buffer, pc.WriteOptions(include_header=False))
        with (
            self._connection.cursor() as cursor,
            cursor.copy(sql.SQL("COPY {} FROM STDIN (FORMAT csv)").format(_name(name))) as copy,
        ):
            copy.write(buffer.getvalue())

    def _rows(self, statement: Statement) -> pa.Table:
        with (
            self._connection.cursor() as cursor,
            cursor.copy(sql.SQL("COPY ({}) TO STDOUT (FORMAT csv)").format(_statement(statement))) as copy,
        ):
            read = io.BytesIO()
            for block in copy:
                read.write(block)
        return from_csv(read.getvalue(), statement.arrow)

    def _drop(self, name: str) -> None:
        # CASCADE: a name that stands for this table goes with it, and is given anew before it is used.
        kind = sql.SQL("VIEW") if self._kinds.pop(name, "TABLE") == "VIEW" else sql.SQL("TABLE")
        self._run(sql.SQL("DROP {} IF EXISTS {} CASCADE").format(kind, _name(name)))

    def _analyze(self, name: str) -> None:
        # Nobody else looks at temporary tables: without this, the planner takes every one for a thousand rows.
        self._run(sql.SQL("ANALYZE {}").format(_name(name)))

    def _run(self, statement: sql.Composed) -> None:
        self._connection.execute(statement)


def connect(address: str, *, read_only: bool = False) -> "psycopg.Connection[tuple[object, ...]]":
    """Open a session with our settings; each statement stands for itself."""
    connection = psycopg.connect(address, autocommit=True, application_name="anahtar", connect_timeout=30)
    settings = dict(SETTINGS)
    if read_only:
        # The zone stays the database's own: a sale at one in the morning is of that day there.
        del settings["TimeZone"]
        settings["default_transaction_read_only"] = "on"
    for name, value in settings.items():
        connection.execute("SELECT set_config(%s, %s, false)", (name, value))
    # "table does not exist, skipping": nobody asked.
    connection.execute("SET client_min_messages = warning")
    return connection


def from_csv(text: bytes, schema: pa.Schema) -> pa.Table:
    """Rows as COPY tells them: nothing at all is null, "" an empty text."""
    if not text:
        return schema.empty_table()
    return pc.read_csv(
        pa.BufferReader(text),
        pc.ReadOptions(column_names=schema.names, use_threads=False),
        # A row of one null is an empty line.
        pc.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
        pc.ConvertOptions(
            column_types=schema,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            true_values=["t"],
            false_values=["f"],
        ),
    )


def _name(name: str) -> sql.Identifier:
    return sql.Identifier(name)


def _statement(statement: Statement) -> sql.SQL:
    # Made by the compiler of expressions that stand in our source: no text of a person is in it but as a literal.
    return sql.SQL(statement.text)
