"""Holding the cycle collector still while many values are made that live to the end."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the cycle collector still while many small values are made that live to the end, and no cycles.

    It would walk all of them and every module of the query compiler again and again: a tenth of the CPU time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
