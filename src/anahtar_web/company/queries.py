"""Reading the company's settings."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from anahtar_web.company.models import Company
from anahtar_web.company.options import analysis_options

__all__ = ["analysis_options", "company", "now", "today"]


def company() -> Company:
    """Give the company; its defaults where nobody has set anything yet (unsaved then)."""
    return Company.objects.filter(pk=1).first() or Company(pk=1)


def today() -> date:
    """Give the company's day, which is what due dates and assignments are held against."""
    return timezone.localtime(timezone=ZoneInfo(company().time_zone)).date()


def now() -> datetime:
    """Give the moment in the company's time zone."""
    return timezone.localtime(timezone=ZoneInfo(company().time_zone))
