"""What the cells of a column look like: dates, numbers, currency codes, names. Evidence beside the header's name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from anahtar.ledger.values.currencies import currency_code

CELLS: Final = 1000
"""How many rows are looked at."""

_DATE: Final = re.compile(
    r"(\d{1,2}[./-]\d{1,2}[./-](\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2}|(19|20)\d{2}[01]\d[0-3]\d"
    r"|\d{1,2}[ .-]{1,2}[^\W\d_]{3,10}[ .,-]{1,2}(\d{4}|\d{2})|[^\W\d_]{3,10}\.? \d{1,2},? \d{4})"
    r"(г\.?)?([ T,]+\d{1,2}[:.]\d{2}\S*( [AP]M)?)?",
    re.IGNORECASE,
)
_SIGN: Final = r"(?:TL|TRY|USD|EUR|GBP|RUB|руб\.?|[₺$€£₽%])"
_NUMBER: Final = re.compile(
    rf"[-+(−]?\s*{_SIGN}?\s*[-+−]?(0|[1-9]\d*|\d{{1,3}}([.,'’\s\u00a0\u202f]\d{{3}})+|(?=[.,]\d))([.,]\d+)?\s*{_SIGN}?\s*[-)]?",
    re.IGNORECASE,
)
_FRACTION: Final = re.compile(r"[.,]\d{1,2}\D*$|[.,]\d{4,}\D*$")
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
_NOTHING: Final = frozenset({"", "null", "none", "nan", "n/a", "-"})


@dataclass(frozen=True, slots=True)
class Look:
    """A column's cells, looked at from outside; shares are fractions of the filled cells.

    Parameters
    ----------
    rows, filled, distinct
        Cells looked at, cells that say something, different values among them.
    dates
        Cells that can be a day, `20250131` among them.
    serials
        Cells that can be a day number of a workbook (1954 to 2119).
    numbers
        Cells that can be a number; a code with leading zeros is none.
    fractions
        Cells that are numbers with decimals.
    currencies
        Cells that are a currency's code.
    first
        The first cell that says something, to be shown.
    """

    rows: int
    filled: int
    distinct: int
    dates: float
    serials: float
    numbers: float
    fractions: float
    currencies: float
    first: str


def look(column: pa.Array | pa.ChunkedArray) -> Look:
    """Look at the first `CELLS` cells of a column, text or native."""
    head = column.slice(0, CELLS)
    cells = [cell for cell in (str(value).strip() for value in _values(head)) if cell.lower() not in _NOTHING]
    native = _native(head.type)
    days = [native == "date" or _DATE.fullmatch(cell) is not None for cell in cells]
    numbers = [native == "number" or (not native and _is_number(cell)) for cell in cells]
    undated = [number and (native == "number" or not day) for number, day in zip(numbers, days, strict=True)]
    return Look(
        rows=len(head),
        filled=len(cells),
        distinct=len(set(cells)),
        dates=_share(days),
        serials=_share([number and _is_serial(cell) for cell, number in zip(cells, numbers, strict=True)]),
        numbers=_share(undated),
        fractions=_share([number and _is_fraction(cell) for cell, number in zip(cells, numbers, strict=True)]),
        currencies=_share([currency_code(cell) is not None for cell in cells]),
        first=cells[0][:60] if cells else "",
    )


def _values(column: pa.Array | pa.ChunkedArray) -> Sequence[object]:
    return [value for value in column.to_pylist() if value is not None]


def _native(kind: pa.DataType) -> str:
    if pa.types.is_temporal(kind):
        return "date"
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return "number"
    return ""


def _share(answers: Sequence[bool]) -> float:
    return sum(answers) / len(answers) if answers else 0.0


def _is_number(cell: str) -> bool:
    return _NUMBER.fullmatch(cell) is not None


def _is_fraction(cell: str) -> bool:
    return _FRACTION.search(cell) is not None and not cell.endswith(".0")


def _is_serial(cell: str) -> bool:
    whole = cell.partition(".")[0]
    return whole.isdecimal() and _FIRST_SERIAL <= int(whole) <= _LAST_SERIAL
