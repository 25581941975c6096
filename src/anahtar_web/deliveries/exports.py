"""Lines of deliveries as a workbook."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anahtar.report.harmless import printable
from anahtar_web.deliveries.pages.account import Row
from anahtar_web.ui.templatetags.shown import words

_WIDTHS: Final = (28, 14, 16, 8, 14, 30, 20, 12, 12, 12, 10, 12, 12, 20)


def workbook(rows: Iterable[Row]) -> bytes:
    """Write the lines; text stays text."""
    import xlsxwriter

    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_("Deliveries")[:31])
    turkish = words().language == "tr"
    day = book.add_format({"num_format": "dd.mm.yyyy" if turkish else "yyyy-mm-dd"})
    head = book.add_format({"bold": True, "bottom": 1})
    for place, (heading, width) in enumerate(zip(_headings(), _WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, heading, head)
    sheet.freeze_panes(1, 0)
    at = 0
    for at, row in enumerate(rows, 1):
        _write(sheet, at, row, day)
    sheet.autofilter(0, 0, max(at, 1), len(_WIDTHS) - 1)
    book.close()
    return file.getvalue()


def _headings() -> list[str]:
    return [
        _("Account"),
        _("Code"),
        pgettext("of goods", "Order"),
        _("Line"),
        _("Product"),
        _("Product's name"),
        _("Direction"),
        _("Promised"),
        _("Moved to"),
        _("In full on"),
        _("Days late"),
        _("Ordered"),
        _("Delivered"),
        _("How it stands"),
    ]


def _write(sheet: Any, at: int, row: Row, day: Any) -> None:
    line = row.line
    account = line.account.name if line.account else ""
    for place, text in enumerate(
        (account, line.customer, line.order, line.line, line.product, line.product_name, line.direction)
    ):
        sheet.write_string(at, place, printable(text))
    moved = line.promised_now if line.moved else None
    for place, when in enumerate((line.promised_first, moved, line.filled_on), 7):
        if when is not None:
            sheet.write_datetime(at, place, when, day)
    for place, number in ((10, row.days), (11, line.ordered / 10_000), (12, line.delivered / 10_000)):
        sheet.write_number(at, place, number)
    sheet.write_string(at, 13, str(row.label))
