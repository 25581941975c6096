"""`anahtar-web run`: the web server and the worker as children of one process."""

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Final

from django.utils.translation import gettext as _

from anahtar_web.gate.refusals import Refused
from anahtar_web.operations.children import Child, Errand
from anahtar_web.operations.starting import somebody_is_there

_LOOK: Final = 0.5
_TIME_TO_END: Final = 35.0
"""Seconds for requests and the job at hand to end; a little more than gunicorn's own patience."""
_TIME_TO_START: Final = 60.0


class UnableToServe(Refused):
    """The server did not come up."""


def refuse_taken(host: str, port: int) -> None:
    """Refuse a port on which somebody else listens, before anything is started.

    Raises
    ------
    UnableToServe
        It is taken, or not ours to take.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UnableToServe(
                _("%(host)s:%(port)s cannot be used (%(reason)s). Choose another port: --port %(other)s")
                % {"host": host, "port": port, "reason": error.strerror, "other": port + 1}
            ) from error


def children(host: str, port: int, *, workers: int, demo: bool, file: Path | None = None) -> list[Child]:
    """Give the processes of one installation on one machine.

    Parameters
    ----------
    file
        To be imported in the name of the first administrator, as soon as there is one.
    """
    environment = os.environ | ({"ANAHTAR_DEMO": "True"} if demo else {})
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    server = ["-m", "gunicorn", "-c", "python:anahtar_web.operations.gunicorn_conf", "-b", bind, "-w", str(workers)]
    web = [sys.executable, "-m", "anahtar_web"]
    started = [
        Child("web server", [sys.executable, *server], environment),
        Child("worker", [*web, "work"], environment),
    ]
    if file is not None:
        started.append(Errand("import", [*web, "import", "--yes", str(file)], environment, when=somebody_is_there))
    return started


def serve(host: str, port: int, started: list[Child], *, on_ready: Callable[[], None]) -> None:
    """Run the children until this process is asked to end; then let them finish what they are at.

    Parameters
    ----------
    on_ready
        Called once, when pages are answered.

    Raises
    ------
    UnableToServe
        Nothing listens after a minute.
    """
    asked = threading.Event()
    before = {number: signal.signal(number, _set(asked)) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        for child in started:
            child.start()
        if _listens(host, port, asked):
            on_ready()
        while not asked.wait(_LOOK):
            for child in started:
                child.look_after()
    finally:
        _end(started)
        for number, handler in before.items():
            signal.signal(number, handler)


def _set(event: threading.Event) -> Callable[[int, FrameType | None], None]:
    return lambda _number, _frame: event.set()


def _listens(host: str, port: int, asked: threading.Event) -> bool:
    """Wait until something answers on the port; False where we were asked to end meanwhile."""
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    until = time.monotonic() + _TIME_TO_START
    while not asked.wait(0.1):
        try:
            socket.create_connection((target, port), timeout=1).close()
            return True
        except OSError as error:
            if time.monotonic() > until:
                raise UnableToServe(
                    _("The web server did not start within a minute; what it said stands above.")
                ) from error
    return False


def _end(started: list[Child]) -> None:
    by = time.monotonic() + _TIME_TO_END
    for child in started:
        child.ask_to_end()
    for child in started:
        child.end(by=by)
