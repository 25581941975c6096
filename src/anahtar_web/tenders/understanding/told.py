"""What a file of past tenders comes to: tenders, and what is the matter with its rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from anahtar_web.accounts.models import Account

if TYPE_CHECKING:
    from anahtar_web.tenders.understanding.columns import Columns


@dataclass(frozen=True, slots=True)
class Problem:
    """What is the matter with a row.

    Parameters
    ----------
    column, text
        Heading of the column and the cell as it stands; empty: the row as a whole.
    stops
        Whether the row is left out; else it is imported as the sentence says.
    tender
        The tender that is here already; None: none is.
    """

    row: int
    column: str
    text: str
    sentence: str
    stops: bool = True
    tender: int | None = None


class Problems:
    """Where they are gathered, named by the headings of the file."""

    def __init__(self, columns: "Columns") -> None:
        self._columns = columns
        self._found: list[Problem] = []
        self.stopped: set[int] = set()
        self.here: set[int] = set()
        """Rows of tenders that are here already."""

    def stop(self, row: int, name: str, sentence: str, text: str = "") -> None:
        """A row is left out; `name`: what the column says, empty for the row as a whole."""
        self._found.append(Problem(row, self._columns.heading(name), text, sentence))
        self.stopped.add(row)

    def remark(self, row: int, name: str, sentence: str, text: str = "", tender: int | None = None) -> None:
        """A row is imported all the same."""
        self._found.append(Problem(row, self._columns.heading(name), text, sentence, False, tender))

    @property
    def in_order(self) -> Sequence[Problem]:
        """In the order of the file, wherever they were found.

        How a row would be imported is told only of those that are.
        """
        passed = self.stopped | self.here
        told = [one for one in self._found if one.stops or one.tender is not None or one.row not in passed]
        return sorted(told, key=lambda one: (one.row, one.column))


@dataclass(slots=True)
class BroughtLot:
    """One row of the file: a lot."""

    row: int
    name: str
    our_price: int | None
    rank: int | None
    outcome: str
    winner: str
    winner_price: int | None


@dataclass(slots=True)
class BroughtTender:
    """One tender of the file, with the rows it is made of.

    Parameters
    ----------
    fields
        What its rows say of it as a whole; `state` is its outcome or its stage.
    """

    account: Account
    key: str
    fields: dict[str, Any]
    reasons: dict[str, tuple[int | None, str]]
    competitors: list[str]
    lots: list[BroughtLot] = field(default_factory=list)
    known: bool = False
    """Whether that row has made a tender already."""

    @property
    def row(self) -> int:
        """The row it begins with."""
        return self.lots[0].row


@dataclass(frozen=True, slots=True)
class Understood:
    """What a file comes to for one person.

    Parameters
    ----------
    tenders
        Those to be made, and those that are here already.
    questions
        What a person has to decide before any row can be read.
    left
        The rows that are left out.
    """

    tenders: Sequence[BroughtTender]
    problems: Sequence[Problem]
    questions: Sequence[str]
    left: Sequence[int]

    @property
    def new(self) -> Sequence[BroughtTender]:
        """Those that are not here yet."""
        return [one for one in self.tenders if not one.known]

    @property
    def known(self) -> int:
        """How many are here already."""
        return sum(one.known for one in self.tenders)

    @property
    def stopping(self) -> Sequence[Problem]:
        """Why rows are left out."""
        return [one for one in self.problems if one.stops]

    @property
    def remarks(self) -> Sequence[Problem]:
        """What is imported otherwise than it stands there."""
        return [one for one in self.problems if not one.stops]
