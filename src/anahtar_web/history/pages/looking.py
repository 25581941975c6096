"""Asks each lane once for a window, and merges what they say into one list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from anahtar_web.history import together
from anahtar_web.history.pages.asking import Asking, Cursor
from anahtar_web.history.parts import RowLane, Spot
from anahtar_web.history.sources import Asked, Before, Item, Mark, Reckoned, Source, Told, sources
from anahtar_web.history.together import Laid

SIZE: Final = 50
_LARGEST: Final = 1 << 62


@dataclass(frozen=True, slots=True)
class Found:
    """What the lanes say.

    Parameters
    ----------
    more
        Address of the next part of the list; empty at its end.
    """

    marks: Mapping[str, Sequence[Mark]]
    items: Sequence[Item]
    more: str


def look(shown: Sequence[Source], asked: Asked, asking: Asking) -> Found:
    """Ask the lanes, those made of rows all at once.

    Each gives no more than one part of the list: what is not among the first of its own cannot be among those of all.
    """
    places = {source.name: place for place, source in enumerate(sources())}
    before = {source.name: _before(places, source, asking) for source in shown}
    laid = [
        Laid(lane, places[lane.name], parts, before[lane.name])
        for lane in shown
        if isinstance(lane, RowLane) and (parts := lane.parts(asked))
    ]
    reckoned = {
        source.name: source.told(asked, asking.step, before=before[source.name], limit=SIZE + 1)
        for source in shown
        if isinstance(source, Reckoned)
    }
    items, more = _listed(laid, reckoned, places, asking)
    marks = {source.name: () for source in shown} | together.marks(laid, asking.step)
    return Found(marks | {name: told.marks for name, told in reckoned.items()}, items, more)


def _listed(
    laid: Sequence[Laid], reckoned: Mapping[str, Told], places: Mapping[str, int], asking: Asking
) -> tuple[Sequence[Item], str]:
    """Give one part of the list, and the address of the next; rows are read only where they are shown."""
    found: list[Item | Spot] = [*together.spots(laid, SIZE + 1)]
    found += [item for told in reckoned.values() for item in told.items]
    found.sort(key=lambda one: (one.day, -places[_lane(one)], _key(one)), reverse=True)
    part = found[:SIZE]
    rows = iter(together.items([one for one in part if isinstance(one, Spot)], laid))
    items = [next(rows) if isinstance(one, Spot) else one for one in part]
    if len(found) <= SIZE:
        return items, ""
    last = items[-1]
    return items, asking.address(after=Cursor(last.day, last.source, last.pk))


def _lane(one: Item | Spot) -> str:
    return one.lane if isinstance(one, Spot) else one.source


def _key(one: Item | Spot) -> int:
    return one.key if isinstance(one, Spot) else one.pk


def _before(places: Mapping[str, int], source: Source, asking: Asking) -> Before:
    """Where a lane goes on; of the cursor's own day, lanes before its lane were told already, those behind it not."""
    after = asking.after
    if after is None:
        return Before(asking.last + timedelta(days=1), -1)
    here, there = places[source.name], places[after.source]
    if here == there:
        return Before(after.day, after.pk)
    return Before(after.day, _LARGEST if here > there else -1)
