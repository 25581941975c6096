"""What happens to each row of a file of deliveries: accepted, refused for one reason, or left out as a total."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import pyarrow as pa

from anahtar.ledger.columns.totals import is_total_label
from anahtar.ledger.intake.lines import LARGEST, Figures, Plan, compact, dates_of, numbers_of
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.problems import Kind
from anahtar.ledger.roles import DAYS, FileKind, Role
from anahtar.ledger.sheet import Chunk
from anahtar.ledger.values.codes import as_codes

_TEXTS: Final = (Role.CUSTOMER, Role.ORDER, Role.ORDER_LINE, Role.PRODUCT, Role.PRODUCT_NAME, Role.DIRECTION)
_DAYS: Final = DAYS[FileKind.DELIVERIES]


@dataclass(frozen=True, slots=True)
class Read:
    """One row as it was read: texts (empty where there is none), days and quantities; which cells are unreadable."""

    row: int
    texts: dict[Role, str]
    days: dict[Role, date | None]
    quantities: dict[Role, int | None]
    unreadable: frozenset[Role]
    first_text: str

    @property
    def amount(self) -> int:
        """The ordered quantity as far as it can be read: what the sums of the file are held against."""
        return self.quantities[Role.ORDERED] or 0

    @property
    def line(self) -> str:
        """What tells the lines of an order apart: the number of the line, or the product."""
        return self.texts[Role.ORDER_LINE] or self.texts[Role.PRODUCT]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is not accepted, and the role of the cell to blame."""

    kind: Kind
    role: Role | None = None


def rows_of(plan: Plan, chunk: Chunk) -> Iterator[Read]:
    """Read the rows of a chunk by the plan of its sheet."""
    chunk = compact(plan, chunk)
    texts = {role: _texts(plan, chunk, role) for role in _TEXTS}
    dates = {role: dates_of(plan, chunk, role) for role in _DAYS if role in plan.places}
    days = {role: read.values.to_pylist() for role, read in dates.items()}
    bad_days = {role: _flags(read.unreadable, len(chunk.rows)) for role, read in dates.items()}
    figures = numbers_of(plan, chunk)
    quantities = {role: _quantities(figures[role]) for role in (Role.ORDERED, Role.DELIVERED)}
    firsts = _first_texts(chunk)
    for at, row in enumerate(chunk.rows.to_pylist()):
        unread = {role for role, flags in bad_days.items() if flags[at]}
        unread |= {role for role in quantities if figures[role].unreadable[at]}
        yield Read(
            row=row,
            texts={role: column[at] for role, column in texts.items()},
            days={role: days[role][at] if role in days else None for role in _DAYS},
            quantities={role: column[at] for role, column in quantities.items()},
            unreadable=frozenset(unread),
            first_text=firsts[at],
        )


def _texts(plan: Plan, chunk: Chunk, role: Role) -> list[str]:
    cells = plan.cells(chunk, role)
    return [""] * len(chunk.rows) if cells is None else [text or "" for text in as_codes(cells).to_pylist()]


def _quantities(figures: Figures) -> list[int | None]:
    values: list[int | None] = figures.array().to_pylist()
    return values


def _flags(mask: pa.Array | None, size: int) -> list[bool]:
    return [False] * size if mask is None else [bool(flag) for flag in mask.to_pylist()]


def _first_texts(chunk: Chunk) -> list[str]:
    """The first text of each row, where a total row says that it is one."""
    firsts = [""] * len(chunk.rows)
    for cells in chunk.columns:
        if pa.types.is_string(cells.type) or pa.types.is_dictionary(cells.type):
            firsts = [first or (text or "").strip() for first, text in zip(firsts, cells.to_pylist(), strict=True)]
    return firsts


def is_total(read: Read) -> bool:
    """Whether a row is no line but a sum of those above it: it names no order or day, and says that it is a total."""
    promised = read.days[Role.PROMISED] is not None
    return not promised and is_total_label(read.first_text)


def fault_of(read: Read, options: ReadOptions) -> Fault | None:
    """Say what speaks against a row, the gravest of several; None where it is accepted.

    A day of delivery in the future is a plan and no delivery; a promise may lie there.
    """
    for role in _DAYS:
        if role in read.unreadable:
            return Fault(Kind.UNREADABLE_DATE, role)
    for role in (Role.ORDERED, Role.DELIVERED):
        if role in read.unreadable:
            return Fault(Kind.UNREADABLE_NUMBER, role)
    return _missing(read) or _unbelievable(read, options)


def _missing(read: Read) -> Fault | None:
    for role, kind in ((Role.CUSTOMER, Kind.MISSING_CUSTOMER), (Role.ORDER, Kind.MISSING_ORDER)):
        if not read.texts[role]:
            return Fault(kind, role)
    if read.days[Role.PROMISED] is None:
        return Fault(Kind.MISSING_DATE, Role.PROMISED)
    if read.quantities[Role.ORDERED] is None:
        return Fault(Kind.MISSING_QUANTITY, Role.ORDERED)
    gone, day = read.quantities[Role.DELIVERED], read.days[Role.DELIVERED_ON]
    if gone and day is None:
        return Fault(Kind.MISSING_DATE, Role.DELIVERED_ON)
    if day is not None and gone is None:
        return Fault(Kind.MISSING_QUANTITY, Role.DELIVERED)
    return None


def _unbelievable(read: Read, options: ReadOptions) -> Fault | None:
    ordered, day = read.quantities[Role.ORDERED] or 0, read.days[Role.DELIVERED_ON]
    if ordered <= 0:
        return Fault(Kind.NOTHING_ORDERED, Role.ORDERED)
    for role, quantity in read.quantities.items():
        if abs(quantity or 0) > LARGEST:
            return Fault(Kind.NUMBER_OUT_OF_RANGE, role)
    for role in (Role.PROMISED, Role.MOVED_TO):
        if (promise := read.days[role]) is not None and not options.first_date <= promise <= _LAST_PROMISE:
            return Fault(Kind.DATE_OUT_OF_RANGE, role)
    if day is not None and not options.first_date <= day <= options.last_date:
        return Fault(Kind.DATE_OUT_OF_RANGE, Role.DELIVERED_ON)
    return None


_LAST_PROMISE: Final = date(2100, 1, 1)
