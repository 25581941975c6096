"""When an account is expected to announce again: of all its tenders, and of each direction with a rhythm."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from anahtar.rules.next_tender import NextTender, next_tender
from anahtar_web.ui.text import fold


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of one direction; empty: of all tenders of the account.

    Parameters
    ----------
    to_prepare
        Whether preparing should have begun.
    days_late
        Days since the latest day on which it was expected.
    """

    direction: str
    told: NextTender
    to_prepare: bool
    days_late: int


def expected_of(announced: Iterable[tuple[str, date | None]], *, as_of: date) -> Sequence[Expected]:
    """Say what is expected of one account, all of it first, then the directions of which something is.

    Parameters
    ----------
    announced
        Direction and day of each of its tenders; without a day nothing is counted.
    """
    known = [(direction, day) for direction, day in announced if day is not None]
    of: dict[str, tuple[str, list[date]]] = {}
    for direction, day in known:
        if direction:
            of.setdefault(fold(direction), (direction, []))[1].append(day)
    found = [_told("", next_tender((day for _direction, day in known), as_of=as_of), as_of)]
    if len(of) > 1:
        apart = [_told(name, next_tender(days, as_of=as_of), as_of) for name, days in of.values()]
        found += sorted((one for one in apart if one.told.expected), key=lambda one: (one.told.expected, one.direction))
    return found


def _told(direction: str, told: NextTender, as_of: date) -> Expected:
    return Expected(direction, told, told.to_prepare(as_of), told.days_late(as_of))
