"""How many rows and cells a worksheet holds, by its bytes: what the reader must have delivered.

Three counts, each asked only where the one before does not agree with the reader. The quick one is three passes of C
code over each block and costs a third of what reading costs; the thorough one knows rows of empty cells and formulas;
the careful one (`anahtar.ledger.workbook.cells`) visits every cell and says where errors and missing values stand.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from anahtar.ledger.workbook.cells import Cell, Row, place

_BAD_STRING: Final = re.compile(rb't="s"[^>]*><v>(?!\d+</v>)')
_NO_VALUE: Final = re.compile(rb"</f></c>|<f[^>]*/></c>|<v/>|<v></v>")
_MERGE: Final = re.compile(rb'<mergeCell ref="([A-Z]+\d+:[A-Z]+\d+)"')
_FULL_CELL: Final = re.compile(rb'<c r="([A-Z]{1,3})\d+"(?:[^>]*[^/>])?>')
_ROW: Final = re.compile(rb'<row[^>]* r="(\d{1,7})"')
_MOST_MERGES: Final = 2_000
_LONGEST_ROW: Final = 64 << 20


class RowTooLong(Exception):
    """A single row is larger than any spreadsheet program writes."""


@dataclass(slots=True)
class Count:
    """What the bytes of a sheet say.

    Parameters
    ----------
    rows, values
        Rows that end in a full cell and cells that have a value element; thorough: rows with such an element,
        elements that are not empty.
    bad_strings
        A cell names a shared string by something that is no number (calamine would take the first one).
    formulas
        Formulas; counted in full only where the first block has one, or thoroughly.
    no_value
        Thorough: a formula or cell without a value was seen.
    merges
        Merged areas as they stand, the first 2,000.
    """

    rows: int = 0
    values: int = 0
    bad_strings: bool = False
    formulas: int = 0
    no_value: bool = False
    merges: list[str] = field(default_factory=list)


def count(blocks: Iterable[bytes], *, head: int, thorough: bool = False) -> Count:
    """Count rows and values behind the first `head` bytes (those of the title rows and the header).

    Raises
    ------
    RowTooLong
        A row of more than 64 MB: a bomb.
    """
    counted = Count()
    take = _count_thoroughly if thorough else _count_quickly
    rest = b""
    skip = head
    for block in blocks:
        text = rest + block
        # Never cut inside a row: a pattern that straddles two blocks would be missed.
        border = text.rfind(b"<row", skip)
        if border < 0:
            rest = text
        else:
            take(text, skip, border, counted)
            rest, skip = text[border:], 0
        if len(rest) > head + _LONGEST_ROW:
            raise RowTooLong
    take(rest, skip, len(rest), counted)
    counted.formulas += 0 if thorough else rest.count(b"</f>")
    counted.merges = merged_areas(rest)
    return counted


def merged_areas(tail: bytes) -> list[str]:
    """The merged areas told at the end of a sheet, behind all rows; the first 2,000."""
    return [area.decode() for area in _MERGE.findall(tail[-(1 << 20) :])[:_MOST_MERGES]]


def _count_quickly(text: bytes, start: int, end: int, counted: Count) -> None:
    if counted.formulas or not counted.rows:
        counted.formulas += text.count(b"</f>", start, end)
    counted.rows += text.count(b"</c></row>", start, end)
    counted.values += text.count(b"</v>", start, end)
    if text.find(b'"inlineStr"', start, end) >= 0:
        counted.values += text.count(b"</is>", start, end)
    counted.bad_strings = counted.bad_strings or _BAD_STRING.search(text, start, end) is not None


def _count_thoroughly(text: bytes, start: int, end: int, counted: Count) -> None:
    text = text[start:end]
    counted.rows += sum(b"</v>" in row.replace(b"<v></v>", b"") or b"</is>" in row for row in text.split(b"<row"))
    counted.values += text.count(b"</v>") - text.count(b"<v></v>") + text.count(b"</is>")
    counted.formulas += text.count(b"<f>") + text.count(b"<f ")
    counted.no_value = counted.no_value or _NO_VALUE.search(text) is not None


def places(blocks: Iterable[bytes]) -> int:
    """Tell how many places the rectangle around all full cells has: the reader holds every one of them in memory."""
    columns: set[bytes] = set()
    last_row = 0
    rest = b""
    for block in blocks:
        text = rest + block
        border = max(text.rfind(b"<row"), 0)
        columns.update(_FULL_CELL.findall(text, 0, border))
        last_row = max(last_row, max(map(int, _ROW.findall(text, 0, border)), default=0))
        rest = text[border:]
    columns.update(_FULL_CELL.findall(rest))
    last_row = max(last_row, max(map(int, _ROW.findall(rest)), default=0))
    return last_row * (1 + max((place(column.decode() + "1")[0] for column in columns), default=0))


@dataclass(slots=True)
class Careful:
    """What a sheet holds behind its header, cell by cell; rows count from 1, columns from 0.

    Parameters
    ----------
    rows, values
        Rows and cells with a value that is not blank.
    errors
        (row, column) -> `#REF!` and its like, which the reader leaves empty.
    uncalculated
        Places of formulas without a value, or with a zero in a workbook that asks to be calculated when opened.
    formulas
        How many cells are formulas.
    torn
        Rows in disorder or a cell said twice: two readers would read two things.
    bad_strings
        Cells that name a shared string that is not there.
    """

    rows: int = 0
    values: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncalculated: list[tuple[int, int]] = field(default_factory=list)
    formulas: int = 0
    torn: bool = False
    bad_strings: int = 0


def careful(rows: Iterable[Row], *, header_row: int, strings: Sequence[str], zero_is_none: bool) -> Careful:
    """Count what stands behind the header row, cell by cell.

    Parameters
    ----------
    zero_is_none
        A formula whose value is 0 was never calculated (the workbook asks to be calculated when opened).
    """
    counted = Careful()
    before = 0
    blank = [not text.strip() for text in strings]
    for row in rows:
        counted.torn = counted.torn or row.number <= before
        before = row.number
        if row.number > header_row:
            _count_cells(row, blank, counted, zero_is_none)
    return counted


def _count_cells(row: Row, blank: Sequence[bool], counted: Careful, zero_is_none: bool) -> None:
    values = 0
    for cell in row.cells:
        if cell.shared and not (cell.text.isascii() and cell.text.isdigit() and int(cell.text) < len(blank)):
            counted.bad_strings += 1
        elif cell.formula and _never_calculated(cell, zero_is_none):
            counted.uncalculated.append((row.number, cell.column))
        elif not (blank[int(cell.text)] if cell.shared else not cell.text.strip()):
            values += 1
        if cell.kind == "error":
            counted.errors[row.number, cell.column] = cell.text
        counted.formulas += cell.formula
    counted.torn = counted.torn or _twice(row.cells)
    counted.values += values
    counted.rows += values > 0


def _never_calculated(cell: Cell, zero_is_none: bool) -> bool:
    """Tell a formula nobody calculated from one whose result is an empty text."""
    return (not cell.text and cell.kind != "text") or (zero_is_none and cell.text in ("0", "0.0"))


def _twice(cells: Sequence[Cell]) -> bool:
    return len({cell.column for cell in cells}) < len(cells)
