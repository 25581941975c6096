"""What a job function is given: its payload, a way to say how far it is, and reasons to stop."""

import threading
from typing import Any, Final, Protocol

from anahtar_web.jobs.models import Job, State
from anahtar_web.jobs.told import Sentence, told

STOPPING: Final = threading.Event()
"""Set when this process was asked to end: jobs go back into the queue at their next `progress`."""


class Stopped(Exception):
    """The function is to end here; let it pass through."""


class Cancelled(Stopped):
    """Somebody asked to stop the job."""


class Interrupted(Stopped):
    """The worker is ending; another one, or this one after its start, begins the job again."""


class Superseded(Stopped):
    """Another worker has the job, because this one seemed dead. Nothing this run does may count any more."""


class Heart(Protocol):
    """What keeps the lease and carries progress (`jobs.heart`)."""

    cancelled: bool
    lost: bool

    def report(self, progress: dict[str, Any]) -> None:
        """Take what is to be written soon."""


class Work:
    """One run of a job.

    Attributes
    ----------
    job
        The job, as it was when the run began.
    """

    def __init__(self, job: Job, heart: Heart) -> None:
        self.job = job
        self._heart = heart

    @property
    def payload(self) -> Any:
        """What the job was asked with."""
        return self.job.payload

    def progress(self, stage: Sentence = "", done: int | None = None, total: int | None = None) -> None:
        """Say how far the job is; costs no query and may be called for every row.

        Raises
        ------
        Cancelled, Interrupted, Superseded
            The function is to end now.
        """
        self._heart.report({"stage": told(stage), "done": done, "total": total})
        self.check()

    def check(self) -> None:
        """Stop here if there is a reason to.

        Raises
        ------
        Cancelled, Interrupted, Superseded
            The function is to end now.
        """
        if self._heart.lost:
            raise Superseded
        if self._heart.cancelled:
            raise Cancelled
        if STOPPING.is_set():
            raise Interrupted

    def hold(self) -> None:
        """Make sure, inside the transaction that makes the work count, that no other worker has the job.

        Call it right before that transaction ends: it holds the job's row, and with it the lease, until then.

        Raises
        ------
        Superseded
            Another worker has it; the transaction is to be rolled back.
        """
        mine = Job.objects.filter(pk=self.job.pk, task_id=self.job.task_id, state=State.RUNNING)
        if mine.select_for_update().values_list("pk").first() is None:
            raise Superseded
