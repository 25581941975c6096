"""Kills a part of a running house, at a moment nobody chose."""

import os
import random
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from tests.houses import House

VICTIMS: Final = ("worker", "page process", "web server", "everything")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _processes() -> list[tuple[int, int, str]]:
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    rows = (line.split(None, 2) for line in listed.splitlines())
    return [(int(row[0]), int(row[1]), row[2] if len(row) > 2 else "") for row in rows]


def below(root: int) -> dict[int, str]:
    """Every process that a process has started, and theirs: number and command."""
    processes, found, wave = _processes(), {}, {root}
    while wave:
        wave = {number for number, parent, _command in processes if parent in wave} - set(found)
        found |= {number: command for number, _parent, command in processes if number in wave}
    return found


class Running:
    """A house in which `anahtar-web run` is at work, and is started again when it is killed itself."""

    def __init__(self, house: House, log: Path) -> None:
        self.house, self.port, self.log = house, free_port(), log
        self._start()

    def _start(self) -> None:
        command = ["-m", "anahtar_web", "run", "--port", str(self.port), "--workers", "1"]
        with self.log.open("ab") as out:
            self.process = self.house.start(*command, stdout=out, stderr=subprocess.STDOUT)

    def kill(self, victim: str) -> bool:
        """Kill a part without a word; False where it is not there at the moment."""
        started = below(self.process.pid)
        servers = [number for number, command in started.items() if "gunicorn" in command]
        chosen = {
            "worker": [number for number, command in started.items() if command.endswith("anahtar_web work")],
            "web server": servers[:1],
            "page process": servers[1:],
            "everything": [self.process.pid, *started],
        }[victim]
        for number in chosen:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        if victim == "everything":
            self.process.wait()
            self._start()
        return bool(chosen)

    def end(self) -> None:
        """Ask it to end; it has to leave nothing behind."""
        left = below(self.process.pid)
        self.process.terminate()
        try:
            self.process.wait(90)
        finally:
            self.process.kill()
            for number in left:
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)


@contextmanager
def running(house: House, log: Path) -> Iterator[Running]:
    """Run a house for the time of a block."""
    run = Running(house, log)
    try:
        yield run
    finally:
        run.end()


@contextmanager
def killer(run: Running, victim: str, *, after: float) -> Iterator[list[bool]]:
    """Kill in a thread, some seconds from now; the list says whether there was somebody to kill."""
    killed: list[bool] = []
    thread = threading.Timer(after, lambda: killed.append(run.kill(victim)))
    thread.start()
    try:
        yield killed
    finally:
        thread.cancel()
        thread.join()


def moment(chance: random.Random, length: float) -> tuple[str, float]:
    """Choose whom and when: any moment of a run that takes so long is as likely as any other."""
    return chance.choice(VICTIMS), chance.uniform(0.0, length)


def wait_for(port: int) -> None:
    """Wait until somebody listens."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError("the server did not start")
