"""Who a worker is, and whether one on this machine is surely gone, so that nobody waits for the dead."""

import os
import platform
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")


def myself() -> str:
    """Name this process: machine since its start, process space, process, and when it began.

    The number of a process is given again to another one; number and beginning together are not.
    """
    return f"{_place()}:{os.getpid()}:{_beginning(os.getpid()) or 0}"


def surely_gone(worker: str) -> bool:
    """Whether a named process has ended. What runs on another machine, or cannot be seen, is not surely gone."""
    place, _, process = worker.rpartition(":")[0].rpartition(":")
    if not process.isdecimal() or place != _place() or not _linux():
        return False
    return _beginning(int(process)) != int(worker.rpartition(":")[2])


def _linux() -> bool:
    return (_PROC / "self" / "stat").exists()


def _place() -> str:
    """Name the machine since it was started, and the process space: in a container numbers begin anew."""
    if not _linux():
        return platform.node()[:40]
    boot = (_PROC / "sys" / "kernel" / "random" / "boot_id").read_text(encoding="ascii")[:8]
    space = os.readlink(_PROC / "self" / "ns" / "pid").strip("pid:[]")
    return f"{boot}-{space}"


def _beginning(process: int) -> int | None:
    """Tell when a process began, in ticks since the machine's start; None where it has ended."""
    try:
        text = (_PROC / str(process) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    # The name in brackets may hold blanks and brackets itself: count from the last one.
    state, *numbers = text.rpartition(")")[2].split()
    return None if state in "ZX" else int(numbers[18])
