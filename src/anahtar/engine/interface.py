"""What every engine does, in whatever database it stands."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    import ibis


@dataclass(frozen=True, slots=True)
class Statement:
    """An expression in the language of one engine, and the columns it gives."""

    text: str
    schema: "ibis.Schema"

    @property
    def arrow(self) -> pa.Schema:
        """The columns as Arrow knows them, all of them nullable."""
        return nullable(self.schema.to_pyarrow())


class Engine(ABC):
    """Keeps tables under names, runs expressions on them and hands rows back; closed at the end of a `with`.

    The expressions know their tables by name and columns alone (`unbound`): one name may stand for other rows later,
    and the same statement runs on them.

    What one engine means otherwise is put right in the module of its SQL. What no engine can put right stays out of
    expressions:

    - a division by what may be zero, a root of what may be negative: DuckDB says infinity, PostgreSQL and Spark raise;
    - lag() and lead() without a default: ClickHouse fills in 0 or 1970;
    - money as decimals: a double made a decimal is rounded here and cut off there, quotients have as many digits as the
      engine likes. Money is whole numbers, divided as doubles;
    - months between days by delta(unit="month"): some count borders, some whole months (`facts.months.month_number`);
      days less days, and days plus months, which are times, days or nothing to hand over;
    - first(), mode(), argmax(), joined texts, pivots, asof_join(), windows over intervals, percent_rank(): not
      everywhere. row_number() and sums under a condition are;
    - hash() and whatever is approximate: another answer everywhere.
    """

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @abstractmethod
    def beside(self) -> AbstractContextManager[Self]:
        """The same database for a second thread: it sees the same files, and keeps tables of its own."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the tables kept and of the files."""

    def files(self, paths: Sequence[Path], name: str) -> "ibis.Table":
        """Parquet files of one schema as a table called `name`; asked again, the name stands for other files."""
        self.place_files(paths, name)
        return unbound(pq.read_schema(paths[0]), name)

    def arrow(self, table: pa.Table, name: str) -> "ibis.Table":
        """Keep an Arrow table under a name."""
        self.place_arrow(table, name)
        return unbound(table.schema, name)

    def keep(self, expression: "ibis.Table", name: str) -> "ibis.Table":
        """Run an expression now and keep its rows under a name: what several results read is computed once."""
        self.keep_statement(self.statement(expression), name)
        return unbound(expression.schema().to_pyarrow(), name)

    @abstractmethod
    def place_files(self, paths: Sequence[Path], name: str) -> None:
        """Let a name stand for the rows of Parquet files."""

    @abstractmethod
    def place_arrow(self, table: pa.Table, name: str) -> None:
        """Let a name stand for the rows of an Arrow table."""

    @abstractmethod
    def alias(self, table: str, name: str) -> None:
        """Let a name stand for a table kept before."""

    @abstractmethod
    def keep_statement(self, statement: Statement, name: str) -> None:
        """`keep` for an expression already made a statement."""

    @abstractmethod
    def forget(self, *names: str) -> None:
        """Drop tables kept before."""

    @abstractmethod
    def rows(self, expression: "ibis.Table") -> pa.Table:
        """Run an expression and hand its rows back."""

    @abstractmethod
    def statement(self, expression: "ibis.Table") -> Statement:
        """The expression in the engine's language, to be run once per month without compiling it again."""

    @abstractmethod
    def write(self, statement: Statement, path: Path) -> None:
        """Run a statement into a Parquet file that appears whole or not at all."""


def unbound(schema: pa.Schema, name: str) -> "ibis.Table":
    """A table known by name and columns only, so that one expression runs on whatever the name stands for.

    (Ibis would ask the database for the columns, by a call that DuckDB 2 warns about.)
    """
    import ibis

    # Never "not null": engines disagree about what lag or an outer join gives for such columns, and tables that
    # differ in it alone cannot be united.
    return ibis.table(ibis.Schema.from_pyarrow(nullable(schema)), name=name)


def nullable(schema: pa.Schema) -> pa.Schema:
    """The same columns, each of which may be null."""
    return pa.schema([column.with_nullable(True) for column in schema])


def write_arrow(table: pa.Table, path: Path) -> None:
    """Write rows that came home from another database as DuckDB writes its own: whole or not at all."""
    unfinished = path.with_suffix(".unfinished")
    pq.write_table(table, unfinished, use_dictionary=False)
    unfinished.replace(path)
