"""What the address of a timeline asks for: how close, up to when, which lanes, which company and direction."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Self
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from anahtar_web.company.days import asked_day
from anahtar_web.deliveries.pages.asked import NAMELESS, day_in, whole
from anahtar_web.history.sources import STEP_DAY, STEP_MONTH, sources

PARAMETERS: Final = frozenset({"zoom", "at", "kinds", "company", "direction", "on", "after"})

ZOOMS: Final[dict[str, tuple[Any, int]]] = {
    "": (_("3 years"), 36),
    "year": (_("Year"), 12),
    "quarter": (_("Quarter"), 3),
    "month": (_("Month"), 1),
}
"""Name in the address, words, months in the window; each closer than the one before."""
_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.A)
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the list goes on: behind this thing of this lane on this day."""

    day: date
    source: str
    pk: int

    @property
    def text(self) -> str:
        """As it stands in the address."""
        return f"{self.day.isoformat()}.{self.source}.{self.pk}"


@dataclass(frozen=True, slots=True)
class Asking:
    """The address, cleaned.

    Parameters
    ----------
    at
        First day of the last month of the window.
    kinds
        Names of the lanes that are shown; empty: all.
    """

    at: date
    today: date
    zoom: str = ""
    kinds: Sequence[str] = ()
    company: int | None = None
    direction: str | None = None
    on: date | None = None
    after: Cursor | None = None

    @classmethod
    def of(cls, query: QueryDict, today: date) -> Self:
        """Read an address.

        Raises
        ------
        BadRequest
            It asks for something that cannot be.
        """
        zoom, direction = query.get("zoom", ""), query.get("direction", "")
        if zoom not in ZOOMS or len(direction) > _LONGEST:
            raise BadRequest("no such zoom or direction")
        return cls(
            at=_month(query.get("at", "")) or today.replace(day=1),
            today=today,
            zoom=zoom,
            kinds=_kinds(query.get("kinds", "")),
            company=whole(query.get("company", "")),
            direction="" if direction == NAMELESS else direction or None,
            on=asked_day(query.get("on", "")),
            after=_cursor(query.get("after", "")),
        )

    @property
    def months(self) -> int:
        """How many months the window has."""
        return ZOOMS[self.zoom][1]

    @property
    def first(self) -> date:
        """The first day of the window."""
        return moved(self.at, 1 - self.months)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.at.replace(day=calendar.monthrange(self.at.year, self.at.month)[1])

    @property
    def step(self) -> str:
        """What one bar of the overview stands for."""
        return STEP_MONTH if self.months > 3 else STEP_DAY

    def shows(self, name: str) -> bool:
        """Whether a lane is shown."""
        return not self.kinds or name in self.kinds

    def address(self, **changes: Any) -> str:
        """Write the query of this page with something changed; a list begins anew then."""
        told = replace(self, **{"after": None, **changes})
        named = {
            "zoom": told.zoom,
            "at": "" if told.at == told.today.replace(day=1) else f"{told.at:%Y-%m}",
            "kinds": ".".join(told.kinds),
            "company": told.company or "",
            "direction": NAMELESS if told.direction == "" else told.direction or "",
            "on": told.on.isoformat() if told.on else "",
            "after": told.after.text if told.after else "",
        }
        return "?" + urlencode({name: value for name, value in named.items() if value})

    def closer(self, at: date | None = None) -> str:
        """The address one step closer (to a month); empty where there is none."""
        return self._beside(1, at)

    def wider(self) -> str:
        """The address one step wider; empty where there is none."""
        return self._beside(-1, None)

    def _beside(self, by: int, at: date | None) -> str:
        names = list(ZOOMS)
        place = names.index(self.zoom) + by
        if not 0 <= place < len(names):
            return ""
        return self.address(zoom=names[place], at=at or self.at)

    def earlier(self) -> str:
        """The address of the window before."""
        return self.address(at=moved(self.at, -self.months))

    def later(self) -> str:
        """The address of the window after; empty where it would lie in the future."""
        now = self.today.replace(day=1)
        return "" if self.at >= now else self.address(at=min(moved(self.at, self.months), now))


def moved(first: date, months: int) -> date:
    """Give the first day of a month so many months away."""
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def _month(text: str) -> date | None:
    if not text:
        return None
    found = _MONTH.fullmatch(text)
    if found is None or not 1950 <= int(found[1]) <= 2999:
        raise BadRequest("no month")
    return date(int(found[1]), int(found[2]), 1)


def _kinds(text: str) -> Sequence[str]:
    named = [name for name in text.split(".") if name]
    known = [source.name for source in sources()]
    if any(name not in known for name in named):
        raise BadRequest("no such kind")
    return [name for name in known if name in named]


def _cursor(text: str) -> Cursor | None:
    if not text:
        return None
    parts = text.split(".")
    if len(parts) != 3 or parts[1] not in [source.name for source in sources()]:
        raise BadRequest("no place in the list")
    day, pk = day_in(parts[0]), whole(parts[2])
    if day is None or pk is None:
        raise BadRequest("no place in the list")
    return Cursor(day, parts[1], pk)
