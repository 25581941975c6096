"""Keeps the lease of a running job, and writes its progress, beside the job's own transaction."""

import logging
import threading
import time
from datetime import timedelta
from typing import Any, Final

from django.db import Error, connection
from django.db.models.functions import Now

from anahtar_web.jobs.models import Job, State

LEASE: Final = timedelta(seconds=60)
_BEAT: Final = 5.0
"""Seconds after which the lease is renewed although nothing was reported."""
_PACE: Final = 0.4
"""Seconds between two writes of progress, and how late cancelling is noticed."""

log = logging.getLogger("anahtar.jobs")


def beat(job: Job, progress: dict[str, Any]) -> tuple[bool, bool]:
    """Renew the lease and write progress.

    Returns
    -------
    tuple[bool, bool]
        Whether the job is still this run's, and whether somebody asked to stop it.
    """
    mine = Job.objects.filter(pk=job.pk, task_id=job.task_id, state=State.RUNNING)
    held = mine.update(lease_until=Now() + LEASE, **progress) == 1
    return held, held and bool(mine.values_list("cancel_asked", flat=True).first())


class BeatingHeart(threading.Thread):
    """Beats in a thread with a connection of its own.

    A long step that reports nothing does not look dead, and a report from within the job's transaction is seen at
    once. Where that transaction keeps SQLite's only writer waiting, the thread waits, and the job does not.
    """

    def __init__(self, job: Job) -> None:
        super().__init__(name=f"heart of job {job.pk}", daemon=True)
        self.cancelled = self.lost = False
        self._job = job
        self._reported: dict[str, Any] = {}
        self._lock = threading.Lock()
        self._end = threading.Event()

    def __enter__(self) -> "BeatingHeart":
        self.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._end.set()
        self.join()

    def report(self, progress: dict[str, Any]) -> None:
        """Take what is to be written soon; the latest report wins."""
        with self._lock:
            self._reported = progress

    def run(self) -> None:
        """Beat until the job has ended."""
        last = time.monotonic()
        while not self._end.wait(_PACE) and not self.lost:
            with self._lock:
                progress, self._reported = self._reported, {}
            if (progress or time.monotonic() - last >= _BEAT) and self._beat(progress):
                last = time.monotonic()
        connection.close()

    def _beat(self, progress: dict[str, Any]) -> bool:
        try:
            held, self.cancelled = beat(self._job, progress)
        except Error as error:
            # Locked or away for the moment; the next beat tries again, with a new connection.
            log.info("job %s: lease not renewed: %s", self._job.pk, error)
            connection.close()
            return False
        self.lost = not held
        return True


class PlainHeart:
    """Beats whenever something is reported, through the connection of the job itself: for work inside a transaction."""

    def __init__(self, job: Job) -> None:
        self.cancelled = self.lost = False
        self._job = job

    def __enter__(self) -> "PlainHeart":
        return self

    def __exit__(self, *exc: object) -> None:
        """Nothing to stop."""

    def report(self, progress: dict[str, Any]) -> None:
        """Write at once."""
        held, self.cancelled = beat(self._job, progress)
        self.lost = not held
