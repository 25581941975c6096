"""Days in cells: whether a column writes the day or the month first, and which day each cell is.

`03.04.2025` is a day of April or of March, and no single cell can tell. So a column is learnt first (`DateEvidence`)
and read afterwards (`read_dates`). A time behind the day is checked and left out; a zone (`Z`, `+03:00`) is left out
too, without moving the day: the day is the one the ledger writes.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from anahtar.ledger.options import DateOrder
from anahtar.ledger.values.numbers import is_text, place, side_by_side
from anahtar.words import Refusal, Value, say

_PIVOT: Final = 69
"""Two-digit years below 69 are of this century, the others of the last (as POSIX reads them)."""

_EXCEL_EPOCH: Final = date(1899, 12, 30).toordinal()
_UNIX_EPOCH: Final = date(1970, 1, 1).toordinal()
_SERIALS: Final = (20_000, 80_000)
"""Numbers in a column of dates that are days as Excel counts them: 1954-10-03 to 2119-01-10."""

_MINORITY: Final = 20
"""An order proven by less than one in twenty of the cells that prove one is a slip, and its cells are refused."""

_TIME: Final = (
    r"(?:[ T\x{a0}]+(?:[01]?\d|2[0-3])[:.][0-5]\d(?:[:.][0-5]\d(?:[.,]\d{1,9})?)?"
    r"(?: ?(?:[AaPp]\.?[Mm]\.?|ÖÖ|ÖS|öö|ös))?(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?)?"
)
_NUMERIC: Final = re.compile(r"(\d{1,4})[./ -](\d{1,2})[./ -](\d{1,4})\.?")
_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)")
_DAY_NAMED: Final = re.compile(r"(\d{1,2})\.?[ ./-]*([^\W\d_]+)\.?,?[ ./-]*(\d{4}|\d{2})(?: ?г\.?)?")
_NAMED_DAY: Final = re.compile(r"([^\W\d_]+)\.?[ ./-]*(\d{1,2})(?:st|nd|rd|th)?,?[ ./-]+(\d{4}|\d{2})")
_YEAR_NAMED: Final = re.compile(r"(\d{4})[ ./-]+([^\W\d_]+)\.?[ ./-]+(\d{1,2})")

_MONTHS: Final = (
    "ocak oca january jan januar jän jänner январь января янв",
    "şubat şub subat february feb februar февраль февраля фев февр",
    "mart mar march märz mär mrz maerz март марта мар",
    "nisan nis april apr апрель апреля апр",
    "mayıs may mai май мая",
    "haziran haz june jun juni июнь июня июн",
    "temmuz tem july jul juli июль июля июл",
    "ağustos ağu agustos august aug август августа авг",
    "eylül eyl september sep sept сентябрь сентября сен сент",
    "ekim eki october oct oktober okt октябрь октября окт",
    "kasım kas november nov ноябрь ноября ноя нояб",
    "aralık ara december dec dezember dez декабрь декабря дек",
)


class UnableToTellDateOrder(Refusal):
    """Every date of a column can be read with the day first and with the month first."""

    def __init__(self, *, file: str, sheet: str, column: str, texts: Iterable[str]) -> None:
        texts = list(texts)[:3]
        super().__init__(
            say(
                "The dates of column “{column}” in {place} can be read in two ways. "
                "--date-order dmy reads {texts} as {day_first}; --date-order mdy reads them as {month_first}. "
                "Say which is meant with --date-order dmy or --date-order mdy.",
                column=column,
                place=place(file, sheet),
                texts=" · ".join(texts),
                day_first=side_by_side([_reading(text, DateOrder.DAY_FIRST) for text in texts]),
                month_first=side_by_side([_reading(text, DateOrder.MONTH_FIRST) for text in texts]),
            )
        )


class UnableToReadBothOrders(UnableToTellDateOrder):
    """Some dates of a column can only have the day first, others only the month."""

    def __init__(
        self, *, file: str, sheet: str, column: str, day_first: Sequence[str], month_first: Sequence[str]
    ) -> None:
        Refusal.__init__(
            self,
            say(
                "The dates of column “{column}” in {place} are written in two ways: {day_first} with the day first, "
                "{month_first} with the month first. Neither reading fits the whole column. Correct the column in the "
                "source, or import the two parts separately, one with --date-order dmy and one with --date-order mdy.",
                column=column,
                place=place(file, sheet),
                day_first=" · ".join(day_first[:3]),
                month_first=" · ".join(month_first[:3]),
            ),
        )


@dataclass(frozen=True, slots=True)
class Dates:
    """Which day each cell of a column is.

    Parameters
    ----------
    values
        date32; null where the cell is empty or is no day.
    unreadable
        bool, true where a cell has something in it and it is no day; None where every cell fits.
    """

    values: pa.Array
    unreadable: pa.Array | None


class DateEvidence:
    """Whether a column writes the day first or the month first, by every cell of it.

    `31.12.2025` proves that the day comes first; `03.04.2025` proves nothing; `03.03.2025`, a month in words and a
    year in front need no proof.
    """

    def __init__(self) -> None:
        self._proofs = {DateOrder.DAY_FIRST: 0, DateOrder.MONTH_FIRST: 0}
        self._examples: dict[DateOrder, list[str]] = {DateOrder.DAY_FIRST: [], DateOrder.MONTH_FIRST: []}
        self._open: list[str] = []
        self._seen: set[str] = set()
        self._native = False

    @property
    def settled(self) -> bool:
        """Whether the cells seen so far prove one order and nothing speaks for the other."""
        day_first, month_first = self._proofs.values()
        return self._native or (day_first > 0) != (month_first > 0)

    def learn(self, cells: pa.Array) -> None:
        """Take some cells of the column, in any order."""
        if not is_text(cells.type):
            self._native = True
            return
        texts = cells.dictionary if pa.types.is_dictionary(cells.type) else pc.unique(cells)
        # A day and its time of day prove no more than the day alone: ten characters hold the day.
        days = pc.unique(pc.utf8_slice_codeunits(pc.utf8_trim_whitespace(pc.drop_null(texts)), 0, 10))
        for text in days.to_pylist():
            if text not in self._seen:
                self._learn_one(text)

    def _learn_one(self, text: str) -> None:
        self._seen.add(text)
        match = _NUMERIC.match(text)
        if not match or len(match[1]) > 2:
            return
        first, second = int(match[1]), int(match[2])
        if first == second:
            return
        if first <= 12 and second <= 12:
            self._open.append(match[0])
        elif second <= 12 and first <= 31:
            self._prove(DateOrder.DAY_FIRST, match[0])
        elif first <= 12 and second <= 31:
            self._prove(DateOrder.MONTH_FIRST, match[0])

    def _prove(self, order: DateOrder, text: str) -> None:
        self._proofs[order] += 1
        self._examples[order].append(text)

    def order(self, *, file: str, sheet: str, column: str, order: DateOrder | None) -> DateOrder:
        """Say which comes first; what the user says wins.

        Raises
        ------
        UnableToTellDateOrder
            Where both readings fit the whole column and would give different days.
        UnableToReadBothOrders
            Where many cells prove one order and many the other.
        """
        if order is not None:
            return order
        day_first, month_first = self._proofs.values()
        if min(day_first, month_first) * _MINORITY > day_first + month_first:
            of_day, of_month = self._examples.values()
            raise UnableToReadBothOrders(file=file, sheet=sheet, column=column, day_first=of_day, month_first=of_month)
        if day_first == month_first == 0 and self._open:
            raise UnableToTellDateOrder(file=file, sheet=sheet, column=column, texts=self._open)
        return DateOrder.MONTH_FIRST if month_first > day_first else DateOrder.DAY_FIRST


def read_dates(cells: pa.Array, order: DateOrder | None) -> Dates:
    """Read cells as days.

    Parameters
    ----------
    cells
        Text (plain or dictionary-encoded), dates, time stamps, or whole numbers: days as Excel counts them
        (20000 to 80000) and `20251231`.
    order
        What comes first in texts such as `03.04.2025`; None means the day. A year of four digits in front, a
        month in words and `20251231` are read the same under every order.

    Returns
    -------
    Dates
        As long as the cells. Days that are on no calendar (`31.02.2025`) are unreadable.
    """
    order = order or DateOrder.DAY_FIRST
    if pa.types.is_dictionary(cells.type):
        return _spread(_read_texts(cells.dictionary.cast(pa.string()), order), cells.indices)
    if is_text(cells.type):
        distinct = cells.cast(pa.string()).dictionary_encode()
        return _spread(_read_texts(distinct.dictionary, order), distinct.indices)
    return _read_native(cells)


def _spread(distinct: Dates, indices: pa.Array) -> Dates:
    unreadable = None
    if distinct.unreadable is not None:
        unreadable = pc.fill_null(distinct.unreadable.take(indices), False)
    return Dates(distinct.values.take(indices), unreadable)


def _read_texts(texts: pa.Array, order: DateOrder) -> Dates:
    """Read distinct texts; where they are many it is for their times of day, and the days below are few."""
    texts = pc.utf8_trim_whitespace(texts)
    days = pc.replace_substring_regex(texts, f"(\\d|[а-я]\\.?){_TIME}$", r"\1").dictionary_encode()
    ordinals = pa.array([_ordinal(text, order) for text in days.dictionary.to_pylist()], pa.int32())
    values = ordinals.take(days.indices).cast(pa.date32())
    unreadable = pc.and_(values.is_null(), pc.fill_null(pc.not_equal(texts, ""), False))
    return Dates(values, unreadable if pc.any(unreadable).as_py() else None)


@lru_cache(maxsize=1 << 16)
def _ordinal(text: str | None, order: DateOrder) -> int | None:
    """Days from 1970-01-01 to the day of a text without time; None where it is no day."""
    parts = _parts(text, order) if text else None
    if parts is None:
        return None
    try:
        return date(*parts).toordinal() - _UNIX_EPOCH
    except ValueError:
        return None


def _parts(text: str, order: DateOrder) -> tuple[int, int, int] | None:
    """Year, month and day as a text writes them."""
    if match := _COMPACT.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _NUMERIC.fullmatch(text):
        return _numeric(match[1], match[2], match[3], order)
    if match := _DAY_NAMED.fullmatch(text):
        return _year(match[3]), _month(match[2]), int(match[1])
    if match := _NAMED_DAY.fullmatch(text):
        return _year(match[3]), _month(match[1]), int(match[2])
    if match := _YEAR_NAMED.fullmatch(text):
        return int(match[1]), _month(match[2]), int(match[3])
    return None


def _numeric(first: str, second: str, third: str, order: DateOrder) -> tuple[int, int, int] | None:
    if len(first) == 4 and len(third) <= 2:
        return int(first), int(second), int(third)
    if len(first) > 2 or len(third) not in (2, 4):
        return None
    if order is DateOrder.YEAR_FIRST and len(third) == 2:
        return _year(first), int(second), int(third)
    if order is DateOrder.MONTH_FIRST:
        return _year(third), int(first), int(second)
    return _year(third), int(second), int(first)


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year < _PIVOT else 1900)


def _month(name: str) -> int:
    """The month a word names, 0 for none (which is on no calendar)."""
    return _names().get(_folded(name), 0)


@cache
def _names() -> dict[str, int]:
    return {_folded(name): number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}


def _folded(name: str) -> str:
    """The word without regard to case; the four Turkish i and their accents are one letter here."""
    return name.replace("İ", "i").replace("I", "i").lower().replace("ı", "i")


def _reading(text: str, order: DateOrder) -> Value:
    """Which day one text is, for messages."""
    day = read_dates(pa.array([text]), order).values[0].as_py()
    return day if isinstance(day, date) else "?"


def _read_native(cells: pa.Array) -> Dates:
    kind = cells.type
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return Dates(_day_of(cells), None)
    if pa.types.is_floating(kind) or pa.types.is_integer(kind):
        return _read_serials(cells)
    unreadable = cells.is_valid()
    return Dates(pa.nulls(len(cells), pa.date32()), unreadable if pc.any(unreadable).as_py() else None)


def _day_of(cells: pa.Array) -> pa.Array:
    """The day of a time stamp; the day on its own clock, whatever the zone."""
    if pa.types.is_timestamp(cells.type):
        cells = pc.floor_temporal(pc.local_timestamp(cells) if cells.type.tz else cells, unit="day")
    return cells.cast(pa.date32())


def _read_serials(cells: pa.Array) -> Dates:
    """Days as Excel counts them (a fraction is the time of day), and days written as the number 20251231."""
    present = cells.is_valid().to_numpy(zero_copy_only=False)
    numbers = pc.fill_null(cells.cast(pa.float64()), 0.0).to_numpy(zero_copy_only=False)
    serial = (numbers >= _SERIALS[0]) & (numbers < _SERIALS[1])
    days = np.where(serial, numbers, 0.0).astype(np.int32) + np.int32(_EXCEL_EPOCH - _UNIX_EPOCH)
    values = pa.array(days, mask=~serial).cast(pa.date32())
    if (serial | ~present).all():
        return Dates(values, None)
    return _with_compact(values, pa.array(numbers, mask=serial | ~present))


def _with_compact(values: pa.Array, numbers: pa.Array) -> Dates:
    whole = pc.if_else(pc.equal(numbers, pc.trunc(numbers)), numbers, None)
    compact = pc.if_else(pc.less(pc.abs(whole), 1e8), whole, None).cast(pa.int64()).cast(pa.string())
    read = read_dates(compact, None)
    values = pc.coalesce(values, read.values)
    unreadable = pc.and_(values.is_null(), numbers.is_valid())
    return Dates(values, unreadable if pc.any(unreadable).as_py() else None)
