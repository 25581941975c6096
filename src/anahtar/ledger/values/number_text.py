"""Numbers as people and programs write them: one pattern, read in bulk, and one by one where exactness needs it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from typing import Final, Literal, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from anahtar.money import PLACES

DecimalSign: TypeAlias = Literal[",", "."]

FAST: Final = pa.decimal128(18, PLACES)
"""Wide enough for a hundred trillion, and Arrow reads and writes it in bulk."""

_LARGEST: Final = 2**63 - 1
_UNIT: Final = Decimal(1).scaleb(-PLACES)

_SPACES: Final = " \u00a0\u2007\u2009\u202f"
_GROUP_SIGNS: Final = (*_SPACES, "'", "’")
_MINUS: Final = "-\u2212\u2013"
_CURRENCY: Final = r"(?:₺|€|£|₽|US\$|\$|YTL|TL|TRY|USD|EUR|GBP|RUB|CHF|руб\.?|р\.)"


@dataclass(frozen=True, slots=True)
class Signs:
    """How a column of text writes its numbers.

    Parameters
    ----------
    decimal
        The decimal sign. The other one of comma and point, blanks of every width and the apostrophe may stand
        between groups of three digits, the same sign throughout one number.
    """

    decimal: DecimalSign = "."

    @property
    def other(self) -> DecimalSign:
        """The one of comma and point that can only part thousands."""
        return "." if self.decimal == "," else ","


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the cells of one column are worth.

    Parameters
    ----------
    values
        int64 ten-thousandths; null where the cell is empty or cannot be read.
    unreadable
        bool, true where a cell has text and it is no number; None where every cell fits.
    rounded
        How many cells had more than four decimal places and were rounded half up, away from zero.
    """

    values: pa.Array
    unreadable: pa.Array | None
    rounded: int = 0


def read_text(cells: pa.Array, signs: Signs, *, percent: bool) -> Numbers:
    """Read a chunk in one go where every cell is plain, else the usual cells in bulk and the odd ones with care."""
    if signs.decimal == ".":
        try:
            return Numbers(units_of(cells.cast(FAST)), None)
        except pa.ArrowInvalid:
            pass
    usual = pc.match_substring_regex(cells, _usual(signs.decimal))
    values = units_of(_bare(pc.if_else(usual, cells, None), signs).cast(FAST))
    odd = pc.indices_nonzero(pc.invert(usual))
    if not len(odd):
        return Numbers(values, None)
    return _with_odd(values, odd, _read_odd(cells.take(odd), signs, percent=percent))


def _bare(cells: pa.Array, signs: Signs) -> pa.Array:
    """The same numbers without thousands signs, with a decimal point."""
    return pc.replace_substring(pc.replace_substring(cells, signs.other, ""), signs.decimal, ".")


def _with_odd(values: pa.Array, odd: pa.Array, numbers: Numbers) -> Numbers:
    places = odd.to_numpy()
    mask = np.zeros(len(values), dtype=bool)
    mask[places] = True
    values = pc.replace_with_mask(values, pa.array(mask), numbers.values)
    if numbers.unreadable is None:
        return Numbers(values, None, numbers.rounded)
    mask[places] = numbers.unreadable.to_numpy(zero_copy_only=False)
    return Numbers(values, pa.array(mask), numbers.rounded)


def _read_odd(cells: pa.Array, signs: Signs, *, percent: bool) -> Numbers:
    """Read cells that carry blanks, currencies, minus signs behind, exponents, or no number at all."""
    parts = pc.extract_regex(cells, number_pattern(signs.decimal, percent=percent))
    marks = _joined(parts, ("open", "minus1", "minus2", "minus3", "close"))
    fits = pc.fill_null(pc.match_substring_regex(marks, rf"^([{_MINUS}]?|\(\))$"), False)
    digits = pc.if_else(fits, pc.struct_field(parts, "digits"), None)
    digits = pc.replace_substring_regex(digits, f"[^0-9eE+\\-{signs.decimal}]", "")
    values, too_large, rounded = _exact(pc.replace_substring(digits, signs.decimal, "."))
    values = pc.if_else(pc.equal(marks, ""), values, pc.negate(values))
    empty = pc.fill_null(pc.match_substring_regex(cells, rf"^[{_SPACES}\t]*$"), True)
    unreadable = pc.or_(pc.invert(pc.or_(fits, empty)), too_large)
    return Numbers(values, unreadable if pc.any(unreadable).as_py() else None, rounded)


def _joined(parts: pa.Array, names: Iterable[str]) -> pa.Array:
    return pc.binary_join_element_wise(*(pc.struct_field(parts, name) for name in names), "")


def _exact(digits: pa.Array) -> tuple[pa.Array, pa.Array, int]:
    """Ten-thousandths of plain texts: in bulk where they fit, one by one where they need rounding or do not fit."""
    simple = pc.match_substring_regex(digits, r"^\d{0,14}(\.\d{0,4})?$")
    values = units_of(pc.if_else(simple, digits, None).cast(FAST))
    odd = np.flatnonzero(pc.fill_null(pc.invert(simple), False).to_numpy(zero_copy_only=False))
    too_large = np.zeros(len(digits), dtype=bool)
    if not len(odd):
        return values, pa.array(too_large), 0
    one_by_one = [exact_units(Decimal(text)) for text in digits.take(pa.array(odd)).to_pylist()]
    too_large[odd] = [units is None for units, _ in one_by_one]
    mask = np.zeros(len(digits), dtype=bool)
    mask[odd] = True
    values = pc.replace_with_mask(values, pa.array(mask), pa.array([units for units, _ in one_by_one], pa.int64()))
    return values, pa.array(too_large), sum(was_rounded for _, was_rounded in one_by_one)


def exact_units(number: Decimal) -> tuple[int | None, bool]:
    """One number in ten-thousandths (None where it does not fit), and whether it was rounded."""
    if not number.is_finite() or number.adjusted() > 18:
        return None, False
    try:
        rounded = number.quantize(_UNIT, ROUND_HALF_UP)
    except InvalidOperation:
        return None, False
    units = int(rounded.scaleb(PLACES))
    return (units, rounded != number) if abs(units) <= _LARGEST else (None, False)


def units_of(decimals: pa.Array) -> pa.Array:
    """The whole numbers inside decimal128(18, 4): their lower 64 bits, as they stand in memory."""
    _, words = decimals.buffers()
    low = np.frombuffer(words, dtype=np.int64)[2 * decimals.offset :: 2][: len(decimals)]
    missing = None if decimals.null_count == 0 else decimals.is_null().to_numpy(zero_copy_only=False)
    return pa.array(np.ascontiguousarray(low), mask=missing)


@cache
def _usual(decimal: DecimalSign) -> str:
    """The pattern of a number without anything around it, the other of comma and point between thousands."""
    point, other = re.escape(decimal), re.escape("." if decimal == "," else ",")
    return rf"^-?(?:\d{{1,14}}|[1-9]\d{{0,2}}(?:{other}\d{{3}}){{1,3}})(?:{point}\d{{1,4}})?$"


@cache
def number_pattern(decimal: DecimalSign, *, percent: bool = True) -> str:
    """The pattern of one number with this decimal sign (RE2 and Python's `re` alike)."""
    point = re.escape(decimal)
    signs = (*_GROUP_SIGNS, "." if decimal == "," else ",")
    groups = "|".join(rf"(?:{re.escape(sign)}\d{{3}})+" for sign in signs)
    digits = rf"(?:[1-9]\d{{0,2}}(?:{groups})|\d+)(?:{point}\d*)?|{point}\d+"
    blank = rf"[{_SPACES}\t]*"
    share = "%?" if percent else ""
    before = rf"(?P<open>\(?){blank}(?P<minus1>[{_MINUS}]?)\+?{blank}{_CURRENCY}?{share}{blank}(?P<minus2>[{_MINUS}]?)"
    behind = rf"(?P<minus3>[{_MINUS}]?){blank}{_CURRENCY}?{share}{blank}(?P<close>\)?)"
    return rf"^{blank}{before}{blank}(?P<digits>(?:{digits})(?:[eE][+-]?\d{{1,3}})?){blank}{behind}{blank}$"
