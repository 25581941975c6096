"""How the cells of a sheet are written: decimal signs, order of dates, meaning of discounts, by evidence.

The amount and the date are never guessed: as long as the cells seen can be read in two ways, more of the sheet is
looked at, and if it stays so to the end the run stops with three examples in both readings. Cells that have one
reading only (2025-12-31, whole numbers) leave nothing to tell; they are read at once and watched on the way, and if
a cell that matters turns up later (`Surprise`), reading starts again with the whole sheet learnt first.
"""

from collections.abc import Iterable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from anahtar.ledger.columns.naming import positions
from anahtar.ledger.columns.recognising import recognise
from anahtar.ledger.intake.lines import Plan
from anahtar.ledger.options import DateOrder, ReadOptions
from anahtar.ledger.roles import DAYS, FIGURES, NUMBERS, Mapping, Role
from anahtar.ledger.sheet import Chunk, Sheet, whole_header
from anahtar.ledger.values.dates import DateEvidence, UnableToTellDateOrder, read_dates
from anahtar.ledger.values.numbers import DiscountEvidence, NumberEvidence, Signs, UnableToTellSigns, read_numbers
from anahtar.words import Message, Refusal, say


class UnableToJoinSheets(Refusal):
    """The sheets of one import do not tell the same things."""

    def __init__(self, *, first: str, other: str, only_first: Iterable[Role], only_other: Iterable[Role]) -> None:
        super().__init__(
            say(
                "{first} and {other} cannot be one ledger: only the first has {only_first}; only the second has "
                "{only_other}. Import them one after the other, or name the columns with --map.",
                first=first,
                other=other,
                only_first=_listed(only_first),
                only_other=_listed(only_other),
            )
        )


class UnableToFindRows(Refusal):
    """A sheet has a header and nothing below it."""

    def __init__(self, *, file: str, sheet: str) -> None:
        super().__init__(
            say(
                "{place}: there is no row below the header (row counted as the header: see --header-row).",
                place=f"{file} [{sheet}]" if sheet else file,
            )
        )


class Surprise(Exception):
    """A later cell speaks against how the sheet was being read; it has to be learnt whole."""


def _listed(roles: Iterable[Role]) -> Message | str:
    return ", ".join(sorted(roles)) or say("nothing of its own")


class Learning:
    """The evidence of one sheet so far.

    Parameters
    ----------
    sheet, file_id
        The table, and its place among the tables of the import.
    header
        Its header, as wide as its rows.
    mapping
        Which column plays which role.
    options
        `decimal` and `date_order` win over evidence.
    """

    def __init__(
        self, sheet: Sheet, file_id: int, header: Sequence[str], mapping: Mapping, options: ReadOptions
    ) -> None:
        self._sheet, self._file_id, self._mapping, self._options = sheet, file_id, mapping, options
        self._places = {role: positions(header, name)[0] for role, name in mapping.columns.items()}
        self._numbers = {role: NumberEvidence() for role in Role if role in NUMBERS and role in self._places}
        figures = FIGURES[mapping.kind]
        self.main = next((role for role in figures if role in self._numbers), figures[-1])
        self._days = [role for role in DAYS[mapping.kind] if role in self._places]
        self._dates = DateEvidence()
        self._discount = DiscountEvidence()
        self._first: Chunk | None = None
        self._planned: tuple[Signs, DateOrder, bool] | None = None

    def learn(self, chunk: Chunk) -> None:
        """Look at all columns that matter."""
        self._first = self._first or chunk
        for role, evidence in self._numbers.items():
            evidence.learn(chunk.typed_numbers(self._places[role]))
        self._learn_days(chunk)
        self._learn_discount(chunk)

    def _learn_days(self, chunk: Chunk) -> None:
        # All days of a file are written in one order: a column that tells speaks for those that do not.
        for role in self._days:
            self._dates.learn(chunk.typed_dates(self._places[role]))

    def _learn_discount(self, chunk: Chunk) -> None:
        if Role.DISCOUNT in self._places and not self._discount.settled:
            self._discount.learn(chunk.columns[self._places[Role.DISCOUNT]])

    @property
    def two_ways(self) -> bool:
        """Whether what was seen so far of the amount or the date can be read in two ways."""
        try:
            self._reading()
        except (UnableToTellSigns, UnableToTellDateOrder):
            return True
        return False

    def doubts(self) -> list[UnableToTellSigns | UnableToTellDateOrder]:
        """Why `plan` would be refused: nothing, the signs, the order of the dates, or both."""
        found: list[UnableToTellSigns | UnableToTellDateOrder] = []
        for look in (self.main_signs, self.order):
            try:
                look()
            except (UnableToTellSigns, UnableToTellDateOrder) as doubt:
                found.append(doubt)
        return found

    def watch(self, chunk: Chunk) -> None:
        """Look at the columns that have proved nothing yet.

        Raises
        ------
        Surprise
            If the sheet would now be read otherwise than by the plan.
        """
        if self._is_settled:
            return
        if not self._numbers[self.main].settled:
            self._numbers[self.main].learn(chunk.typed_numbers(self._places[self.main]))
        if not self._dates.settled:
            self._learn_days(chunk)
        self._learn_discount(chunk)
        if self.two_ways or self._reading() != self._planned:
            raise Surprise

    @property
    def _is_settled(self) -> bool:
        numbers = self._options.decimal is not None or self._numbers[self.main].settled
        dates = self._options.date_order is not None or self._dates.settled
        return numbers and dates and (Role.DISCOUNT not in self._places or self._discount.settled)

    def _reading(self) -> tuple[Signs, DateOrder, bool]:
        """What the evidence says: signs of the amount, order of the dates, whether discounts are percents."""
        main = self.main_signs()
        return main, self.order(), self._discount.is_percent(main)

    def main_signs(self) -> Signs:
        """The signs of the amount, as far as the cells seen prove them.

        Raises
        ------
        UnableToTellSigns
            They do not.
        """
        return self._numbers[self.main].signs(
            file=self._sheet.file_name,
            sheet=self._sheet.name,
            column=self._mapping.columns[self.main],
            decimal=self._options.decimal,
        )

    def order(self) -> DateOrder:
        """The order of the dates, as far as the cells seen prove it.

        Raises
        ------
        UnableToTellDateOrder
            They do not.
        """
        return self._dates.order(
            file=self._sheet.file_name,
            sheet=self._sheet.name,
            column=self._mapping.columns[self._days[0]],
            order=self._options.date_order,
        )

    def plan(self) -> Plan:
        """Say how the sheet is read.

        Raises
        ------
        UnableToTellSigns, UnableToTellDateOrder
            Where two readings fit all that was seen of the amount or the date.
        """
        self._planned = self._reading()
        main, order, percent = self._planned
        main = self._second_look_at_signs(main)
        signs = {role: main if role is self.main else self._signs_beside(role, main) for role in self._numbers}
        return Plan(
            sheet=self._sheet,
            file_id=self._file_id,
            mapping=self._mapping,
            places=self._places,
            signs=signs,
            order=self._second_look_at_order(order),
            percent=percent,
        )

    def _signs_beside(self, role: Role, main: Signs) -> Signs:
        """How an optional column is written; where it does not tell, as the amount beside it is."""
        evidence = self._numbers[role]
        if not evidence.settled:
            return main
        return evidence.signs(
            file=self._sheet.file_name,
            sheet=self._sheet.name,
            column=self._mapping.columns[role],
            decimal=self._options.decimal,
        )

    def _second_look_at_signs(self, signs: Signs) -> Signs:
        """Take the other decimal sign where most amounts are no number with this one, and are with that."""
        if self._first is None or self._options.decimal is not None:
            return signs
        cells = self._first.typed_numbers(self._places[self.main])
        unread = _unread(cells, signs)
        if not _is_most(unread, cells):
            return signs
        other = Signs(signs.other)
        return other if _unread(cells, other) < unread else signs

    def _second_look_at_order(self, order: DateOrder) -> DateOrder:
        if self._first is None or self._options.date_order is not None:
            return order
        cells = self._first.typed_dates(self._places[self._days[0]])
        if not _is_most(_count(read_dates(cells, order).unreadable), cells):
            return order
        # `min` keeps the first of equals: the order the evidence gave, unless another reads more.
        orders: tuple[DateOrder, ...] = (order, *DateOrder)
        return min(orders, key=lambda other: _count(read_dates(cells, other).unreadable))


def _is_most(unread: int, cells: pa.Array) -> bool:
    """Whether more cells were unread than read; a few bad cells are no reason to look again."""
    return bool(unread * 2 > len(cells) - cells.null_count)


def _unread(cells: pa.Array, signs: Signs) -> int:
    return _count(read_numbers(cells, signs).unreadable)


def _count(mask: pa.Array | None) -> int:
    return 0 if mask is None else int(pc.sum(mask).as_py() or 0)


def begin(sheets: Sequence[Sheet], options: ReadOptions) -> list[tuple[Learning, Plan]]:
    """Recognise and learn every sheet of an import, as far as needed to read it.

    Raises
    ------
    UnableToMap, UnableToTellSigns, UnableToTellDateOrder, UnableToFindRows, UnableToJoinSheets
        Each naming the sheet and the option that decides.
    """
    begun = [_begin(sheet, file_id, options) for file_id, sheet in enumerate(sheets)]
    first = begun[0][1]
    for _, plan in begun[1:]:
        _check_joint(first, plan)
    return begun


def _begin(sheet: Sheet, file_id: int, options: ReadOptions) -> tuple[Learning, Plan]:
    chunks = sheet.chunks()
    sample = next(chunks, None)
    if sample is None:
        raise UnableToFindRows(file=sheet.file_name, sheet=sheet.name)
    header = whole_header(sheet, sample)
    mapping = recognise(header, sample, options, file=sheet.file_name, sheet=sheet.name)
    learning = Learning(sheet, file_id, header, mapping, options)
    learning.learn(sample)
    while learning.two_ways and (chunk := next(chunks, None)) is not None:
        learning.learn(chunk)
    return learning, learning.plan()


def learn_whole(learning: Learning, plan: Plan) -> Plan:
    """Learn all of a sheet that had a surprise further down, and say how it is read."""
    for chunk in plan.sheet.chunks():
        learning.learn(chunk)
    return learning.plan()


def _check_joint(first: Plan, other: Plan) -> None:
    ours, theirs = set(first.places), set(other.places)
    if ours != theirs:
        raise UnableToJoinSheets(
            first=title(first.sheet), other=title(other.sheet), only_first=ours - theirs, only_other=theirs - ours
        )


def title(sheet: Sheet) -> str:
    """A sheet's name for a message."""
    return f"{sheet.file_name} [{sheet.name}]" if sheet.name else sheet.file_name
