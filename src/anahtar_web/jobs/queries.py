"""Reading jobs."""

from dataclasses import dataclass

from anahtar_web.jobs.models import Job, JobQuerySet, State
from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Asked:
    """What the history is narrowed to; empty: everything."""

    state: str = ""
    kind: str = ""


def under_way(user: User) -> list[Job]:
    """Give what runs, then what waits, in the order in which it will be begun."""
    seen = Job.objects.visible_to(user).under_way().select_related("by").order_by("id")
    return sorted(seen, key=lambda job: job.state != State.RUNNING)


def history(user: User, asked: Asked) -> JobQuerySet:
    """Give what has ended, newest first."""
    ended = Job.objects.visible_to(user).ended().select_related("by").order_by("-id")
    if asked.state:
        ended = ended.filter(state=asked.state)
    return ended.filter(kind=asked.kind) if asked.kind else ended
