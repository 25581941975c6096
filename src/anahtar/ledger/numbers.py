"""Numbers in cells: which signs a column writes them with, and what each cell is worth.

`1.234` is one thousand or one and a quarter, and no single cell can tell. So a column is learnt first
(`NumberEvidence`) and read afterwards (`read_numbers`), into whole ten-thousandths (anahtar.money).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from math import gcd
from typing import Final, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from anahtar.money import PLACES, UNITS
from anahtar.words import Message, Refusal, say

DecimalSign: TypeAlias = Literal[",", "."]
Units: TypeAlias = "npt.NDArray[np.int64]"
Mask: TypeAlias = "npt.NDArray[np.bool_]"

_LARGEST: Final = 2**63 - 1
_FAST: Final = pa.decimal128(18, PLACES)
_UNIT: Final = Decimal(1).scaleb(-PLACES)

_SPACES: Final = " \u00a0\u2007\u2009\u202f"
_GROUP_SIGNS: Final = (*_SPACES, "'", "’")
_MINUS: Final = "-\u2212\u2013"
_CURRENCY: Final = r"(?:₺|€|£|₽|US\$|\$|YTL|TL|TRY|USD|EUR|GBP|RUB|CHF|руб\.?|р\.)"
_MINORITY: Final = 20
"""A sign proven by less than one in twenty of the cells that prove one is a slip, and its cells are refused."""


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


class UnableToTellSigns(Refusal):
    """Every number of a column can be read with a decimal comma and with a decimal point."""

    def __init__(self, *, file: str, sheet: str, column: str, texts: Iterable[str]) -> None:
        texts = list(texts)[:3]
        super().__init__(
            say(
                "The numbers of column “{column}” in {place} can be read in two ways. "
                "--decimal , reads {texts} as {with_comma}; --decimal . reads them as {with_point}. "
                "Say which is meant with --decimal , or --decimal .",
                column=column,
                place=place(file, sheet),
                texts=" · ".join(texts),
                with_comma=" · ".join(_plain(text, Signs(",")) for text in texts),
                with_point=" · ".join(_plain(text, Signs(".")) for text in texts),
            )
        )


def place(file: str, sheet: str) -> Message:
    """Name a table for a person: its file, and its sheet where it has one."""
    return say("{file}, sheet “{sheet}”", file=file, sheet=sheet) if sheet else say("{file}", file=file)


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


class NumberEvidence:
    """Which decimal sign a column uses, by every cell of it.

    A cell such as `12,5`, `1.234,56` or `0,125` has one reading and proves a sign. A cell such as `1.234` has two
    and proves nothing: ten thousand of them are settled by one `12,5` at the end. Whole numbers need no sign.
    """

    def __init__(self) -> None:
        self._proofs: dict[DecimalSign, int] = {",": 0, ".": 0}
        self._examples: dict[DecimalSign, list[str]] = {",": [], ".": []}
        self._open: list[str] = []
        self._native = False

    @property
    def settled(self) -> bool:
        """Whether the cells seen so far prove one sign and nothing speaks for the other."""
        return self._native or (self._proofs[","] > 0) != (self._proofs["."] > 0)

    def learn(self, cells: pa.Array) -> None:
        """Take some cells of the column, in any order."""
        if not is_text(cells.type):
            self._native = True
            return
        texts = pc.unique(pc.drop_null(_decoded(cells)))
        texts = texts.filter(pc.match_substring_regex(texts, r"\d[.,]|[.,]\d"))
        with_comma = pc.match_substring_regex(texts, _number(","))
        with_point = pc.match_substring_regex(texts, _number("."))
        self._prove(",", texts.filter(pc.and_not(with_comma, with_point)))
        self._prove(".", texts.filter(pc.and_not(with_point, with_comma)))
        if len(self._open) < 3:
            two_ways = texts.filter(pc.and_(with_comma, with_point))
            two_ways = two_ways.filter(pc.match_substring_regex(two_ways, r"\d[.,]\d"))
            self._open = list(dict.fromkeys(self._open + two_ways.slice(0, 3).to_pylist()))

    def _prove(self, sign: DecimalSign, texts: pa.Array) -> None:
        self._proofs[sign] += len(texts)
        self._examples[sign] = (self._examples[sign] + texts.slice(0, 3).to_pylist())[:3]

    def signs(self, *, file: str, sheet: str, column: str, decimal: DecimalSign | None) -> Signs:
        """Say which signs the column uses; what the user says wins.

        Raises
        ------
        UnableToTellSigns
            Where both readings fit the whole column and would give different numbers, or where many cells prove
            one sign and many the other.
        """
        if decimal is not None:
            return Signs(decimal)
        commas, points = self._proofs[","], self._proofs["."]
        mixed = min(commas, points) * _MINORITY > commas + points
        if mixed or (commas == points == 0 and self._open):
            mixture = [text for pair in zip(self._examples[","], self._examples["."], strict=False) for text in pair]
            raise UnableToTellSigns(file=file, sheet=sheet, column=column, texts=mixture if mixed else self._open)
        return Signs("," if commas > points else ".")


def is_text(kind: pa.DataType) -> bool:
    """Whether cells of this type are text (plain or dictionary-encoded)."""
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def read_numbers(cells: pa.Array, signs: Signs | None, *, percent: bool = False) -> Numbers:
    """Read cells as exact numbers of four places.

    Parameters
    ----------
    cells
        Text (plain or dictionary-encoded), or native double, integer, decimal or bool cells.
    signs
        How text is written; None means a decimal point.
    percent
        Whether a percent sign before or behind the number is allowed (discounts): `5 %` is read as 5.

    Returns
    -------
    Numbers
        As long as the cells, ten-thousandths. Currency signs and codes, a minus before or behind, parentheses for
        negative amounts and exponents (`1.5E+05`) are understood. A number whose ten-thousandths do not fit
        64 bits is unreadable, and so is an amount with a letter of the account behind it (`B`, `A`): it is not
        guessed which of the two is the sale.
    """
    if pa.types.is_dictionary(cells.type):
        distinct = read_numbers(cells.dictionary, signs, percent=percent)
        if distinct.rounded == 0:
            return _spread(distinct, cells.indices)
        # Cells are counted, not distinct texts: a text that is rounded may stand in many cells.
        cells = cells.dictionary_decode()
    if is_text(cells.type):
        return _read_text(cells.cast(pa.string()), signs or Signs(), percent=percent)
    return _read_native(cells)


def _spread(distinct: Numbers, indices: pa.Array) -> Numbers:
    unreadable = None if distinct.unreadable is None else pc.fill_null(distinct.unreadable.take(indices), False)
    return Numbers(distinct.values.take(indices), unreadable)


# Text -----------------------------------------------------------------------------------------------------------


def _read_text(cells: pa.Array, signs: Signs, *, percent: bool) -> Numbers:
    """Read a chunk in one go where every cell is plain, else the usual cells in bulk and the odd ones with care."""
    if signs.decimal == ".":
        try:
            return Numbers(_units_of(cells.cast(_FAST)), None)
        except pa.ArrowInvalid:
            pass
    usual = pc.match_substring_regex(cells, _usual(signs.decimal))
    values = _units_of(_bare(pc.if_else(usual, cells, None), signs).cast(_FAST))
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
    parts = pc.extract_regex(cells, _number(signs.decimal, percent=percent))
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
    values = _units_of(pc.if_else(simple, digits, None).cast(_FAST))
    odd = np.flatnonzero(pc.fill_null(pc.invert(simple), False).to_numpy(zero_copy_only=False))
    too_large = np.zeros(len(digits), dtype=bool)
    if not len(odd):
        return values, pa.array(too_large), 0
    one_by_one = [_one(Decimal(text)) for text in digits.take(pa.array(odd)).to_pylist()]
    too_large[odd] = [units is None for units, _ in one_by_one]
    mask = np.zeros(len(digits), dtype=bool)
    mask[odd] = True
    values = pc.replace_with_mask(values, pa.array(mask), pa.array([units for units, _ in one_by_one], pa.int64()))
    return values, pa.array(too_large), sum(was_rounded for _, was_rounded in one_by_one)


def _one(number: Decimal) -> tuple[int | None, bool]:
    """One number in ten-thousandths (None where it does not fit), and whether it was rounded."""
    if not number.is_finite() or number.adjusted() > 18:
        return None, False
    try:
        rounded = number.quantize(_UNIT, ROUND_HALF_UP)
    except InvalidOperation:
        return None, False
    units = int(rounded.scaleb(PLACES))
    return (units, rounded != number) if abs(units) <= _LARGEST else (None, False)


def _units_of(decimals: pa.Array) -> pa.Array:
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
def _number(decimal: DecimalSign, *, percent: bool = True) -> str:
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


def _plain(text: str, signs: Signs) -> str:
    """One text as a bare number with a decimal point, for messages."""
    units = read_numbers(pa.array([text]), signs).values[0].as_py()
    return "?" if units is None else format(Decimal(units).scaleb(-PLACES).normalize(), "f")


# Native cells ---------------------------------------------------------------------------------------------------


def _read_native(cells: pa.Array) -> Numbers:
    kind = cells.type
    if pa.types.is_floating(kind):
        return _read_doubles(cells.cast(pa.float64()))
    if pa.types.is_integer(kind) or pa.types.is_decimal(kind):
        return _read_decimals(cells)
    unreadable = cells.is_valid()
    return Numbers(pa.nulls(len(cells), pa.int64()), unreadable if pc.any(unreadable).as_py() else None)


def _read_doubles(cells: pa.Array) -> Numbers:
    """Doubles as the decimal number they are shown as (shortest text that gives the same double).

    Below 1e11 a double has at most four decimals exactly when dividing its rounded ten-thousandths gives it back:
    fifteen digits or fewer name a double, and only that one.
    """
    numbers = pc.fill_null(cells, 0.0).to_numpy(zero_copy_only=False)
    with np.errstate(invalid="ignore", over="ignore"):
        scaled = np.rint(numbers * UNITS)
        fast = (np.abs(numbers) < 1e11) & (scaled / UNITS == numbers)
        units = np.where(fast, scaled, 0.0).astype(np.int64)
    return _patched(units, np.flatnonzero(~fast), (Decimal(repr(x)) for x in numbers[~fast].tolist()), cells)


def _read_decimals(cells: pa.Array) -> Numbers:
    try:
        return Numbers(_units_of(cells.cast(_FAST)), None)
    except pa.ArrowInvalid:
        exact = (Decimal(0 if number is None else number) for number in cells.to_pylist())
        return _patched(np.zeros(len(cells), np.int64), np.arange(len(cells)), exact, cells)


def _patched(units: Units, odd: "npt.NDArray[np.intp]", exact: Iterable[Decimal], cells: pa.Array) -> Numbers:
    """Put numbers read one by one among those read in bulk."""
    one_by_one = [_one(number) for number in exact]
    missing = cells.is_null().to_numpy(zero_copy_only=False)
    unreadable: Mask = np.zeros(len(cells), dtype=bool)
    unreadable[odd] = [value is None for value, _ in one_by_one]
    units[odd] = [value or 0 for value, _ in one_by_one]
    values = pa.array(units, mask=missing | unreadable)
    return Numbers(values, pa.array(unreadable) if unreadable.any() else None, sum(r for _, r in one_by_one))


def _decoded(cells: pa.Array) -> pa.Array:
    """The texts of the cells; of a dictionary, each text once."""
    return (cells.dictionary if pa.types.is_dictionary(cells.type) else cells).cast(pa.string())


# Amounts that are products ----------------------------------------------------------------------------------------


class DiscountEvidence:
    """Whether a column of discounts holds percents (5, `5 %`) or fractions (0.05), by every cell of it.

    All values up to one and no percent sign: fractions. One percent sign or one value above one: percents, the
    whole column (a discount of 0.5 among percents is half a percent).
    """

    def __init__(self) -> None:
        self._percent_sign = False
        self._above_one: dict[DecimalSign, bool] = {",": False, ".": False}

    @property
    def settled(self) -> bool:
        """Whether the cells seen so far prove percents under every reading."""
        return self._percent_sign or all(self._above_one.values())

    def learn(self, cells: pa.Array) -> None:
        """Take some cells of the column, in any order."""
        texts = pc.unique(cells) if not pa.types.is_dictionary(cells.type) else cells.dictionary
        if is_text(texts.type):
            self._percent_sign |= bool(pc.any(pc.match_substring(texts, "%")).as_py())
        for sign in self._above_one:
            values = read_numbers(texts, Signs(sign), percent=True).values
            self._above_one[sign] |= bool(pc.any(pc.greater(pc.abs(values), UNITS)).as_py())

    def is_percent(self, signs: Signs | None) -> bool:
        """Say what the numbers mean, read with these signs."""
        return self._percent_sign or self._above_one[(signs or Signs()).decimal]


def multiply(
    quantity: pa.Array, unit_price: pa.Array, discount: pa.Array | None = None, discount_is_percent: bool = False
) -> pa.Array:
    """The amount of each line: quantity x unit price, less the discount; exact, rounded once, at the end.

    Parameters
    ----------
    quantity, unit_price, discount
        int64 ten-thousandths, one per line (`read_numbers`). An empty discount is none.
    discount_is_percent
        Whether a discount of 5 means 5 % (then five of a hundred is taken off), or a fraction of one.

    Returns
    -------
    pa.Array
        int64 ten-thousandths, half a unit rounded away from zero; null where quantity or price is null, and null
        where the product does not fit 64 bits (it is refused, never wrapped).
    """
    whole = 100 * UNITS if discount_is_percent else UNITS
    factors = [_filled(quantity), _filled(unit_price)]
    divisor = UNITS
    if discount is not None:
        factors.append(whole - _filled(discount))
        divisor *= whole
    missing = pc.or_(quantity.is_null(), unit_price.is_null()).to_numpy(zero_copy_only=False)
    return _product(factors, divisor, missing)


def _filled(units: pa.Array) -> Units:
    return np.array(pc.fill_null(units, 0).to_numpy(zero_copy_only=False), dtype=np.int64)


def _product(factors: list[Units], divisor: int, missing: Mask) -> pa.Array:
    if _large(factors).any():
        factors, divisor = _reduced(factors, divisor)
    with np.errstate(over="ignore"):
        product: Units = np.prod(factors, axis=0, dtype=np.int64)
        units = np.sign(product) * ((np.abs(product) + divisor // 2) // divisor)
    for i in np.flatnonzero(_large(factors)).tolist():
        exact = _divided([int(factor[i]) for factor in factors], divisor)
        missing[i] |= exact is None
        units[i] = exact or 0
    return pa.array(units, mask=missing)


def _large(factors: list[Units]) -> Mask:
    """Which products might not fit 64 bits."""
    sizes = np.prod([np.abs(factor.astype(np.float64)) for factor in factors], axis=0)
    return np.asarray(sizes > 2**62, dtype=np.bool_)


def _reduced(factors: list[Units], divisor: int) -> tuple[list[Units], int]:
    """The same product with smaller numbers: whole quantities and whole percents need no places."""
    smaller = []
    for factor in factors:
        common = gcd(int(np.gcd.reduce(factor)), divisor)
        smaller.append(factor // common)
        divisor //= common
    return smaller, divisor


def _divided(factors: list[int], divisor: int) -> int | None:
    product = 1
    for factor in factors:
        product *= factor
    units = (abs(product) + divisor // 2) // divisor
    return None if units > _LARGEST else units if product >= 0 else -units
