"""Losses month by month, counted from the rows of whatever accounts somebody sees.

The same as `anahtar.analysis.losing.months` tells of all of them: who sees all reads those, and a test compares both.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Self

from anahtar.metrics.loss.retention import Rate, counted


class Silence(NamedTuple):
    """What of a lapse is counted."""

    lost_on: date
    returned_on: date | None
    purchases: int
    revenue: int


@dataclass(frozen=True, slots=True)
class Month:
    """One month; its fields are those of `anahtar.analysis.losing.months.LostMonth`."""

    month: date
    whole: bool
    exposed: int
    begun: int
    returned: int
    lost_then: int
    amount_then: int
    lost_now: int
    amount_now: int
    one_off: int
    rate_then: Rate
    rate_now: Rate

    @classmethod
    def told(cls, stored: Mapping[str, Any]) -> Self:
        """Read one that a report keeps."""
        rates = {name: Rate(**stored[name]) for name in ("rate_then", "rate_now")}
        return cls(**{**stored, "month": date.fromisoformat(stored["month"]), **rates})

    @property
    def back(self) -> int:
        """Of those lost then, who has bought since."""
        return self.lost_then - self.lost_now


def months_of(silences: Iterable[Silence], begun: Iterable[date], *, as_of: date) -> list[Month]:
    """Lay losses out month by month, from the first purchase to the day of the analysis, oldest first.

    Parameters
    ----------
    silences
        Every lapse.
    begun
        First purchase of every account.
    """
    first = Counter(map(_number, begun))
    lost, back = _counted(silences)
    live, found = 0, []
    for at in range(min(first), _number(as_of) + 1) if first else ():
        own = lost.get(at, _Lost())
        exposed = live + first[at] + back[at]
        found.append(
            Month(
                month=date(at // 12, at % 12 + 1, 1),
                whole=at < _number(as_of) or _ends_month(as_of),
                exposed=exposed,
                begun=first[at],
                returned=back[at],
                lost_then=own.then,
                amount_then=own.amount_then,
                lost_now=own.now,
                amount_now=own.amount_now,
                one_off=own.one_off,
                rate_then=counted(own.then, exposed),
                rate_now=counted(own.now, exposed),
            )
        )
        live = exposed - own.then
    return found


@dataclass(slots=True)
class _Lost:
    then: int = 0
    amount_then: int = 0
    now: int = 0
    amount_now: int = 0
    one_off: int = 0


def _counted(silences: Iterable[Silence]) -> tuple[dict[int, _Lost], Counter[int]]:
    lost: dict[int, _Lost] = {}
    back: Counter[int] = Counter()
    for one in silences:
        at = _number(one.lost_on)
        returned = None if one.returned_on is None else _number(one.returned_on)
        # Who was back in the same month was lost for nobody who looked at its end.
        if returned is not None and returned <= at:
            continue
        own = lost.setdefault(at, _Lost())
        own.then += 1
        own.amount_then += one.revenue
        own.one_off += one.purchases == 1
        if returned is None:
            own.now += 1
            own.amount_now += one.revenue
        else:
            back[returned] += 1
    return lost, back


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _ends_month(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).month != day.month
