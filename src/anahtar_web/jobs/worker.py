"""The worker: the library's loop, beside it an attendant that takes jobs back from the dead and does the chores."""

import logging
import threading
import time
from types import FrameType
from typing import Final

from django.db import Error, OperationalError, connection
from django_tasks_db.management.commands.db_worker import Worker

from anahtar_web.jobs.chores import do_chores
from anahtar_web.jobs.processes import myself
from anahtar_web.jobs.watching import PACE, Watch, take_back
from anahtar_web.jobs.work import STOPPING

log = logging.getLogger("anahtar.jobs")

_INTERVAL: Final = 0.5
_RETRY: Final = 2.0


class JobWorker(Worker):
    """Runs jobs until it is asked to end.

    Parameters
    ----------
    batch
        End when nothing waits.
    """

    def __init__(self, *, batch: bool = False) -> None:
        super().__init__(
            queue_names=["default"],
            interval=_INTERVAL,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=myself(),
            excluded_queue_names=[],
        )

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """End after the job at hand, which is asked to end at its next progress and goes back into the queue."""
        STOPPING.set()
        super().shutdown(signum, frame)

    def run(self) -> None:
        """Work until asked to end; a database that does not answer is waited for."""
        with Attendant():
            while self.running:
                try:
                    super().run()
                    return
                except OperationalError as error:
                    log.warning("the database does not answer, trying again: %s", error)
                    connection.close_if_unusable_or_obsolete()
                    time.sleep(_RETRY)


class Attendant(threading.Thread):
    """Looks after what no job does: so a long job delays neither the dead ones' heirs nor the chores."""

    def __init__(self) -> None:
        super().__init__(name="attendant", daemon=True)
        self._watch = Watch()
        self._end = threading.Event()

    def __enter__(self) -> "Attendant":
        self.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._end.set()
        self.join()

    def run(self) -> None:
        """Look at once, so that what a killed worker left is begun again as soon as a new one is there."""
        while True:
            try:
                take_back(self._watch)
                do_chores()
            except Error as error:
                log.warning("the database does not answer, trying again: %s", error)
                connection.close()
            if self._end.wait(PACE):
                break
        connection.close()
