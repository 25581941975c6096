"""Spark: the same expressions where half a billion lines are kept on many machines."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import pyarrow as pa

from anahtar.engine.interface import Engine, Statement, nullable, write_arrow
from anahtar.engine.spark_session import sessions
from anahtar.engine.spark_sql import compiled

if TYPE_CHECKING:
    import ibis

_SETTINGS: Final = {"spark.sql.session.timeZone": "UTC"}


class SparkEngine(Engine):
    """Spark, in a session of its own.

    Parquet files are read by the workers: the folders of the ledger and the workspace must be the same on all of them.
    Tables kept are materialised on the workers, rows come home as Arrow.

    Parameters
    ----------
    master
        `local[2]` (in a process of this machine), or `spark://host:7077`.
    """

    def __init__(self, master: str) -> None:
        self._master = master
        self._session = sessions.open(master, _SETTINGS)
        self._kept: dict[str, Any] = {}

    @contextmanager
    def beside(self) -> Iterator[Self]:
        """The same cluster for a second thread, by a session of its own."""
        with type(self)(self._master) as other:
            yield other

    def close(self) -> None:
        """Let go of the tables kept; the last engine lets go of the cluster."""
        self.forget(*self._kept)
        sessions.close()

    def place_files(self, paths: Sequence[Path], name: str) -> None:
        """Let a name stand for the rows of Parquet files."""
        self._session.read.parquet(*(str(path.absolute()) for path in paths)).createOrReplaceTempView(name)

    def place_arrow(self, table: pa.Table, name: str) -> None:
        """Send the rows of an Arrow table."""
        told = table.cast(nullable(table.schema))
        self._keep(self._session.createDataFrame(told), name)

    def alias(self, table: str, name: str) -> None:
        """Let a name stand for a table kept before."""
        self._session.table(table).createOrReplaceTempView(name)

    def keep_statement(self, statement: Statement, name: str) -> None:
        """`keep` for an expression already made a statement."""
        # Now: later its names stand for other rows.
        self._keep(self._session.sql(statement.text), name)

    def forget(self, *names: str) -> None:
        """Drop tables kept before."""
        for name in names:
            self._session.catalog.dropTempView(name)
            if name in self._kept:
                self._kept.pop(name).unpersist()

    def rows(self, expression: "ibis.Table") -> pa.Table:
        """Run an expression and hand its rows back."""
        return self._rows(self.statement(expression))

    def statement(self, expression: "ibis.Table") -> Statement:
        """The expression in Spark's SQL."""
        return compiled(expression.op())

    def write(self, statement: Statement, path: Path) -> None:
        """Run a statement and write the rows that come home."""
        write_arrow(self._rows(statement), path)

    def _keep(self, frame: Any, name: str) -> None:
        kept = frame.localCheckpoint(eager=True)
        self.forget(name)
        self._kept[name] = kept
        kept.createOrReplaceTempView(name)

    def _rows(self, statement: Statement) -> pa.Table:
        found: pa.Table = self._session.sql(statement.text).toArrow()
        return found.cast(statement.arrow)
