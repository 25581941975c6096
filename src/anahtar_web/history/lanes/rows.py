"""What lanes share: moments as days, the window and what was known as conditions, counts by day or month.

Pages are made in the company's time zone (`company.middleware`), so the zone of the moment is its zone.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol, TypeVar

from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Coalesce, NullIf, TruncDate
from django.utils.timezone import get_current_timezone

from anahtar_web.company.queries import end_of, today
from anahtar_web.history.sources import STEP_MONTH, Asked, Before, Mark


def day_of(field: str) -> TruncDate:
    """Give the day of a moment."""
    return TruncDate(field, tzinfo=get_current_timezone())


def who(field: str) -> Coalesce:
    """Give the name of one of us."""
    name = NullIf(F(f"{field}__name"), Value(""), output_field=TextField())
    return Coalesce(name, F(f"{field}__email"), output_field=TextField())


def moments(field: str, asked: Asked) -> Q:
    """Say that a moment lies in the window, and was known by the day asked about."""
    last = min(asked.last, asked.on) if asked.on else asked.last
    begin, end = (
        datetime.combine(day, time(), get_current_timezone()) for day in (asked.first, last + timedelta(days=1))
    )
    return Q(**{f"{field}__gte": begin, f"{field}__lt": end})


def days(field: str, asked: Asked) -> Q:
    """Say that a day lies in the window, and had come by the day asked about: what is planned is no history yet."""
    return Q(**{f"{field}__gte": asked.first, f"{field}__lte": min(asked.last, asked.on or today())})


def known(field: str, asked: Asked) -> Q:
    """Say that something had been written down by the day asked about."""
    return Q(**{f"{field}__lt": end_of(asked.on)}) if asked.on else Q()


def counted(found: Iterable[date], step: str, say: Callable[[int], str]) -> Sequence[Mark]:
    """Make points of days."""
    sums = Counter(day.replace(day=1) if step == STEP_MONTH else day for day in found)
    return [Mark(day, count, say(count)) for day, count in sorted(sums.items())]


class Placed(Protocol):
    """What has a place in a list."""

    @property
    def day(self) -> date:
        """When it was."""

    @property
    def pk(self) -> int:
        """What orders things of one day."""


P = TypeVar("P", bound=Placed)


def part_of(things: Iterable[P], before: Before, limit: int) -> list[P]:
    """Give the latest things before a place."""
    left = [thing for thing in things if (thing.day, thing.pk) < (before.day, before.pk)]
    return sorted(left, key=lambda thing: (thing.day, thing.pk), reverse=True)[:limit]


def named(choices: Any, code: str) -> str:
    """Give the words of a choice as it is stored."""
    return str(choices(code).label)
