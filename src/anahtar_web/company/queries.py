"""Reading the company's settings."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import timezone

from anahtar_web.company.models import Company
from anahtar_web.company.options import analysis_options, lapse_criterion

__all__ = ["analysis_options", "company", "end_of", "in_zone_of", "lapse_criterion", "now", "today"]

_ZONE: Final[ContextVar[ZoneInfo | None]] = ContextVar("zone of the company, while a page is made", default=None)


def company() -> Company:
    """Give the company; its defaults where nobody has set anything yet (unsaved then)."""
    return Company.objects.filter(pk=1).first() or Company(pk=1)


def today() -> date:
    """Give the company's day, which is what due dates and assignments are held against."""
    return now().date()


def now() -> datetime:
    """Give the moment in the company's time zone."""
    return timezone.localtime(timezone=_ZONE.get() or ZoneInfo(company().time_zone))


def end_of(day: date) -> datetime:
    """Give the first moment after a day of the company: what was written before it was known on that day."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=now().tzinfo)


@contextmanager
def in_zone_of(told: Company) -> Iterator[None]:
    """Show times, and tell the day, in a company's time zone without reading it again while the block runs.

    Who may see what depends on the day; a page of an account would read the company four times.
    """
    zone = ZoneInfo(told.time_zone)
    before = _ZONE.set(zone)
    try:
        with timezone.override(zone):
            yield
    finally:
        _ZONE.reset(before)
