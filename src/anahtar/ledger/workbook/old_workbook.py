"""Workbooks in the formats before and beside .xlsx: .xls and .ods, read cell by cell.

The reader (calamine) leaves error cells empty in these formats, and the cells of an .xls can not be counted by its
bytes alone; both is said among the facts. The rows of an .ods are counted by Python's own XML parser.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Literal
from xml.parsers import expat

from python_calamine import SheetTypeEnum, SheetVisibleEnum

from anahtar.ledger.files.archives import blocks, find, open_zip
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.peek import RawRow
from anahtar.ledger.sheet import Chunk, Counted
from anahtar.ledger.workbook.calamine import CarefulBook, CarefulRows
from anahtar.ledger.workbook.headers import Header, HeadRow, find_header, raw_row
from anahtar.ledger.workbook.tables import Table, chunks, filled
from anahtar.ledger.workbook.workbook import UnableToAgree, UnableToFindRows, UnableToFindSheet
from anahtar.ledger.workbook.xlsx import PEEKED_ROWS, UnableToReadWorkbook
from anahtar.words import say


@dataclass
class OldSheet:
    """One worksheet of an .xls or .ods workbook (a `Sheet`)."""

    file: Path
    file_name: str
    name: str
    header: Sequence[str]
    header_row: int
    facts: dict[str, str]
    _head: Sequence[HeadRow]
    _table: Table
    _rows: int | None
    _counted: Counted = field(default_factory=Counted)

    def beginning(self, most: int) -> list[RawRow]:
        """The first rows of the sheet that hold anything, whatever they are."""
        return [raw_row(row.number, row.cells) for row in self._head[:most]]

    def chunks(self) -> Iterator[Chunk]:
        """The rows after the header, without blank ones."""
        self._counted = Counted()
        for chunk in chunks(self._table, max(len(self.header), 1 + max(self._table.columns, default=-1))):
            self._counted.read += len(chunk.rows)
            yield chunk
        self._counted.rows = self._counted.read if self._rows is None else self._rows

    def counted(self) -> Counted:
        """The counts of the last complete taking of `chunks`; an .xls has only the reader's own."""
        return self._counted


@dataclass(frozen=True, slots=True)
class _Found:
    name: str
    rows: CarefulRows
    head: Sequence[HeadRow]
    header: Header

    @property
    def length(self) -> int:
        last = self.rows.sheet.end
        return last[0] + 1 - self.header.row if last else 0


def open_old_workbook(
    path: Path,
    options: ReadOptions,
    *,
    kind: Literal["xls", "ods"],
    file_name: str | None = None,
    content: bytes | None = None,
) -> OldSheet:
    """Open the most promising sheet of an .xls or .ods workbook, or the one named by `options.sheet`.

    Raises
    ------
    UnableToUnpack, UnableToReadWorkbook
        The workbook is damaged or made to do harm.
    UnableToFindSheet, UnableToFindRows
        There is nothing to read.
    """
    file = file_name or path.name
    if kind == "ods":
        open_zip(path if content is None else BytesIO(content), file=file).close()
    book = CarefulBook.opened(path.absolute() if content is None else content, file=file)
    found = _most_promising(book, options)
    table = found.rows.table(header_row=found.header.row)
    rows = _rows_of_ods(path, content, found, file) if kind == "ods" else None
    _refuse_disagreement(table, rows, file, found.name)
    return _opened(path, file, kind, book, found, table, rows)


def _most_promising(book: CarefulBook, options: ReadOptions) -> _Found:
    visible, hidden = _sheets(book)
    wanted = visible if options.sheet is None else [name for name in visible + hidden if name == options.sheet]
    found = []
    for name in wanted:
        rows = book.rows(name)
        head = rows.head(PEEKED_ROWS)
        header = find_header(head, asked=options.header_row)
        if header is not None:
            found.append(_Found(name, rows, head, header))
    if not found:
        raise UnableToFindSheet(file=book.file, sheets=visible, hidden=hidden)
    best = max(found, key=lambda sheet: sheet.length)
    if best.length <= 0:
        raise UnableToFindRows(file=book.file, sheet=best.name)
    return best


def sheets_of_old(path: Path, *, file_name: str, content: bytes | None = None) -> list[tuple[str, bool]]:
    """The sheets of an .xls or .ods workbook and whether each is hidden, in their order.

    Raises
    ------
    UnableToReadWorkbook
        The workbook is damaged, or needs a password.
    """
    book = CarefulBook.opened(path.absolute() if content is None else content, file=file_name)
    hidden = _sheets(book)[1]
    return [(name, name in hidden) for name in book.book.sheet_names if name in (*_sheets(book)[0], *hidden)]


def _sheets(book: CarefulBook) -> tuple[list[str], list[str]]:
    sheets = [sheet for sheet in book.book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    seen = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    return seen, [sheet.name for sheet in sheets if sheet.visible != SheetVisibleEnum.Visible]


def _refuse_disagreement(table: Table, rows: int | None, file: str, sheet: str) -> None:
    mask = filled(table)
    read = table.length if mask is None else int(mask.true_count)
    if read == 0:
        raise UnableToFindRows(file=file, sheet=sheet)
    if rows is not None and rows != read:
        raise UnableToAgree(
            file=file, sheet=sheet, rows=rows, values=table.values, read_rows=read, read_values=table.values
        )


def _opened(
    path: Path, file: str, kind: str, book: CarefulBook, found: _Found, table: Table, rows: int | None
) -> OldSheet:
    texts = [found.header.texts.get(column, "") for column in range(max(found.header.texts, default=-1) + 1)]
    visible, hidden = _sheets(book)
    facts = {
        "format": kind,
        "sheet": found.name,
        "header row": str(found.header.row),
        "error cells": "read as empty",
        "row count": "by the reader alone" if rows is None else "",
        "other sheets": ", ".join(name for name in visible if name != found.name),
        "hidden sheets": ", ".join(name for name in hidden if name != found.name),
    }
    told = {name: text for name, text in facts.items() if text}
    return OldSheet(path, file, found.name, texts, found.header.row, told, found.head, table, rows)


def _rows_of_ods(path: Path, content: bytes | None, found: _Found, file: str) -> int:
    with open_zip(path if content is None else BytesIO(content), file=file) as archive:
        part = find(archive, "content.xml")
        if part is None:
            raise UnableToReadWorkbook(file=file, reason=say("the part {part} is missing", part="content.xml"))
        counter = _OdsCounter(found.name, found.header.row)
        try:
            for block in blocks(archive, part, file=file):
                counter.parser.Parse(block, False)
            counter.parser.Parse(b"", True)
        except expat.ExpatError as broken:
            raise UnableToReadWorkbook(
                file=file, reason=say("the part {part} is damaged", part="content.xml")
            ) from broken
    return counter.filled


class _OdsCounter:
    """Counts the filled rows of one table behind its header; runs of equal rows are written once."""

    def __init__(self, table: str, header_row: int) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.filled = 0
        self._table, self._header_row = table, header_row
        self._row = 0
        self._repeated = 1
        self._depth = 0
        self._inside = self._in_cell = self._has_value = False

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self._inside = attributes.get("table:name") == self._table
        elif tag == "table:table-row":
            self._repeated = int(attributes.get("table:number-rows-repeated", "1"))
            self._has_value = False
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._in_cell = True
            kind = attributes.get("office:value-type", "string")
            self._has_value = self._has_value or kind != "string" or bool(attributes.get("office:string-value"))
        elif tag == "office:annotation":
            self._depth += 1

    def _end(self, tag: str) -> None:
        if tag == "table:table-row" and self._inside:
            first = max(self._row + 1, self._header_row + 1)
            self._row += self._repeated
            if self._has_value:
                self.filled += max(0, self._row - first + 1)
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._in_cell = False
        elif tag == "office:annotation":
            self._depth -= 1

    def _data(self, text: str) -> None:
        if self._in_cell and not self._depth and text.strip():
            self._has_value = True

    def _refuse(self, *_: object) -> None:
        raise expat.ExpatError("a document type")
