"""What a page need not wait for: its own thread does it once the answer has left the house."""

import threading
from collections.abc import Callable
from typing import Any, Final

from django.core.signals import request_finished, request_started

_own: Final = threading.local()


def later(task: Callable[[], object]) -> None:
    """Do something after the answer that this thread is making; at once where it makes none (a job, a command).

    It is for what may be lost: a process that is killed in between has answered, and not done it.
    """
    tasks: list[Callable[[], object]] | None = getattr(_own, "tasks", None)
    if tasks is None:
        task()
    else:
        tasks.append(task)


def _begin(**_told: Any) -> None:
    _own.tasks = []


def _finish(**_told: Any) -> None:
    tasks: list[Callable[[], object]] | None = getattr(_own, "tasks", None)
    _own.tasks = None
    for task in tasks or ():
        task()


def listen() -> None:
    """Be told when answers begin and end; called when the program starts."""
    request_started.connect(_begin, dispatch_uid="afterwards begin")
    request_finished.connect(_finish, dispatch_uid="afterwards finish")
