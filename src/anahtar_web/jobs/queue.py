"""The task queue of the library: one row per run of a job, in the same database, so that both or none exist."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from django.utils.module_loading import import_string

TASK: Final = "anahtar_web.jobs.tasks.run_job"


def put(job_id: int, *, after: timedelta | None = None) -> UUID:
    """Ask the workers to run a job, in the transaction at hand; returns the name of the run."""
    # By its name: the task knows how to run a job, and running knows how to put one back.
    task: Any = import_string(TASK)
    if after is not None:
        task = task.using(run_after=timezone.now() + after)
    return UUID(task.enqueue(job_id).id)
