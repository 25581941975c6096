"""A first look at files somebody wants to import: how they would be read, and what is left to decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from anahtar.ledger.options import DateOrder
from anahtar.ledger.roles import Role
from anahtar.words import Message

DecimalSign: TypeAlias = Literal[",", "."]
Decides: TypeAlias = Literal["columns", "decimal", "date_order", "sheet", "header_row", "encoding", "delimiter"]


@dataclass(frozen=True, slots=True)
class Question:
    """Something a person has to decide before the files can be read.

    Parameters
    ----------
    sentence
        What is unclear, as the command line says it.
    decides
        The field of `ReadOptions` that answers it.
    role
        Which of its columns, where that field is `columns`.
    """

    sentence: Message
    decides: Decides
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class RawRow:
    """One of the first rows of a file as it stands, title and header among them: its number, and its cells as text."""

    row: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeekedColumn:
    """A column: what a mapping calls it, its header as it stands, and its letter as workbooks write it."""

    name: str
    header: str
    letter: str


@dataclass(frozen=True, slots=True)
class PeekedRow:
    """One of the first rows below the header.

    Parameters
    ----------
    row
        Its number in the file.
    cells
        Its cells as they stand, one for each column; None where one is empty. Long ones are cut.
    amount, sold_on
        What is understood of it as the sheet would be read now (of a delivery: the ordered quantity and the
        promised day); None where it is undecided, empty or unreadable.
    amounts, days
        The same under either decimal sign and under every order of dates that reads a row of the sheet in its own
        way. Empty where no column tells.
    """

    row: int
    cells: tuple[str | None, ...]
    amount: int | None
    sold_on: date | None
    amounts: Mapping[DecimalSign, int | None]
    days: Mapping[DateOrder, date | None]


@dataclass(frozen=True, slots=True)
class PeekedSheet:
    """One table of the import.

    Parameters
    ----------
    file, name
        What the file is called (inside an archive: with the member), and the sheet of a workbook.
    facts
        How it is opened: encoding, delimiter, header row, other sheets…
    header_row
        The row of the header; 0 where there is none.
    above
        The rows from the first of the file to the header, so that another one can be chosen; where no row could be
        read, what can be shown of the file.
    columns, rows
        The table.
    mapping, because
        Which column plays which role as far as that is clear, named as in `PeekedColumn.name`; and why.
    missing
        Required roles that no column plays.
    decimal, date_order, percent
        How numbers and days are read, and whether a discount is a percentage; None while a question is open.
    questions
        What is left to decide; the sheet can be read when there is none.
    """

    file: str
    name: str
    facts: Mapping[str, str]
    header_row: int
    above: tuple[RawRow, ...]
    columns: tuple[PeekedColumn, ...]
    rows: tuple[PeekedRow, ...]
    mapping: Mapping[Role, str]
    because: Mapping[Role, Message]
    missing: tuple[Role, ...]
    decimal: DecimalSign | None
    date_order: DateOrder | None
    percent: bool | None
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class BookSheet:
    """A sheet of a workbook that can be chosen, and whether it would be read now."""

    file: str
    name: str
    hidden: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class Peek:
    """What can be told of the files of one import before they are read.

    Parameters
    ----------
    sheets
        The tables, in the order in which they would be read.
    book_sheets
        Every sheet of every workbook among the files.
    questions
        What is left to decide between the sheets.
    """

    sheets: tuple[PeekedSheet, ...]
    book_sheets: tuple[BookSheet, ...]
    questions: tuple[Question, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing is left to decide."""
        return not self.questions and not any(sheet.questions for sheet in self.sheets)
