"""Which jobs a person may know of, and which they may stop or have tried again."""

from django.http import Http404

from anahtar_web.gate.refusals import LacksRight
from anahtar_web.gate.rights import Right
from anahtar_web.jobs.models import Job
from anahtar_web.people.models import User


def job_for(user: User, pk: int) -> Job:
    """Give a job the person started, or any for who sees imports; else it is absent."""
    job = Job.objects.visible_to(user).select_related("by").filter(pk=pk).first()
    if job is None:
        raise Http404
    return job


def may_steer(user: User, job: Job) -> bool:
    """Whether a person may stop a job or have it tried again: the own ones, all for who imports."""
    return job.by_id == user.pk or user.may(Right.IMPORT)


def job_to_steer(user: User, pk: int) -> Job:
    """Give a job the person may stop or have tried again."""
    job = job_for(user, pk)
    if not may_steer(user, job):
        raise LacksRight(Right.IMPORT)
    return job
