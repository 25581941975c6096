"""Their people and ours: who knows whom, how well, and how well we want to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from django.utils.safestring import SafeString

from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import Head
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import Level, Relation, Stakeholder
from anahtar_web.stakeholders.pages.look import Look, may_write, units_of
from anahtar_web.stakeholders.queries import colleagues_of, people_of, relations_of
from anahtar_web.ui.written import values, written


@dataclass(frozen=True, slots=True)
class Cell:
    """How one of us stands with one of them; without a relation nothing is known."""

    account: Account
    who: Stakeholder
    colleague: User
    relation: Relation | None
    may_write: bool

    @property
    def level(self) -> int | None:
        """How well they know each other; None: not known."""
        return self.relation.level if self.relation else None

    @property
    def desired(self) -> int | None:
        """How well they should; None: nobody has said."""
        return self.relation.desired if self.relation else None

    @property
    def is_short(self) -> bool:
        """Whether less is there than we want."""
        return self.desired is not None and (self.level or 0) < self.desired


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One of them, with each of us.

    Parameters
    ----------
    only
        The only one of us who knows them.
    query
        The day that is looked at, for addresses.
    """

    account: Account
    who: Stakeholder
    cells: Sequence[Cell]
    only: User | None
    known: int
    query: str

    @property
    def html(self) -> SafeString:
        """The row as it is written."""
        cells = tuple((cell.colleague.pk, cell.colleague.name, values(cell.relation)) for cell in self.cells)
        may = bool(self.cells) and self.cells[0].may_write
        shows = (self.account.pk, values(self.who), cells, may, self.only is not None, self.known, self.query)
        return written("stakeholders/_matrix_row.html", {"row": self}, shows=shows)


@dataclass(frozen=True, slots=True)
class Column:
    """One of us.

    Parameters
    ----------
    knows
        How many of them.
    alone
        How many of them nobody else of us knows: they are lost with this one of us.
    """

    colleague: User
    knows: int
    alone: int


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """Everything on the page."""

    head: Head
    look: Look
    rows: Sequence[MatrixRow]
    columns: Sequence[Column]
    units: Sequence[str]
    everybody: int
    may_write: bool

    @classmethod
    def build(cls, account: Account, user: User, look: Look) -> Self:
        """Read everything the page shows; the same queries for any number of people."""
        people = [who for who in people_of(account, on=look.on) if not who.is_gap]
        relations = relations_of(account, on=look.on)
        colleagues = colleagues_of(account, relations, on=look.on)
        held = {(row.stakeholder_id, row.colleague_id): row for row in relations}
        may = may_write(user, account, look)
        every = [
            _row(account, look, who, [Cell(account, who, one, held.get((who.pk, one.pk)), may) for one in colleagues])
            for who in sorted(people, key=lambda who: -(who.influence or 0))
        ]
        return cls(
            head=Head.build(account, user, "relations"),
            look=look,
            rows=[row for row in every if look.takes(row.who)],
            columns=[_column(one, every) for one in colleagues],
            units=units_of(people),
            everybody=len(people),
            may_write=may,
        )

    @property
    def levels(self) -> Sequence[tuple[int, str]]:
        """Every level with its word."""
        return [(level.value, str(level.label)) for level in Level]

    @property
    def thin(self) -> Sequence[MatrixRow]:
        """Those whom only one of us knows."""
        return [row for row in self.rows if row.only]

    @property
    def holders(self) -> Sequence[Column]:
        """Those of us who hold such a thread, the most of them first."""
        return sorted((column for column in self.columns if column.alone), key=lambda column: -column.alone)

    @property
    def strangers(self) -> Sequence[MatrixRow]:
        """Those whom none of us knows."""
        return [row for row in self.rows if not row.known]


def _row(account: Account, look: Look, who: Stakeholder, cells: Sequence[Cell]) -> MatrixRow:
    know = [cell.colleague for cell in cells if (cell.level or 0) >= Level.MET and cell.colleague.is_active]
    return MatrixRow(account, who, cells, know[0] if len(know) == 1 else None, len(know), look.query)


def _column(colleague: User, rows: Sequence[MatrixRow]) -> Column:
    knows = sum(
        (cell.level or 0) >= Level.MET for row in rows for cell in row.cells if cell.colleague.pk == colleague.pk
    )
    return Column(colleague, knows, sum(row.only == colleague for row in rows))
