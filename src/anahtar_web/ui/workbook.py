"""A list as a workbook: typed cells, in which nothing is a formula, a link or a guess."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import xlsxwriter
from django.http import StreamingHttpResponse
from django.utils.timezone import localtime

from anahtar.report.harmless import printable

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_AS_TEXT: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LONGEST_TITLE: Final = 31
_HEAD: Final = 3


def answer(content: bytes, name: str) -> StreamingHttpResponse:
    """Send it. Streamed, so that a second copy of the form is not kept as a text, which a workbook is not."""
    return StreamingHttpResponse(
        iter([content]),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )


def content(
    title: str, remarks: Sequence[str], heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]]
) -> bytes:
    """Write it.

    Parameters
    ----------
    remarks
        What the list is, and who took it out when: they stand above it, and go with every copy.
    heads
        Head and width of each column.
    rows
        Text, whole numbers, Decimal, float (a part of one), day, moment, or None.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **_AS_TEXT}) as book:
        book.set_properties({"comments": printable(remarks[-1])})
        sheet = book.add_worksheet(title[:_LONGEST_TITLE])
        quiet, bold = book.add_format({"font_color": "#6a6e78"}), book.add_format({"bold": True, "bottom": 1})
        for at, text in enumerate(remarks):
            sheet.write_string(at, 0, printable(text), quiet)
        for at, (text, width) in enumerate(heads):
            sheet.set_column(at, at, width)
            sheet.write_string(_HEAD, at, printable(text), bold)
        last, write = _HEAD, _Writer(book, sheet)
        for last, row in enumerate(rows, _HEAD + 1):
            for at, value in enumerate(row):
                write(last, at, value)
        sheet.freeze_panes(_HEAD + 1, 1)
        sheet.repeat_rows(_HEAD)
        sheet.autofilter(_HEAD, 0, last, len(heads) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
    return out.getvalue()


class _Writer:
    """Writes cells by their type."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self.sheet = sheet
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self.part = book.add_format({"num_format": "0.0%"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})

    def __call__(self, row: int, column: int, value: Any) -> None:
        match value:
            case None | "":
                return
            case datetime():
                self.sheet.write_datetime(row, column, localtime(value).replace(tzinfo=None), self.moment)
            case date():
                self.sheet.write_datetime(row, column, value, self.day)
            case float():
                self.sheet.write_number(row, column, value, self.part)
            case int() | Decimal():
                self.sheet.write_number(row, column, float(value))
            case _:
                self.sheet.write_string(row, column, printable(str(value)), self.text)
