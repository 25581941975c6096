"""Total rows inside and below the lines: left out of every count, and checked against the rows above them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from anahtar.ledger.columns.totals import is_total_label
from anahtar.ledger.intake.batch import exact_sum
from anahtar.ledger.intake.dictionaries import Mask
from anahtar.ledger.intake.lines import Lines
from anahtar.ledger.roles import Role
from anahtar.ledger.sheet import Sheet
from anahtar.ledger.values.numbers import is_text, place
from anahtar.money import UNITS, Money
from anahtar.words import Refusal, say

TOLERANCE: Final = UNITS // 100
"""One cent: what a total of amounts with four decimals may lose when it is printed with two."""


class UnableToReconcileTotal(Refusal):
    """The total a file states is not the sum of its rows."""

    def __init__(self, *, file: str, sheet: str, row: int, label: str, stated: int, read: int) -> None:
        super().__init__(
            say(
                "{place}, row {row}: “{label}” states {stated}, but the rows above it add up to {read} "
                "(difference {difference}). Either rows are missing or were changed, or another column is the amount "
                "(--map amount=HEADER). To import the file as it is, take the total row out of it.",
                place=place(file, sheet),
                row=str(row),
                label=label,
                stated=Money(stated),
                read=Money(read),
                difference=Money(stated - read),
            )
        )


@dataclass(frozen=True, slots=True)
class Total:
    """A total row: where it stands, what it states, and what the rows above it add up to.

    Parameters
    ----------
    row, label
        Its row in the file and its words.
    stated
        Its amount; None where it has none (a total of quantities).
    above, since
        Sum of all rows above it, and of those since the total row before.
    """

    row: int
    label: str
    stated: int | None
    above: int
    since: int

    @property
    def fits(self) -> bool | None:
        """Whether what it states is one of the two sums; None where it states nothing."""
        if self.stated is None:
            return None
        return min(abs(self.stated - self.above), abs(self.stated - self.since)) <= TOLERANCE


def find_totals(lines: Lines) -> Mask | None:
    """Which rows of a chunk are total rows: no date, and a word for a total where a line has its customer.

    The word is looked for in the customer, customer name and date cells and in the first text of the row, so that
    a product called `Total` does not lose its line. None where no row is one.
    """
    undated = np.flatnonzero(lines.undated)
    if not len(undated):
        return None
    found = np.zeros(len(lines), dtype=np.bool_)
    found[undated] = [bool(label) for label in _labels(lines, undated)]
    return found if found.any() else None


def _labels(lines: Lines, rows: npt.NDArray[np.intp]) -> list[str]:
    """The words for a total in each of the rows; empty where there are none."""
    asked = (lines.plan.cells(lines.chunk, role) for role in (Role.CUSTOMER, Role.CUSTOMER_NAME, Role.DATE))
    columns = [_texts(cells, rows) for cells in asked if cells is not None]
    columns.append(_first_texts(lines, rows))
    known = {text: is_total_label(text) for column in columns for text in set(column) if text}
    return [next((text for text in texts if text and known[text]), "") for texts in zip(*columns, strict=True)]


def _texts(cells: pa.Array, rows: npt.NDArray[np.intp]) -> list[str]:
    if not is_text(cells.type):
        return [""] * len(rows)
    return [text or "" for text in cells.take(pa.array(rows)).to_pylist()]


def _first_texts(lines: Lines, rows: npt.NDArray[np.intp]) -> list[str]:
    firsts = [""] * len(rows)
    for cells in lines.chunk.columns:
        firsts = [first or text.strip() for first, text in zip(firsts, _texts(cells, rows), strict=True)]
    return firsts


class TotalCheck:
    """Adds up a sheet beside the reading and holds every total row against it.

    Rows count with their amount as the file has it, those later set aside or refused too: whoever wrote the total
    added them all.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._above = 0
        self._since = 0
        self.totals: list[Total] = []
        self._at_end: list[Total] = []

    def add(self, lines: Lines, totals: Mask | None) -> None:
        """Take the next rows of the sheet."""
        start = 0
        for at in [] if totals is None else np.flatnonzero(totals).tolist():
            self._add_rows(lines, start, at)
            self._add_total(lines, at)
            start = at + 1
        self._add_rows(lines, start, len(lines))

    def _add_rows(self, lines: Lines, start: int, end: int) -> None:
        if start == end:
            return
        read = exact_sum(pa.array(lines.amount.values[start:end]))
        self._above += read
        self._since += read
        # A footer without date and amount ("printed on …") below the total does not make it a subtotal.
        if not (lines.undated[start:end] & lines.amount.missing[start:end]).all():
            self._at_end = []

    def _add_total(self, lines: Lines, at: int) -> None:
        label = _labels(lines, np.array([at]))[0]
        stated = None if lines.amount.missing[at] else int(lines.amount.values[at])
        total = Total(int(lines.rows[at]), label, stated, self._above, self._since)
        self.totals.append(total)
        self._at_end.append(total)
        self._since = 0

    def finish(self, *, several_currencies: bool) -> tuple[Total, ...]:
        """Check the total at the end, and return the totals that fit nothing, to be listed.

        Raises
        ------
        UnableToReconcileTotal
            If rows below the last line state amounts and none of them is the sum of the lines above. (Where one is,
            the others may be what is owed with VAT.) Not where lines are in several currencies: nobody knows in
            which one the total was written.
        """
        stating = [total for total in self._at_end if total.stated is not None]
        if stating and not several_currencies and not any(total.fits for total in stating):
            last = stating[-1]
            raise UnableToReconcileTotal(
                file=self._sheet.file_name,
                sheet=self._sheet.name,
                row=last.row,
                label=last.label,
                stated=last.stated or 0,
                read=last.above,
            )
        return tuple(total for total in self.totals if total.fits is False)
