"""What the timeline of an account is made of: each app gives its lane, and says only what the person may see.

An app adds its lane in its `ready()`: `sources.add(Touches())`. A lane is asked once about some accounts and a window
of days: lanes made of rows together (`parts.RowLane`), any other for itself (`Reckoned`), each with a bounded number of
queries and rows, whatever the accounts hold.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable

if TYPE_CHECKING:
    from anahtar_web.accounts.models import Account
    from anahtar_web.insight.models import Run
    from anahtar_web.people.models import User

STEP_DAY: Final = "day"
STEP_MONTH: Final = "month"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a source is asked about.

    Parameters
    ----------
    account
        The account whose timeline it is.
    accounts
        Keys of the accounts that count: itself or one company, the companies below, and what was merged into them; only
        such as the person sees.
    first, last
        The window, both inside.
    direction
        Only what belongs to this direction; None: everything. Lanes that know no directions are left out then.
    on
        As known at the end of this day; None: now.
    companies
        Code and name of each of the accounts.
    run
        The analysis the pages show; None before the first one.
    state
        What names the state of what is written of the accounts (`audit.remembering`); None: nobody has read it.
    """

    account: "Account"
    accounts: Sequence[int]
    user: "User"
    first: date
    last: date
    direction: str | None = None
    on: date | None = None
    companies: Mapping[str, str] = field(default_factory=dict)
    run: "Run | None" = None
    state: Hashable | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """Where a list goes on: what lies before this day, and of this day what has a smaller key than `pk`."""

    day: date
    pk: int


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that happened.

    Parameters
    ----------
    day, pk
        When, and what orders things of one day within the source.
    title, text
        What, in a few words; and more of it.
    who
        Who did it (never who imported it); empty where nobody is known.
    address
        Where it opens.
    money
        What it is worth in ten-thousandths; None where it has no worth, or not for this person.
    account
        Name of the company it happened at.
    tone
        `good`, `warn`, `bad`, `info` or nothing.
    """

    day: date
    pk: int
    icon: str
    title: str
    text: str = ""
    who: str = ""
    address: str = ""
    money: int | None = None
    direction: str = ""
    account: str = ""
    tone: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the overview draws at a day or a month.

    Parameters
    ----------
    day
        The day itself, or the first of the month.
    count
        How many things it stands for.
    height
        What the height of its bar is drawn from; None: it is a point.
    bad
        How many of them went wrong.
    title
        What it says in words.
    """

    day: date
    count: int
    title: str
    height: float | None = None
    bad: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """What a lane says of a window.

    Parameters
    ----------
    marks
        What the overview draws: at most one for each day or month.
    items
        The latest things that lie before a place in the list, the latest first.
    """

    marks: Sequence[Mark] = ()
    items: Sequence[Item] = ()


class Source(Protocol):
    """One lane; what it holds is asked of a `parts.RowLane` or a `Reckoned` one."""

    name: str
    """In the address, and unique."""
    label: Any
    icon: str
    knows_directions: bool


@runtime_checkable
class Reckoned(Source, Protocol):
    """A lane that is no rows of a table."""

    def told(self, asked: Asked, step: str, *, before: Before, limit: int) -> Told:
        """Give marks by `STEP_DAY` or `STEP_MONTH`, and at most `limit` things that lie before a place."""


_SOURCES: Final[dict[str, Source]] = {}


def add(source: Source) -> None:
    """Let the timeline have a lane; called by an app's `ready()`."""
    _SOURCES[source.name] = source


def sources() -> Sequence[Source]:
    """Give all lanes in the order in which they were added."""
    return list(_SOURCES.values())


def the_source(name: str) -> Source | None:
    """Give a lane by its name."""
    return _SOURCES.get(name)
