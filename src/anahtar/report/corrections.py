"""Rows of a file as a workbook of their own columns, for a person who corrects them and brings them again."""

import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import IO, Any, Final, cast

from anahtar.ledger.picked import Cell
from anahtar.report.harmless import printable

_WIDEST: Final = 40


class Corrections:
    """A workbook with a sheet for each row of headings.

    The headings are those of the file, so that the workbook is read like it; behind the own columns stand ours, in
    grey: where the row was, which column is at fault, and why.

    Parameters
    ----------
    ours
        Headings of our columns.
    day_format
        How days are written.
    """

    def __init__(self, ours: Sequence[str], *, day_format: str) -> None:
        import xlsxwriter

        self._file = cast(IO[bytes], tempfile.TemporaryFile())  # noqa: SIM115  # whoever sends it closes it
        self._book = xlsxwriter.Workbook(
            self._file, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        )
        self._ours = ours
        self._sheets: dict[tuple[str, ...], tuple[Any, int]] = {}
        self._head = self._book.add_format({"bold": True, "bottom": 1})
        self._grey = self._book.add_format({"font_color": "#8a8f98"})
        self._day = self._book.add_format({"num_format": day_format})

    def add(self, header: Sequence[str], cells: Sequence[Cell], ours: Sequence[str]) -> None:
        """Write one row below its headings, and what we say of it behind."""
        sheet, at = self._sheet(tuple(header))
        for place, cell in enumerate(cells):
            self._write(sheet, at, place, cell)
        for place, text in enumerate(ours, max(len(header), len(cells))):
            sheet.write_string(at, place, printable(text), self._grey)
        self._sheets[tuple(header)] = (sheet, at + 1)

    def finish(self) -> IO[bytes]:
        """Give the workbook; it vanishes when it is closed."""
        if not self._sheets:
            self._book.add_worksheet()
        self._book.close()
        self._file.seek(0)
        return self._file

    def _sheet(self, header: tuple[str, ...]) -> tuple[Any, int]:
        if header not in self._sheets:
            sheet = self._book.add_worksheet()
            for place, heading in enumerate((*header, *self._ours)):
                sheet.set_column(place, place, min(_WIDEST, max(12, len(heading) + 2)))
                sheet.write_string(0, place, printable(heading), self._head)
            sheet.freeze_panes(1, 0)
            self._sheets[header] = (sheet, 1)
        return self._sheets[header]

    def _write(self, sheet: Any, at: int, place: int, cell: Cell) -> None:
        match cell:
            case str():
                sheet.write_string(at, place, printable(cell))
            case bool():
                sheet.write_boolean(at, place, cell)
            case int() | float():
                sheet.write_number(at, place, cell)
            case datetime():
                # A workbook knows no time zones.
                sheet.write_datetime(at, place, cell.replace(tzinfo=None), self._day)
            case date():
                sheet.write_datetime(at, place, cell, self._day)
