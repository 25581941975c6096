"""A table that somebody else fills, on Spark: looked at and copied, never written to."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from math import ceil
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyspark.sql import functions as F
from pyspark.sql import types as T

from anahtar.engine.spark_session import FAULTS, reason, sessions
from anahtar.engine.table import Column, Copied, SourceTable, Told, UnableToReadTable
from anahtar.words import Message, say

_DIGITS: Final = 38

_CALENDAR: Final = (date(1, 1, 1), date(9999, 12, 31))
"""Days beyond are none."""

_SLICE: Final = 400_000
"""Rows that come home at once: Spark hands a result over whole."""

_SUM: Final = f"decimal({_DIGITS},0)"

_CHECKSUM: Final = "checksum of the row"

_OF_FILES: Final = {
    # `Amount` and `amount` are two columns of a file: Spark takes them for one, and refuses both.
    "spark.sql.caseSensitive": "true"
}


@dataclass(frozen=True, slots=True)
class _Column(Column):
    """A column, and its value as it is copied."""

    told: Any


class SparkTable(SourceTable):
    """A table of Spark's catalogue, or a Parquet file or folder that its workers see.

    Files have no snapshot. So each month carries a checksum that Spark makes of every row anew when it is copied: what
    is written between the two questions is noticed. The zone of a time is that of the cluster's settings.

    Parameters
    ----------
    master
        `local[2]`, or `spark://host:7077`.
    name
        `db.sales`, or where the files are.
    is_path
        Which of the two.
    shown
        What the table is called in sentences.
    """

    def __init__(self, master: str, name: str, *, is_path: bool, shown: str) -> None:
        self._name, self._shown = name, shown
        self._session = sessions.open(master, _OF_FILES if is_path else {})
        try:
            with _told(shown):
                whole = self._session.read.parquet(name) if is_path else self._session.table(name)
                self.columns: Sequence[_Column] = self._columns(whole)
                self._rows = whole.select(*(column.told.alias(column.name) for column in self.columns))
        except BaseException:
            sessions.close()
            raise
        self._counted: dict[str, int] = {}
        self._oldest: dict[str, str] = {}

    def close(self) -> None:
        """Let go of the cluster."""
        sessions.close()

    def sample(self, rows: int, path: Path) -> int:
        """Copy some rows, whichever come first, into a Parquet file; how many there were."""
        with _told(self._shown), self._writer(path) as writer:
            return self._write(self._rows.limit(rows), writer).rows

    def months(self, day: str | None) -> Mapping[str, Told]:
        """What there is of each month, oldest first; rows without a day belong to the oldest."""
        exact = [column for column in self.columns if column.is_exact]
        sums = [
            F.sum(_own(column.name).cast(f"decimal({_DIGITS},{_places(column.kind)})")).alias(f"sum {at}")
            for at, column in enumerate(exact)
        ]
        with _told(self._shown):
            asked = self._rows.groupBy(self._month(day).alias("month")).agg(
                F.count(F.lit(1)).alias("rows"), F.sum(self._checksum().cast(_SUM)).alias("checksum"), *sums
            )
            found = sorted(asked.toArrow().to_pylist(), key=lambda row: str(row["month"]))
        self._counted = {row["month"]: row["rows"] for row in found}
        return {
            row["month"]: Told(
                row["rows"],
                {column.name: f"{row[f'sum {at}'] or 0:f}" for at, column in enumerate(exact)},
                f"{row['checksum']:f}",
            )
            for row in found
        }

    def pull(self, day: str | None, month: str, path: Path) -> Copied:
        """Copy the rows of a month that `months` told, slice by slice where they are many."""
        with _told(self._shown), self._writer(path) as writer:
            chosen = self._rows.where(self._within(day, month) & (self._month(day) == month))
            chosen = chosen.withColumn(_CHECKSUM, self._checksum())
            slices = ceil(self._counted[month] / _SLICE)
            if slices <= 1:
                return self._write(chosen, writer)
            # Kept by the workers: the slices are one reading, not several.
            chosen = chosen.persist()
            try:
                came = [
                    self._write(chosen.where(F.pmod(F.col(f"`{_CHECKSUM}`"), F.lit(slices)) == at), writer)
                    for at in range(slices)
                ]
            finally:
                chosen.unpersist()
            return Copied(sum(one.rows for one in came), str(sum(int(one.checksum or 0) for one in came)))

    def _write(self, rows: Any, writer: pq.ParquetWriter) -> Copied:
        came: pa.Table = rows.toArrow()
        writer.write_table(came.select([column.name for column in self.columns]).cast(writer.schema))
        if _CHECKSUM not in came.column_names:
            return Copied(came.num_rows)
        added = pc.sum(came[_CHECKSUM].cast(pa.decimal128(_DIGITS, 0))).as_py()
        return Copied(came.num_rows, str(int(added or 0)))

    def _writer(self, path: Path) -> pq.ParquetWriter:
        return pq.ParquetWriter(
            path, pa.schema([(column.name, column.kind) for column in self.columns]), write_page_checksum=True
        )

    def _month(self, day: str | None) -> Any:
        if day is None:
            return F.lit("")
        # Rows without a day: with the oldest month, which changes least.
        if day not in self._oldest:
            oldest = self._rows.agg(_month_of(F.min(_own(day))).alias("month")).toArrow()
            self._oldest[day] = oldest["month"][0].as_py() or ""
        return F.coalesce(_month_of(_own(day)), F.lit(self._oldest[day]))

    def _within(self, day: str | None, month: str) -> Any:
        """The same again by days, which files are left out by."""
        if day is None or not "" < month < "9999-12":  # after which no month comes
            return F.lit(True)
        year, number = int(month[:4]), int(month[5:])
        first, after = date(year, number, 1), date(year + number // 12, number % 12 + 1, 1)
        return _own(day).isNull() | ((_own(day) >= _date(first)) & (_own(day) < _date(after)))

    def _checksum(self) -> Any:
        # Spark's hash passes over what is null: (null, x) and (x, null) would be one.
        own = [_own(column.name) for column in self.columns]
        return F.xxhash64(*(column.isNull() for column in own), *own)

    def _columns(self, whole: Any) -> list[_Column]:
        columns = [
            column for field in whole.schema.fields if (column := _column(field.name, field.dataType)) is not None
        ]
        if not columns:
            raise UnableToReadTable(say("{table} has no columns a ledger can use.", table=self._shown))
        return columns


def _own(name: str) -> Any:
    return F.col("`" + name.replace("`", "``") + "`")


def _date(day: date) -> Any:
    # As text: Python writes the year 1 without its zeros, and Java takes it for no date.
    return F.lit(day.isoformat()).cast("date")


def _month_of(day: Any) -> Any:
    # Not date_format: it goes by way of a time in a zone, and a zone can leave a day out.
    return F.concat(F.lpad(F.year(day).cast("string"), 4, "0"), F.lit("-"), F.lpad(F.month(day).cast("string"), 2, "0"))


def _places(kind: pa.DataType) -> int:
    return int(kind.scale) if pa.types.is_decimal(kind) else 0


def _column(name: str, kind: T.DataType) -> _Column | None:
    own = _own(name)
    match kind:
        case T.ByteType() | T.ShortType() | T.IntegerType() | T.LongType():
            return _Column(name, pa.int64(), own.cast("bigint"))
        case T.DecimalType() if kind.scale <= _DIGITS - 18:
            return _Column(name, pa.decimal128(_DIGITS, kind.scale), own.cast(f"decimal({_DIGITS},{kind.scale})"))
        case T.FloatType() | T.DoubleType():
            return _Column(name, pa.float64(), own.cast("double"))
        case T.BooleanType():
            return _Column(name, pa.bool_(), own)
        case T.DateType():
            return _Column(name, pa.date32(), _inside(own))
        case T.TimestampType() | T.TimestampNTZType():
            # The day in the zone of the cluster, as a report made there would say it.
            return _Column(name, pa.timestamp("us"), _inside(own.cast("timestamp_ntz")))
        case T.StringType() | T.CharType() | T.VarcharType():
            return _Column(name, pa.string(), own.cast("string"))
    return None


def _inside(day: Any) -> Any:
    first, last = _CALENDAR
    return F.when((day >= _date(first)) & (day < _date(last)), day)


@contextmanager
def _told(table: str) -> Iterator[None]:
    """Say what Spark answered as a sentence of ours."""
    try:
        yield
    except FAULTS as error:
        raise UnableToReadTable(_sentence(table, error)) from error
    except pa.ArrowInvalid as error:
        raise UnableToReadTable(
            say("{table} holds a value that no ledger can: {reason}", table=table, reason=str(error))
        ) from error


def _sentence(table: str, error: BaseException) -> Message:
    condition = str(getattr(error, "getCondition", lambda: "")() or "")
    if condition.startswith("TABLE_OR_VIEW_NOT_FOUND"):
        return say(
            "Spark's catalogue holds no table {table}. Which catalogue it is stands in spark-defaults.conf.",
            table=table,
        )
    if condition.startswith("PATH_NOT_FOUND"):
        return say(
            "Spark finds no {table}. The path must be the same on this machine and on every worker.", table=table
        )
    return say(
        "Spark did not give {table}, or the connection was lost; nothing was read. It said: {reason}",
        table=table,
        reason=reason(error),
    )
