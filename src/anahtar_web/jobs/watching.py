"""Jobs whose worker is gone are taken from it: begun anew, or ended."""

import time
from collections.abc import Callable, Hashable, Mapping
from typing import Any, Final

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from anahtar_web.jobs.heart import LEASE
from anahtar_web.jobs.models import Job, State
from anahtar_web.jobs.processes import myself, surely_gone
from anahtar_web.jobs.queue import TASK
from anahtar_web.jobs.running import HERE
from anahtar_web.jobs.settling import cut_off, enqueue_again

PACE: Final = 2.0
"""Seconds between two looks."""
_PATIENCE: Final = LEASE.total_seconds()
_LONG_PATIENCE: Final = 10 * _PATIENCE
"""For a worker whose process is there: it may only be waiting for its turn to write."""


class Watch:
    """Tells for how long values have not changed, by this process's own steady clock.

    No time of the database or of another machine is compared with ours, so a clock that jumps takes no job from a
    living worker. A watcher that was itself halted counts one look, not the hours it slept.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._looked = clock()
        self._seen: dict[Hashable, tuple[Any, float]] = {}

    def ages(self, values: Mapping[Hashable, Any]) -> dict[Hashable, float]:
        """Look once more; gives the seconds each value was seen unchanged, and forgets what is no longer there."""
        now = self._clock()
        step, self._looked = min(now - self._looked, 2 * PACE), now
        before = self._seen
        self._seen = {
            key: (value, before[key][1] + step if key in before and before[key][0] == value else 0.0)
            for key, value in values.items()
        }
        return {key: age for key, (_value, age) in self._seen.items()}


def take_back(watch: Watch) -> None:
    """Take what gone workers held: running jobs, waiting jobs that no run will reach, rows of runs that are over."""
    running = {job.task_id: job for job in Job.objects.filter(state=State.RUNNING)}
    stranded = _stranded()
    ages = watch.ages({run: job.lease_until for run, job in running.items()} | dict.fromkeys(stranded, ""))
    for run, job in running.items():
        if _is_lost(job, ages[run]):
            _change(job, cut_off)
    for run, (job, worker) in stranded.items():
        if worker is None or surely_gone(worker) or ages[run] > _PATIENCE:
            _change(job, enqueue_again)
    _close_runs_that_are_over()


def _is_lost(job: Job, age: float) -> bool:
    if job.worker == myself():
        # Ours, and yet nothing here is at it: its end could not be written.
        return job.task_id not in HERE
    if surely_gone(job.worker):
        return True
    same_machine = job.worker.rpartition(":")[0].rpartition(":")[0] == myself().rpartition(":")[0].rpartition(":")[0]
    return age > (_LONG_PATIENCE if same_machine else _PATIENCE)


def _stranded() -> dict[Any, tuple[Job, str | None]]:
    """Give waiting jobs whose run waits no more, with the worker that has begun it; None where there is none."""
    waiting = {job.task_id: job for job in Job.objects.filter(state=State.QUEUED)}
    runs = DBTaskResult.objects.in_bulk([run for run in waiting if run is not None])
    found = {}
    for run, job in waiting.items():
        row = runs.get(run)
        if row is None or row.status != TaskResultStatus.READY:
            workers = row.worker_ids if row is not None and row.status == TaskResultStatus.RUNNING else []
            found[run] = (job, workers[-1] if workers else None)
    return found


def _change(seen: Job, change: Callable[[Job], None]) -> None:
    """Change a job if it is still as it was seen: its worker may have come back, or another have taken it."""
    with transaction.atomic():
        now = Job.objects.select_for_update().filter(pk=seen.pk).first()
        if now is not None and (now.state, now.task_id, now.lease_until) == (
            seen.state,
            seen.task_id,
            seen.lease_until,
        ):
            change(now)


def _close_runs_that_are_over() -> None:
    """Settle the library's rows of killed workers; it has no lease of its own and would show them running for ever."""
    over = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, task_path=TASK)
    over = over.exclude(id__in=Job.objects.under_way().filter(task_id__isnull=False).values("task_id"))
    for row in over:
        if row.worker_ids and surely_gone(row.worker_ids[-1]):
            row.set_failed(InterruptedError("the worker is gone"))
