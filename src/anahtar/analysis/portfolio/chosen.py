"""The columns of a slice, of the chosen rows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from anahtar.analysis.slicing.slice import Marks, Numbers, Places, Slice, Whole

Keys = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """Some rows of a slice, in its order: those with a rank first, the largest value before all."""

    slice: Slice
    rows: Places

    def amounts(self, name: str) -> Whole:
        """See `Slice.amounts`."""
        column = self.slice.amounts(name)
        return column if self._all else column[self.rows]

    def known(self, name: str) -> Marks:
        """See `Slice.known`."""
        column = self.slice.known(name)
        return column if self._all else column[self.rows]

    def words(self, name: str) -> Numbers:
        """See `Slice.words`."""
        column = self.slice.words(name)
        return column if self._all else column[self.rows]

    @property
    def _all(self) -> bool:
        """Every row, and nothing to pick: picking costs more than most sums."""
        return len(self.rows) == len(self.slice)

    def positive(self) -> Whole:
        """The values above zero, largest first."""
        return self.amounts("value")[self.known("rank")]

    def sum(self, name: str) -> int | None:
        """What a column comes to; None where it is known of no account."""
        return total(self.amounts(name)) if self.known(name).any() else None


def total(amounts: Whole) -> int:
    """A whole sum, as Python counts."""
    return int(amounts.sum(dtype=np.int64))


def sums(keys: Keys, width: int, *amounts: Whole) -> tuple[Whole, ...]:
    """Count and add up by key: how many, then the sum of each column; all exact, which sums of weights are not.

    Parameters
    ----------
    keys
        From 0 up to `width`; others are left out.
    """
    order = np.argsort(keys, kind="stable")
    borders = np.searchsorted(keys[order], np.arange(width + 1, dtype=np.int16))
    running = [np.concatenate([[0], np.cumsum(column[order])]) for column in amounts]
    return (np.diff(borders), *(np.diff(column[borders]) for column in running))
