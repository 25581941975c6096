"""The file of who attacks which account: a workbook with typed cells, or CSV in which nothing is a formula."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import xlsxwriter
from django.utils.translation import gettext as _

from anahtar.money import to_decimal
from anahtar.report.harmless import guarded, printable
from anahtar_web.competitors.pages.shown import ShownAttack
from anahtar_web.ui.templatetags.shown import day, say

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"
_BOM: Final = "\N{BYTE ORDER MARK}"
_WIDTHS: Final = (30, 40, 14, 22, 22, 34, 14, 10, 12, 12, 14, 14, 70)


def content(rows: Sequence[ShownAttack], form: str, currency: str) -> bytes:
    """Write the file."""
    table = [_row(row) for row in rows]
    return _workbook(_heads(currency), table) if form == "xlsx" else _text(_heads(currency), table)


def _heads(currency: str) -> list[str]:
    money = f" ({currency})" if currency else ""
    return [
        *(_("Competitor"), _("Account"), _("Code"), _("Direction"), _("Site"), _("With what"), _("There since")),
        *(_("Strength"), _("Threat"), _("Share"), _("Last seen"), f"{_('Revenue')}{money}", _("Why this threat")),
    ]


def _row(row: ShownAttack) -> list[Any]:
    told, share = row.told, row.attack.share
    decided = row.attack.decided
    return [
        *(row.competitor.name, row.account.name, row.account.code, told.direction, told.site, told.offering),
        *(told.since, told.strength, row.threat_word, share.share if share else None, row.last_seen),
        None if row.revenue is None else to_decimal(row.revenue),
        decided.reason if decided else say(row.attack.evidence.sentence),
    ]


def _text(heads: Sequence[str], table: Sequence[Sequence[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([guarded(head) for head in heads])
    for row in table:
        writer.writerow([_cell(value) for value in row])
    return (_BOM + out.getvalue()).encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return day(value)
    return guarded(value) if isinstance(value, str) else str(value)


def _workbook(heads: Sequence[str], table: Sequence[Sequence[Any]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(_("Competitors")[:31])
        bold = book.add_format({"bold": True, "bottom": 1})
        days, shares = book.add_format({"num_format": "dd.mm.yyyy"}), book.add_format({"num_format": "0.0 %"})
        money = book.add_format({"num_format": "#,##0.00"})
        for column, (head, width) in enumerate(zip(heads, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, printable(head), bold)
        for line, row in enumerate(table, 1):
            for column, value in enumerate(row):
                match value:
                    case None:
                        continue
                    case date():
                        sheet.write_datetime(line, column, value, days)
                    case Decimal():
                        sheet.write_number(line, column, float(value), shares if column == 9 else money)
                    case int():
                        sheet.write_number(line, column, value)
                    case _:
                        sheet.write_string(line, column, printable(str(value)))
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, len(table), len(heads) - 1)
    return out.getvalue()
