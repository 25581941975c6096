"""A second reading of delimited text by other means: Python's csv module and decimal arithmetic, cell by cell.

The reader cuts cells with Arrow and adds whole numbers with numpy. Here nothing of that is used; whoever shifts a
column, drops a row or misplaces a decimal sign in one of the two gets another sum in the other. It costs about three
microseconds a row: files up to `WHOLE` rows are read again whole, of longer ones the first `HEAD` rows and the rest
of the chunk they end in. (Their number of rows is checked over the whole file all the same, see `checks`.)
"""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import IO, Final, cast

import pyarrow as pa

from anahtar.ledger.intake.batch import exact_sum
from anahtar.ledger.intake.lines import Lines, Plan
from anahtar.ledger.roles import Role
from anahtar.ledger.sheet import Sheet
from anahtar.ledger.text.encodings import LABELS
from anahtar.ledger.values.numbers import place
from anahtar.money import Money, to_units
from anahtar.words import Refusal, say

WHOLE: Final = 200_000
HEAD: Final = 30_000

_CODECS: Final = {label: codec for codec, label in LABELS.items()}
_SUFFIXES: Final = (".csv", ".tsv", ".txt", ".gz")


class UnableToConfirmSum(Refusal):
    """Two independent readings of a file give different sums."""

    def __init__(self, *, file: str, sheet: str, rows: int, read: int, again: int) -> None:
        super().__init__(
            say(
                "{place}: two independent readings of the first {rows} rows disagree: {read} and {again}. Nothing is "
                "imported. Quotation marks inside cells are the usual reason: see --delimiter.",
                place=place(file, sheet),
                rows=rows,
                read=Money(read),
                again=Money(again),
            )
        )


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the reader says of the rows up to a line."""

    rows: int = 0
    line: int = 0
    amount: int = 0
    unread: int = 0

    def plus(self, lines: Lines) -> "_Seen":
        return _Seen(
            self.rows + len(lines),
            int(lines.rows[-1]),
            self.amount + exact_sum(pa.array(lines.amount.values)),
            self.unread + int(lines.amount.unreadable.sum()),
        )


class Witness:
    """Remembers what the reader says of the first rows of a sheet, and asks the file again.

    Parameters
    ----------
    plan
        How the sheet is read.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._seen, self._head = _Seen(), _Seen()

    def see(self, lines: Lines) -> None:
        """Take the next rows, without total rows, before any conversion."""
        if len(lines) and self._seen.rows <= WHOLE:
            self._seen = self._seen.plus(lines)
            if self._head.rows < HEAD:
                self._head = self._seen

    def confirm(self, *, left_out: frozenset[int]) -> str:
        """Read the rows again and compare; answers for the manifest how far.

        Parameters
        ----------
        left_out
            Lines of broken rows and of total rows.

        Raises
        ------
        UnableToConfirmSum
            If the sums differ although both readings understood every amount.
        """
        sheet = self._plan.sheet
        seen = self._seen if self._seen.rows <= WHOLE else self._head
        if not _is_plain_text(sheet) or seen.unread or not seen.rows:
            return "not made"
        try:
            rows, again = _read_again(self._plan, seen.line, left_out)
        except (InvalidOperation, ValueError):
            return "not made"  # currency signs, a minus behind: cells that only the reader understands
        if (rows, again) != (seen.rows, seen.amount):
            raise UnableToConfirmSum(
                file=sheet.file_name, sheet=sheet.name, rows=seen.rows, read=seen.amount, again=again
            )
        return "whole file" if seen is self._seen else f"first {seen.rows} rows"


def _is_plain_text(sheet: Sheet) -> bool:
    known = sheet.facts.get("encoding") in _CODECS and len(_delimiter(sheet)) == 1
    # Inside an archive the file is the archive, and its name says nothing of the member.
    return known and sheet.file.suffix.lower() in _SUFFIXES and sheet.file.exists()


def _delimiter(sheet: Sheet) -> str:
    said = sheet.facts.get("delimiter", "")
    return "\t" if said == "tab" else said


def _read_again(plan: Plan, last_line: int, left_out: frozenset[int]) -> tuple[int, int]:
    rows = total = 0
    with _opened(plan.sheet) as text:
        for line, cells in _numbered(plan.sheet, text):
            if line > last_line:
                break
            if line > plan.sheet.header_row and line not in left_out and any(cell.strip() for cell in cells):
                rows += 1
                total += _amount(plan, cells)
    return rows, total


def _opened(sheet: Sheet) -> IO[str]:
    codec = _CODECS[sheet.facts["encoding"]]
    if sheet.file.suffix.lower() == ".gz":
        return cast(IO[str], gzip.open(sheet.file, "rt", encoding=codec, newline=""))
    return sheet.file.open(encoding=codec, newline="")


def _numbered(sheet: Sheet, text: IO[str]) -> Iterator[tuple[int, list[str]]]:
    """The rows, each with the line it begins on."""
    # Title rows may hold quotes that are never closed; they are passed as lines, not as cells.
    above = list(islice(text, sheet.header_row))
    quote = sheet.facts.get("quote") or None
    reader = csv.reader(
        text, delimiter=_delimiter(sheet), quotechar=quote, quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE
    )
    begins = len(above) + 1
    for cells in reader:
        yield begins, cells
        begins = len(above) + reader.line_num + 1


def _amount(plan: Plan, cells: list[str]) -> int:
    if Role.AMOUNT in plan.places:
        return to_units(_number(plan, cells, Role.AMOUNT) or Decimal(0))
    quantity, price = _number(plan, cells, Role.QUANTITY), _number(plan, cells, Role.UNIT_PRICE)
    if quantity is None or price is None:
        return 0
    discount = (_number(plan, cells, Role.DISCOUNT) or Decimal(0)) if Role.DISCOUNT in plan.places else Decimal(0)
    return to_units(quantity * price * (1 - (discount / 100 if plan.percent else discount)))


def _number(plan: Plan, cells: list[str], role: Role) -> Decimal | None:
    at = plan.places[role]
    text = "".join(cells[at].split()) if at < len(cells) else ""
    if not text:
        return None
    signs = plan.signs[role]
    number = Decimal(text.replace(signs.other, "").replace(signs.decimal, "."))
    if not number.is_finite():
        raise ValueError(text)
    return number
