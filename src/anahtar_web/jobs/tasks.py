"""The one task of the queue."""

from uuid import UUID

from django_tasks import TaskContext, task

from anahtar_web.jobs.running import run


@task(takes_context=True)
def run_job(context: TaskContext, job_id: int) -> None:
    """Run a job, if it is still there to be run."""
    run(job_id, UUID(context.task_result.id))
