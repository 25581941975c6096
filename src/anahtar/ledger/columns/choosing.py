"""The columns of one sheet, and choosing among them by name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Final

import pyarrow as pa

from anahtar.ledger.columns.content import Look, look
from anahtar.ledger.columns.naming import column_name, letter, positions
from anahtar.ledger.columns.vocabulary import SITES, Meaning, meaning
from anahtar.ledger.roles import ALL_DAYS, NUMBERS, FileKind, Role
from anahtar.ledger.values.currencies import currency_code
from anahtar.words import Message, Refusal, say

_MOST_SHOWN: Final = 60
_WHOLE_NAME_ONLY: Final = frozenset({Role.COST, Role.MARGIN, Role.DISCOUNT, Role.CURRENCY, Role.GROUP, Role.SITE})
"""Roles a column plays only if all words of its header are known: a wrong cost is worse than none."""

_TOO_VAGUE: Final = frozenset(
    frozenset({idea}) for idea in ("customer", "company", "account", "name", "text", "title", "total", "net")
)
"""Names that count only as they stand: `Name` may be the customer's, `Project name` is not, `Customer tier` neither."""


class UnableToMap(Refusal):
    """No column, or more than one, can play a role."""

    def __init__(self, role: Role, message: Message) -> None:
        super().__init__(message)
        self.role = role


@dataclass(frozen=True)
class Table:
    """One sheet: its header, some of its rows, the ledger's currency, and what refusals call the place."""

    header: Sequence[str]
    columns: Sequence[pa.Array]
    currency: str | None
    place: str
    kind: FileKind = FileKind.SALES

    @cached_property
    def looks(self) -> list[Look]:
        """What the cells of each column look like."""
        return [look(column) for column in self.columns]

    @cached_property
    def meanings(self) -> list[Meaning]:
        """What each header says."""
        return [meaning(text, self.kind) for text in self.header]

    @cached_property
    def places(self) -> list[Meaning]:
        """What each header says where it is asked for a site."""
        return [meaning(text, SITES) for text in self.header]

    def said(self, role: Role, index: int) -> Meaning:
        """What a header says to who looks for a role."""
        return (self.places if role is Role.SITE else self.meanings)[index]

    def name(self, index: int) -> str:
        """What a mapping calls the column."""
        return column_name(self.header, index)

    def foreign(self, index: int) -> bool:
        """Whether the column is in another currency than the ledger's, as far as its header says."""
        said = self.meanings[index].currency
        local = {currency_code(self.currency) or self.currency} if self.currency else {"TRY", "RUB"}
        return self.meanings[index].foreign or (said is not None and said not in local)

    def shown(self) -> str:
        """Every column with its letter, its header and its first cell, a line each."""
        lines = [
            f"  [{letter(index)}] {text.strip()}: {seen.first}"
            for index, (text, seen) in enumerate(zip(self.header, self.looks, strict=True))
        ]
        return "\n".join(lines[:_MOST_SHOWN] + ["  …"] * (len(lines) > _MOST_SHOWN))


@dataclass
class Choice:
    """The columns chosen so far, each with its reason."""

    table: Table
    columns: dict[Role, int] = field(default_factory=dict)
    because: dict[Role, Message] = field(default_factory=dict)
    closed: set[Role] = field(default_factory=set)

    def give(self, role: Role, name: str) -> None:
        """Take what the user says."""
        self.closed.add(role)
        if not name:
            return
        found = positions(self.table.header, name)
        if len(found) != 1:
            raise UnableToMap(role, (_no_such if not found else _repeated)(self.table, role, name))
        self.take(role, found[0], say("named by the user"))

    def take(self, role: Role, index: int, because: Message) -> None:
        """Let the column play the role."""
        self.columns[role] = index
        self.because[role] = because

    def drop(self, role: Role) -> None:
        """Leave the role without a column, unless the user decided it."""
        if role not in self.closed:
            self.columns.pop(role, None)
            self.because.pop(role, None)

    def find(self, role: Role, *, called: Role | None = None, firmly: bool = False, worst: int = 99) -> bool:
        """Look for a column by its name; `called` lets a role use another one's names. Answers whether one is there.

        Several equally good columns are a refusal if `firmly`, else the first of them.
        """
        if role in self.closed:
            return role in self.columns
        best = next(self._by_quality(called or role), [])
        best = [index for index in best if self._rank(called or role, index) <= worst]
        if not best:
            return False
        if len(best) > 1 and firmly and not self._all_equal(best):
            raise UnableToMap(role, ambiguous(self.table, role, best))
        self.take(role, best[0], self._reason(role, best))
        return True

    def is_partial(self, role: Role) -> bool:
        """Whether the column found for the role has unknown words in its header."""
        return role not in self.closed and self.table.said(role, self.columns[role]).strangers > 0

    def _by_quality(self, role: Role) -> Iterator[list[int]]:
        free = [index for index in range(len(self.table.header)) if index not in self.columns.values()]
        graded = sorted((quality, index) for index in free if (quality := self._quality(role, index)) is not None)
        for _, group in groupby(graded, key=lambda grade: grade[0]):
            yield [index for _, index in group]

    def _quality(self, role: Role, index: int) -> tuple[bool, bool, bool, int] | None:
        """How well a column's name fits a role (smaller is better), None where name or cells speak against it."""
        said, seen = self.table.said(role, index), self.table.looks[index]
        rank = said.rank(role)
        partial = said.strangers > 0
        if rank is None or (seen.filled and not _fits(role, seen)):
            return None
        if partial and (role in _WHOLE_NAME_ONLY or said.ideas in _TOO_VAGUE):
            return None
        return not seen.filled, partial, role is Role.AMOUNT and self.table.foreign(index), rank

    def _rank(self, role: Role, index: int) -> int:
        rank = self.table.said(role, index).rank(role)
        return 99 if rank is None else rank

    def _all_equal(self, indexes: list[int]) -> bool:
        first, *others = (self.table.columns[index] for index in indexes)
        return len(first) > 0 and all(first.equals(other) for other in others)

    def _reason(self, role: Role, best: list[int]) -> Message:
        name = self.table.name(best[0])
        if len(best) > 1:
            return say("“{header}” is the first of {count} columns so named", header=name, count=len(best))
        if self.table.said(role, best[0]).strangers:
            return say("“{header}” contains a known name", header=name)
        return say("“{header}” is a known name", header=name)


def _fits(role: Role, seen: Look) -> bool:
    """Whether the cells allow the role; half of them is enough, the rest is for the reader to refuse line by line."""
    if role in ALL_DAYS:
        return max(seen.dates, seen.serials) >= 0.5
    if role in NUMBERS:
        return seen.numbers >= 0.5
    if role is Role.CURRENCY:
        return seen.currencies >= 0.5
    if role in (Role.CUSTOMER, Role.CUSTOMER_NAME, Role.PRODUCT, Role.PRODUCT_NAME):
        return seen.fractions < 0.5 and (seen.dates < 0.5 or seen.numbers >= 0.5)
    return True


def missing(table: Table, role: Role) -> Message:
    """No column can play the role."""
    return say(
        "{place}: no column can be the {role}. The columns, each with its first cell:\n{columns}\n"
        "Name it with --map {option}=HEADER, or by its letter: --map {option}=[A].",
        place=table.place,
        role=role.label,
        option=role.value,
        columns=table.shown(),
    )


def ambiguous(table: Table, role: Role, found: list[int]) -> Message:
    """Several columns can play the role, none better than the others."""
    return say(
        "{place}: {found} are equally good as the {role}. The columns, each with its first cell:\n{columns}\n"
        "Decide with --map {option}=HEADER, or by its letter: --map {option}=[A].",
        place=table.place,
        found=", ".join(f"[{letter(index)}] {table.header[index].strip()}".strip() for index in found),
        role=role.label,
        option=role.value,
        columns=table.shown(),
    )


def _no_such(table: Table, role: Role, name: str) -> Message:
    return say(
        "{place}: there is no column “{name}” (wanted as the {role}). The columns, each with its first cell:\n"
        "{columns}\nName one of them with --map {option}=HEADER, or by its letter: --map {option}=[A].",
        place=table.place,
        name=name,
        role=role.label,
        option=role.value,
        columns=table.shown(),
    )


def _repeated(table: Table, role: Role, name: str) -> Message:
    return say(
        "{place}: “{name}” stands over several columns (wanted as the {role}). The columns, each with its first cell:\n"
        "{columns}\nName one by its letter: --map {option}=[A].",
        place=table.place,
        name=name,
        role=role.label,
        option=role.value,
        columns=table.shown(),
    )
