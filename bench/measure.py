"""Whole processes, measured by the operating system and compared pair by pair.

Machines are noisy, so no single time is a result: two commands run in turn, A B A B …, and what is quoted is the median
of the ratios with its spread. CPU seconds include the children a command waited for; memory is the largest process.
"""

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """What one run of a command took."""

    cpu: float
    wall: float
    mib: float


@dataclass(frozen=True)
class Ratio:
    """One figure of A over the same of B: median, least and greatest of the pairs."""

    median: float
    least: float
    greatest: float

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.least:.2f}-{self.greatest:.2f})"


def run(command: Sequence[str | Path]) -> Cost:
    """Run a command to its end; a failure stops the bench with what the command said."""
    started = time.monotonic()
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[0]} failed ({status}):\n{said.decode(errors='replace')[-2000:]}")
    return Cost(used.ru_utime + used.ru_stime, time.monotonic() - started, used.ru_maxrss / 1024)


def pairs(ours: Sequence[str | Path], theirs: Sequence[str | Path], *, runs: int) -> list[tuple[Cost, Cost]]:
    """Run both once to warm the file cache, then in turn."""
    run(theirs), run(ours)
    return [(run(ours), run(theirs)) for _ in range(runs)]


def ratio(measured: Sequence[tuple[Cost, Cost]], figure: str) -> Ratio:
    """The ratio of one figure (`cpu`, `wall`, `mib`), pair by pair."""
    found = [getattr(ours, figure) / getattr(theirs, figure) for ours, theirs in measured]
    return Ratio(statistics.median(found), min(found), max(found))


def median(costs: Sequence[Cost], figure: str) -> float:
    """The median of one figure."""
    return statistics.median(getattr(cost, figure) for cost in costs)


def machine() -> str:
    """One line about where this was measured; the load tells how far to trust absolute figures."""
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    page = resource.getpagesize() * os.sysconf("SC_PHYS_PAGES") // 2**30
    return f"{os.cpu_count()} cores, {page} GiB, load {load}, Python {sys.version.split()[0]}"
