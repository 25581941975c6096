"""What happens to each row: accepted, set aside, or refused, and for which one reason."""

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from anahtar.ledger.intake.dictionaries import Mask
from anahtar.ledger.intake.key_index import NO_KEY
from anahtar.ledger.intake.lines import EPOCH, Lines
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.problems import Kind, Verdict
from anahtar.ledger.roles import Role

Verdicts: TypeAlias = npt.NDArray[np.uint8]

ACCEPTED: Final = 0
KINDS: Final = tuple(Kind)
REFUSED: Final = frozenset(
    {
        Kind.UNREADABLE_DATE,
        Kind.UNREADABLE_NUMBER,
        Kind.MISSING_DATE,
        Kind.MISSING_AMOUNT,
        Kind.NUMBER_OUT_OF_RANGE,
        Kind.BROKEN_ROW,
    }
)


def verdict_of(kind: Kind) -> Verdict:
    """What happens to rows with this problem (for kinds that decide about a row)."""
    return Verdict.REFUSED if kind in REFUSED else Verdict.SET_ASIDE


def judge(lines: Lines, options: ReadOptions, repeated: Mask | None) -> Verdicts:
    """Say for each row `ACCEPTED`, or 1 + the place in `KINDS` of what speaks against it.

    A row with several faults counts once, under the gravest: what cannot be read before what is out of range,
    that before what is missing, and a duplicate only where nothing else is wrong.

    Parameters
    ----------
    lines
        The rows of a chunk.
    options
        The range of dates, products to leave out.
    repeated
        Rows to set aside as duplicates (`--duplicates drop`); None for none.
    """
    verdicts = np.zeros(len(lines), np.uint8)
    # From the lightest to the gravest: a later one overwrites an earlier one.
    if repeated is not None:
        _mark(verdicts, repeated, Kind.DROPPED_DUPLICATE)
    _mark(verdicts, _left_out(lines, options), Kind.LEFT_OUT_PRODUCT)
    _mark(verdicts, lines.codes[Role.CUSTOMER].places == NO_KEY, Kind.MISSING_CUSTOMER)
    first, last = (options.first_date - EPOCH).days, (options.last_date - EPOCH).days
    _mark(verdicts, (lines.days < first) | (lines.days > last), Kind.DATE_OUT_OF_RANGE)
    _mark(verdicts, lines.amount.missing, Kind.MISSING_AMOUNT)
    _mark(verdicts, lines.too_large, Kind.NUMBER_OUT_OF_RANGE)
    _mark(verdicts, lines.amount.unreadable, Kind.UNREADABLE_NUMBER)
    _mark(verdicts, lines.undated, Kind.MISSING_DATE)
    _mark(verdicts, lines.unreadable_days, Kind.UNREADABLE_DATE)
    return verdicts


def _mark(verdicts: Verdicts, rows: Mask | None, kind: Kind) -> None:
    if rows is not None and rows.any():
        verdicts[rows] = KINDS.index(kind) + 1


def _left_out(lines: Lines, options: ReadOptions) -> Mask | None:
    products = lines.codes.get(Role.PRODUCT)
    if products is None or not options.leave_out_products:
        return None
    wanted = pc.is_in(products.texts, value_set=pa.array(sorted(options.leave_out_products), pa.string()))
    # Place -1, the empty cell, finds the False at the end.
    return np.append(wanted.to_numpy(zero_copy_only=False), False)[products.places]
