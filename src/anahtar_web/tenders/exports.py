"""The file of an export: a workbook with typed cells, or CSV in which nothing is a formula."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _

from anahtar.money import to_decimal
from anahtar.report.harmless import guarded, printable
from anahtar_web.gate.rights import Field
from anahtar_web.tenders.columns import SAYS
from anahtar_web.tenders.models import Lot, WonBy

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from anahtar_web.people.models import User
    from anahtar_web.tenders.models import Tender

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"
_BOM: Final = "\N{BYTE ORDER MARK}"


def head(user: "User") -> list[str]:
    """Give the heads of the columns: those an import of tenders knows, prices for who sees them."""
    return [str(SAYS[name].label) for name in _names(user)]


def _names(user: "User") -> list[str]:
    return [name for name, said in SAYS.items() if user.sees(Field.OFFER) or not said.is_price]


def rows(tenders: "QuerySet[Tender]", user: "User") -> Iterator[list[Any]]:
    """Give one row per lot, so that what is exported can be imported again."""
    found = tenders.select_related("account", "owner", "their_reason", "our_reason").prefetch_related(
        "lots__winner", "participants__competitor"
    )
    names = _names(user)
    for tender in found.iterator(chunk_size=500):
        for lot in tender.lots.all():
            told = _told(tender, lot)
            yield [told[name] for name in names]


def _told(tender: "Tender", lot: Lot) -> dict[str, Any]:
    others = "; ".join(str(one.competitor) for one in tender.participants.all())
    return {
        "account": tender.account.code,
        "title": tender.title,
        "reference": tender.reference,
        "lot": lot.name,
        "outcome": _state(tender, lot),
        "announced_on": tender.announced_on,
        "deadline": tender.deadline,
        "decided_on": tender.decided_on,
        "our_price": None if lot.our_price is None else to_decimal(lot.our_price),
        "currency": tender.currency,
        "rank": lot.rank,
        "winner": str(lot.winner) if lot.winner else _("We") if lot.won_by == WonBy.US else "",
        "winner_price": None if lot.winner_price is None else to_decimal(lot.winner_price),
        "competitors": others,
        "their_reason": str(tender.their_reason or tender.their_words),
        "our_reason": str(tender.our_reason or tender.our_words),
        "direction": tender.direction,
        "owner": str(tender.owner or ""),
        "notes": tender.notes,
        "lessons": tender.lessons,
    }


def _state(tender: "Tender", lot: Lot) -> str:
    """Say what became of a lot, or of its tender, or how far it is."""
    if not tender.outcome:
        return str(tender.get_stage_display())
    return str(lot.get_outcome_display() if lot.outcome in ("won", "lost") else tender.get_outcome_display())


def text(told: Iterable[Sequence[Any]], heads: Sequence[str], remark: str) -> bytes:
    """Write it as CSV, in the signs of the reader's language."""
    turkish = (translation.get_language() or "en").startswith("tr")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if turkish else ",", quoting=csv.QUOTE_ALL)
    writer.writerow([guarded(name) for name in heads])
    for row in told:
        writer.writerow([_text(value, "," if turkish else ".") for value in row])
    if remark:
        writer.writerow([guarded(remark)])
    return (_BOM + out.getvalue()).encode()


def _text(value: Any, sign: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:.4f}".removesuffix("00").replace(".", sign)
    return value.isoformat() if isinstance(value, date) else guarded(str(value))


def workbook(told: Iterable[Sequence[Any]], heads: Sequence[str], remark: str) -> bytes:
    """Write it as a workbook: text is text, neither formulas nor links nor numbers are guessed from it."""
    guesses = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with tempfile.TemporaryFile(prefix="anahtar-tenders-") as file:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, **guesses})
        sheet = book.add_worksheet(_("Tenders"))
        bold, money = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "#,##0.00"})
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.set_footer("&L&8" + printable(remark).replace("&", "&&"))
        sheet.set_column(0, len(heads) - 1, 18)
        sheet.freeze_panes(1, 0)
        last = 0
        for at, name in enumerate(heads):
            sheet.write_string(0, at, printable(name), bold)
        for last, row in enumerate(told, 1):
            for at, value in enumerate(row):
                _write(sheet, last, at, value, money, days)
        sheet.autofilter(0, 0, max(last, 1), len(heads) - 1)
        book.close()
        file.seek(0)
        return file.read()


def _write(sheet: Any, row: int, column: int, value: Any, money: Any, days: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, Decimal):
        sheet.write_number(row, column, float(value), money)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, days)
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, printable(str(value)))
