"""What comes next for a person, for the program of calendars that asks with a secret address."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Max, QuerySet

from anahtar_web.company.queries import today
from anahtar_web.interactions.models import CalendarAddress, Interaction, NextTouch, Participant

if TYPE_CHECKING:
    from anahtar_web.people.models import User

MOST: Final = 500
"""Of each; whoever has more open has stopped reading them."""


@dataclass(frozen=True, slots=True)
class Coming:
    """Next steps of somebody, and interactions to come in which they take part."""

    steps: Sequence[NextTouch]
    interactions: Sequence[Interaction]


def coming_for(user: "User") -> Coming:
    """Read what somebody has to do, as far as they see it at this moment; two queries and those of seeing."""
    steps: QuerySet[Any] = NextTouch.objects.visible_to(user).open().filter(owner=user)
    # When and how often it was agreed anew: a calendar takes over what has a later number.
    steps = steps.select_related("account", "by").annotate(times=Count("steps"), said_at=Max("steps__at"))
    mine = Participant.objects.filter(removed_at=None, user=user).values("interaction")
    planned: QuerySet[Any] = Interaction.objects.visible_to(user).standing().filter(day__gte=today(), pk__in=mine)
    return Coming(
        list(steps.order_by("due_on", "pk")[:MOST]),
        list(planned.select_related("account").order_by("day", "pk")[:MOST]),
    )


def digest_of(token: str) -> str:
    """Give what is kept of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def person_of(token: str) -> "User | None":
    """Give whose calendar a secret opens; None: nobody's, or somebody who may not sign in any more."""
    row = CalendarAddress.objects.filter(digest=digest_of(token)).select_related("person").first()
    return row.person if row is not None and row.person.is_active else None


def address_of(user: "User") -> CalendarAddress | None:
    """Give the address somebody has; its secret is known to nobody any more."""
    return CalendarAddress.objects.filter(person=user).first()
