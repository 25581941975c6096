"""The nine cells: how many accounts, what they come to, what we do with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from anahtar.analysis.classing import CELL_NAMES
from anahtar.analysis.portfolio import CellTotal, Portfolio
from anahtar_web.gate.rights import Field
from anahtar_web.insight.models import Run
from anahtar_web.insight.pages.portfolio.links import Links
from anahtar_web.insight.pages.portfolio.matrix import meanings, notes, shade
from anahtar_web.insight.portfolio.reckoning import key_codes
from anahtar_web.strategies.queries import Strategy

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Parameters
    ----------
    keys
        Accounts in it that are key by the ledger.
    profit
        None where it is not known, or not for the reader.
    shade
        1 to 6, by its share.
    """

    name: str
    accounts: int
    keys: int
    revenue: int
    profit: int | None
    share: float
    shade: int
    strategy: Strategy
    href: str


@dataclass(frozen=True, slots=True)
class Band:
    """A row or a column: a class with what its three cells come to."""

    name: str
    meaning: str
    accounts: int
    share: float


@dataclass(frozen=True, slots=True)
class Grid:
    """The template's contract: three columns A, B, C, three rows X, Y, Z with their cells."""

    columns: Sequence[Band]
    rows: Sequence[tuple[Band, Sequence[Cell]]]
    notes: Sequence[str]
    explained: str

    @classmethod
    def build(
        cls, portfolio: Portfolio, user: "User", run: Run, links: Links, strategies: Mapping[str, Strategy]
    ) -> "Grid":
        """Lay the cells out."""
        keys = keys_by_cell(portfolio, run)
        sees_profit = user.sees(Field.PROFIT)
        cells = {
            total.name: _cell(total, keys, strategies[total.name], links, sees_profit=sees_profit)
            for total in portfolio.cells
            if total.name in strategies
        }
        rows = [
            (_band(xyz, meaning, row), row)
            for xyz, meaning in meanings().items()
            for row in [[cells[f"{abc}{xyz}"] for abc in "ABC"]]
        ]
        columns = [_band(abc, "", [cells[f"{abc}{xyz}"] for xyz in "XYZ"]) for abc in "ABC"]
        return cls(columns, rows, notes(portfolio), links.explained)

    @property
    def cells(self) -> Sequence[Cell]:
        """All nine, by value and then by regularity."""
        return [row[at] for at in range(3) for _band, row in self.rows]


def keys_by_cell(portfolio: Portfolio, run: Run) -> Mapping[str, int]:
    """Count the key accounts of the selection in each cell."""
    found = portfolio.slice
    rows = np.intersect1d(portfolio.rows, found.places(key_codes(run)), assume_unique=True)
    cells = found.words("cell")[rows]
    counts = np.bincount(cells[cells >= 0], minlength=len(CELL_NAMES))
    return dict(zip(CELL_NAMES, map(int, counts), strict=True))


def _cell(total: CellTotal, keys: Mapping[str, int], strategy: Strategy, links: Links, *, sees_profit: bool) -> Cell:
    return Cell(
        name=total.name,
        accounts=total.accounts,
        keys=keys[total.name],
        revenue=total.revenue,
        profit=total.profit if sees_profit else None,
        share=total.share,
        shade=shade(total.share),
        strategy=strategy,
        href=links.classes(cell=total.name) if total.accounts else "",
    )


def _band(name: str, meaning: str, cells: Sequence[Cell]) -> Band:
    return Band(name, meaning, sum(cell.accounts for cell in cells), sum(cell.share for cell in cells))
