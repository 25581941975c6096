"""What takes its time and is the same for all tests: made by the first process of a run, read by the others."""

import fcntl
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


def made_once(shared: Path, name: str, make: Callable[[Path], T]) -> T:
    """Give what `make` made in a folder of its own, which it is told; nobody changes what is in there.

    Parameters
    ----------
    shared
        A folder that all processes of a run see.
    name
        Of the folder to be made in it.
    """
    folder, made = shared / name, shared / f"{name}.made"
    with alone(shared / f"{name}.lock"):
        if not made.exists():
            folder.mkdir()
            made.write_bytes(pickle.dumps(make(folder)))
    found: T = pickle.loads(made.read_bytes())
    return found


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """One process after the other."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
