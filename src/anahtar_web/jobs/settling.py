"""How a job changes under a worker. Every change says which run makes it: one that lost its job changes nothing."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from anahtar_web.jobs import queue
from anahtar_web.jobs.heart import LEASE
from anahtar_web.jobs.models import MOST_ATTEMPTS, Job, State
from anahtar_web.jobs.processes import myself
from anahtar_web.jobs.registry import KINDS
from anahtar_web.jobs.told import Json, told

log = logging.getLogger("anahtar.jobs")

_CUT_OFF: Final = gettext_noop(
    "The program or the machine was stopped %(times)s times while this was running. Nothing half done counts. "
    "Look into the server's log (too little memory is the usual reason), then try again."
)
_NO_DATABASE: Final = gettext_noop(
    "The database did not answer, or took nothing more, %(times)s times while this was running. Nothing half done "
    "counts. Look whether the disk is full and the database runs, then try again."
)
_STOPPED: Final = gettext_noop("Stopped before it was finished. Nothing of it counts.")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended."""

    state: State
    result: Json = None
    message: Json = None
    fault: str = ""


CANCELLED: Final = Outcome(State.CANCELLED, message=told(_STOPPED))


def take(job_id: int, task_id: UUID) -> Job | None:
    """Begin a run; None where the job is no longer waiting for this one."""
    waiting = Job.objects.filter(pk=job_id, task_id=task_id, state=State.QUEUED)
    taken = waiting.update(
        state=State.RUNNING,
        worker=myself(),
        attempts=F("attempts") + 1,
        started_at=Now(),
        lease_until=Now() + LEASE,
        stage=None,
        done=None,
        total=None,
    )
    return Job.objects.select_related("by").get(pk=job_id) if taken else None


def settle(job: Job, outcome: Outcome, *, tell: bool = True) -> bool:
    """Say how a run ended; False where another run has the job meanwhile."""
    return _of_run(job, lambda held: end(held, outcome, tell=tell))


def put_back(job: Job) -> bool:
    """Let a job that was interrupted begin anew; the interrupted run does not count as an attempt."""
    return _of_run(job, lambda held: _begin_anew(held, uncounted=1))


def try_later(job: Job, *, after: timedelta) -> bool:
    """Let a job begin anew in a while because the database failed it, or end it where that happened often enough."""
    return _of_run(job, lambda held: _begin_anew(held, after=after, why=_NO_DATABASE))


def _of_run(job: Job, change: Callable[[Job], None]) -> bool:
    with transaction.atomic():
        held = Job.objects.select_for_update().filter(pk=job.pk, task_id=job.task_id, state=State.RUNNING).first()
        if held is None:
            log.warning("job %s was taken over by another worker; this run does not count", job.pk)
            return False
        change(held)
        return True


def _begin_anew(job: Job, *, uncounted: int = 0, after: timedelta | None = None, why: str = _CUT_OFF) -> None:
    if job.cancel_asked:
        end(job, CANCELLED)
    elif job.attempts - uncounted >= MOST_ATTEMPTS:
        end(job, Outcome(State.FAILED, message=told(why, {"times": job.attempts})))
    else:
        job.attempts -= uncounted
        enqueue_again(job, after=after)


def enqueue_again(job: Job, *, after: timedelta | None = None) -> None:
    """Put a locked job into the queue under a new run, so that an old one has lost it."""
    job.state, job.worker, job.lease_until = State.QUEUED, "", None
    job.task_id = queue.put(job.pk, after=after)
    job.save()


def cut_off(job: Job) -> None:
    """Take a locked job from a worker that is gone."""
    log.warning("job %s (%s) lost its worker %s in attempt %s", job.pk, job.kind, job.worker, job.attempts)
    _begin_anew(job)


def end(job: Job, outcome: Outcome, *, tell: bool = True) -> None:
    """End a locked job and tell whom it concerns, all or nothing."""
    job.state, job.result, job.message, job.fault = outcome.state, outcome.result, outcome.message, outcome.fault
    job.finished_at = Now()
    job.lease_until = None
    job.save()
    job.refresh_from_db(fields=["finished_at"])
    kind = KINDS.get(job.kind)
    if tell and kind is not None and kind.ended is not None:
        kind.ended(job)
