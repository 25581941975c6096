"""The matrix of value and regularity as a heat map, with what stands outside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar.analysis.portfolio import CellTotal, Portfolio
from anahtar.analysis.result import Span
from anahtar.analysis.slicing import Slice
from anahtar.analysis.slicing.slice import month_of
from anahtar.rules.strategy import CELLS
from anahtar_web.insight.pages.portfolio.links import Links
from anahtar_web.insight.portfolio.reckoning import Reckoned
from anahtar_web.strategies.queries import Strategy, in_force
from anahtar_web.ui.templatetags.shown import number, short_money

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
        strategies = in_force(CELLS)
        rows = [
            (xyz, meaning, [_cell(cells[f"{abc}{xyz}"], strategies[f"{abc}{xyz}"], links) for abc in "ABC"])
            for xyz, meaning in meanings().items()
        ]
        return cls(rows, notes(reckoned.portfolio), links.explained)


def meanings() -> Mapping[str, str]:
    """Say what the classes of regularity mean, in a word or two."""
    return {"X": _("even"), "Y": _("with swings"), "Z": _("irregular")}


def shade(share: float) -> int:
    """How dark a cell of such a share is, 1 to 6."""
    return 1 + sum(share > edge for edge in SHADES)


def _cell(cell: CellTotal, strategy: Strategy, links: Links) -> Cell:
    return Cell(
        name=cell.name,
        accounts=cell.accounts,
        value=cell.value,
        share=cell.share,
        shade=shade(cell.share),
        word=strategy.word,
        strategy=strategy.short,
        href=links.classes(cell=cell.name) if cell.accounts else "",
    )


def _periods(found: Slice) -> int:
    months = month_of(found.window.end) - month_of(found.window.start) + 1
    return months // (3 if found.asked.period == Span.QUARTER else 1)


def notes(portfolio: Portfolio) -> Sequence[str]:
    """Say what stands outside the matrix, and how far its letters can be trusted."""
    told = _outside(portfolio.cells, portfolio.slice.currency)
    if _periods(portfolio.slice) < LEAST_PERIODS:
        told.append(_("Over so few periods hardly any swing can show: here X says little."))
    return told


def _outside(cells: Sequence[CellTotal], currency: str) -> list[str]:
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
