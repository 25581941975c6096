"""Entries of a calendar file."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import icalendar

from anahtar_web.interactions.reading.told import MOST_ITEMS, MOST_PEOPLE, Told, Unreadable, line, lines, person


def calendar(content: bytes) -> Iterator[Told]:
    """Read the entries of a calendar, of one that repeats the first."""
    try:
        every = icalendar.Calendar.from_ical(content, multiple=True)
        found = [event for one in every for event in one.walk("VEVENT")]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        raise Unreadable("no_calendar") from None
    # A calendar that is cut off reads as none, and a day that is none is only noted by the library.
    if not every or any(str(name).upper() == "DTSTART" for event in found for name, _why in event.errors):
        raise Unreadable("no_calendar")
    if len(found) > MOST_ITEMS:
        raise Unreadable("too_many")
    for event in found:
        if event.get("DTSTART") is not None and str(event.get("STATUS", "")).upper() != "CANCELLED":
            yield _told(event)


def _told(event: Any) -> Told:
    start, end = event.decoded("DTSTART"), _end(event)
    whole = not isinstance(start, datetime)
    uid = line(event.get("UID"), 200)
    if (again := event.get("RECURRENCE-ID")) is not None:
        uid += f" {again.dt.isoformat()}"
    told = {
        "kind": "event",
        "subject": line(event.get("SUMMARY")),
        "start": start.isoformat(),
        "end": None if end is None else end.isoformat(),
        "whole_day": whole,
        "place": line(event.get("LOCATION")),
        "people": _people(event),
        "text": lines(event.get("DESCRIPTION")),
        "repeats": event.get("RRULE") is not None,
    }
    return told | {"key": f"uid:{uid}" if uid else "sha256:" + hashlib.sha256(repr(told).encode()).hexdigest()}


def _end(event: Any) -> date | datetime | None:
    start = event.decoded("DTSTART")
    if event.get("DTEND") is not None:
        end = event.decoded("DTEND")
        # The end of whole days is the first day that is free again.
        last = end if isinstance(end, datetime) else end - timedelta(days=1)
        return last if isinstance(last, datetime) == isinstance(start, datetime) else None
    length = event.decoded("DURATION") if event.get("DURATION") is not None else None
    return start + length if isinstance(length, timedelta) and isinstance(start, datetime) else None


def _people(event: Any) -> list[list[str]]:
    named = []
    for field in ("ORGANIZER", "ATTENDEE"):
        value = event.get(field)
        named += value if isinstance(value, list) else [] if value is None else [value]
    found = [person(getattr(one, "params", {}).get("CN", ""), one) for one in named[:MOST_PEOPLE]]
    unique = {one[1]: one for one in found if one}
    return list(unique.values())
