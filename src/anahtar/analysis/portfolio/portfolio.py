"""One portfolio, whole."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import pyarrow as pa

from anahtar.analysis.portfolio.chosen import Chosen
from anahtar.analysis.portfolio.concentrating import concentration, concentration_year_ago
from anahtar.analysis.portfolio.curve import Curve, curve
from anahtar.analysis.portfolio.matrix import CellTotal, matrix
from anahtar.analysis.portfolio.migration import MOVERS, Move, Ways
from anahtar.analysis.portfolio.totals import Bridge, Totals, bridge, totals
from anahtar.analysis.result import KEY_BAND, Concentration, Window
from anahtar.analysis.slicing.slice import Float, Places, Slice, month_of


@dataclass(frozen=True, slots=True)
class KeyShare:
    """What some key accounts make of the portfolio, against the band that keeps it neither scattered nor dependent.

    Parameters
    ----------
    accounts
        How many of them are in the portfolio.
    share, share_year_ago
        Of the positive total, 0-1; None where nothing is positive, or the ledger is younger.
    band
        Least and greatest share.
    """

    accounts: int
    share: float | None
    share_year_ago: float | None
    band: tuple[float, float] = KEY_BAND

    @property
    def verdict(self) -> str | None:
        """`below`, `within` or `above` the band; its borders are within."""
        if self.share is None:
            return None
        low, high = self.band
        return "below" if self.share < low else "above" if self.share > high else "within"


@dataclass(frozen=True, slots=True, eq=False)
class Portfolio:
    """What the chosen accounts are together.

    Shares are of the positive value of the chosen accounts alone, so they say nothing about others. Classes and cells
    are those of the whole company, as the slice has them.

    Parameters
    ----------
    slice
        What it is reckoned from.
    rows
        Its accounts as rows of the slice, in its order: by value, then those without positive value by code.
    now, year_ago
        The totals; None where the ledger is younger. So too `bridge`, `concentration_year_ago` and `migration`.
    bridge
        How the one became the other.
    concentration, concentration_year_ago
        Over accounts of positive value; `dependence` holds the codes with 20 % or more, `mono_client` one with 50 %.
    curve
        The Pareto curve.
    cells
        The nine cells of the matrix, then `N` and `undefined`.
    migration
        Accounts and money by state a year ago and now, who stayed included.
    """

    slice: Slice
    rows: Places
    now: Totals
    year_ago: Totals | None
    bridge: Bridge | None
    concentration: Concentration
    concentration_year_ago: Concentration | None
    curve: Curve
    cells: Sequence[CellTotal]
    migration: Sequence[Move] | None

    @classmethod
    def of(cls, found: Slice, codes: Collection[str] | pa.Array | None = None) -> Self:
        """The portfolio of some accounts.

        Parameters
        ----------
        found
            The slice.
        codes
            Codes of the accounts; one that is not in the slice says nothing. None: all accounts.
        """
        return cls._of(found, np.arange(len(found)) if codes is None else found.places(codes))

    @classmethod
    def _of(cls, found: Slice, rows: Places) -> Self:
        chosen = Chosen(found, rows)
        now, then = totals(chosen, ""), found.window_year_ago
        return cls(
            found,
            rows,
            now,
            None if then is None else totals(chosen, "_year_ago"),
            None if then is None else bridge(chosen, month_of(then.end)),
            concentration(chosen),
            None if then is None else concentration_year_ago(chosen),
            curve(chosen),
            matrix(chosen, now.positive),
            None if then is None else _ways(chosen, then).moves(),
        )

    def without(self, codes: Collection[str] | pa.Array) -> Self:
        """The same portfolio had some accounts never bought: totals, shares, everything of the others alone."""
        return self._of(self.slice, np.setdiff1d(self.rows, self.slice.places(codes), assume_unique=True))

    def key_share(self, codes: Collection[str] | pa.Array) -> KeyShare:
        """What some accounts make of it, now and a year ago; those that are not in it make nothing."""
        keys = Chosen(self.slice, np.intersect1d(self.rows, self.slice.places(codes), assume_unique=True))
        return KeyShare(len(keys.rows), _part(keys, "", self.now), _part(keys, "_year_ago", self.year_ago))

    def shares(self) -> Float:
        """The share of each of `rows` in the positive total of them all; not-a-number without positive value."""
        values = Chosen(self.slice, self.rows).amounts("value")
        return np.where(values > 0, values / max(self.now.positive, 1), np.nan)

    def movers(self, *, before: str | None = None, after: str | None = None) -> pa.Table:
        """The accounts whose state changed, those whose value changed most first, equal ones by code.

        Parameters
        ----------
        before, after
            Only those who left, or reached, a state (of `STATES`).

        Returns
        -------
        pa.Table
            code, name, before, after (states), value, value_year_ago (ten-thousandths; 0 where unknown); without rows
            where the ledger is younger.
        """
        then = self.slice.window_year_ago
        if then is None:
            return MOVERS.empty_table()
        return _ways(Chosen(self.slice, self.rows), then).movers(before, after)


def _part(keys: Chosen, when: str, whole: Totals | None) -> float | None:
    return None if whole is None or not whole.positive else totals(keys, when).positive / whole.positive


def _ways(chosen: Chosen, then: Window) -> Ways:
    return Ways.of(chosen, then=month_of(then.end), now=month_of(chosen.slice.window.end))
