"""What other cuts would change: a preview, before anybody is classed anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from anahtar.analysis.classing import ABC, CELL_NAMES, Cuts, abc_of, cell_of, xyz_of
from anahtar.analysis.slicing.slice import WORDS_OF, Float, Numbers, Slice
from anahtar.words import Refusal, say

CHANGED: Final = pa.schema(
    [
        pa.field("code", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("abc_before", pa.string(), nullable=False),  # A B C
        pa.field("abc", pa.string(), nullable=False),
        pa.field("xyz_before", pa.string(), nullable=False),  # X Y Z one_off new undefined
        pa.field("xyz", pa.string(), nullable=False),
        pa.field("cell_before", pa.string()),  # null where xyz is undefined
        pa.field("cell", pa.string()),
        pa.field("value", pa.int64(), nullable=False),  # ten-thousandths
        pa.field("share_above", pa.float64(), nullable=False),  # what the larger accounts make: held against the cuts
        pa.field("abc_distance", pa.float64()),  # share_above less the cut that parts the classes; null where abc stays
        pa.field("cv", pa.float64()),  # held against the cuts of regularity
        pa.field("xyz_distance", pa.float64()),  # cv less the cut that parts the two; null where xyz stays
    ]
)
"""One row per account whose class or cell changes; by rank."""


class UnableToReclass(Refusal):
    """The cuts cannot be meant."""

    @classmethod
    def abc(cls, cuts: Cuts) -> "UnableToReclass":
        """Shares that do not rise between nothing and everything."""
        return cls(
            say(
                "Class A cannot end at {a} and class B at {b} of the total: the shares must rise, between 0 and 1.",
                a=cuts[0],
                b=cuts[1],
            )
        )

    @classmethod
    def xyz(cls, cuts: Cuts) -> "UnableToReclass":
        """Coefficients that do not rise above nothing."""
        return cls(
            say(
                "X cannot end at a coefficient of variation of {x} and Y at {y}: they must rise, above 0.",
                x=cuts[0],
                y=cuts[1],
            )
        )


@dataclass(frozen=True, slots=True, eq=False)
class Reclassing:
    """The difference that other cuts make.

    Parameters
    ----------
    changed
        The accounts that are classed otherwise, as in `CHANGED`.
    abc_before, abc
        Class (A B C N) -> accounts, by the slice's own cuts and by the new ones.
    cells_before, cells
        Cell -> accounts, empty ones too.
    moves
        (cell before, cell after) -> accounts, of those whose cell changes; by cell.
    """

    changed: pa.Table
    abc_before: Mapping[str, int]
    abc: Mapping[str, int]
    cells_before: Mapping[str, int]
    cells: Mapping[str, int]
    moves: Mapping[tuple[str, str], int]


def reclass(found: Slice, *, abc_cuts: Cuts | None = None, xyz_cuts: Cuts | None = None) -> Reclassing:
    """Class the accounts of a slice by other cuts, without reading the ledger again.

    Shares and coefficients do not depend on cuts, so the classes are exactly those that an analysis with these cuts
    finds.

    Parameters
    ----------
    found
        The slice, with the cuts in force.
    abc_cuts, xyz_cuts
        As in `AnalysisOptions`; None: those of the slice.

    Raises
    ------
    UnableToReclass
        The cuts do not rise.
    """
    asked = found.asked
    cuts = _meant(abc_cuts or asked.abc_cuts, xyz_cuts or asked.xyz_cuts)
    before = _Classes(found.words("abc"), found.words("xyz"), found.words("cell"))
    above, cv = found.figures("share_above"), found.figures("cv")
    abc, xyz = abc_of(before.abc, above, cuts[0]), xyz_of(found.words("xyz_beyond"), cv, cuts[1])
    after = _Classes(abc, xyz, cell_of(abc, xyz))
    return Reclassing(
        _changed(found, before, after, cuts),
        _counts(before.abc, ABC),
        _counts(after.abc, ABC),
        _counts(before.cell, CELL_NAMES),
        _counts(after.cell, CELL_NAMES),
        _moves(before.cell, after.cell),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Classes:
    """Numbers of words, one per account."""

    abc: Numbers
    xyz: Numbers
    cell: Numbers


def _meant(abc: Cuts, xyz: Cuts) -> tuple[Cuts, Cuts]:
    # Asked this way round, not-a-number is refused too.
    if not 0 < abc[0] < abc[1] < 1:
        raise UnableToReclass.abc(abc)
    if not 0 < xyz[0] < xyz[1]:
        raise UnableToReclass.xyz(xyz)
    return abc, xyz


def _changed(found: Slice, before: _Classes, after: _Classes, cuts: tuple[Cuts, Cuts]) -> pa.Table:
    at = np.flatnonzero((before.abc != after.abc) | (before.xyz != after.xyz))
    rows = found.table.select(["code", "name", "value", "share_above", "cv"]).take(at)
    above, cv = (found.figures(name)[at] for name in ("share_above", "cv"))
    columns = {
        **{name: rows[name] for name in rows.column_names},
        **{
            f"{name}{when}": _said(getattr(classes, name)[at], name)
            for when, classes in (("_before", before), ("", after))
            for name in ("abc", "xyz", "cell")
        },
        "abc_distance": _distance(above, before.abc[at], after.abc[at], cuts[0]),
        "xyz_distance": _distance(cv, before.xyz[at], after.xyz[at], cuts[1]),
    }
    return pa.table([columns[name] for name in CHANGED.names], schema=CHANGED)


def _distance(figures: Float, before: Numbers, after: Numbers, cuts: Cuts) -> pa.Array:
    """How far the new class lies behind the cut it was divided by: the one on the side the account came from."""
    # Upwards (to A, to X) the cut is the end of the new class, downwards the end of the class above the new one.
    last = np.where(after < before, after, after - 1)
    cut = np.where(last <= 0, cuts[0], cuts[1])
    return pa.array(figures - cut, mask=before == after)


def _said(numbers: Numbers, name: str) -> pa.Array:
    return pa.array(WORDS_OF[name]).take(pa.array(numbers, mask=numbers < 0))


def _counts(numbers: Numbers, names: Sequence[str]) -> Mapping[str, int]:
    counts = np.bincount(numbers[numbers >= 0], minlength=len(names))
    return {name: int(counts[at]) for at, name in enumerate(names)}


def _moves(before: Numbers, after: Numbers) -> Mapping[tuple[str, str], int]:
    width = len(CELL_NAMES)
    moved = (before != after) & (before >= 0)
    counts = np.bincount(before[moved].astype(np.int64) * width + after[moved], minlength=width * width)
    return {(CELL_NAMES[at // width], CELL_NAMES[at % width]): int(counts[at]) for at in np.flatnonzero(counts)}
