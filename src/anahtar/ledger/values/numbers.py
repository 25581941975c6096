"""Numbers in cells: which signs a column writes them with, and what each cell is worth.

`1.234` is one thousand or one and a quarter, and no single cell can tell. So a column is learnt first
(`NumberEvidence`) and read afterwards (`read_numbers`), into whole ten-thousandths (anahtar.money).
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import reduce
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from anahtar.ledger.values.amounts import Mask, Units, multiply
from anahtar.ledger.values.number_text import (
    FAST,
    DecimalSign,
    Numbers,
    Signs,
    exact_units,
    number_pattern,
    read_text,
    units_of,
)
from anahtar.money import PLACES, UNITS
from anahtar.words import Message, Refusal, Value, say

__all__ = [
    "DecimalSign",
    "DiscountEvidence",
    "NumberEvidence",
    "Numbers",
    "Signs",
    "UnableToReadBothSigns",
    "UnableToTellSigns",
    "is_text",
    "multiply",
    "place",
    "read_numbers",
    "side_by_side",
]

_MINORITY: Final = 20
"""A sign proven by less than one in twenty of the cells that prove one is a slip, and its cells are refused."""


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
                with_comma=side_by_side([_reading(text, Signs(",")) for text in texts]),
                with_point=side_by_side([_reading(text, Signs(".")) for text in texts]),
            )
        )


class UnableToReadBothSigns(UnableToTellSigns):
    """Some numbers of a column have a decimal comma only, others a decimal point only."""

    def __init__(self, *, file: str, sheet: str, column: str, commas: Sequence[str], points: Sequence[str]) -> None:
        Refusal.__init__(
            self,
            say(
                "The numbers of column “{column}” in {place} are written in two ways: {commas} with a decimal comma, "
                "{points} with a decimal point. Neither reading fits the whole column. Correct the column in the "
                "source, or import the two parts separately, one with --decimal , and one with --decimal .",
                column=column,
                place=place(file, sheet),
                commas=" · ".join(commas),
                points=" · ".join(points),
            ),
        )


def place(file: str, sheet: str) -> Message:
    """Name a table for a person: its file, and its sheet where it has one."""
    return say("{file}, sheet “{sheet}”", file=file, sheet=sheet) if sheet else say("{file}", file=file)


def side_by_side(values: Sequence[Value]) -> Value:
    """Examples in a row, each said in the reader's language: 1.1 · 2.113 or 1,1 · 2,113."""
    return reduce(lambda before, one: say("{before} · {one}", before=before, one=one), values)


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
        with_comma = pc.match_substring_regex(texts, number_pattern(","))
        with_point = pc.match_substring_regex(texts, number_pattern("."))
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
            Where both readings fit the whole column and would give different numbers.
        UnableToReadBothSigns
            Where many cells prove one sign and many the other.
        """
        if decimal is not None:
            return Signs(decimal)
        commas, points = self._proofs[","], self._proofs["."]
        if min(commas, points) * _MINORITY > commas + points:
            raise UnableToReadBothSigns(
                file=file, sheet=sheet, column=column, commas=self._examples[","], points=self._examples["."]
            )
        if commas == points == 0 and self._open:
            raise UnableToTellSigns(file=file, sheet=sheet, column=column, texts=self._open)
        return Signs("," if commas > points else ".")


def _reading(text: str, signs: Signs) -> Value:
    """What one text is worth, with as many places as it needs, for messages."""
    units = read_numbers(pa.array([text]), signs).values[0].as_py()
    return "?" if units is None else Decimal(units).scaleb(-PLACES).normalize()


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
        return read_text(cells.cast(pa.string()), signs or Signs(), percent=percent)
    return _read_native(cells)


def _spread(distinct: Numbers, indices: pa.Array) -> Numbers:
    unreadable = None if distinct.unreadable is None else pc.fill_null(distinct.unreadable.take(indices), False)
    return Numbers(distinct.values.take(indices), unreadable)


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
        return Numbers(units_of(cells.cast(FAST)), None)
    except pa.ArrowInvalid:
        exact = (Decimal(0 if number is None else number) for number in cells.to_pylist())
        return _patched(np.zeros(len(cells), np.int64), np.arange(len(cells)), exact, cells)


def _patched(units: Units, odd: "npt.NDArray[np.intp]", exact: Iterable[Decimal], cells: pa.Array) -> Numbers:
    """Put numbers read one by one among those read in bulk."""
    one_by_one = [exact_units(number) for number in exact]
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
