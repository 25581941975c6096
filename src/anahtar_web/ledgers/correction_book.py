"""The refused rows of an import as a workbook with their own columns: corrected in Excel, and uploaded again."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import IO, Any, Final, cast

from django.utils.translation import gettext as _

from anahtar.ledger.picked import PickedRow, picked_rows
from anahtar.ledger.problems import Kind, Verdict
from anahtar.report.harmless import printable
from anahtar_web.ledgers import problem_table, storage
from anahtar_web.ledgers.models import Import
from anahtar_web.ledgers.problem_table import Wanted
from anahtar_web.ui.templatetags.shown import words

SHEETS: Final = "sheets.json"
"""Written last into the folder of picked rows."""
_WIDEST: Final = 40

Told = Mapping[tuple[str, str, int], tuple[str, str]]


def is_ready(of: Import) -> bool:
    """Whether the refused rows of an import have been picked out."""
    return (storage.picked_of(of) / SHEETS).is_file()


def correction_book(of: Import) -> IO[bytes]:
    """Write the refused rows as they stand, a sheet for each row of headings; the file vanishes when it is closed.

    Behind the own columns stand three of ours: where the row was, which column is at fault, and why. The headings
    are those of the file, so that the workbook is read like it.
    """
    import xlsxwriter

    folder = storage.picked_of(of)
    sheets = json.loads((folder / SHEETS).read_bytes())
    file = cast(IO[bytes], tempfile.TemporaryFile())  # noqa: SIM115  # whoever sends it closes it
    book = xlsxwriter.Workbook(
        file, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    writer = _Writer(book, _reasons(of), several_files=len({name for name, _sheet, _header in sheets}) > 1)
    for row in picked_rows(folder):
        writer.add(row, *sheets[row.sheet])
    if not sheets:
        book.add_worksheet()
    book.close()
    file.seek(0)
    return file


def _reasons(of: Import) -> Told:
    """Give column and sentence of every refused row."""
    path = storage.problems_of(of)
    if path is None:
        return {}
    say = words()
    return {
        (told["file"], told["sheet"], told["row"]): (told["column"], say(Kind(told["kind"]).label))
        for block in problem_table.blocks(path, Wanted(verdict=Verdict.REFUSED))
        for told in block.to_pylist()
    }


class _Writer:
    """Puts rows below their headings."""

    def __init__(self, book: Any, reasons: Told, *, several_files: bool) -> None:
        self._book = book
        self._reasons = reasons
        self._several = several_files
        self._sheets: dict[tuple[str, ...], tuple[Any, int]] = {}
        self._head = book.add_format({"bold": True, "bottom": 1})
        self._ours = book.add_format({"font_color": "#8a8f98"})
        turkish = words().language == "tr"
        self._day = book.add_format({"num_format": "dd.mm.yyyy" if turkish else "yyyy-mm-dd"})

    def add(self, row: PickedRow, file: str, name: str, header: Sequence[str]) -> None:
        """Write one row."""
        sheet, at = self._sheet(tuple(header))
        for place, cell in enumerate(row.cells):
            self._write(sheet, at, place, cell)
        column, why = self._reasons.get((file, name, row.row), ("", ""))
        where = " · ".join(part for part in (file if self._several else "", name, str(row.row)) if part)
        for place, cell in enumerate((where, column, why), max(len(header), len(row.cells))):
            sheet.write_string(at, place, printable(cell), self._ours)
        self._sheets[tuple(header)] = (sheet, at + 1)

    def _sheet(self, header: tuple[str, ...]) -> tuple[Any, int]:
        if header not in self._sheets:
            sheet = self._book.add_worksheet()
            ours = (_("Anahtar: row"), _("Anahtar: column"), _("Anahtar: why"))
            for place, heading in enumerate((*header, *ours)):
                sheet.set_column(place, place, min(_WIDEST, max(12, len(heading) + 2)))
                sheet.write_string(0, place, printable(str(heading)), self._head)
            sheet.freeze_panes(1, 0)
            self._sheets[header] = (sheet, 1)
        return self._sheets[header]

    def _write(self, sheet: Any, at: int, place: int, cell: Any) -> None:
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
