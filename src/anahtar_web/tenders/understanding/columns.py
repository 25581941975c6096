"""What stands in the columns of a file of tenders: texts as they are, days and prices as a whole column shows them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

import pyarrow as pa
from django.utils.translation import gettext as _

from anahtar.ledger.options import DateOrder
from anahtar.ledger.values.dates import DateEvidence, read_dates
from anahtar.ledger.values.number_text import Signs
from anahtar.ledger.values.numbers import NumberEvidence, read_numbers
from anahtar.money import to_units
from anahtar.words import Refusal
from anahtar_web.gate.rights import Field
from anahtar_web.tenders.columns import SAYS
from anahtar_web.ui.templatetags.shown import say

if TYPE_CHECKING:
    from anahtar_web.people.models import User
    from anahtar_web.tenders.models import TenderImport

DAYS: Final = ("announced_on", "deadline", "decided_on")
PRICES: Final = ("our_price", "winner_price")

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file, its cells, and its place among the rows."""

    number: int
    cells: Sequence[Any]
    at: int


@dataclass(slots=True)
class Columns:
    """The columns of a file as its mapping names them.

    Parameters
    ----------
    questions
        What a person has to decide before any row can be read.
    days, prices
        What a column says of each row, and whether its cell is none.
    """

    of: "TenderImport"
    mapping: Mapping[str, int]
    questions: list[str] = field(default_factory=list)
    days: dict[str, list[tuple[date | None, bool]]] = field(default_factory=dict)
    prices: dict[str, list[tuple[int | None, bool]]] = field(default_factory=dict)

    @classmethod
    def of_import(cls, of: "TenderImport", user: "User") -> Self:
        """Read them for one person: prices are read for those only who see offers."""
        sees = user.sees(Field.OFFER)
        known = {name: place for name, place in of.mapping.items() if name in SAYS}
        made = cls(of, {name: place for name, place in known.items() if sees or not SAYS[name].is_price})
        missing = [str(said.label) for name, said in SAYS.items() if said.required and name not in made.mapping]
        if missing:
            made.questions.append(_("Say which column is: %(columns)s.") % {"columns": ", ".join(missing)})
        order, signs = made._order(), made._signs()
        made.days = {name: made._days(name, order) for name in DAYS if name in made.mapping}
        made.prices = {name: made._prices(name, signs) for name in PRICES if name in made.mapping}
        return made

    # Cells ---------------------------------------------------------------------------------------------------

    def rows(self) -> Iterator[Row]:
        """Give the rows in the order of the file."""
        return (Row(number, cells, at) for at, (number, cells) in enumerate(self.of.rows))

    def heading(self, name: str) -> str:
        """Give the heading under which something is said; empty where no column says it."""
        place = self.mapping.get(name)
        if place is None:
            return ""
        return self.of.header[place] if place < len(self.of.header) and self.of.header[place] else f"#{place + 1}"

    def text(self, name: str, cells: Sequence[Any]) -> str:
        """Give a cell as text, blanks put together."""
        value = self._cell(name, cells)
        if isinstance(value, list):
            return str(value[0])
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else " ".join(str(value).split())

    def texts(self, name: str) -> set[str]:
        """Give every text of a column once."""
        return {text for _row, cells in self.of.rows if (text := self.text(name, cells))}

    def _cell(self, name: str, cells: Sequence[Any]) -> Any:
        place = self.mapping.get(name)
        return cells[place] if place is not None and place < len(cells) else None

    # Days and prices -----------------------------------------------------------------------------------------

    def _column(self, name: str) -> list[Any]:
        return [self._cell(name, cells) for _row, cells in self.of.rows]

    def _written(self, name: str) -> pa.Array:
        return pa.array([cell if isinstance(cell, str) else None for cell in self._column(name)], pa.string())

    def _order(self) -> DateOrder | None:
        """Say whether the day or the month stands first; all columns are evidence: a file is written one way."""
        evidence, asked = DateEvidence(), [name for name in DAYS if name in self.mapping]
        for name in asked:
            evidence.learn(self._written(name))
        said = self.of.options.get("date_order")
        order = DateOrder(said) if said else None
        return self._asked(lambda: evidence.order(**self._place(asked[0]), order=order)) if asked else None

    def _signs(self) -> Signs | None:
        """Say how decimals are written; all columns are evidence here too."""
        evidence, asked = NumberEvidence(), [name for name in PRICES if name in self.mapping]
        for name in asked:
            evidence.learn(self._written(name))
        said: Any = self.of.options.get("decimal") or None
        return self._asked(lambda: evidence.signs(**self._place(asked[0]), decimal=said)) if asked else None

    def _days(self, name: str, order: DateOrder | None) -> list[tuple[date | None, bool]]:
        column, read = self._column(name), read_dates(self._written(name), order)
        days, bad = read.values.to_pylist(), _flags(read.unreadable, len(column))
        return [
            (date.fromisoformat(cell[0]), False) if isinstance(cell, list) else (day, broken or _odd(cell))
            for cell, day, broken in zip(column, days, bad, strict=True)
        ]

    def _prices(self, name: str, signs: Signs | None) -> list[tuple[int | None, bool]]:
        """Give the price of each row in ten-thousandths, and whether a cell is none."""
        column, read = self._column(name), read_numbers(self._written(name), signs)
        values, bad = read.values.to_pylist(), _flags(read.unreadable, len(column))
        told = [
            (_units(cell), False)
            if isinstance(cell, int | float) and not isinstance(cell, bool)
            else (value, broken or isinstance(cell, bool | list))
            for cell, value, broken in zip(column, values, bad, strict=True)
        ]
        return [(units, broken or (units or 0) < 0) for units, broken in told]

    def _place(self, name: str) -> dict[str, Any]:
        return {"file": self.of.file, "sheet": self.of.sheet, "column": self.heading(name)}

    def _asked(self, decide: Callable[[], _Answer]) -> _Answer | None:
        try:
            return decide()
        except Refusal as refusal:
            self.questions.append(say(refusal.message))
            return None


def _flags(flags: Any, length: int) -> list[bool]:
    return [False] * length if flags is None else [bool(flag) for flag in flags.to_pylist()]


def _odd(cell: Any) -> bool:
    """Whether a cell that is no text is no day either: a bare number."""
    return cell is not None and not isinstance(cell, str)


def _units(cell: float) -> int | None:
    return to_units(Decimal(str(cell)))
