"""The cells of a spreadsheet as columns: one kind each, or text with the native cells beside it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from anahtar.ledger.sheet import Chunk, Native
from anahtar.ledger.values.codes import as_codes, number_text

CHUNK_ROWS: Final = 1 << 16
_MOMENT: Final = pa.timestamp("ms")
_NUMBER: Final = pa.float64()
_DAY: Final = 86_400_000
"""Milliseconds of a day."""
_UNIX_DAY: Final = 25_569
"""1 January 1970 as a workbook counts days."""
_FIRST_MOMENT: Final = -62_135_596_800_000
_LAST_MOMENT: Final = 253_402_300_799_999

Plain: TypeAlias = "str | float | bool | datetime | date | time | timedelta"
"""What python-calamine gives for a cell; an empty cell is an empty string."""


@dataclass(slots=True)
class Table:
    """The rows behind the header, blank rows among them.

    Parameters
    ----------
    first_row
        The row of the first element, as a person counts.
    length
        Rows.
    columns, mixed
        By column of the sheet, from 0, as in `Chunk`.
    """

    first_row: int
    length: int
    columns: dict[int, pa.Array] = field(default_factory=dict)
    mixed: dict[int, Native] = field(default_factory=dict)

    @property
    def values(self) -> int:
        """How many cells hold a value."""
        return sum(len(column) - column.null_count for column in self.columns.values())

    def put_text(self, places: Mapping[tuple[int, int], str]) -> None:
        """Write text into cells the reader left empty: errors, which must end as unreadable cells, not as none."""
        for column, texts in _by_column(places).items():
            self.columns[column], self.mixed[column] = _with_texts(
                self.columns.get(column), self.mixed.get(column), self.length, self._indices(texts)
            )

    def clear(self, places: Sequence[tuple[int, int]]) -> None:
        """Empty the cells of formulas that were never calculated."""
        for column, rows in _by_column(dict.fromkeys(places, "")).items():
            if column in self.columns:
                kept = _mask(self.length, [row - self.first_row for row in rows])
                self.columns[column] = _only(self.columns[column], kept)
                if column in self.mixed:
                    native = self.mixed[column]
                    self.mixed[column] = Native(_only(native.numbers, kept), _only(native.moments, kept))

    def _indices(self, texts: Mapping[int, str]) -> dict[int, str]:
        return {row - self.first_row: text for row, text in texts.items()}


def _by_column(places: Mapping[tuple[int, int], str]) -> dict[int, dict[int, str]]:
    columns: dict[int, dict[int, str]] = {}
    for (row, column), text in places.items():
        columns.setdefault(column, {})[row] = text
    return columns


def _mask(length: int, cleared: Sequence[int]) -> pa.BooleanArray:
    kept = [True] * length
    for index in cleared:
        if index < length:
            kept[index] = False
    return pa.array(kept)


def _only(cells: pa.Array, kept: pa.BooleanArray) -> pa.Array:
    return pc.if_else(kept, cells, pa.scalar(None, cells.type))


def _with_texts(
    cells: pa.Array | None, native: Native | None, length: int, texts: Mapping[int, str]
) -> tuple[pa.Array, Native]:
    cells = pa.nulls(length, pa.string()) if cells is None else cells
    if native is None:
        native = Native(
            cells.cast(_NUMBER) if pa.types.is_floating(cells.type) else pa.nulls(length, _NUMBER),
            cells.cast(_MOMENT) if pa.types.is_temporal(cells.type) else pa.nulls(length, _MOMENT),
        )
    written = as_codes(cells).to_pylist()
    for index, text in texts.items():
        if index < length:
            written[index] = text
    return pa.array(written, pa.string()), native


def column_of(cells: Sequence[Plain]) -> tuple[pa.Array, Native | None]:
    """Make one column of plain cells: of their kind where they have one, of text with native cells where not."""
    kinds = {type(cell) for cell in cells if cell != ""}
    if kinds <= {str}:
        return pa.array([cell or None for cell in cells], pa.string()), None
    if kinds <= {float, int}:
        return pa.array([None if cell == "" else float(cell) for cell in cells], _NUMBER), None  # type: ignore[arg-type]  # kinds says numbers only
    if kinds == {bool}:
        return pa.array([None if cell == "" else cell for cell in cells], pa.bool_()), None
    if kinds <= {date, datetime}:
        return pa.array([_moment(cell) for cell in cells], _MOMENT), None
    texts = pa.array([_TEXTS[type(cell)](cell) for cell in cells], pa.string())
    return texts, Native(
        pa.array([float(cell) if type(cell) in (float, int) else None for cell in cells], _NUMBER),  # type: ignore[arg-type]  # as above
        pa.array([_moment(cell) for cell in cells], _MOMENT),
    )


def _moment(cell: Plain) -> datetime | None:
    if isinstance(cell, datetime):
        return cell
    return datetime(cell.year, cell.month, cell.day) if isinstance(cell, date) else None  # noqa: DTZ001  # workbooks know no zones


def _moment_text(cell: datetime) -> str:
    return cell.date().isoformat() if cell.time() == time() else cell.isoformat(timespec="seconds")


_TEXTS: Final[Mapping[type, Callable[..., str | None]]] = {
    str: lambda cell: cell or None,
    float: number_text,
    int: str,
    bool: lambda cell: "TRUE" if cell else "FALSE",
    datetime: _moment_text,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: str,
}


def tidied(column: pa.Array) -> tuple[pa.Array, Native | None]:
    """Bring a column to what a chunk may hold: blank text is null, times of day are text, a number is finite."""
    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _without_blanks(column.cast(pa.string())), None
    if pa.types.is_floating(kind) and not pc.all(pc.is_finite(column), min_count=0).as_py():
        finite = pc.is_finite(column)
        texts = pc.if_else(finite, as_codes(_only(column, finite)), column.cast(pa.string()))
        return texts, Native(_only(column, finite), pa.nulls(len(column), _MOMENT))
    if pa.types.is_timestamp(kind):
        return _within_calendar(column)
    if pa.types.is_duration(kind) or pa.types.is_time(kind):
        return pa.array([None if cell is None else str(cell) for cell in column.to_pylist()], pa.string()), None
    return column, None


def _within_calendar(column: pa.Array) -> tuple[pa.Array, Native | None]:
    """Turn days before the year 1 or after 9999 into the numbers they are: no calendar of ours can hold them."""
    elapsed = column.cast(_MOMENT, safe=False).cast(pa.int64())
    extremes = pc.min_max(elapsed).as_py()
    if extremes["min"] is None or (extremes["min"] >= _FIRST_MOMENT and extremes["max"] <= _LAST_MOMENT):
        return column, None
    known = pc.and_(pc.greater_equal(elapsed, _FIRST_MOMENT), pc.less_equal(elapsed, _LAST_MOMENT))
    moments = _only(column.cast(_MOMENT, safe=False), pc.fill_null(known, False))
    numbers = [None if one is None else number_text(one / _DAY + _UNIX_DAY) for one in elapsed.to_pylist()]
    texts = pc.if_else(moments.is_valid(), as_codes(moments), pa.array(numbers, pa.string()))
    return texts, Native(pa.nulls(len(column), _NUMBER), moments)


def _without_blanks(column: pa.Array) -> pa.Array:
    """Null instead of blanks; asked of each distinct text once, for a ledger repeats its texts on every line."""
    coded = column.dictionary_encode()
    blank = pc.equal(pc.binary_length(pc.utf8_trim_whitespace(coded.dictionary)), 0)
    if not pc.any(blank).as_py():
        return coded
    return pc.if_else(
        blank.take(coded.indices), pa.scalar(None, pa.string()), coded.cast(pa.string())
    ).dictionary_encode()


def filled(table: Table) -> pa.BooleanArray | None:
    """Tell which rows hold a value; None: all of them."""
    mask = None
    for column in table.columns.values():
        if column.null_count == 0:
            return None
        mask = column.is_valid() if mask is None else pc.or_(mask, column.is_valid())
    return mask


def chunks(table: Table, width: int) -> Iterator[Chunk]:
    """Cut a table into chunks of `width` columns, without its blank rows."""
    rows = pa.array(np.arange(table.first_row, table.first_row + table.length, dtype=np.int64))
    mask = filled(table)
    empty = pa.nulls(table.length, pa.string())
    for start in range(0, table.length, CHUNK_ROWS):
        cut = _Cut(start, None if mask is None else mask.slice(start, CHUNK_ROWS))
        yield Chunk(
            cut(rows),
            [cut(table.columns.get(column, empty)) for column in range(width)],
            {at: Native(cut(native.numbers), cut(native.moments)) for at, native in table.mixed.items()},
        )


@dataclass(frozen=True, slots=True)
class _Cut:
    start: int
    mask: pa.BooleanArray | None

    def __call__(self, cells: pa.Array) -> pa.Array:
        piece = cells.slice(self.start, CHUNK_ROWS)
        return piece if self.mask is None else piece.filter(self.mask)
