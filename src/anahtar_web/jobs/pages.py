"""What the pages of jobs show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from django.core.paginator import Page, Paginator
from django.utils.http import url_has_allowed_host_and_scheme

from anahtar_web.gate.rights import Right
from anahtar_web.jobs.access import may_steer
from anahtar_web.jobs.forms import HistoryForm
from anahtar_web.jobs.models import Job
from anahtar_web.jobs.queries import history, under_way
from anahtar_web.people.models import User

_ROWS: Final = 50


@dataclass(frozen=True, slots=True)
class JobsPage:
    """What is under way, and what has ended.

    Parameters
    ----------
    nothing_yet
        Whether there has never been a job.
    """

    form: HistoryForm
    under_way: list[Job]
    history: "Page[Job]"
    nothing_yet: bool

    @classmethod
    def build(cls, user: User, said: Mapping[str, Any]) -> Self:
        """Read what the address asks for; no history where it cannot be understood, which the form then says."""
        form = HistoryForm(said)
        rows = history(user, form.asked()) if form.is_valid() else Job.objects.none()
        page = Paginator(rows, _ROWS).get_page(said.get("page"))
        now = under_way(user)
        narrowed = form.is_valid() and any(form.cleaned_data.values())
        return cls(form, now, page, nothing_yet=not (now or page.object_list or narrowed or form.errors))


@dataclass(frozen=True, slots=True)
class JobPage:
    """One job, and what this person may do about it."""

    job: Job
    may_cancel: bool
    may_try_again: bool
    sees_list: bool

    @classmethod
    def build(cls, user: User, job: Job) -> Self:
        """Tell what may be done from where the job stands."""
        steers = may_steer(user, job)
        return cls(
            job,
            sees_list=user.may(Right.SEE_IMPORTS),
            may_cancel=steers and not job.ended and not job.cancel_asked,
            may_try_again=steers and job.state in ("failed", "cancelled"),
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is, for a page that waits for it.

    Parameters
    ----------
    then
        Where that page goes on to when the job has ended; empty: it stays.
    """

    job: Job
    then: str

    @classmethod
    def build(cls, job: Job, then: str) -> Self:
        """Keep the address only if it is one of ours."""
        ours = then.startswith("/") and url_has_allowed_host_and_scheme(then, allowed_hosts=None)
        return cls(job, then if ours else "")
