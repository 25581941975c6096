"""The first rows of a large sheet as a small workbook, to be read by the same reader in a hundredth of the time.

A reader of workbooks takes a sheet whole: the preview of a file of half a million rows would take as long as its
import. Cut behind some rows, with the texts and merged areas these rows need, it takes what a small file takes.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape
from zipfile import ZIP_STORED, ZipFile

from anahtar.ledger.files.archives import BLOCK, blocks
from anahtar.ledger.workbook.counting import merged_areas
from anahtar.ledger.workbook.xlsx import SheetPart, Workbook

_WORTH_CUTTING: Final = 2 << 20
"""Bytes of a sheet below which cutting it saves nothing."""

_TAIL: Final = 1 << 20
"""Bytes at the end of a sheet in which merged areas are told."""
_LONGEST_TAG: Final = 100
_ROW_END: Final = re.compile(rb"</((?:\w+:)?)row\s*>")
_NAMESPACE: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LEFT_OUT: Final = ("xl/media/", "xl/drawings/", "xl/charts/", "xl/embeddings/", "xl/pivot", "xl/externallinks/")
_EMPTY_SHEET: Final = f'<?xml version="1.0"?><worksheet xmlns="{_NAMESPACE}"><sheetData/></worksheet>'.encode()


def beginning(workbook: Workbook, sheet: SheetPart, most: int) -> bytes | None:
    """Cut a sheet behind its first `most` rows; None where it is too small for that to save anything.

    Raises
    ------
    UnableToUnpack, UnableToReadWorkbook
        The workbook is damaged or made to do harm.
    """
    if sheet.part.file_size < _WORTH_CUTTING:
        return None
    end, strings = _extent(workbook, sheet, most)
    cut = None if end is None else _sheet_up_to(blocks(workbook.archive, sheet.part, file=workbook.file), end)
    return None if cut is None else _packed(workbook, sheet, cut, workbook.strings(strings))


def _extent(workbook: Workbook, sheet: SheetPart, most: int) -> tuple[int | None, int]:
    """Where the last wanted row ends in the part (None: the sheet is not longer), and how many texts the rows name."""
    strings = 0
    for row in workbook.rows(sheet):
        named = (int(cell.text) for cell in row.cells if cell.shared and cell.text.isascii() and cell.text.isdigit())
        strings = max(strings, max(named, default=-1) + 1)
        if row.number >= most:
            return row.end, strings
    return None, strings


def _sheet_up_to(pieces: Iterable[bytes], end: int) -> bytes | None:
    """The sheet up to the row that ends at a place, closed again, with the merged areas told at its own end."""
    head, tail = b"", deque[bytes](maxlen=1 + _TAIL // BLOCK)
    for piece in pieces:
        if len(head) < end + _LONGEST_TAG:
            head += piece
        tail.append(piece)
    closing = _ROW_END.match(head, end)
    if closing is None:
        return None
    prefix = closing[1]
    areas = b"".join(b'<%smergeCell ref="%s"/>' % (prefix, area.encode()) for area in merged_areas(b"".join(tail)))
    merges = b"<%smergeCells>%s</%smergeCells>" % (prefix, areas, prefix) if areas else b""
    return head[: closing.end()] + b"</%ssheetData>%s</%sworksheet>" % (prefix, merges, prefix)


def _packed(workbook: Workbook, sheet: SheetPart, cut: bytes, strings: list[str]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for name, content in _parts(workbook, sheet, cut, strings):
            archive.writestr(name, content)
    return packed.getvalue()


def _parts(workbook: Workbook, sheet: SheetPart, cut: bytes, strings: list[str]) -> Iterator[tuple[str, bytes]]:
    texts = workbook.strings_part
    made = {other.part.filename: _EMPTY_SHEET for other in workbook.sheets} | {sheet.part.filename: cut}
    if texts is not None:
        made[texts.filename] = _shared(strings)
    for part in workbook.archive.infolist():
        if part.filename in made:
            yield part.filename, made[part.filename]
        elif not (part.is_dir() or part.filename.casefold().startswith(_LEFT_OUT)):
            yield part.filename, b"".join(blocks(workbook.archive, part, file=workbook.file))


def _shared(strings: list[str]) -> bytes:
    items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
    return f'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="{_NAMESPACE}">{items}</sst>'.encode()
