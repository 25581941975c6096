"""Days and moments of the company's time zone."""

from datetime import date, datetime, time, timedelta

from anahtar_web.company.queries import now


def beginning_of(on: date) -> datetime:
    """Give the first moment of a day."""
    return datetime.combine(on, time.min, tzinfo=now().tzinfo)


def monday_of(on: date) -> date:
    """Give the Monday of a day's week."""
    return on - timedelta(days=on.weekday())
