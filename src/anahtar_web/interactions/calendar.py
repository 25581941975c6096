"""What comes next for a person, as programs of calendars read it.

Told is what, when and with which account. Names of people at accounts and notes stay here: the program that asks may
be anybody's server.
"""

from datetime import date, timedelta
from typing import Any, Final

import icalendar
from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar_web.interactions.models import Interaction, NextTouch
from anahtar_web.interactions.queries.calendar import Coming

_AGAIN: Final = timedelta(hours=1)
"""How soon a program may ask again."""


def written(coming: Coming, *, origin: str, language: str) -> bytes:
    """Write a calendar in the language of the moment.

    Parameters
    ----------
    origin
        Scheme and host of this installation, for links back and for the names of entries.
    """
    made = icalendar.Calendar()
    made.add("version", "2.0")
    made.add("prodid", f"-//Anahtar//{language.upper()}")
    made.add("x-wr-calname", _("Anahtar: what comes next"))
    made.add("refresh-interval", _AGAIN, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    for step in coming.steps:
        made.add_component(_step(step, origin))
    for interaction in coming.interactions:
        made.add_component(_interaction(interaction, origin))
    return bytes(made.to_ical())


def _entry(name: str, origin: str, path: str, **more: Any) -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("uid", f"{name}@{origin.partition('://')[2].partition(':')[0]}")
    entry.add("url", origin + path)
    for field, value in more.items():
        entry.add(field, value)
    return entry


def _step(step: Any, origin: str) -> icalendar.Event:
    row: NextTouch = step
    page = reverse("interactions:account", args=[row.account_id])
    told = _("Next step, agreed by %(person)s.") % {"person": row.by}
    return _entry(
        f"next-step-{row.pk}",
        origin,
        page,
        summary=f"{row.account.name}: {row.what}",
        description=f"{told}\n{origin}{page}",
        dtstamp=step.said_at,
        last_modified=step.said_at,
        sequence=step.times - 1,
        # The whole day, and the day stays free: it is due on it, not an appointment.
        **_days(row.due_on),
        transp="TRANSPARENT",
    )


def _interaction(row: Interaction, origin: str) -> icalendar.Event:
    page = reverse("interactions:one", args=[row.account_id, row.pk])
    if row.starts_at is None:
        when = _days(row.day, row.last_day)
    else:
        when = {"dtstart": row.starts_at, **({"dtend": row.ends_at} if row.ends_at else {})}
    return _entry(
        f"interaction-{row.pk}",
        origin,
        page,
        summary=f"{row.account.name}: {row.subject}",
        description=f"{row.get_kind_display()}\n{origin}{page}",
        dtstamp=row.written_at,
        last_modified=row.written_at,
        sequence=row.version - 1,
        **when,
    )


def _days(first: date, last: date | None = None) -> dict[str, date]:
    """Whole days; the end is the first day that is free again."""
    return {"dtstart": first, "dtend": (last or first) + timedelta(days=1)}
