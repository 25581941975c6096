"""The first rows of a sheet as they stand and as they would be understood, under every reading they allow."""

from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar, get_args

import pyarrow as pa

from anahtar.ledger.columns.naming import column_names, letter, positions
from anahtar.ledger.intake.learning import Learning
from anahtar.ledger.intake.lines import Plan, amount_of, compact, dates_of, numbers_of
from anahtar.ledger.options import DateOrder
from anahtar.ledger.peek import DecimalSign, PeekedColumn, PeekedRow
from anahtar.ledger.roles import DAYS, FIGURES, NUMBERS, REQUIRED, FileKind, Mapping, Role
from anahtar.ledger.sheet import Chunk, Sheet
from anahtar.ledger.values.codes import as_codes
from anahtar.ledger.values.dates import UnableToTellDateOrder
from anahtar.ledger.values.numbers import DiscountEvidence, Signs, UnableToTellSigns, is_text

SHOWN: Final = 200
"""Characters of a cell that are shown."""

_MOST_CELLS: Final = 20_000
"""Cells of one preview: of a sheet with thousands of columns fewer rows are shown."""

_Way = TypeVar("_Way")
_Value = TypeVar("_Value")

_SIGNS: Final[tuple[DecimalSign, ...]] = get_args(DecimalSign)


@dataclass(frozen=True, slots=True)
class Preview:
    """The rows, and how they would be read now; None where that is not decided."""

    rows: tuple[PeekedRow, ...]
    decimal: DecimalSign | None
    date_order: DateOrder | None
    percent: bool | None


def missing_of(mapping: Mapping) -> tuple[Role, ...]:
    """Required roles that no column plays."""
    mapped = set(mapping.columns)
    if mapping.kind is FileKind.SALES and {Role.QUANTITY, Role.UNIT_PRICE} <= mapped:
        mapped.add(Role.AMOUNT)
    return tuple(role for role in REQUIRED[mapping.kind] if role not in mapped)


def columns_of(header: Sequence[str]) -> tuple[PeekedColumn, ...]:
    """The columns of a sheet."""
    names = column_names(header)
    return tuple(
        PeekedColumn(name, cut(text), letter(at)) for at, (name, text) in enumerate(zip(names, header, strict=True))
    )


def cut(text: str) -> str:
    """A cell as far as it is shown."""
    return text[:SHOWN]


def previewed(
    sheet: Sheet, header: Sequence[str], sample: Chunk, mapping: Mapping, learning: Learning | None, *, rows: int
) -> Preview:
    """Read the first rows in every way.

    Parameters
    ----------
    header, sample
        The header of the sheet, as wide as its rows, and its first chunk.
    mapping
        Which column plays which role, as far as that is clear.
    learning
        What is known of the signs and dates of the sheet; None where no column is the amount or the date.
    rows
        How many rows are shown at most.
    """
    shown = min(rows, len(sample.rows), max(1, _MOST_CELLS // max(1, len(sample.columns))))
    readings = _Readings(sheet, header, sample, mapping, shown)
    amounts = {sign: readings.amounts(readings.plan(sign)) for sign in _SIGNS}
    days = {order: readings.days(readings.plan(order=order)) for order in DateOrder}
    if days[DateOrder.YEAR_FIRST] in (days[DateOrder.DAY_FIRST], days[DateOrder.MONTH_FIRST]):
        del days[DateOrder.YEAR_FIRST]
    plan, decimal, order = _decided(learning)
    own = readings.amounts(plan) if plan is not None else _of(amounts, decimal, shown)
    on = readings.days(plan) if plan is not None else _of(days, order, shown)
    cells = zip(*map(_shown, readings.few.columns), strict=True)
    told = tuple(
        PeekedRow(
            row=row,
            cells=texts,
            amount=own[at],
            sold_on=on[at],
            amounts={sign: read[at] for sign, read in amounts.items()} if readings.have_amounts else {},
            days={one: read[at] for one, read in days.items()} if readings.have_days else {},
        )
        for at, (row, texts) in enumerate(zip(readings.few.rows.to_pylist(), cells, strict=True))
    )
    percent = plan.percent if plan is not None and Role.DISCOUNT in mapping.columns else None
    return Preview(told, decimal, order, percent)


def _of(readings: MappingType[_Way, Sequence[_Value | None]], way: _Way | None, rows: int) -> Sequence[_Value | None]:
    """One of several readings; nothing where none is chosen."""
    return [None] * rows if way is None else readings[way]


def _decided(learning: Learning | None) -> tuple[Plan | None, DecimalSign | None, DateOrder | None]:
    """How the sheet would be read, as far as that is proven."""
    if learning is None:
        return None, None, None
    doubts = learning.doubts()
    if not doubts:
        plan = learning.plan()
        return plan, plan.signs[learning.main].decimal, plan.order
    signs_open = any(isinstance(doubt, UnableToTellSigns) for doubt in doubts)
    order_open = any(isinstance(doubt, UnableToTellDateOrder) for doubt in doubts)
    return None, None if signs_open else learning.main_signs().decimal, None if order_open else learning.order()


class _Readings:
    """The first rows of a sheet, to be read by any plan."""

    def __init__(self, sheet: Sheet, header: Sequence[str], sample: Chunk, mapping: Mapping, rows: int) -> None:
        self._sheet, self._mapping = sheet, mapping
        self._places = {role: positions(header, name)[0] for role, name in mapping.columns.items()}
        self._discount = DiscountEvidence()
        if Role.DISCOUNT in self._places:
            self._discount.learn(sample.columns[self._places[Role.DISCOUNT]])
        self.few = sample.take(pa.array(range(rows), pa.int64()))
        self._day = DAYS[mapping.kind][0]
        self.have_amounts = FIGURES[mapping.kind][0] not in missing_of(mapping)
        self.have_days = self._day in self._places

    def plan(self, decimal: DecimalSign = ".", order: DateOrder = DateOrder.DAY_FIRST) -> Plan:
        """The sheet read with these signs throughout, and this order."""
        signs = Signs(decimal)
        return Plan(
            sheet=self._sheet,
            file_id=0,
            mapping=self._mapping,
            places=self._places,
            signs=dict.fromkeys(NUMBERS & self._places.keys(), signs),
            order=order,
            percent=self._discount.is_percent(signs),
        )

    def amounts(self, plan: Plan) -> list[int | None]:
        """The amount of each row in money units; None where it is missing, unreadable or beyond belief."""
        if not self.have_amounts:
            return [None] * len(self.few.rows)
        figures, too_large = amount_of(plan, numbers_of(plan, compact(plan, self.few)))
        return pa.array(figures.values, mask=figures.missing | figures.unreadable | too_large).to_pylist()  # type: ignore[no-any-return]  # pyarrow has no types

    def days(self, plan: Plan) -> list[date | None]:
        """The day of each row."""
        if not self.have_days:
            return [None] * len(self.few.rows)
        return dates_of(plan, compact(plan, self.few), self._day).values.to_pylist()  # type: ignore[no-any-return]  # pyarrow has no types


def _shown(column: pa.Array) -> list[str | None]:
    """Cells as they stand; what is no text as it would be written as a code."""
    texts = column.cast(pa.string()) if is_text(column.type) else as_codes(column)
    return [None if text is None else cut(text) for text in texts.to_pylist()]
