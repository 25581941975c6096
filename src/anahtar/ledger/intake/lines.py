"""The rows of one chunk, understood: days, exact amounts, codes. Nothing is decided about a row here."""

import functools
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from anahtar.ledger.intake.dictionaries import Coded, Days, Mask
from anahtar.ledger.intake.hashing import NOTHING, Hashes, combine, hash_cells, hash_numbers, mix
from anahtar.ledger.options import DateOrder
from anahtar.ledger.problems import Kind
from anahtar.ledger.roles import ALL_DAYS, CODES, NUMBERS, FileKind, Mapping, Role
from anahtar.ledger.sheet import Chunk, Sheet
from anahtar.ledger.values.dates import Dates, read_dates
from anahtar.ledger.values.numbers import Numbers, Signs, multiply, read_numbers

Units: TypeAlias = npt.NDArray[np.int64]

LARGEST: Final = 10**17
"""Ten trillion of a currency in one line is no sale; it also keeps sums of millions of lines inside 64 bits."""

FACTORS: Final = (Role.QUANTITY, Role.UNIT_PRICE, Role.DISCOUNT)
"""The roles an amount is computed from where no column holds it."""

TEXTS: Final = frozenset({*CODES, Role.CUSTOMER_NAME, Role.PRODUCT_NAME})

_CONTENT: Final = tuple(Role)
"""Fingerprints of content give each role its own multiplier, by its place here; new roles go at the end."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How one sheet is read.

    Parameters
    ----------
    sheet, file_id
        The table and its place among the tables of the import.
    mapping, places
        Which header plays which role, and the place of its column.
    signs
        How each text column of numbers is written.
    order
        How text dates are written.
    percent
        Whether discounts are percents.
    """

    sheet: Sheet
    file_id: int
    mapping: Mapping
    places: MappingType[Role, int]
    signs: MappingType[Role, Signs]
    order: DateOrder | None
    percent: bool = False

    def cells(self, chunk: Chunk, role: Role) -> pa.Array | None:
        """The column of a role, or None where no column plays it."""
        place = self.places.get(role)
        return None if place is None else chunk.columns[place]

    def header(self, role: Role) -> str:
        """What the file calls the column of a role."""
        return self.mapping.columns.get(role, "")


@dataclass(frozen=True, slots=True)
class Figures:
    """Money or quantities of the rows of a chunk, in ten-thousandths.

    Parameters
    ----------
    values
        Zero where missing.
    missing
        Where there is no number: the cell is empty or cannot be read.
    unreadable
        Where there is text that is no number.
    """

    values: Units
    missing: Mask
    unreadable: Mask
    rounded: int = 0

    @classmethod
    def of(cls, numbers: Numbers) -> "Figures":
        """Numbers of a column as numpy arrays."""
        values, missing = _units(numbers.values)
        return cls(values, missing, _mask(numbers.unreadable, len(numbers.values)), numbers.rounded)

    def array(self, rows: npt.NDArray[np.intp] | None = None) -> pa.Array:
        """The figures of some rows (None: of all) as an Arrow array, null where missing."""
        if rows is None:
            return pa.array(self.values, mask=self.missing if self.missing.any() else None)
        return pa.array(self.values[rows], mask=self.missing[rows])


@dataclass(frozen=True, slots=True)
class Lines:
    """A chunk understood, one entry per row.

    Parameters
    ----------
    rows
        Row numbers of the file.
    days, undated, unreadable_days
        Day since 1970 (0 where undated), where there is none, and where there is text that is no date.
    amount
        Net amount in the line's own currency.
    too_large
        Where the amount is beyond `LARGEST`.
    cost, quantity
        None where no column tells.
    codes
        The columns of codes and names.
    content
        Fingerprint of what the line says (`content_of`), the same in every file format.
    whole
        Fingerprint of every cell of the row, mapped or not: equal rows are exact duplicates.
    numbers
        All mapped columns of numbers, as they stand.
    own, foreign
        After conversion: the amounts before it, and which rows were converted; None where nothing was.
    """

    plan: Plan
    chunk: Chunk
    rows: npt.NDArray[np.int64]
    days: Days
    undated: Mask
    unreadable_days: Mask
    amount: Figures
    too_large: Mask
    cost: Figures | None
    quantity: Figures | None
    codes: MappingType[Role, Coded]
    content: Hashes
    whole: Hashes
    numbers: MappingType[Role, Figures]
    own: Units | None = None
    foreign: Mask | None = None

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def places(self) -> npt.NDArray[np.int64]:
        """Where each row stands in the whole import: the file's place and the row, in one rising number."""
        return self.rows + (self.plan.file_id << FILE_BITS)

    def faulty(self, rows: npt.NDArray[np.intp], kind: Kind) -> list[tuple[Role, npt.NDArray[np.intp]]]:
        """Sort rows whose amount has a problem by the column that is to blame, the first of several."""
        roles = [Role.AMOUNT] if Role.AMOUNT in self.plan.places else [role for role in FACTORS if role in self.numbers]
        blamed, left = [], rows
        for role in roles[:-1]:
            figures = self.numbers[role]
            guilty = (figures.unreadable if kind is Kind.UNREADABLE_NUMBER else figures.missing)[left]
            blamed.append((role, left[guilty]))
            left = left[~guilty]
        return [*blamed, (roles[-1], left)]


EPOCH: Final = date(1970, 1, 1)

FILE_BITS: Final = 40
"""A place is `file_id << FILE_BITS | row`."""


def compact(plan: Plan, chunk: Chunk) -> Chunk:
    """The same chunk with codes, names and text dates dictionary-encoded: they repeat, and each is read once."""
    places = {place for role, place in plan.places.items() if role in TEXTS or role in ALL_DAYS}
    columns = [_encoded(cells) if place in places else cells for place, cells in enumerate(chunk.columns)]
    return Chunk(chunk.rows, columns, chunk.mixed)


def _encoded(cells: pa.Array) -> pa.Array:
    return cells.dictionary_encode() if pa.types.is_string(cells.type) else cells


def understand(plan: Plan, chunk: Chunk) -> Lines:
    """Read the cells of a chunk (as `compact` leaves it) by the plan of its sheet."""
    dates = dates_of(plan, chunk)
    days, undated = _days(dates.values)
    numbers = numbers_of(plan, chunk)
    amount, too_large = amount_of(plan, numbers)
    codes = {role: Coded.of(chunk.columns[plan.places[role]]) for role in Role if role in TEXTS and role in plan.places}
    lines = Lines(
        plan=plan,
        chunk=chunk,
        rows=chunk.rows.to_numpy(zero_copy_only=False),
        days=days,
        undated=undated,
        unreadable_days=_mask(dates.unreadable, len(days)),
        amount=amount,
        too_large=too_large,
        cost=_cost(numbers, amount),
        quantity=numbers.get(Role.QUANTITY),
        codes=codes,
        content=np.empty(0, np.uint64),
        whole=np.empty(0, np.uint64),
        numbers=numbers,
    )
    return _fingerprinted(lines)


def _units(values: pa.Array) -> tuple[Units, Mask]:
    filled: Units = pc.fill_null(values, pa.scalar(0, pa.int64())).to_numpy(zero_copy_only=False)
    return filled, _mask(values.is_null() if values.null_count else None, len(values))


def _days(values: pa.Array) -> tuple[Days, Mask]:
    days = values.cast(pa.int32())
    filled: Days = pc.fill_null(days, pa.scalar(0, pa.int32())).to_numpy(zero_copy_only=False)
    return filled, _mask(days.is_null() if days.null_count else None, len(days))


def _mask(array: pa.Array | None, size: int) -> Mask:
    return np.zeros(size, dtype=np.bool_) if array is None else array.to_numpy(zero_copy_only=False)


def numbers_of(plan: Plan, chunk: Chunk) -> dict[Role, Figures]:
    """Every mapped column of numbers, as it stands."""
    return {role: _figures(plan, chunk, role) for role in Role if role in NUMBERS and role in plan.places}


def _figures(plan: Plan, chunk: Chunk, role: Role) -> Figures:
    place = plan.places[role]
    typed = read_numbers(chunk.typed_numbers(place), plan.signs.get(role), percent=role is Role.DISCOUNT)
    if place not in chunk.mixed:
        return Figures.of(typed)
    # In a mixed column the cell 234.567 is a number, the text "234.567" is what the signs of the column make of it.
    native = read_numbers(chunk.mixed[place].numbers, None)
    values = pc.coalesce(native.values, typed.values)
    return Figures.of(Numbers(values, typed.unreadable, native.rounded + typed.rounded))


def dates_of(plan: Plan, chunk: Chunk, role: Role = Role.DATE) -> Dates:
    """The day of each row."""
    place, order = plan.places[role], plan.order
    typed = read_dates(chunk.typed_dates(place), order)
    if place not in chunk.mixed:
        return typed
    native = chunk.mixed[place]
    # A number among dates is a day as spreadsheets count them, once somebody cleared the cell's format.
    serial = read_dates(native.numbers, order)
    values = pc.coalesce(read_dates(native.moments, order).values, serial.values, typed.values)
    faults = [mask for mask in (typed.unreadable, serial.unreadable) if mask is not None]
    return Dates(values, functools.reduce(pc.or_, faults) if faults else None)


def amount_of(plan: Plan, numbers: MappingType[Role, Figures]) -> tuple[Figures, Mask]:
    """The net amount of each row, as mapped or quantity x unit price less discount, and where it is too large.

    Of a delivery it is the quantity ordered.
    """
    main = Role.ORDERED if plan.mapping.kind is FileKind.DELIVERIES else Role.AMOUNT
    if main in numbers:
        amount = numbers[main]
        return amount, np.abs(amount.values) > LARGEST
    quantity, price = numbers[Role.QUANTITY], numbers[Role.UNIT_PRICE]
    discount = numbers.get(Role.DISCOUNT)
    product = multiply(
        quantity.array(), price.array(), discount.array() if discount else None, discount_is_percent=plan.percent
    )
    values, missing = _units(product)
    unreadable = quantity.unreadable | price.unreadable
    if discount:
        unreadable = unreadable | discount.unreadable
    # A product that does not fit 64 bits comes back empty although both factors were there.
    too_large = (missing & ~quantity.missing & ~price.missing) | (np.abs(values) > LARGEST)
    rounded = sum(figures.rounded for role, figures in numbers.items() if role in FACTORS)
    return Figures(values, missing | unreadable, unreadable, rounded), too_large


def _cost(numbers: MappingType[Role, Figures], amount: Figures) -> Figures | None:
    """The cost, or the amount less the margin where the file tells the margin (as money)."""
    if Role.COST in numbers or Role.MARGIN not in numbers:
        return numbers.get(Role.COST)
    margin = numbers[Role.MARGIN]
    missing = margin.missing | amount.missing
    return replace(margin, values=np.where(missing, 0, amount.values - margin.values), missing=missing)


def _fingerprinted(lines: Lines) -> Lines:
    content = np.zeros(len(lines), np.uint64)
    for role, coded in lines.codes.items():
        if role in CODES:
            combine(content, coded.hashed(), _CONTENT.index(role))
    combine(content, _hash_figures(lines.amount), _CONTENT.index(Role.AMOUNT))
    for role, figures in ((Role.COST, lines.cost), (Role.QUANTITY, lines.quantity)):
        if figures is not None:
            combine(content, _hash_figures(figures), _CONTENT.index(role))
    whole = content.copy()
    combine(content, hash_numbers(lines.days), _CONTENT.index(Role.DATE))
    for place in _uncovered(lines):
        # Every cell counts for a duplicate, the time of day behind the date and columns nobody mapped included.
        combine(whole, hash_cells(lines.chunk.columns[place]), len(_CONTENT) + place)
    return replace(lines, content=mix(content), whole=mix(whole))


def _hash_figures(figures: Figures) -> Hashes:
    hashes = hash_numbers(figures.values)
    if figures.missing.any():
        hashes[figures.missing] = NOTHING
    return hashes


def _uncovered(lines: Lines) -> list[int]:
    """Columns whose cells are not in the content as they stand: the date, names, factors, columns without a role."""
    covered = {place for role, place in lines.plan.places.items() if role in CODES}
    covered |= {
        place
        for role, place in lines.plan.places.items()
        if role in {Role.AMOUNT, Role.COST, Role.QUANTITY} and not lines.numbers[role].unreadable.any()
    }
    return [place for place in range(len(lines.chunk.columns)) if place not in covered]
