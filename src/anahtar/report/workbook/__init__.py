"""report.xlsx: the whole analysis as a workbook that a director opens and an analyst works on."""

from datetime import UTC, datetime, time
from pathlib import Path

from xlsxwriter import Workbook

from anahtar.analysis import Analysis
from anahtar.report.harmless import printable
from anahtar.report.workbook.accounts import write_accounts
from anahtar.report.workbook.book import TITLES, Book, sheet_names
from anahtar.report.workbook.concentration import write_concentration
from anahtar.report.workbook.front import write_front
from anahtar.report.workbook.keys import write_keys
from anahtar.report.workbook.matrix import write_matrix
from anahtar.report.workbook.method import write_method
from anahtar.report.workbook.migration import write_migration
from anahtar.report.workbook.options import CENTS_BELOW, OPTIONS
from anahtar.report.workbook.problems import write_problems_sheet
from anahtar.report.workbook.selection import KeyRow, Selection, write_selection
from anahtar.report.workbook.silence import write_silence
from anahtar.report.workbook.styles import CENTS, WHOLE, Styles
from anahtar.words import Words

__all__ = ["KeyRow", "Selection", "write_selection", "write_workbook"]


def write_workbook(analysis: Analysis, path: Path, words: Words, *, company: str | None = None) -> None:
    """Write an analysis as a workbook for Excel and LibreOffice; the same analysis gives the same bytes.

    Sheets: Summary, Key accounts, All accounts, ABC-XYZ matrix, Migration, Concentration, Silence, Problems, Method,
    named and written in the reader's language. Numbers are numbers, days are days, whatever came from the ledger is
    text and never a formula; the workbook holds no formula at all. Lists end at 20,000 accounts, 2,000 names and
    10,000 problems, and then say where the whole list is.

    Parameters
    ----------
    analysis
        What to write; money in units becomes numbers of the currency.
    path
        The file; one of that name is replaced. Memory does not grow with it, its temporary files stand in the
        system's folder for them.
    words
        The reader's language. Signs of numbers are chosen by the reader's spreadsheet.
    company
        Whose accounts these are, for the title and the foot of printed pages.
    """
    workbook = Workbook(str(path), OPTIONS)
    money = WHOLE if abs(analysis.concentration.total) >= CENTS_BELOW else CENTS
    styles = Styles(workbook, money=money)
    book = Book(analysis, words, workbook, styles, company or "", sheet_names(words))
    workbook.set_properties(_properties(book))
    write_front(book)
    write_keys(book)
    accounts = write_accounts(book)
    write_matrix(book, accounts)
    write_migration(book)
    write_concentration(book)
    write_silence(book)
    write_problems_sheet(book)
    write_method(book)
    workbook.close()


def _properties(book: Book) -> dict[str, object]:
    # Without `created` the workbook would carry the clock, and two runs would differ.
    created = datetime.combine(book.analysis.as_of, time(), UTC)
    title = printable(book.company) or book.words(TITLES["key"])
    return {"title": title, "author": "Anahtar", "created": created}
