"""A table that somebody else fills, in PostgreSQL: looked at and copied by a session that cannot write."""

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
from psycopg import IsolationLevel, sql

from anahtar.engine.postgres_engine import connect, from_csv
from anahtar.engine.table import Column, Copied, SourceTable, Told, UnableToReadTable
from anahtar.words import Message, say

_PLAIN: Final[Mapping[str, pa.DataType]] = {
    "smallint": pa.int64(),
    "integer": pa.int64(),
    "bigint": pa.int64(),
    "real": pa.float64(),
    "double precision": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "timestamp without time zone": pa.timestamp("us"),
    "timestamp with time zone": pa.timestamp("us"),
    "text": pa.string(),
    "character varying": pa.string(),
    "character": pa.string(),
    "uuid": pa.string(),
    "name": pa.string(),
}
"""What a column of each type is copied as; columns of other types are not read."""

_DIGITS: Final = 38


@dataclass(frozen=True, slots=True)
class _Column(Column):
    """A column, and its value as it is copied."""

    told: sql.Composed


class PostgresTable(SourceTable):
    """One table or view in one snapshot: whatever is written meanwhile is seen by none of the questions, or by all."""

    def __init__(self, database: str, schema: str, table: str) -> None:
        self._schema, self._table = schema, table
        self._name = sql.Identifier(schema, table)
        with _told(self._shown):
            self._connection = connect(database, read_only=True)
            self._connection.autocommit = False
            self._connection.isolation_level = IsolationLevel.REPEATABLE_READ
            self._connection.read_only = True
        try:
            with _told(self._shown):
                self.columns: Sequence[_Column] = self._columns()
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """End the session."""
        self._connection.close()

    @property
    def _shown(self) -> str:
        return f"{self._schema}.{self._table}"

    def sample(self, rows: int, path: Path) -> int:
        """Copy some rows, whichever come first, into a Parquet file; how many there were."""
        with _told(self._shown):
            asked = sql.SQL("SELECT {} FROM {} LIMIT {}").format(self._list(), self._name, sql.Literal(rows))
            return self._copy(asked, path)

    def months(self, day: str | None) -> Mapping[str, Told]:
        """What there is of each month, oldest first; rows without a day belong to the oldest."""
        with _told(self._shown):
            exact = [column for column in self.columns if column.is_exact]
            sums = [sql.SQL("sum({})").format(sql.Identifier(column.name)) for column in exact]
            told = [sql.SQL("count(*)"), sql.SQL("coalesce(sum(hashtextextended(t::text, 0)), 0)"), *sums]
            asked = sql.SQL("SELECT {month}, {told} FROM (SELECT {list} FROM {name}) t GROUP BY 1 ORDER BY 1").format(
                month=self._month(day), told=sql.SQL(", ").join(told), list=self._list(), name=self._name
            )
            rows = self._connection.execute(asked).fetchall()
        return {
            str(month): Told(
                int(str(count)),
                {column.name: str(one or 0) for column, one in zip(exact, found, strict=True)},
                str(checksum),
            )
            for month, count, checksum, *found in rows
        }

    def pull(self, day: str | None, month: str, path: Path) -> Copied:
        """Copy the rows of one month into a Parquet file."""
        with _told(self._shown):
            asked = sql.SQL("SELECT t.* FROM (SELECT {list} FROM {name}) t WHERE {month} = {wanted}").format(
                list=self._list(), name=self._name, month=self._month(day), wanted=sql.Literal(month)
            )
            return Copied(self._copy(asked, path))

    def _month(self, day: str | None) -> sql.Composable:
        if day is None:
            return sql.SQL("''::text")
        # Rows without a day: with the oldest month, which changes least.
        month = sql.SQL("to_char({}, 'YYYY-MM')").format(sql.Identifier(day))
        first = sql.SQL("(SELECT to_char(min({day}), 'YYYY-MM') FROM (SELECT {list} FROM {name}) f)").format(
            day=sql.Identifier(day), list=self._list(), name=self._name
        )
        return sql.SQL("coalesce({}, {}, '')").format(month, first)

    def _list(self) -> sql.Composed:
        named = (sql.SQL("{} AS {}").format(column.told, sql.Identifier(column.name)) for column in self.columns)
        return sql.SQL(", ").join(named)

    def _copy(self, asked: sql.Composed, path: Path) -> int:
        """Row by row through this process, never all of them in it."""
        schema = pa.schema([(column.name, column.kind) for column in self.columns])
        statement = sql.SQL("COPY ({}) TO STDOUT (FORMAT csv)").format(asked)
        rows, waiting = 0, io.BytesIO()
        with (
            pq.ParquetWriter(path, schema, write_page_checksum=True) as writer,
            self._connection.cursor() as cursor,
            cursor.copy(statement) as copy,
        ):

            def write() -> int:
                if not waiting.tell():
                    return 0
                table = from_csv(waiting.getvalue(), schema)
                writer.write_table(table)
                waiting.seek(0)
                waiting.truncate()
                return int(table.num_rows)

            # One block is one row.
            for block in copy:
                waiting.write(block)
                if waiting.tell() > _BLOCK:
                    rows += write()
            rows += write()
        return rows

    def _columns(self) -> list[_Column]:
        found = self._connection.execute(
            "SELECT a.attname, format_type(a.atttypid, NULL), a.atttypmod FROM pg_attribute a "
            "JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE n.nspname = %s AND c.relname = %s AND a.attnum > 0 AND NOT a.attisdropped "
            "AND c.relkind IN ('r', 'v', 'm', 'f', 'p') ORDER BY a.attnum",
            (self._schema, self._table),
        ).fetchall()
        if not found:
            raise UnableToReadTable(self._no_such_table())
        plain = [(str(name), str(kind), int(str(mod))) for name, kind, mod in found]
        scales = self._scales([name for name, kind, mod in plain if kind == "numeric" and mod == -1])
        columns = [
            column for name, kind, mod in plain if (column := _column(name, kind, mod, scales.get(name))) is not None
        ]
        if not columns:
            raise UnableToReadTable(say("{table} has no columns a ledger can use.", table=self._shown))
        return columns

    def _scales(self, names: Sequence[str]) -> Mapping[str, int]:
        """The most digits after the point in columns that set no limit."""
        if not names:
            return {}
        asked = sql.SQL(", ").join(sql.SQL("max(scale({}))").format(sql.Identifier(name)) for name in names)
        row = self._connection.execute(sql.SQL("SELECT {} FROM {}").format(asked, self._name)).fetchone() or ()
        return {name: int(str(scale or 0)) for name, scale in zip(names, row, strict=True)}

    def _no_such_table(self) -> Message:
        rows = self._connection.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = %s "
            "AND c.relkind IN ('r', 'v', 'm', 'f', 'p') ORDER BY 1 LIMIT 30",
            (self._schema,),
        ).fetchall()
        return say(
            "There is no table {table}. The schema {schema} holds: {tables}.",
            table=self._shown,
            schema=self._schema,
            tables=", ".join(str(name) for (name,) in rows) or "–",
        )


_BLOCK: Final = 8 << 20
"""Bytes of text that become one row group."""


def _column(name: str, kind: str, mod: int, scale: int | None) -> _Column | None:
    own = sql.Identifier(name)
    if kind == "numeric":
        places = scale if scale is not None else (mod - 4) & 0x7FF
        if not 0 <= places <= _DIGITS - 18:
            return None
        # NaN and infinity are no amounts; `scale` is null of both.
        told = sql.SQL("CASE WHEN scale({c}) IS NOT NULL THEN {c} END").format(c=own)
        return _Column(name, pa.decimal128(_DIGITS, places), told)
    arrow = _PLAIN.get(kind)
    if arrow is None:
        return None
    if arrow in (pa.date32(), pa.timestamp("us")):
        # The day in the zone of the database, as a report made there would say it; days beyond the calendar are none.
        plain = sql.SQL("date") if arrow == pa.date32() else sql.SQL("timestamp(6)")
        inside = sql.SQL("CASE WHEN {c} >= '0001-01-01' AND {c} < '9999-12-31' THEN {c}::{plain} END")
        return _Column(name, arrow, inside.format(c=own, plain=plain))
    if pa.types.is_floating(arrow):
        return _Column(name, arrow, sql.SQL("{}::float8").format(own))
    return _Column(name, arrow, sql.SQL("{}::text").format(own) if arrow == pa.string() else sql.Composed([own]))


@contextmanager
def _told(table: str) -> Iterator[None]:
    """Say what a database answered as a sentence of ours."""
    try:
        yield
    except psycopg.errors.InsufficientPrivilege as error:
        raise UnableToReadTable(
            say(
                "You may not read {table}. Its owner can allow it: GRANT SELECT ON {table} TO …; "
                "the schema needs GRANT USAGE.",
                table=table,
            )
        ) from error
    except psycopg.errors.QueryCanceled as error:
        raise UnableToReadTable(
            say("{table} took longer than half an hour to answer; nothing was read.", table=table)
        ) from error
    except pa.ArrowInvalid as error:
        raise UnableToReadTable(
            say("{table} holds a value that no ledger can: {reason}", table=table, reason=str(error))
        ) from error
    except psycopg.OperationalError as error:
        if "password" in str(error):
            raise UnableToReadTable(
                say(
                    "The database of {table} refused the password, or there is none for this user; nothing was read. "
                    "It is looked for in PGPASSWORD, in ~/.pgpass and in the file that PGPASSFILE names.",
                    table=table,
                )
            ) from error
        raise UnableToReadTable(
            say(
                "The database of {table} could not be reached, or the connection was lost; nothing was read. "
                "It said: {reason}",
                table=table,
                reason=" ".join(str(error).split()),
            )
        ) from error
    except psycopg.Error as error:
        raise UnableToReadTable(
            say(
                "{table} could not be read. The database said: {reason}",
                table=table,
                reason=" ".join(str(error).split()),
            )
        ) from error
