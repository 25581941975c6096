"""Classes from figures known already: the rules of `metrics.abc_class` and `metrics.xyz_class` without a ledger.

Those modules say what the classes mean and measure what they are made from; here other cuts are held against the same
measurements. That both say the same is tested on every ledger the tests know.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from anahtar.rules.strategy import CELLS

ABC: Final = ("A", "B", "C", "N")
REGULARITIES: Final = ("X", "Y", "Z", "one_off", "new", "undefined")
CELL_NAMES: Final[tuple[str, ...]] = CELLS

X, Y, Z, ONE_OFF, NEW, UNDEFINED = range(6)
A, B, C, N = range(4)
NOTHING: Final = -1
"""What stands for null among the numbers of words."""

Cuts = tuple[float, float]
Numbers = npt.NDArray[np.int8]
Float = npt.NDArray[np.float64]

_COLUMN: Final = np.array([0, 1, 2, 2, 2, NOTHING, NOTHING], np.int8)
"""The column of the matrix for each regularity, the last for null."""


def abc_of(abc: Numbers, share_above: Float, cuts: Cuts) -> Numbers:
    """Put accounts that are ranked into A, B or C by what the larger ones make; N and null stay (`letter`)."""
    ranked = (abc >= A) & (abc < N)
    told = np.where(share_above < cuts[0], A, np.where(share_above < cuts[1], B, C))
    return np.where(ranked, told, abc).astype(np.int8)


def xyz_of(beyond: Numbers, cv: Float, cuts: Cuts) -> Numbers:
    """Put accounts into X or Y by their coefficient of variation; above both cuts they are what `beyond` says."""
    judged = (beyond != NOTHING) & (beyond != UNDEFINED)
    # Not-a-number is below no cut, and keeps what it is.
    told = np.where(cv <= cuts[0], X, np.where(cv <= cuts[1], Y, beyond))
    return np.where(judged, told, beyond).astype(np.int8)


def cell_of(abc: Numbers, xyz: Numbers) -> Numbers:
    """The cell of the matrix, by value and then by regularity; null where either does not place it."""
    column = _COLUMN[xyz]
    placed = (abc >= A) & (abc < N) & (column != NOTHING)
    return np.where(placed, abc * 3 + column, NOTHING).astype(np.int8)
