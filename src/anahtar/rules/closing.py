"""Which months can be closed, and which are due to be: whole months, told by their first day.

- A month can be closed once its last day is over.
- It is due some days after its last day: March closes five days after its end on the 5th of April, whenever that day
  has come. Of several that are due the latest counts: closing means all months up to it.
"""

from collections.abc import Iterator
from datetime import date, timedelta


def following_month(month: date) -> date:
    """Give the first day of the month after the one a day is in."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def last_over(today: date) -> date:
    """Give the first day of the last month that is over."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def due_on(month: date, days: int) -> date:
    """Give the day on which a month is due to be closed, so many days (1 or more) after its last one."""
    return following_month(month) + timedelta(days=days - 1)


def due_month(today: date, days: int) -> date:
    """Give the last month that is due to be closed on a day."""
    month = last_over(today)
    while due_on(month, days) > today:
        month = last_over(month)
    return month


def months(first: date, last: date) -> Iterator[date]:
    """Give the first day of every month from one to another, both inside; none where the last is before the first."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = following_month(month)
