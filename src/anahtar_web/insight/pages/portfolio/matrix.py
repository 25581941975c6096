"""The matrix of value and regularity as a heat map, with what stands outside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar.analysis.portfolio import CellTotal
from anahtar.analysis.result import Span
from anahtar.analysis.slicing import Slice
from anahtar.analysis.slicing.slice import month_of
from anahtar.rules.strategy import strategy
from anahtar_web.insight.pages.portfolio.links import Links
from anahtar_web.insight.portfolio.reckoning import Reckoned
from anahtar_web.ui.templatetags.shown import number, say, short_money

SHADES: Final = (0.02, 0.06, 0.15, 0.30, 0.50)
"""Shares above which a cell is one shade darker."""


LEAST_PERIODS: Final = 4
"""Periods from which on their swings say something: a year of quarters."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Parameters
    ----------
    shade
        1 to 6, by its share.
    word
        What we do with its accounts, in a word or two; `strategy` says it whole.
    """

    name: str
    accounts: int
    value: int
    share: float
    shade: int
    word: str
    strategy: str
    href: str


@dataclass(frozen=True, slots=True)
class MatrixCard:
    """The card; rows by regularity, in each row the classes A, B, C."""

    rows: "Sequence[tuple[str, str, Sequence[Cell]]]"
    notes: Sequence[str]
    explained: str

    @classmethod
    def build(cls, reckoned: Reckoned, links: Links) -> "MatrixCard":
        """Lay the cells out."""
        cells = {cell.name: cell for cell in reckoned.portfolio.cells}
        meanings = {"X": _("even"), "Y": _("with swings"), "Z": _("irregular")}
        rows = [
            (xyz, meaning, [_cell(cells[f"{abc}{xyz}"], links) for abc in "ABC"]) for xyz, meaning in meanings.items()
        ]
        notes = _notes(list(cells.values()), reckoned.portfolio.slice.currency)
        if _periods(reckoned.portfolio.slice) < LEAST_PERIODS:
            notes.append(_("Over so few periods hardly any swing can show: here X says little."))
        return cls(rows, notes, links.explained)


def _cell(cell: CellTotal, links: Links) -> Cell:
    told = say(strategy(cell.name))  # type: ignore[arg-type]  # the nine cells are strategy's own
    return Cell(
        name=cell.name,
        accounts=cell.accounts,
        value=cell.value,
        share=cell.share,
        shade=1 + sum(cell.share > edge for edge in SHADES),
        word=told.partition(".")[0],
        strategy=told,
        href=links.classes(cell=cell.name) if cell.accounts else "",
    )


def _periods(found: Slice) -> int:
    months = month_of(found.window.end) - month_of(found.window.start) + 1
    return months // (3 if found.asked.period == Span.QUARTER else 1)


def _notes(cells: Sequence[CellTotal], currency: str) -> list[str]:
    one_off, new = sum(cell.one_off for cell in cells[:9]), sum(cell.new for cell in cells[:9])
    notes = []
    if one_off or new:
        told = {"one_off": number(one_off), "new": number(new)}
        notes.append(_("In Z: %(one_off)s that bought on one day only, %(new)s too young to be judged.") % told)
    for cell in cells[9:]:
        if cell.accounts:
            text = _OUTSIDE[cell.name](cell.accounts)
            notes.append(text % {"n": number(cell.accounts), "value": short_money(cell.value, currency)})
    return notes


_OUTSIDE: Final = {
    "N": lambda n: ngettext(
        "Outside: %(n)s account without positive value (N, %(value)s).",
        "Outside: %(n)s accounts without positive value (N, %(value)s).",
        n,
    ),
    "undefined": lambda n: ngettext(
        "Outside: %(n)s account with nothing to judge its regularity by (%(value)s).",
        "Outside: %(n)s accounts with nothing to judge their regularity by (%(value)s).",
        n,
    ),
}
