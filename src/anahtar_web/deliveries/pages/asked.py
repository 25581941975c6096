"""What the address of an account's deliveries asks for."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self

from django.core.exceptions import BadRequest
from django.db.models import F, Q
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from anahtar.rules.on_time import Standing
from anahtar_web.company.days import asked_day
from anahtar_web.deliveries.queries.lines import stands

PARAMETERS: Final = frozenset({"period", "by", "direction", "company", "show", "on", "after"})

PERIODS: Final[dict[str, tuple[Any, int | None]]] = {
    "": (_("12 months"), 12),
    "two": (_("2 years"), 24),
    "all": (_("all"), None),
}
"""Name in the address, words, months back."""
STEPS: Final = {"": "month", "quarter": "quarter"}
SHOWS: Final[dict[str, Any]] = {
    "": _("Late and overdue"),
    "overdue": _("Overdue"),
    "late": _("Delivered late"),
    "moved": _("Promise moved"),
    "kept": _("On time, in full"),
    "open": _("Not due yet"),
    "all": _("All lines"),
}
NAMELESS: Final = "-"
"""Stands in the address for lines that name no direction."""
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter, cleaned.

    Parameters
    ----------
    on
        As known on this day; None: now.
    after
        The line behind which the list goes on: its promised day and key.
    """

    period: str = ""
    by: str = ""
    direction: str | None = None
    company: int | None = None
    show: str = ""
    on: date | None = None
    after: tuple[date, int] | None = None

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Read an address.

        Raises
        ------
        BadRequest
            It asks for something that cannot be.
        """
        direction = query.get("direction", "")
        if len(direction) > _LONGEST:
            raise BadRequest("direction too long")
        return cls(
            period=_one_of(query, "period", PERIODS),
            by=_one_of(query, "by", STEPS),
            direction="" if direction == NAMELESS else direction or None,
            company=whole(query.get("company", "")),
            show=_one_of(query, "show", SHOWS),
            on=asked_day(query.get("on", "")),
            after=_after(query.get("after", "")),
        )

    @property
    def step(self) -> str:
        """What one bar of the chart stands for."""
        return STEPS[self.by]

    def start(self, today: date) -> date | None:
        """The first day of the period; None where it has none."""
        months = PERIODS[self.period][1]
        if months is None:
            return None
        number = today.year * 12 + today.month - months
        return date(number // 12, number % 12 + 1, 1)

    def narrow(self, as_of: date, days: int) -> Q:
        """The lines of the list."""
        if self.show == "":
            return stands(Standing.LATE, as_of, days) | stands(Standing.OVERDUE, as_of, days)
        if self.show == "moved":
            return ~Q(promised_now=F("promised_first"))
        return Q() if self.show == "all" else stands(Standing(self.show), as_of, days)


def _one_of(query: QueryDict, name: str, known: Any) -> str:
    text = query.get(name, "")
    if text not in known:
        raise BadRequest(f"unknown {name}")
    return text


def whole(text: str) -> int | None:
    """Read the key of a row; None where nothing stands there."""
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise BadRequest("no number")
    return int(text)


def day_in(text: str) -> date | None:
    """Read a day; None where nothing stands there."""
    if not text:
        return None
    try:
        found = parse_date(text)
    except ValueError as wrong:
        raise BadRequest("no day") from wrong
    if found is None or not 1900 <= found.year <= 2999:
        raise BadRequest("no day")
    return found


def _after(text: str) -> tuple[date, int] | None:
    if not text:
        return None
    day, _dot, number = text.partition(".")
    found, pk = day_in(day), whole(number)
    if found is None or pk is None:
        raise BadRequest("no place in the list")
    return found, pk
