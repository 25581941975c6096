"""When something is due again: moments counted by hand on a clock on the wall, also where it is put forward or back."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anahtar.rules.due import Daily, Monthly, Timetable, following, latest, moment

ISTANBUL, BERLIN = ZoneInfo("Europe/Istanbul"), ZoneInfo("Europe/Berlin")
"""Three hours ahead all year; one hour ahead in winter, two in summer."""


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_every_night_at_three_in_istanbul_is_midnight_here() -> None:
    assert latest(Daily(3), utc(7, 10, 0), ISTANBUL) == utc(7, 10, 0)
    assert latest(Daily(3), utc(7, 10, 0) - timedelta(seconds=1), ISTANBUL) == utc(7, 9, 0)
    assert following(Daily(3), utc(7, 10, 0), ISTANBUL) == utc(7, 11, 0)


def test_of_a_month_of_downtime_only_the_last_night_counts() -> None:
    assert latest(Daily(3), utc(8, 9, 12), ISTANBUL) == utc(8, 9, 0)


@pytest.mark.parametrize(
    ("day", "now", "came", "comes"),
    [
        (5, utc(7, 5, 4), utc(7, 5, 4), utc(8, 5, 4)),
        (5, utc(7, 5, 3, 59), utc(6, 5, 4), utc(7, 5, 4)),
        # February ends on the 28th, April on the 30th.
        (31, utc(3, 1, 0), utc(2, 28, 4), utc(3, 31, 4)),
        (31, utc(4, 30, 5), utc(4, 30, 4), utc(5, 31, 4)),
        (1, utc(1, 1, 0), datetime(2025, 12, 1, 4, tzinfo=UTC), utc(1, 1, 4)),
    ],
)
def test_once_a_month_at_seven_in_istanbul(day: int, now: datetime, came: datetime, comes: datetime) -> None:
    assert latest(Monthly(day, 7), now, ISTANBUL) == came
    assert following(Monthly(day, 7), now, ISTANBUL) == comes


def test_an_hour_that_the_clock_leaves_out_comes_when_it_jumps() -> None:
    # 29 March 2026: 2:00 becomes 3:00, at 1:00 UTC.
    assert moment(date(2026, 3, 29), 2, BERLIN) == utc(3, 29, 1)
    assert moment(date(2026, 3, 28), 2, BERLIN) == utc(3, 28, 1)
    assert moment(date(2026, 3, 30), 2, BERLIN) == utc(3, 30, 0)


def test_an_hour_that_the_clock_shows_twice_comes_once() -> None:
    # 25 October 2026: 3:00 becomes 2:00, at 1:00 UTC; it is 2:30 at 0:30 and at 1:30 UTC.
    assert moment(date(2026, 10, 25), 2, BERLIN) == utc(10, 25, 0)
    assert latest(Daily(2), utc(10, 25, 1, 30), BERLIN) == utc(10, 25, 0)
    assert following(Daily(2), utc(10, 25, 0, 30), BERLIN) == utc(10, 26, 1)


_TIMETABLES = st.one_of(
    st.builds(Daily, st.integers(0, 23)), st.builds(Monthly, st.integers(1, 31), st.integers(0, 23))
)
_ZONES = st.sampled_from(
    ["Europe/Istanbul", "Europe/Berlin", "America/St_Johns", "Pacific/Apia", "Australia/Lord_Howe"]
)
_MOMENTS = st.integers(0, 19 * 365 * 24 * 60).map(lambda minutes: utc(1, 1, 0) + timedelta(minutes=minutes - 7_900_000))


@given(_TIMETABLES, _MOMENTS, _ZONES)
def test_nothing_lies_between_what_came_last_and_what_comes_next(at: Timetable, now: datetime, zone: str) -> None:
    came, comes = latest(at, now, ZoneInfo(zone)), following(at, now, ZoneInfo(zone))
    assert came <= now < comes
    assert latest(at, comes - timedelta(microseconds=1), ZoneInfo(zone)) == came
    assert following(at, came, ZoneInfo(zone)) == comes
