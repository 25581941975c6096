"""The day as of which somebody reads: what was known at its end."""

from datetime import date

from django.core.exceptions import BadRequest
from django.utils.dateparse import parse_date

from anahtar_web.company.queries import today


def asked_day(text: str) -> date | None:
    """Read the day of an address (`?on=`): one that has been; None: now, of today or later or where nothing is asked.

    Raises
    ------
    BadRequest
        What is asked for is no day.
    """
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or day.year < 1950:
        raise BadRequest("no day")
    return None if day >= today() else day
