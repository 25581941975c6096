"""What the person at the keyboard decides about reading, instead of the evidence."""

from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from anahtar.ledger.roles import FileKind, Role


class DateOrder(StrEnum):
    """The order of day, month and year in text dates (`--date-order`)."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    YEAR_FIRST = "ymd"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Decisions about one import; whatever is None is found by evidence.

    Parameters
    ----------
    columns
        Role -> header, from `--map` and `--mapping`; wins over recognition.
    decimal
        The decimal sign of text numbers, `--decimal`.
    date_order
        The order in text dates, `--date-order`.
    encoding, delimiter, sheet, header_row
        How to open the file: `--encoding`, `--delimiter`, `--sheet`, `--header-row` (from 1).
    duplicates
        Exact duplicates are kept and counted, or set aside after the first (`--duplicates drop`).
    leave_out_products
        Product codes whose lines are set aside (`--leave-out-products`).
    first_date, last_date
        Lines outside are set aside (`--dates FROM..TO`). The command line gives the day after today as `last_date`.
    currency
        The ledger's currency (`--currency`), where lines name several or none.
    rates
        A CSV file of rates into the ledger's currency: currency, date, rate (`--rates`).
    kind
        What the rows of the files are: lines sold, or lines promised and delivered.
    refuse_above
        Stop when more rows than this are refused (`--refuse-above`).
    may_be_empty
        An import without one acceptable row is kept with its problems; else it is refused, for probably another
        column is meant. So for a month of a table whose other months can be read.
    """

    columns: MappingType[Role, str] = field(default_factory=dict)
    decimal: Literal[",", "."] | None = None
    date_order: DateOrder | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    duplicates: Literal["keep", "drop"] = "keep"
    leave_out_products: frozenset[str] = frozenset()
    first_date: date = date(1980, 1, 1)
    last_date: date = date(2100, 1, 1)
    currency: str | None = None
    rates: str | None = None
    refuse_above: int | None = None
    may_be_empty: bool = False
    kind: FileKind = FileKind.SALES
