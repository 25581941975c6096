"""Pieces of pages that stay as they are: written once for all who see the same, remembered by all that they show.

A row of a table is made of the values of a few rows of the database. Where these are as they were, so is its HTML, and
Django's templates need not write it again: they take most of the time of a page.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from typing import Any, Final, Generic, TypeVar

from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

V = TypeVar("V")

PIECES: Final = 16_000_000
"""So many characters does a process keep, what was asked for last: some four thousand rows of tables."""
DRAWINGS: Final = 48
"""So many drawings, a fifth of a megabyte each."""


class Kept(Generic[V]):
    """What was asked for last, as much as there is room for.

    Parameters
    ----------
    room
        How much is kept.
    weigh
        How much of it one answer takes.
    """

    def __init__(self, room: int, weigh: Callable[[V], int]) -> None:
        self._room, self._weigh, self._used = room, weigh, 0
        self._held: OrderedDict[Hashable, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """Give what is kept of a key, made where nothing is; two threads may make it at once, either is right."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        made = make()
        with self._lock:
            if key not in self._held:
                self._held[key] = made
                self._used += self._weigh(made)
            while self._used > self._room:
                self._used -= self._weigh(self._held.popitem(last=False)[1])
        return made

    def clear(self) -> None:
        """Forget all of it."""
        with self._lock:
            self._held.clear()
            self._used = 0


_pieces: Final[Kept[SafeString]] = Kept(PIECES, len)
_drawings: Final[Kept[Any]] = Kept(DRAWINGS, lambda _drawing: 1)


def written(template: str, told: Mapping[str, Any], *, shows: Hashable) -> SafeString:
    """Give a piece as its template writes it; it holds no form, whose tokens are of one request.

    Parameters
    ----------
    told
        What the template finds; no request, and nobody who is signed in.
    shows
        Everything that the piece shows or that its words depend on (the day, a right), beside language and time zone:
        rows of the database by `values`. What is forgotten here goes stale.
    """
    return _pieces.get(_key(template, shows), lambda: render_to_string(template, dict(told)))


def drawn(what: str, draw: Callable[[], V], *, shows: Hashable) -> V:
    """Give a drawing, or something else that takes long to lay out, as `written` gives a piece.

    Parameters
    ----------
    what
        Names the kind of drawing.
    """
    found: V = _drawings.get(_key(what, shows), draw)
    return found


def values(row: Model | None) -> Hashable:
    """Give every value of a row, as it was read; None for none."""
    if row is None:
        return None
    held = row.__dict__
    return (type(row), *(_plain(held.get(field.attname)) for field in row._meta.concrete_fields))


def forget() -> None:
    """Forget everything."""
    _pieces.clear()
    _drawings.clear()


def _key(what: str, shows: Hashable) -> Hashable:
    return what, get_language(), get_current_timezone_name(), shows


def _plain(value: Any) -> Hashable:
    return repr(value) if isinstance(value, list | dict) else value
