"""The file of an export: a workbook with typed cells, or CSV in which nothing is a formula.

Both are made after the answer has begun, behind the transaction that put the export on the trail: a long list would
hold the one writer of SQLite meanwhile.
"""

import csv
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter
from django.http import StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from anahtar.money import to_decimal
from anahtar.report.harmless import guarded, printable
from anahtar.report.labels import REGULARITY, STATES, TYPES, label
from anahtar_web.accounts.queries import decisions_of, managers_of
from anahtar_web.company.queries import today
from anahtar_web.dossier.queries import kept_of
from anahtar_web.insight.actions.exporting import MovesTaken, TakenOut
from anahtar_web.insight.columns import TOUCHES, Column, Kind
from anahtar_web.insight.models import Standing
from anahtar_web.insight.pages.accounts import share_of
from anahtar_web.insight.pages.cells import Reading, status_words, value_of
from anahtar_web.insight.remembered import Memory
from anahtar_web.interactions.models import AccountTouch
from anahtar_web.interactions.queries import touches_of
from anahtar_web.ui.templatetags.shown import day, moment, say

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

AT_ONCE: Final = 500
BOM: Final = "\N{BYTE ORDER MARK}"
_CHUNK: Final = 1 << 16

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"

_PARTS: Final = frozenset({Kind.SHARE, Kind.FRACTION, Kind.CHANGE, Kind.KNOWN})
_WIDTHS: Final = {Kind.NAME: 44, Kind.MONTHS: 14, Kind.TYPES: 24, Kind.GROUP: 30, Kind.MANAGER: 22, Kind.MONEY: 16}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list as a file holds it.

    Parameters
    ----------
    rows
        Values of each row: text, whole numbers, Decimal, float, date, or None; of these kinds.
    remarks
        Who took it out and when, and what it is.
    """

    title: str
    heads: Sequence[str]
    kinds: Sequence[Kind]
    rows: Iterator[list[Any]]
    remarks: tuple[str, str]
    by: str


def parts(make: Callable[[], Sheet], form: str) -> Iterator[bytes]:
    """Give the bytes of the file, in the language and time zone of who asked.

    Parameters
    ----------
    make
        Asked for when the first part is sent.
    """
    language, zone = translation.get_language() or "en", timezone.get_current_timezone()
    written = _workbook(make) if form == "xlsx" else _text(make)
    return spoken(written, language, zone)


def answer(make: Callable[[], Sheet], name: str, form: str) -> StreamingHttpResponse:
    """Send the file."""
    return StreamingHttpResponse(
        parts(make, form),
        content_type=XLSX if form == "xlsx" else CSV,
        headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'},
    )


def sheet_of(taken: TakenOut) -> Sheet:
    """Give the accounts table as it was taken out."""
    return Sheet(_("Accounts"), head(taken), _kinds(taken), rows(taken), (remark(taken), about(taken)), str(taken.by))


def spoken(made: Iterator[bytes], language: str, zone: tzinfo) -> Iterator[bytes]:
    """Make each part in a language: the middleware that chose it has ended when the parts are sent."""
    while True:
        with translation.override(language), timezone.override(zone):
            try:
                part = next(made)
            except StopIteration:
                return
        yield part


# Rows ------------------------------------------------------------------------------------------------------------


def head(taken: TakenOut) -> list[str]:
    """Give the heads of the columns; months stand in a column each."""
    return [text for column in taken.asked.columns for text in _heads(column, taken)]


def _heads(column: Column, taken: TakenOut) -> Iterator[str]:
    if column.kind == Kind.CLASS:
        yield from (str(column.label_for(taken.by)), _("Class a year ago"))
    elif column.kind == Kind.NEXT:
        yield from (str(column.label_for(taken.by)), _("Who does the next touch"))
    elif column.kind == Kind.MONTHS:
        yield from (f"{first:%Y-%m}" for first in _months(taken))
    else:
        yield str(column.label_for(taken.by))


def _months(taken: TakenOut) -> list[date]:
    last = taken.run.last_month
    end = last.year * 12 + last.month - 1 if last else 0
    return [date(number // 12, number % 12 + 1, 1) for number in range(end - 11, end + 1)] if last else []


def rows(taken: TakenOut) -> Iterator[list[Any]]:
    """Give the values of each row: text, whole numbers, Decimal, float, date, or None."""
    whole, on = share_of(Memory.of(taken.by, taken.run), taken.asked), today()
    kinds = {column.kind for column in taken.asked.columns}
    for at in range(0, len(taken.accounts), AT_ONCE):
        ids = taken.accounts[at : at + AT_ONCE]
        found = Standing.objects.filter(run=taken.run, account__in=ids).select_related("account__parent")
        standings = {standing.account_id: standing for standing in found}
        reading = Reading(
            currency=taken.run.currency,
            managers=managers_of(ids, on) if Kind.MANAGER in kinds else {},
            share_of=whole,
            decisions=decisions_of(ids) if Kind.DECIDED in kinds else {},
            touches=touches_of(ids) if kinds & TOUCHES else {},
            dossiers=kept_of(ids) if Kind.KNOWN in kinds else {},
        )
        # An account that an import taken back took with it meanwhile is no more.
        for account in ids:
            if account in standings:
                standing = standings[account]
                yield [value for column in taken.asked.columns for value in _values(column, standing, reading)]


def _values(column: Column, standing: Standing, reading: Reading) -> Iterator[Any]:
    if column.kind == Kind.MANAGER:
        manager = reading.managers.get(standing.account_id)
        yield str(manager) if manager else None
        return
    if column.kind == Kind.DECIDED:
        decision = reading.decisions.get(standing.account_id)
        yield status_words(decision) if decision else None
        return
    if column.kind in TOUCHES:
        yield from _touched(column, reading.touches.get(standing.account_id))
        return
    if column.kind == Kind.KNOWN:
        dossier = reading.dossiers.get(standing.account_id)
        yield dossier.share if dossier else None
        return
    value = value_of(column, standing, reading)
    match column.kind:
        case Kind.CLASS:
            yield from (value, standing.abc_year_ago)
        case Kind.MONTHS:
            yield from (to_decimal(units) for units in value or [0] * 12)
        case _:
            yield _plain(column.kind, value)


def _touched(column: Column, touch: AccountTouch | None) -> Iterator[Any]:
    if column.kind == Kind.TOUCHED:
        yield touch.all_last_any if touch else None
        return
    yield touch.all_next_on if touch else None
    yield str(touch.all_next_owner) if touch and touch.all_next_owner else None


def _plain(kind: Kind, value: Any) -> Any:
    if value is None or value == "":
        return None
    match kind:
        case Kind.MONEY:
            return to_decimal(value)
        case Kind.GROUP:
            return value.name
        case Kind.WORD:
            return say(label(REGULARITY, value))
        case Kind.STATE:
            return say(label(STATES, value))
        case Kind.TYPES:
            return ", ".join(say(label(TYPES, one)) for one in value) or None
        case Kind.KEY:
            return _("yes") if value else _("no")
    return value


def remark(taken: "TakenOut | MovesTaken") -> str:
    """Say who took out what and when: the line that goes with every copy of the file."""
    return _("Taken out by %(who)s on %(when)s · trail %(entry)s") % {
        "who": taken.by,
        "when": moment(taken.entry.at),
        "entry": taken.entry.pk,
    }


def about(taken: TakenOut) -> str:
    """Say what the list is: its run, its window and its filter."""
    run = taken.run
    text = _("As of %(as_of)s, window %(start)s – %(end)s") % {
        "as_of": day(run.as_of),
        "start": day(run.window_start),
        "end": day(run.window_end),
    }
    currency = f" · {run.currency}" if run.currency else ""
    narrowed = taken.asked.query()
    return text + currency + (" · " + _("filter: %(filter)s") % {"filter": narrowed} if narrowed else "")


# CSV -------------------------------------------------------------------------------------------------------------


class _Line:
    """Where `csv` writes one row that is then given on."""

    def write(self, text: str) -> str:
        return text


def _text(make: Callable[[], Sheet]) -> Iterator[bytes]:
    sheet = make()
    turkish = (translation.get_language() or "en").startswith("tr")
    writer: Any = csv.writer(_Line(), delimiter=";" if turkish else ",", quoting=csv.QUOTE_ALL)
    yield (BOM + writer.writerow([guarded(text) for text in sheet.heads])).encode()
    for row in sheet.rows:
        yield writer.writerow(_texts(row, sheet.kinds, "," if turkish else ".")).encode()
    for told in sheet.remarks:
        yield writer.writerow([guarded(told)]).encode()


def _kinds(taken: TakenOut) -> list[Kind]:
    return [column.kind for column in taken.asked.columns for _head in _heads(column, taken)]


def _texts(row: Sequence[Any], kinds: Sequence[Kind], sign: str) -> list[str]:
    return [_cell_text(value, kind, sign) for value, kind in zip(row, kinds, strict=True)]


def _cell_text(value: Any, kind: Kind, sign: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, date):
        return value.isoformat()
    if kind in (Kind.MONEY, Kind.MONTHS):
        exact = f"{value:.4f}"
        return exact.removesuffix("00").replace(".", sign)
    return (f"{value:.6f}" if isinstance(value, float) else str(value)).replace(".", sign)


# Workbook --------------------------------------------------------------------------------------------------------


def _workbook(make: Callable[[], Sheet]) -> Iterator[bytes]:
    with tempfile.TemporaryFile(prefix="anahtar-export-") as file:
        _fill(file, make())
        file.seek(0)
        while part := file.read(_CHUNK):
            yield part


def _fill(file: Any, told: Sheet) -> None:
    with ExitStack() as until_the_end:
        # Text is text: neither formulas nor links nor numbers are guessed from it.
        guesses = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        book = xlsxwriter.Workbook(file, {"constant_memory": True, **guesses})
        until_the_end.callback(book.close)
        book.set_properties({"author": printable(told.by), "comments": printable(told.remarks[0])})
        sheet = book.add_worksheet(told.title)
        sheet.set_footer("&L&8" + printable(told.remarks[0]).replace("&", "&&"))
        kinds = told.kinds
        write = _writer(book, sheet)
        _lay_out(sheet, kinds)
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        quiet = book.add_format({"font_color": "#6a6e78"})
        for at, text in enumerate(told.remarks):
            sheet.write_string(at, 0, printable(text), quiet)
        for at, text in enumerate(told.heads):
            sheet.write_string(3, at, printable(text), bold)
        last = 3
        for last, row in enumerate(told.rows, 4):
            for at, (value, kind) in enumerate(zip(row, kinds, strict=True)):
                write(last, at, value, kind)
        sheet.autofilter(3, 0, last, len(kinds) - 1)


def _lay_out(sheet: "Worksheet", kinds: Sequence[Kind]) -> None:
    for at, kind in enumerate(kinds):
        sheet.set_column(at, at, _WIDTHS.get(kind, 13))
    sheet.freeze_panes(4, 1)
    sheet.repeat_rows(3)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _writer(book: Any, sheet: "Worksheet") -> Callable[[int, int, Any, Kind], None]:
    money, part = book.add_format({"num_format": "#,##0.00"}), book.add_format({"num_format": "0.0%"})
    whole, ratio = book.add_format({"num_format": "#,##0"}), book.add_format({"num_format": "0.00"})
    days = book.add_format({"num_format": "yyyy-mm-dd"})

    def write(row: int, column: int, value: Any, kind: Kind) -> None:
        if value is None:
            return
        if isinstance(value, str):
            sheet.write_string(row, column, printable(value))
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, days)
        elif kind in (Kind.MONEY, Kind.MONTHS):
            sheet.write_number(row, column, float(value), money)
        elif kind in _PARTS:
            sheet.write_number(row, column, value, part)
        else:
            sheet.write_number(row, column, value, ratio if kind == Kind.RATIO else whole)

    return write
