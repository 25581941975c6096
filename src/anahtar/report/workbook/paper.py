"""One sheet, filled from the top down.

The workbook is written in constant memory: a row that is done leaves for the disk, and rows must come in order.
A `Paper` holds back the few rows of a page that is composed side by side until they are complete, and lets the
thousands of rows of a list pass through.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Generic, TypeAlias, TypeVar

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs

from anahtar.report.harmless import printable
from anahtar.report.workbook.book import TITLES, Book, footer
from anahtar.words import Message, say

Value: TypeAlias = Message | str | int | float | date | None
Row = TypeVar("Row")

LEFT: Final = 1
"""The first column in use; column A is a margin."""

_A4: Final = 9
_PAGE_WIDTH: Final = 147
"""Characters across a landscape page in full size, narrow margins."""

_LINE: Final = 14.0
"""Height of a line of text, in points."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column of a list: its heading, how wide, in which style, and what stands in it."""

    heading: Message | str | date
    width: float
    style: str
    read: Callable[[Row], Value]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a list came to stand; `last < first` where it is empty."""

    first: int
    last: int
    left: int

    def column(self, number: int) -> tuple[int, int, int, int]:
        """First row, column, last row, column of one of its columns, for conditional formats and charts."""
        return self.first, self.left + number, max(self.first, self.last), self.left + number


class Paper:
    """A sheet with its title, its print set-up and a next free row."""

    def __init__(self, book: Book, key: str, widths: Sequence[float] = ()) -> None:
        self.book = book
        self.name = book.names[key]
        self.sheet = book.workbook.add_worksheet(self.name)
        self.row = 0
        self._held: dict[int, dict[int, tuple[Value, Format, int]]] = {}
        self._heights: dict[int, float] = {}
        self._breaks: list[int] = []
        self._set_up()
        self.widths(widths)
        self._title(key)

    def _set_up(self) -> None:
        sheet = self.sheet
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(footer(self.book))
        sheet.set_column(0, 0, 1.5)

    def _title(self, key: str) -> None:
        book = self.book
        self.height(0, 30)
        if key == "summary":
            self.put(0, LEFT, book.company or say("Key account report"), "title")
        else:
            self.put(0, LEFT, TITLES[key], "title")
        self.put(1, LEFT, book.subtitle(), "subtitle")
        if key != "summary":
            self.link(2, LEFT, "summary", say("← Summary"))
        self.row = 4

    def widths(self, widths: Sequence[float]) -> None:
        """Set the widths of the columns in use, from the left, in characters."""
        for number, width in enumerate(widths, start=LEFT):
            self.sheet.set_column(number, number, width)

    def break_page(self, widths: Sequence[float]) -> None:
        """Begin a new printed page at the next free row.

        Excel forgets page breaks where it fits a sheet to a width, so such a sheet gets the scale its widths need.
        """
        self._breaks.append(self.row)
        self.sheet.set_h_pagebreaks(self._breaks)
        self.sheet.set_print_scale(min(100, int(100 * _PAGE_WIDTH / (sum(widths) + len(widths)))))

    def height(self, row: int, points: float) -> None:
        """Set the height of a row that is not written yet."""
        self._heights[row] = points

    def lines(self, row: int, lines: int) -> None:
        """Make a row high enough for so many lines of text."""
        self.height(row, max(1, lines) * _LINE + 3)

    def put(self, row: int, column: int, value: Value, *styles: str, across: int = 1) -> None:
        """Hold a value for a cell, or for several cells of a row merged into one."""
        self.put_styled(row, column, value, self.book.styles(*styles), across=across)

    def put_styled(self, row: int, column: int, value: Value, style: Format, *, across: int = 1) -> None:
        """Hold a value with a format of its own."""
        self._held.setdefault(row, {})[column] = (value, style, across)

    def link(self, row: int, column: int, key: str, text: Message | str, style: str = "link", cell: str = "A1") -> None:
        """Link to another sheet, or to a cell of it. A ledger's text is only ever the label."""
        self.flush(before=row)
        label = printable(self.book.words(text) if isinstance(text, Message) else text)
        target = f"internal:{self.book.place(key, cell)}"
        self._open(row)
        self.sheet.write_url(row, column, target, self.book.styles(style), label)

    def heading(self, text: Message, *, across: int, to: str | None = None, left: int = LEFT) -> None:
        """A ruled heading over `across` columns at the next free row, with a link to the sheet that tells more."""
        row = self.row
        for column in range(left, left + across):
            self.put(row, column, None, "heading")
        self.put(row, left, text, "heading")
        self.height(row, 21)
        if to is not None:
            self.flush(before=row + 1)
            place, title = self.book.place(to), self.book.words(TITLES[to])
            style = self.book.styles("heading_link")
            self.sheet.write_url(row, left + across - 1, f"internal:{place}", style, f"{title} →")
        self.row += 1

    def note(self, text: Message, *, across: int, characters: int = 130) -> None:
        """A quiet sentence over `across` columns at the next free row, wrapped."""
        written = self.book.words(text)
        self.put(self.row, LEFT, written, "note", across=across)
        self.lines(self.row, -(-len(written) // characters))
        self.row += 1

    def table(
        self,
        columns: Sequence[Column[Row]],
        rows: Iterable[Row],
        *,
        left: int = LEFT,
        style: str = "cell",
        lines: Callable[[Row], int] | None = None,
    ) -> Placed:
        """Write a header and a row for each of `rows`, at the next free row; the rows pass through, one at a time."""
        self._header(columns, left)
        self.flush()
        first = self.row
        formats = [self.book.styles(style, *column.style.split()) for column in columns]
        for row in rows:
            if lines is not None:
                self.sheet.set_row(self.row, max(1, lines(row)) * _LINE + 3)
            for place, (column, look) in enumerate(zip(columns, formats, strict=True), start=left):
                self._write(self.row, place, column.read(row), look)
            self.row += 1
        return Placed(first, self.row - 1, left)

    def _header(self, columns: Sequence[Column[Any]], left: int) -> None:
        for place, column in enumerate(columns, start=left):
            kind = column.style.split()[0]
            side = "text" if kind in {"text", "wrap"} else "center" if kind in {"day", "center"} else "right"
            dated = ("month",) if isinstance(column.heading, date) else ()
            self.put(self.row, place, column.heading, *dated, "header", side)
        self.lines(self.row, 2)
        self.row += 1

    def flush(self, *, before: int | None = None) -> None:
        """Let the rows held back go, in order; all of them, or those above a row."""
        for row in sorted(self._held):
            if before is not None and row >= before:
                break
            self._open(row)
            for column, (value, style, across) in sorted(self._held.pop(row).items()):
                if across > 1:
                    self.sheet.merge_range(row, column, row, column + across - 1, "", style)
                self._write(row, column, value, style)

    def _open(self, row: int) -> None:
        if row in self._heights:
            self.sheet.set_row(row, self._heights.pop(row))

    def _write(self, row: int, column: int, value: Value, style: Format) -> None:
        """Write one cell by the type of its value. Text is text: nothing that came from a ledger is ever a formula."""
        match value:
            case None | "":
                self.sheet.write_blank(row, column, None, style)
            case Message():
                self.sheet.write_string(row, column, printable(self.book.words(value)), style)
            case str():
                self.sheet.write_string(row, column, printable(value), style)
            case date():
                self.sheet.write_datetime(row, column, value, style)
            case _:
                self.sheet.write_number(row, column, value, style)

    def range(self, area: tuple[int, int, int, int]) -> str:
        """An area of this sheet as charts and sparklines name it."""
        return self.book.place(
            next(key for key, name in self.book.names.items() if name == self.name), xl_range_abs(*area)
        )
