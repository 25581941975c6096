"""Spreadsheets through calamine: quickly where every column has one kind, cell by cell where not.

fastexcel gives Arrow columns and refuses (`strict`, all rows asked) a column of two kinds; coerced, it would turn a
late text into nothing without a word. python-calamine gives every cell as it is and costs a half more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import fastexcel
import pyarrow as pa
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, XmlError, ZipError

from anahtar.ledger.workbook.headers import HeadRow
from anahtar.ledger.workbook.tables import Plain, Table, column_of, tidied
from anahtar.ledger.workbook.xlsx import UnableToReadWorkbook
from anahtar.words import say

Source: TypeAlias = "Path | bytes"

_BROKEN = (CalamineError, XmlError, ZipError, ValueError, OSError)


def columns_of_one_kind(source: Source, sheet: str, *, header_row: int, file: str) -> Table | None:
    """Read the rows behind the header; None where a column holds cells of two kinds."""
    reader = _opened_quickly(source, file)
    try:
        loaded = reader.load_sheet(
            sheet,
            header_row=None,
            skip_rows=header_row,
            schema_sample_rows=None,
            dtype_coercion="strict",
        )
        batch = loaded.to_arrow()
    except fastexcel.UnsupportedColumnTypeCombinationError:
        return None
    except fastexcel.InvalidParametersError:
        return Table(header_row + 1, 0)  # more rows to skip than there are: none behind the header
    except fastexcel.FastExcelError as broken:
        raise UnableToReadWorkbook(file=file, reason=say("sheet {sheet} is damaged", sheet=sheet)) from broken
    table = Table(header_row + 1, batch.num_rows)
    for about, column in zip(loaded.selected_columns, batch.columns, strict=True):
        _put(table, about.absolute_index, column)
    return table


def _opened_quickly(source: Source, file: str) -> fastexcel.ExcelReader:
    try:
        return fastexcel.read_excel(source)
    except (fastexcel.FastExcelError, ValueError, OSError) as broken:
        raise UnableToReadWorkbook(file=file, reason=say("it is damaged")) from broken


def _put(table: Table, index: int, column: pa.Array) -> None:
    table.columns[index], native = tidied(column)
    if native is not None:
        table.mixed[index] = native


@dataclass(frozen=True, slots=True)
class CarefulBook:
    """A workbook read cell by cell: .xls and .ods always, .xlsx where a column is mixed."""

    book: CalamineWorkbook
    file: str

    @classmethod
    def opened(cls, source: Source, *, file: str) -> "CarefulBook":
        """Open a workbook.

        Raises
        ------
        UnableToReadWorkbook
            It is damaged, or needs a password.
        """
        try:
            return cls(CalamineWorkbook.from_object(BytesIO(source) if isinstance(source, bytes) else source), file)
        except PasswordError as locked:
            raise UnableToReadWorkbook(file=file, reason=say("it needs a password")) from locked
        except _BROKEN as broken:
            raise UnableToReadWorkbook(file=file, reason=say("it is damaged")) from broken

    def rows(self, sheet: str) -> "CarefulRows":
        """Load one sheet."""
        try:
            loaded = self.book.get_sheet_by_name(sheet)
        except _BROKEN as broken:
            raise UnableToReadWorkbook(file=self.file, reason=say("sheet {sheet} is damaged", sheet=sheet)) from broken
        return CarefulRows(loaded)


@dataclass(frozen=True, slots=True)
class CarefulRows:
    """The rows of one loaded sheet, from its first row on; columns from the first that holds anything."""

    sheet: CalamineSheet

    @property
    def left(self) -> int:
        """The first column that holds anything, from 0."""
        return self.sheet.start[1] if self.sheet.start else 0

    def head(self, most: int) -> list[HeadRow]:
        """Read the first rows that hold anything."""
        found = []
        for number, cells in enumerate(self, start=1):
            held = {self.left + at: cell for at, cell in enumerate(cells) if cell != ""}
            if held:
                found.append(HeadRow(number, held))
            if len(found) == most:
                break
        return found

    def __iter__(self) -> Iterator[Sequence[Plain]]:
        return iter(self.sheet.iter_rows()) if self.sheet.start else iter(())

    def table(self, *, header_row: int) -> Table:
        """Read the rows behind the header as columns."""
        rows = list(islice(self, header_row, None))
        table = Table(header_row + 1, len(rows))
        for at, cells in enumerate(zip(*rows, strict=True)):
            column, native = column_of(cells)
            if native is not None:
                table.columns[self.left + at], table.mixed[self.left + at] = column, native
            else:
                _put(table, self.left + at, column)
        return table
