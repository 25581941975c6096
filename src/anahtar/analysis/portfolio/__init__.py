"""The portfolio: what a screen says of some accounts together, from one slice.

    found = load(file)
    portfolio = Portfolio.of(found, codes)       # a manager's, a team's, a group's; all of them without codes
    portfolio.concentration.top[3], portfolio.cells, portfolio.migration
    portfolio.without(["120.01"]).concentration  # the same, had that account never bought

Everything is reckoned from the slice's columns, in milliseconds, and knows no engine. Money is whole and exact: cells
add up to the totals to the last unit.
"""

from anahtar.analysis.portfolio.curve import Curve
from anahtar.analysis.portfolio.matrix import CellTotal
from anahtar.analysis.portfolio.migration import NEW, NONE, STATES, Move
from anahtar.analysis.portfolio.portfolio import KeyShare, Portfolio
from anahtar.analysis.portfolio.totals import Bridge, Change, Totals

__all__ = [
    "NEW",
    "NONE",
    "STATES",
    "Bridge",
    "CellTotal",
    "Change",
    "Curve",
    "KeyShare",
    "Move",
    "Portfolio",
    "Totals",
]
