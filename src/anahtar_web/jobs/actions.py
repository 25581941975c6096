"""What can happen to a job from outside its worker."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from anahtar_web.audit.actions import record
from anahtar_web.gate.refusals import Refused
from anahtar_web.jobs import queue
from anahtar_web.jobs.models import Job, State
from anahtar_web.jobs.settling import CANCELLED, end, enqueue_again
from anahtar_web.people.models import User


class UnableToCancel(Refused):
    """The job has ended."""

    def __init__(self) -> None:
        super().__init__(_("This job has already ended."))


class UnableToTryAgain(Refused):
    """The job is under way, or did what it was asked."""

    def __init__(self) -> None:
        super().__init__(_("Only a job that failed or was cancelled can be tried again."))


@transaction.atomic
def enqueue(
    kind: str,
    *,
    by: User | None,
    payload: dict[str, Any] | None = None,
    subject: models.Model | None = None,
    label: str = "",
    unless_waiting: bool = False,
) -> Job:
    """Ask for a job; it is run once the transaction at hand is there for all to see.

    Parameters
    ----------
    kind
        Name of a registered function.
    by
        Who asks; None for the program itself.
    payload
        What the function is given; plain values.
    subject
        The row it works on.
    label
        Of what, for people: a file's name.
    unless_waiting
        Give the job that already waits with the same kind and payload, if there is one: after ten imports one
        analysis is enough.
    """
    if unless_waiting:
        for waiting in Job.objects.filter(kind=kind, state=State.QUEUED).order_by("id"):
            if waiting.payload == (payload or {}):
                return waiting
    job = Job(kind=kind, by=by, payload=payload or {}, label=str(label)[:300])
    if subject is not None:
        job.subject_type, job.subject_id = str(subject._meta.model_name), str(subject.pk)
    job.save()
    job.task_id = queue.put(job.pk)
    job.save(update_fields=["task_id"])
    return job


@transaction.atomic
def cancel(*, job: Job, by: User) -> Job:
    """Stop a job: at once while it waits, at its next progress while it runs.

    Raises
    ------
    UnableToCancel
        It has ended.
    """
    held = Job.objects.select_for_update().get(pk=job.pk)
    if held.ended:
        raise UnableToCancel
    if held.state == State.QUEUED:
        end(held, CANCELLED)
    else:
        Job.objects.filter(pk=held.pk).update(cancel_asked=True)
    record("job.cancelled", held, by=by)
    return held


@transaction.atomic
def try_again(*, job: Job, by: User) -> Job:
    """Put a job that failed or was cancelled into the queue once more.

    Raises
    ------
    UnableToTryAgain
        It is under way, or done.
    """
    held = Job.objects.select_for_update().get(pk=job.pk)
    if held.state not in (State.FAILED, State.CANCELLED):
        raise UnableToTryAgain
    held.attempts, held.cancel_asked, held.fault = 0, False, ""
    held.message = held.result = held.stage = held.done = held.total = held.started_at = held.finished_at = None
    enqueue_again(held)
    record("job.tried_again", held, by=by)
    return held
