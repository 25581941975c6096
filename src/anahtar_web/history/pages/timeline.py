"""The timeline of an account: lanes over time, and below them what is in the window, the latest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, Self

from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import Head
from anahtar_web.deliveries.pages.asked import NAMELESS
from anahtar_web.history.lanes.orders import is_long
from anahtar_web.history.pages.asking import ZOOMS, Asking
from anahtar_web.history.pages.drawing import Drawing
from anahtar_web.history.pages.group import group_of
from anahtar_web.history.pages.looking import look
from anahtar_web.history.sources import Asked, Item, Source, sources
from anahtar_web.insight import series
from anahtar_web.insight.counted import with_merged
from anahtar_web.insight.queries import current_run

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Kind:
    """A lane as a filter: whether it is shown, and the address that shows or hides it."""

    source: Source
    shown: bool
    address: str


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on a day."""

    day: date
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """The template's contract.

    Parameters
    ----------
    more
        Address of the next part of the list; empty at its end.
    left_out
        Lanes that know no directions, where one is asked for.
    by_month
        Orders are told by the month, because the window is long.
    """

    head: Head
    asking: Asking
    kinds: Sequence[Kind]
    drawing: Drawing
    days: Sequence[Day]
    more: str
    companies: Sequence[Account]
    directions: Sequence[str]
    left_out: Sequence[Source]
    by_month: bool
    currency: str

    @classmethod
    def build(cls, account: Account, user: "User", asking: Asking) -> Self:
        """Gather the page; the number of queries depends on the lanes, never on what the account holds."""
        run, group = current_run(), group_of(account, user, asking.company)
        asked = Asked(
            account,
            sorted(group.accounts),
            user,
            asking.first,
            asking.last,
            asking.direction,
            asking.on,
            companies=dict(group.accounts.values()),
            run=run,
            state=group.state,
        )
        told = [source for source in sources() if asking.direction is None or source.knows_directions]
        shown = [source for source in told if asking.shows(source.name)]
        found = look(shown, asked, asking)
        return cls(
            head=Head.build(account, user, "history"),
            asking=asking,
            kinds=[_kind(source, asking) for source in told],
            drawing=Drawing.of(asking, [(source, found.marks[source.name]) for source in shown]),
            days=[Day(day, tuple(some)) for day, some in groupby(found.items, key=lambda item: item.day)],
            more=found.more,
            companies=group.companies,
            directions=_directions(asked),
            left_out=[source for source in sources() if source not in told],
            by_month=is_long(asked),
            currency=run.currency if run else "",
        )

    @property
    def zooms(self) -> list[tuple[Any, str, bool]]:
        """How close one may look: words, address, whether it is now."""
        asking = self.asking
        return [(told[0], asking.address(zoom=name), name == asking.zoom) for name, told in ZOOMS.items()]

    @property
    def several(self) -> bool:
        """Whether things may be of several companies."""
        return bool(self.companies) and self.asking.company is None

    @property
    def direction_asked(self) -> str:
        """The direction in the address; empty: all."""
        return NAMELESS if self.asking.direction == "" else self.asking.direction or ""

    @property
    def from_start(self) -> str:
        """The address of the beginning of the list."""
        return self.asking.address()

    @property
    def nothing(self) -> bool:
        """Whether the window holds nothing at all."""
        return not self.days and not any(lane.shapes for lane in self.drawing.lanes)


def _kind(source: Source, asking: Asking) -> Kind:
    shown = asking.shows(source.name)
    names = [other.name for other in sources()]
    now = [name for name in names if asking.shows(name)]
    after = [name for name in names if (name in now) != (name == source.name)]
    # All and none are the same: nothing stands in the address.
    return Kind(source, shown, asking.address(kinds=[] if len(after) == len(names) else after))


def _directions(asked: Asked) -> list[str]:
    if asked.run is None:
        return []
    codes = with_merged(list(asked.companies), asked.run.options.get("merged", {}))
    kept = series.read(asked.run, codes, withheld=())
    return sorted(name for name, _revenue, _before in kept.directions if name)
