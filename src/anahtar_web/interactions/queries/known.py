"""What was known of an account on a day: interactions and next steps as they were written then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Prefetch, Q, QuerySet

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import end_of
from anahtar_web.interactions.models import EarlierInteraction, Interaction, NextTouch, Participant, StepState
from anahtar_web.interactions.models.happened import Content
from anahtar_web.people.models import User
from anahtar_web.ui.markdown import plain

_TICK: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Happened:
    """An interaction as it was written on a day.

    Parameters
    ----------
    interaction
        The row as it is now: for its key, its account and its address.
    content
        Kind, direction, day, subject, notes … as they were written on that day.
    """

    interaction: Interaction
    content: Content
    participants: Sequence[Participant]

    @property
    def pk(self) -> int:
        """Its key."""
        return int(self.interaction.pk)

    @property
    def words(self) -> str:
        """The notes in one line, without marks."""
        return " ".join(self.content.notes.split()) if self.content.is_plain else plain(self.content.notes)


@dataclass(frozen=True, slots=True)
class NextStep:
    """A next step as it stood on a day."""

    touch: NextTouch
    due_on: date
    owner: User
    state: str
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it was still to be done."""
        return self.state in (StepState.OPEN, StepState.MOVED)


def of(account: Account, on: date | None = None, *, limit: int | None = None) -> list[Happened]:
    """Give the interactions of an account and of those merged into it, the latest first.

    The account is one that the reader sees. A constant number of queries.

    Parameters
    ----------
    on
        As known at the end of this day in the company's time zone; None: now.
    limit
        At most so many.
    """
    moment = end_of(on) - _TICK if on else None
    rows = Interaction.objects.of(account).select_related("account", "by")
    if moment is None:
        rows = rows.standing()
        there = Q(removed_at=None)
    else:
        rows = rows.filter(Q(deleted_at=None) | Q(deleted_at__gt=moment), recorded_at__lte=moment)
        there = Q(added_at__lte=moment) & (Q(removed_at=None) | Q(removed_at__gt=moment))
    took_part = Participant.objects.filter(there).select_related("stakeholder", "user").order_by("pk")
    rows = rows.prefetch_related(Prefetch("participants", took_part, to_attr="took_part")).order_by("-day", "-pk")
    # What was written then may carry another day: cut after the order is known.
    found = list(rows if moment is not None or limit is None else rows[:limit])
    earlier = _written_then(rows, moment) if moment is not None else {}
    told = [Happened(row, earlier.get(row.pk, row), row.took_part) for row in found]
    if moment is not None:
        told.sort(key=lambda one: (one.content.day, one.pk), reverse=True)
    return told[:limit]


def _written_then(rows: "QuerySet[Any]", moment: datetime) -> Mapping[int, EarlierInteraction]:
    versions = EarlierInteraction.objects.filter(
        interaction__in=rows.order_by().values("pk"), at__lte=moment, until__gt=moment
    )
    return {version.interaction_id: version for version in versions.order_by("pk")}


def steps_of(account: Account, on: date | None = None, *, only_open: bool = False) -> list[NextStep]:
    """Give the next steps of an account and of those merged into it as they stood on a day, the earliest first.

    Parameters
    ----------
    only_open
        Leave out what was done or dropped by then.
    """
    moment = end_of(on) - _TICK if on else None
    rows = NextTouch.objects.of(account).select_related("account", "by")
    if moment is not None:
        rows = rows.filter(recorded_at__lte=moment)
    elif only_open:
        rows = rows.open()
    told = []
    for touch in rows.prefetch_related("steps__owner"):
        steps = [step for step in touch.steps.all() if moment is None or step.at <= moment]
        if steps:
            last = steps[-1]
            told.append(NextStep(touch, last.due_on, last.owner, last.state, last.reason))
    kept = [one for one in told if one.is_open] if only_open else told
    return sorted(kept, key=lambda one: (one.due_on, one.touch.pk))
