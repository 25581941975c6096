"""What a lane made of rows is: parts of tables in the window, the day of each row, and how one of them is told.

The lanes do not read their rows themselves: `together.py` asks all of them in one query for what the overview counts,
in one for what the list shows, and in one for the words of it.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from anahtar_web.history.sources import Asked, Item


@dataclass(frozen=True, slots=True)
class Spot:
    """A row that the list shows: its day, and its key among those of its lane."""

    day: date
    lane: str
    part: int
    key: int
    row: int


@dataclass(frozen=True, slots=True)
class Row:
    """What a part tells of a row; `columns` of `Part` says which column is what, and others are empty.

    Parameters
    ----------
    of
        A key, where the row itself is not what opens.
    company
        Name of the account.
    others
        Names beside it (`Part.others`).
    """

    pk: int
    account: int
    of: int
    amount: int | None
    company: str
    who: str
    words: str
    more: str
    code: str
    was: str
    others: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Others:
    """Names that stand beside a row: rows of another table, the key of ours in them, and the name."""

    rows: Any
    of: str
    name: str


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one table.

    Parameters
    ----------
    rows
        Those of the accounts, in the window, as they were known; what the list shows.
    day
        The field or expression that gives the day of a row.
    tell
        Writes the thing of a row and its spot.
    columns
        Field of `Row` -> column or expression; `who`, `words`, `more`, `code`, `was` are texts.
    whole
        Where columns are not enough: what is read together with the whole row, which `tell` then gets.
    counted
        What the overview counts, where it is more than the list shows.
    bad
        Which of these went wrong.
    """

    rows: Any
    day: Any
    tell: Callable[[Any, Spot], Item]
    columns: Mapping[str, Any] = field(default_factory=dict)
    whole: Sequence[str] | None = None
    others: Others | None = None
    counted: Any = None
    bad: Q | None = None


class RowLane(ABC):
    """A lane made of rows."""

    name: str
    label: Any
    icon: str
    knows_directions: bool = False
    bars: bool = False
    """Whether the overview draws bars as high as they count, and no points."""

    @abstractmethod
    def parts(self, asked: Asked) -> Sequence[Part]:
        """Give its parts; their rows are not asked for here."""

    @abstractmethod
    def said(self, count: int, bad: int) -> str:
        """Say in words what a mark of the overview stands for."""
