"""When something is due that is done again and again: every day or once a month, at an hour of a clock on the wall.

- An hour that the clock leaves out (it goes forward) is the moment at which the clock jumps; an hour that it shows
  twice (it goes back) is the first of the two. So every day has one moment, and no day has two.
- A day that a month does not have is its last one.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class Daily:
    """Every day at an hour, 0 to 23."""

    hour: int

    def around(self, day: date, zone: tzinfo) -> Iterator[datetime]:
        """Give the moments from two days before a day to two days after it, in their order."""
        for distance in range(-2, 3):
            yield moment(day + timedelta(days=distance), self.hour, zone)


@dataclass(frozen=True, slots=True)
class Monthly:
    """On a day of every month, 1 to 31, at an hour, 0 to 23."""

    day: int
    hour: int

    def of_month(self, day: date, zone: tzinfo) -> datetime:
        """Give the moment of the month in which a day is."""
        last = monthrange(day.year, day.month)[1]
        return moment(day.replace(day=min(self.day, last)), self.hour, zone)

    def around(self, day: date, zone: tzinfo) -> Iterator[datetime]:
        """Give the moments of the month in which a day is, of two before it and two after it, in their order."""
        number = day.year * 12 + day.month - 1
        for month in range(number - 2, number + 3):
            yield self.of_month(date(month // 12, month % 12 + 1, 1), zone)


Timetable = Daily | Monthly


def moment(day: date, hour: int, zone: tzinfo) -> datetime:
    """Give the moment, in UTC, at which a clock in a zone shows an hour of a day; of two the first."""
    return datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC)


def latest(timetable: Timetable, now: datetime, zone: tzinfo) -> datetime:
    """Give the last moment that has come: of those that were missed the only one that counts."""
    return max(at for at in timetable.around(now.astimezone(zone).date(), zone) if at <= now)


def following(timetable: Timetable, now: datetime, zone: tzinfo) -> datetime:
    """Give the next moment that is still to come."""
    return min(at for at in timetable.around(now.astimezone(zone).date(), zone) if at > now)
