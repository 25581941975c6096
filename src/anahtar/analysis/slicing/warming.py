"""What the first slice of a process pays beside its sums, paid before anybody asks: the compiler, and its first use."""

from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa

from anahtar.analysis.collecting import collector_paused
from anahtar.analysis.dates import dates
from anahtar.analysis.result import AnalysisOptions, Measure
from anahtar.analysis.slicing.asked import SliceAsked
from anahtar.analysis.slicing.computing import Work
from anahtar.analysis.tables import periods
from anahtar.engine import DuckdbEngine, Statement, import_engine, unbound

if TYPE_CHECKING:
    import ibis

_MONTHS = pa.schema(
    [
        ("account_id", pa.int32()),
        ("month", pa.int32()),
        *((name, pa.int64()) for name in ("revenue", "profit", "revenue_with_cost", "purchase_days", "lines")),
        *((name, pa.int64()) for name in ("ordered", "orders")),
    ]
)


class _Rehearsal(DuckdbEngine):
    """An engine that compiles and runs nothing: every table is empty. It needs no database and starts no thread."""

    def __init__(self) -> None:
        pass

    def keep_statement(self, statement: Statement, name: str) -> None:
        pass

    def rows(self, expression: "ibis.Table") -> pa.Table:
        self.statement(expression)
        return expression.schema().to_pyarrow().empty_table()


def rehearse() -> None:
    """Import the database and compile the statements of a slice once; no file is read."""
    import_engine()
    options = AnalysisOptions()
    frame = dates(options, date(2021, 1, 1), date(2024, 3, 15))
    months = unbound(_MONTHS, "months")
    with collector_paused():
        Work(_Rehearsal(), months, frame, Measure.REVENUE, SliceAsked(), periods(frame, options)).rows()
