"""Workbooks as sheets of a ledger: which sheet, which header, every cell accounted for.

A sheet is read by calamine (quickly through fastexcel, cell by cell where a column is mixed) and counted by its bytes
through Python's own zip and XML. Where the two do not agree on the number of rows and cells, a careful count finds
the reason (errors, formulas without a value, blank texts); what stays unexplained is a refusal, never a short ledger.

Hidden rows and rows a filter hides are read: they are in the ledger. Hidden sheets are never chosen, but named.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Final

from anahtar.ledger.files.archives import blocks, open_zip
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.peek import RawRow
from anahtar.ledger.sheet import Chunk, Counted
from anahtar.ledger.workbook.beginning import beginning
from anahtar.ledger.workbook.calamine import CarefulBook, Source, columns_of_one_kind
from anahtar.ledger.workbook.cells import Cell, Row, letters
from anahtar.ledger.workbook.counting import Careful, Count, RowTooLong, careful, count, places
from anahtar.ledger.workbook.headers import Header, HeadRow, find_header, raw_row
from anahtar.ledger.workbook.tables import Table, chunks, filled
from anahtar.ledger.workbook.xlsx import SheetPart, UnableToReadWorkbook, Workbook
from anahtar.words import Message, Refusal, say

_ROW_END: Final = len(b"</row>")
_SMALL_SHEET: Final = 32 << 20
_MOST_PLACES: Final = 100_000_000
"""Places in the rectangle around all cells; the reader holds each of them, empty or not."""


class UnableToFindSheet(Refusal):
    """No sheet of the workbook can be a ledger, or not the one that was asked for."""

    def __init__(self, *, file: str, sheets: Sequence[str], hidden: Sequence[str]) -> None:
        super().__init__(
            say(
                "{file} has no visible sheet with a header row and rows under it. Sheets: {sheets}; hidden: {hidden}. "
                "Name the sheet with --sheet and the row of its header with --header-row.",
                file=file,
                sheets=", ".join(sheets) or "-",
                hidden=", ".join(hidden) or "-",
            )
        )


class UnableToFindRows(Refusal):
    """The sheet has no rows under its header."""

    def __init__(self, *, file: str, sheet: str) -> None:
        super().__init__(
            say(
                "{file}, sheet {sheet}: there are no rows under the header. "
                "Name another sheet with --sheet or the row of the header with --header-row.",
                file=file,
                sheet=sheet,
            )
        )


class UnableToAgree(Refusal):
    """Two readers of one sheet find two different numbers of rows or cells."""

    def __init__(self, *, file: str, sheet: str, rows: int, values: int, read_rows: int, read_values: int) -> None:
        super().__init__(
            say(
                "{file}, sheet {sheet}: the file holds {values} cells in {rows} rows, but {read_values} cells in "
                "{read_rows} rows were read. The workbook is damaged or says a cell twice. "
                "Open it in Excel or LibreOffice and save it again as .xlsx.",
                file=file,
                sheet=sheet,
                rows=rows,
                values=values,
                read_rows=read_rows,
                read_values=read_values,
            )
        )


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sheet that may be read, what its first rows hold, and where each ends in the part."""

    part: SheetPart
    head: Sequence[HeadRow]
    ends: Mapping[int, int]
    header: Header
    asked: bool

    @property
    def head_bytes(self) -> int:
        """Bytes of the part up to the end of the header row."""
        return max((end for row, end in self.ends.items() if row <= self.header.row), default=-_ROW_END) + _ROW_END

    def with_merges(self, merges: Sequence[str]) -> "_Candidate":
        """The same sheet, its header read with the merged areas in mind."""
        header = None if self.asked or not merges else find_header(self.head, merges)
        return self if header is None else replace(self, header=header)


@dataclass
class XlsxSheet:
    """One worksheet of an .xlsx workbook (a `Sheet`)."""

    file: Path
    file_name: str
    name: str
    header: Sequence[str]
    header_row: int
    facts: dict[str, str]
    _source: Source
    _workbook: Workbook
    _part: SheetPart
    _count: Count
    _head_bytes: int
    _counted: Counted = field(default_factory=Counted)

    def beginning(self, most: int) -> list[RawRow]:
        """The first rows of the sheet that hold anything, whatever they are; a day is the number it is kept as."""
        rows = self._workbook.peek(self._part)[:most]
        strings = self._workbook.strings(_strings_needed(rows))
        return [raw_row(row.number, {cell.column: _text(cell, strings) for cell in row.cells}) for row in rows]

    def chunks(self) -> Iterator[Chunk]:
        """The rows after the header, without blank ones."""
        self._counted = Counted()
        for chunk in chunks(self._table, max(len(self.header), 1 + max(self._table.columns, default=-1))):
            self._counted.read += len(chunk.rows)
            yield chunk
        self._counted.rows = self._rows

    def counted(self) -> Counted:
        """The counts of the last complete taking of `chunks`."""
        return self._counted

    @cached_property
    def _table(self) -> Table:
        return self._read_and_compared[0]

    @property
    def _rows(self) -> int:
        return self._read_and_compared[1]

    @cached_property
    def _read_and_compared(self) -> tuple[Table, int]:
        """The columns, and the rows there must be: first quickly, then carefully, then not at all."""
        table = columns_of_one_kind(self._source, self.name, header_row=self.header_row, file=self.file_name)
        mixed = table is None
        table = self._read_cell_by_cell() if table is None else table
        for counted in self._counts():
            if not counted.no_value and _agrees(table, counted.rows, counted.values):
                return table, counted.rows
        return self._read_carefully(table, by_cell=mixed)

    def _read_cell_by_cell(self) -> Table:
        book = CarefulBook.opened(self._source, file=self.file_name)
        return book.rows(self.name).table(header_row=self.header_row)

    def _counts(self) -> Iterator[Count]:
        if not self._count.formulas:
            yield self._count
        thorough = _count_behind(self._workbook, self._part, self._head_bytes, thorough=True)
        if thorough.formulas:
            self.facts["formulas"] = str(thorough.formulas)
        if not (thorough.formulas and self._workbook.calculates_when_opened):
            yield thorough

    def _read_carefully(self, table: Table, *, by_cell: bool) -> tuple[Table, int]:
        counted = self._count_carefully()
        explained = self._explained(table, counted)
        if not explained and not by_cell:
            table = self._read_cell_by_cell()
            explained = self._explained(table, counted)
        if not explained:
            raise self._disagreement(table, counted)
        self._tell(counted)
        return table, counted.rows

    def _explained(self, table: Table, counted: Careful) -> bool:
        table.clear(counted.uncalculated)
        table.put_text(counted.errors)
        return _agrees(table, counted.rows, counted.values)

    def _count_carefully(self) -> Careful:
        counted = careful(
            self._workbook.rows(self._part),
            header_row=self.header_row,
            strings=self._workbook.strings(),
            zero_is_none=self._workbook.calculates_when_opened,
        )
        if counted.torn:
            raise self._broken(say("sheet {sheet} says a cell or a row twice, or out of order", sheet=self.name))
        if counted.bad_strings:
            raise self._broken(say("cells of sheet {sheet} name texts that are not there", sheet=self.name))
        return counted

    def _tell(self, counted: Careful) -> None:
        if counted.formulas:
            self.facts["formulas"] = str(counted.formulas)
        if counted.uncalculated:
            self.facts["formulas without a value"] = _places(counted.uncalculated)
        if counted.errors:
            self.facts["error cells"] = _places(list(counted.errors))

    def _disagreement(self, table: Table, counted: Careful) -> UnableToAgree:
        return UnableToAgree(
            file=self.file_name,
            sheet=self.name,
            rows=counted.rows,
            values=counted.values,
            read_rows=_filled_rows(table),
            read_values=table.values,
        )

    def _broken(self, reason: Message) -> UnableToReadWorkbook:
        return UnableToReadWorkbook(file=self.file_name, reason=reason)


def _agrees(table: Table, rows: int, values: int) -> bool:
    return table.values == values and _filled_rows(table) == rows


def _filled_rows(table: Table) -> int:
    mask = filled(table)
    return table.length if mask is None else int(mask.true_count)


def _places(places: Sequence[tuple[int, int]]) -> str:
    """How many, and the first few: 12 (C7, C8, C9 …)."""
    named = ", ".join(f"{letters(column)}{row}" for row, column in places[:3])
    return f"{len(places)} ({named}{' …' if len(places) > 3 else ''})"


def open_workbook(path: Path, options: ReadOptions, *, file_name: str | None = None) -> XlsxSheet:
    """Open the most promising sheet of an .xlsx workbook, or the one named by `options.sheet`.

    Raises
    ------
    UnableToUnpack, UnableToReadWorkbook
        The workbook is damaged or made to do harm.
    UnableToFindSheet, UnableToFindRows
        There is nothing to read.
    """
    return open_sheets_of(path, options, file_name=file_name)[0]


def open_sheets_of(
    path: Path,
    options: ReadOptions,
    *,
    file_name: str | None = None,
    content: bytes | None = None,
    most: int | None = None,
) -> list[XlsxSheet]:
    """Open the most promising sheet of an .xlsx workbook and, after it, the sheets that have the same header.

    A ledger of twelve months often comes as twelve sheets; reading one of them would lose eleven months in silence.
    With `options.sheet`, that sheet alone.

    Parameters
    ----------
    path, file_name
        The file, and what messages call it.
    content
        The workbook's bytes where it stands in an archive.
    most
        Only so many rows are wanted: a large sheet is cut behind them before it is read.
    """
    file = file_name or path.name
    workbook = Workbook(open_zip(path if content is None else BytesIO(content), file=file), file=file)
    candidates = _candidates(workbook, options)
    best = _most_promising(candidates, workbook, options)
    alike = [best, *(other for other in candidates if other is not best and _same_header(best, other))]
    chosen = alike if options.sheet is None else [best]
    source: Source = path.absolute() if content is None else content
    left_out = _left_out(workbook, chosen)
    return [_opened(path, file, *_cut(source, workbook, candidate, most), left_out) for candidate in chosen]


def _cut(
    source: Source, workbook: Workbook, candidate: _Candidate, most: int | None
) -> tuple[Source, Workbook, _Candidate]:
    """The workbook to read a sheet from: where few rows are wanted of a large one, a small workbook that has them."""
    small = None if most is None else beginning(workbook, candidate.part, most + candidate.header.row)
    if small is None:
        return source, workbook, candidate
    cut = Workbook(open_zip(BytesIO(small), file=workbook.file), file=workbook.file)
    part = next(part for part in cut.sheets if part.name == candidate.part.name)
    return small, cut, replace(candidate, part=part)


def sheets_of(path: Path, *, file_name: str, content: bytes | None = None) -> list[tuple[str, bool]]:
    """The sheets of an .xlsx workbook and whether each is hidden, in their order.

    Raises
    ------
    UnableToUnpack, UnableToReadWorkbook
        The workbook is damaged or made to do harm.
    """
    with open_zip(path if content is None else BytesIO(content), file=file_name) as archive:
        return [(sheet.name, sheet.hidden) for sheet in Workbook(archive, file=file_name).sheets]


def _candidates(workbook: Workbook, options: ReadOptions) -> list[_Candidate]:
    strings: list[str] = []
    found = []
    for part in workbook.sheets:
        if part.hidden if options.sheet is None else part.name != options.sheet:
            continue
        rows = workbook.peek(part)
        if (needed := _strings_needed(rows)) > len(strings):
            strings = workbook.strings(needed)
        candidate = _candidate(part, rows, strings, options)
        if candidate is not None:
            found.append(candidate)
    return found


def _strings_needed(rows: Sequence[Row]) -> int:
    """How many of the shared strings tell all cells of some rows."""
    return 1 + max((int(cell.text) for row in rows for cell in row.cells if _names_string(cell)), default=-1)


def _names_string(cell: Cell) -> bool:
    return cell.shared and cell.text.isascii() and cell.text.isdigit() and len(cell.text) < 9


def _candidate(part: SheetPart, rows: Sequence[Row], strings: Sequence[str], options: ReadOptions) -> _Candidate | None:
    cells = [HeadRow(row.number, _plain(row.cells, strings)) for row in rows]
    head = [row for row in cells if row.cells]
    header = find_header(head, asked=options.header_row)
    if header is None:
        return None
    return _Candidate(part, head, {row.number: row.end for row in rows}, header, options.header_row is not None)


def _plain(cells: Sequence[Cell], strings: Sequence[str]) -> dict[int, object]:
    plain: dict[int, object] = {}
    for cell in cells:
        text = _text(cell, strings)
        if text.strip():
            plain[cell.column] = text if cell.kind == "text" else float("nan")
    return plain


def _text(cell: Cell, strings: Sequence[str]) -> str:
    if not cell.shared:
        return cell.text
    return strings[int(cell.text)] if _names_string(cell) and int(cell.text) < len(strings) else ""


def _most_promising(candidates: Sequence[_Candidate], workbook: Workbook, options: ReadOptions) -> _Candidate:
    if not candidates:
        raise UnableToFindSheet(
            file=workbook.file,
            sheets=[sheet.name for sheet in workbook.sheets if not sheet.hidden],
            hidden=[sheet.name for sheet in workbook.sheets if sheet.hidden],
        )
    best = max(candidates, key=lambda candidate: candidate.part.part.file_size)
    if all(row.number <= best.header.row for row in best.head):
        raise UnableToFindRows(file=workbook.file, sheet=best.part.name)
    return best


def _same_header(one: _Candidate, other: _Candidate) -> bool:
    under = any(row.number > other.header.row for row in other.head)
    return under and one.header.texts == other.header.texts


def _left_out(workbook: Workbook, chosen: Sequence[_Candidate]) -> Mapping[str, str]:
    """Name what is in the workbook and not read."""
    read = {candidate.part.name for candidate in chosen}
    other = [sheet.name for sheet in workbook.sheets if not sheet.hidden and sheet.name not in read]
    hidden = [sheet.name for sheet in workbook.sheets if sheet.hidden and sheet.name not in read]
    facts = {"other sheets": ", ".join(other), "hidden sheets": ", ".join(hidden)}
    if workbook.has_macros:
        facts["macros"] = "not run"
    return {name: text for name, text in facts.items() if text}


def _opened(
    path: Path, file: str, source: Source, workbook: Workbook, candidate: _Candidate, left_out: Mapping[str, str]
) -> XlsxSheet:
    part = candidate.part
    _refuse_wide_void(workbook, part)
    candidate, counted = _counted(workbook, candidate)
    header = candidate.header
    texts = [header.texts.get(column, "") for column in range(max(header.texts, default=-1) + 1)]
    facts = {"format": "xlsx", "sheet": part.name, "header row": str(header.row), **left_out}
    return XlsxSheet(
        path, file, part.name, texts, header.row, facts, source, workbook, part, counted, candidate.head_bytes
    )


def _refuse_wide_void(workbook: Workbook, part: SheetPart) -> None:
    """A cell in the last corner asks the reader for 550 GB; in a large sheet the walls of the child do."""
    if part.part.file_size > _SMALL_SHEET:
        return
    around = places(blocks(workbook.archive, part.part, file=workbook.file))
    if around > _MOST_PLACES:
        raise UnableToReadWorkbook(
            file=workbook.file, reason=say("the cells of sheet {sheet} lie too far apart", sheet=part.name)
        )


def _counted(workbook: Workbook, candidate: _Candidate) -> tuple[_Candidate, Count]:
    """Count the rows behind the header; merged areas, told behind all rows, may show a second header line."""
    counted = _count_behind(workbook, candidate.part, candidate.head_bytes)
    if counted.bad_strings:
        raise UnableToReadWorkbook(
            file=workbook.file,
            reason=say("cells of sheet {sheet} name texts that are not there", sheet=candidate.part.name),
        )
    merged = candidate.with_merges(counted.merges)
    if merged.header.row == candidate.header.row:
        return merged, counted
    return merged, _count_behind(workbook, merged.part, merged.head_bytes)


def _count_behind(workbook: Workbook, part: SheetPart, head: int, *, thorough: bool = False) -> Count:
    try:
        return count(blocks(workbook.archive, part.part, file=workbook.file), head=head, thorough=thorough)
    except RowTooLong as broken:
        raise UnableToReadWorkbook(
            file=workbook.file, reason=say("a row of sheet {sheet} is too long", sheet=part.name)
        ) from broken
