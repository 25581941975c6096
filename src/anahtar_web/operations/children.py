"""Processes that belong to this one: started again when they die, ended with it, whatever ends it."""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

log = logging.getLogger("anahtar.run")

_DIE_WITH_PARENT: Final = 1
_SETTLED: Final = 30.0
"""Seconds after which a child that dies is no longer taken for one that cannot start."""
_LONGEST_WAIT: Final = 30.0
_ASK_EVERY: Final = 2.0


@dataclass(slots=True)
class Child:
    """One process to keep running.

    Parameters
    ----------
    name
        For the log.
    command
        Program and arguments.
    environment
        Its whole environment.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    failures: int = 0
    """How often in a row it died soon after its start."""
    _started: float = field(default=0.0)
    _again_at: float = field(default=0.0)

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C at the terminal reaches us, and we ask it to end."""
        parent = os.getpid()
        self._started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=dict(self.environment),
            start_new_session=True,
            preexec_fn=lambda: _end_with(parent),
        )

    def look_after(self) -> None:
        """Start it again if it has died; after each death in a row a little later."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            self.failures = self.failures + 1 if now - self._started < _SETTLED else 1
            wait = min(_LONGEST_WAIT, 2.0 ** (self.failures - 1))
            log.warning("%s ended (%s); started again in %s s", self.name, self.process.returncode, wait)
            self.process, self._again_at = None, now + wait
        if self.process is None and now >= self._again_at:
            self.start()

    def ask_to_end(self) -> None:
        """Send it the signal to end after what it is at."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def end(self, *, by: float) -> None:
        """Wait until it has ended; at a moment of the steady clock, kill it with all it has started."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, by - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.warning("%s did not end and was killed", self.name)
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@dataclass(slots=True)
class Errand(Child):
    """A process that is to run once, as soon as something is so; what it says goes to the terminal.

    Parameters
    ----------
    when
        Asked now and then until it is so.
    """

    when: Callable[[], bool] = lambda: True

    def start(self) -> None:
        """Wait for the moment."""

    def look_after(self) -> None:
        """Start it when the moment has come; its end is its own affair."""
        now = time.monotonic()
        if self.process is None and now >= self._again_at:
            self._again_at = now + _ASK_EVERY
            if self.when():
                Child.start(self)


def _end_with(parent: int) -> None:
    """Ask the kernel to end this process when its parent is killed, so that no worker is left behind."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)
