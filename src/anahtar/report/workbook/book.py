"""The workbook being written: its analysis, its language, and what its sheets are called."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from xlsxwriter import Workbook

from anahtar.analysis import Analysis
from anahtar.money import UNITS
from anahtar.report.harmless import printable
from anahtar.report.labels import MEASURES
from anahtar.report.workbook.styles import Styles
from anahtar.words import Message, Words, say

TITLES: Final[Mapping[str, Message]] = {
    "summary": say("Summary"),
    "key": say("Key accounts"),
    "accounts": say("All accounts"),
    "matrix": say("ABC-XYZ matrix"),
    "migration": say("Migration"),
    "concentration": say("Concentration"),
    "silence": say("Silence"),
    "problems": say("Problems"),
    "method": say("Method"),
}
"""The sheets in their order, by the key the code calls them."""

CONTENTS: Final[Mapping[str, Message]] = {
    "key": say("Who is key, of which type, and why: every criterion with its number and its border."),
    "accounts": say("Every account with its figures, classes, months and state; filter and sort as you like."),
    "matrix": say("How much an account brings against how evenly it buys, and what to do in each cell."),
    "migration": say("Who moved between classes, in the last month and over the year."),
    "concentration": say("How much hangs on how few, and what is left without the largest."),
    "silence": say("Who has been quiet for longer than usual, and whom to call first."),
    "problems": say("Every row of the ledger that was not taken at face value, and why."),
    "method": say("Every threshold, convention and denominator, and what was left out."),
}

_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass(frozen=True)
class Book:
    """One workbook and all that its sheets need in common."""

    analysis: Analysis
    words: Words
    workbook: Workbook
    styles: Styles
    company: str
    names: Mapping[str, str]
    """What each sheet is called in the reader's language; only those that are written."""
    left_out: frozenset[str] = frozenset()
    """Columns of accounts that are not written: unknown under a filter, or not for the reader."""
    whole: bool = True
    """Whether it is of the whole company, which the band of the key accounts is a policy for."""
    rest: Message | None = None
    """Where the accounts are that a long list leaves out; None: beside the workbook, as the command line puts them."""

    def place(self, sheet: str, cell: str = "A1") -> str:
        """A cell of another sheet as links and charts write it: `'Tüm müşteriler'!A1`."""
        name = self.names[sheet].replace("'", "''")
        return f"'{name}'!{cell}"

    def subtitle(self) -> Message:
        """What every sheet says of itself: window, as-of day, measure and currency."""
        analysis = self.analysis
        return say(
            "{start} to {end} · as of {as_of} · ranked by {measure} · amounts in {currency}",
            start=analysis.window.start,
            end=analysis.window.end,
            as_of=analysis.as_of,
            measure=MEASURES[analysis.measure],
            currency=analysis.ledger.currency or say("the ledger's currency"),
        )


def sheet_names(words: Words) -> dict[str, str]:
    """The translated names as Excel accepts them: 31 characters, none of its forbidden signs, no two alike."""
    names: dict[str, str] = {}
    for key, title in TITLES.items():
        name = _FORBIDDEN.sub("-", words(title)).strip("' ")[:31]
        taken = {other.casefold() for other in names.values()}
        names[key] = name if name and name.casefold() not in taken else f"{name[:20]} {len(names) + 1}"
    return names


def amount(units: int | None) -> float | None:
    """Money units as the number of a cell; a cell holds 15 digits, so cents are exact up to ten trillion."""
    return None if units is None else units / UNITS


def footer(book: Book) -> str:
    """The foot of every printed page: company, as-of day, page of pages."""
    as_of = book.words(say("as of {day}", day=book.analysis.as_of))
    left = printable(book.company)[:80].replace("&", "&&")
    return f"&L&8{left}&C&8{as_of}&R&8&P / &N"
