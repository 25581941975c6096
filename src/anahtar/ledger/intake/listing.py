"""The list of problems and the rows set aside, as they are found, in file order."""

from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from anahtar.ledger.intake.batch import TableFile
from anahtar.ledger.intake.judging import verdict_of
from anahtar.ledger.intake.lines import Lines
from anahtar.ledger.problems import Kind, Problem, Verdict
from anahtar.ledger.roles import Role
from anahtar.ledger.schema import ASIDE, PROBLEMS

SHOWN: Final = 200
"""Characters of a cell that a problem shows."""

_AMOUNTS: Final = frozenset({Kind.UNREADABLE_NUMBER, Kind.MISSING_AMOUNT, Kind.NUMBER_OUT_OF_RANGE, Kind.ZERO_AMOUNT})

_COLUMNS: Final = {
    Kind.UNREADABLE_DATE: Role.DATE,
    Kind.MISSING_DATE: Role.DATE,
    Kind.DATE_OUT_OF_RANGE: Role.DATE,
    Kind.MISSING_CUSTOMER: Role.CUSTOMER,
    Kind.LEFT_OUT_PRODUCT: Role.PRODUCT,
    Kind.SERVICE_CODE: Role.PRODUCT,
}
"""Which column is to blame for a problem; the whole row for kinds that are not here."""

_PLACED: Final = PROBLEMS.append(pa.field("place", pa.int64(), nullable=False))


class ProblemList:
    """Writes problems.parquet in file order, although duplicates and reversals are known only at the end.

    Parameters
    ----------
    path
        The file; beside it stands a file with the rows' places until `close`.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._early_path = path.with_suffix(".early")
        self._early = TableFile(self._early_path, _PLACED)
        self._late: list[pa.Table] = []

    def add(self, problems: pa.Table) -> None:
        """Take problems of the chunk just read (`_PLACED`, rising places)."""
        self._early.add([problems])

    def add_late(self, problems: list[tuple[int, Problem]]) -> None:
        """Take problems found after their row was passed, each with its place."""
        names = [name for name in PROBLEMS.names if name not in ("kind", "verdict")]
        columns = {name: [getattr(problem, name) for _, problem in problems] for name in names}
        columns["kind"] = [problem.kind.value for _, problem in problems]
        columns["verdict"] = [problem.verdict.value for _, problem in problems]
        columns["place"] = [place for place, _ in problems]
        self._late.append(pa.table(columns, schema=_PLACED))

    def close(self) -> None:
        """Merge both into the one list."""
        self._early.close()
        late = pa.concat_tables([_PLACED.empty_table(), *self._late]).sort_by("place")
        places = late["place"].to_numpy()
        merged, taken = TableFile(self._path, PROBLEMS), 0
        with pq.ParquetFile(self._early_path) as early:
            for batch in early.iter_batches():
                upto = int(np.searchsorted(places, batch["place"][-1].as_py(), side="right"))
                both = pa.concat_tables([pa.Table.from_batches([batch]).cast(_PLACED), late.slice(taken, upto - taken)])
                merged.add([both.sort_by("place").drop_columns("place")])
                taken = upto
        merged.add([late.slice(taken).drop_columns("place")])
        merged.close()
        self._early_path.unlink()


def describe(lines: Lines, rows: npt.NDArray[np.intp], kind: Kind, verdict: Verdict | None = None) -> list[pa.Table]:
    """Describe the problem of some rows of a chunk: the cell at fault as it stands, and the row's amount."""
    verdict = verdict or verdict_of(kind)
    if kind in _AMOUNTS:
        return [describe_cells(lines, some, kind, verdict, role) for role, some in lines.faulty(rows, kind)]
    return [describe_cells(lines, rows, kind, verdict, _COLUMNS.get(kind))]


def describe_cells(
    lines: Lines, rows: npt.NDArray[np.intp], kind: Kind, verdict: Verdict, role: Role | None
) -> pa.Table:
    """Describe a problem in the cells of one role (None: of the whole row)."""
    plan, size = lines.plan, len(rows)
    cells = None if role is None else plan.cells(lines.chunk, role)
    texts = pa.array([""] * size) if cells is None else _shown(cells.take(pa.array(rows)))
    return pa.table(
        [
            _same(plan.sheet.file_name, size),
            _same(plan.sheet.name, size),
            pa.array(lines.rows[rows]),
            _same("" if role is None else plan.header(role), size),
            texts,
            _same(kind.value, size),
            _same(verdict.value, size),
            lines.amount.array(rows),
            pa.array(lines.places[rows]),
        ],
        schema=_PLACED,
    )


def _shown(cells: pa.Array) -> pa.Array:
    if pa.types.is_dictionary(cells.type):
        cells = cells.cast(cells.type.value_type)
    return pc.fill_null(pc.utf8_slice_codeunits(cells.cast(pa.string()), 0, SHOWN), "")


def _same(text: str, size: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.string()), size)


def aside_rows(lines: Lines, rows: npt.NDArray[np.intp], kind: Kind) -> pa.Table:
    """Rows as aside.parquet keeps them."""
    size = len(rows)
    days = pa.array(lines.days[rows], mask=lines.undated[rows]).cast(pa.date32())
    codes = [
        lines.codes[role].at(rows) if role in lines.codes else pa.nulls(size, pa.string())
        for role in (Role.CUSTOMER, Role.PRODUCT, Role.INVOICE)
    ]
    file_ids = pa.repeat(pa.scalar(lines.plan.file_id, pa.int16()), size)
    columns = [file_ids, _same(lines.plan.sheet.name, size), pa.array(lines.rows[rows]), _same(kind.value, size)]
    return pa.table([*columns, days, lines.amount.array(rows), *codes], schema=ASIDE)
