"""Locks on folders: they need no file of their own, work where nothing may be written, and end with the process."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(folder: Path, how: int) -> Iterator[bool]:
    """Hold a folder's lock (`fcntl.LOCK_EX`, `LOCK_SH`). Answers False where it would wait and `LOCK_NB` forbids."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        yield _take(opened, how)
    finally:
        os.close(opened)


def _take(opened: int, how: int) -> bool:
    try:
        fcntl.flock(opened, how)
    except BlockingIOError:
        return False
    return True


def is_abandoned(folder: Path) -> bool:
    """Whether the folder is there and no process holds its lock."""
    try:
        with locked(folder, fcntl.LOCK_EX | fcntl.LOCK_NB) as free:
            return free
    except FileNotFoundError:  # its process is just cleaning up
        return False
