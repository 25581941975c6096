"""Whole processes, measured by the operating system and compared round by round.

Machines are noisy, so no single time is a result: commands run in turn, A B C A B C …, and what is quoted is the median
of the ratios of one round with its spread. CPU seconds include the children a command waited for; memory is the largest
process.
"""

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Cost:
    """What one run of a command took, and what it told of itself (CPU-seconds of its steps, by name)."""

    cpu: float
    wall: float
    mib: float
    told: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Ratio:
    """One figure of A over the same of B: median, least and greatest of the rounds."""

    median: float
    least: float
    greatest: float

    @classmethod
    def of(cls, ours: Sequence[float], theirs: Sequence[float]) -> "Ratio":
        """Of figures of the same rounds; a command that ran in fewer rounds decides how many count."""
        found = [one / other for one, other in zip(ours, theirs, strict=False)]
        return cls(statistics.median(found), min(found), max(found))

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.least:.2f}–{self.greatest:.2f})"  # a range is written so


class Failed(Exception):
    """A command did not come to its end; the message is the last it said."""


_LAUNCHER = """
import os, subprocess, sys, time
began = time.monotonic()
process = subprocess.Popen(sys.argv[2:])
_, status, used = os.wait4(process.pid, 0)
cpu, code = used.ru_utime + used.ru_stime, os.waitstatus_to_exitcode(status)
os.write(int(sys.argv[1]), f"{cpu} {time.monotonic() - began} {used.ru_maxrss} {code}".encode())
"""
"""Starts a command and tells CPU, wall, memory, exit code: the largest memory of a process begins with that of the one
that started it, and this one is small where a bench that made a ledger is not."""


def run(command: Sequence[str | Path]) -> Cost:
    """Run a command to its end.

    Raises
    ------
    Failed
        It said no, or was killed.
    """
    told, tell = os.pipe()
    with open(told, encoding="ascii") as figures, tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as errors:
        launcher = [sys.executable, "-I", "-S", "-c", _LAUNCHER, str(tell), *map(str, command)]
        try:
            subprocess.run(launcher, stdout=said, stderr=errors, pass_fds=[tell], check=True)
        finally:
            os.close(tell)
        cpu, wall, kib, code = figures.read().split()
        for file in (said, errors):
            file.seek(0)
        if int(code):
            lines = errors.read().decode(errors="replace").strip().splitlines()
            raise Failed(f"{lines[-1] if lines else 'no word'} (exit {code})")
        return Cost(float(cpu), float(wall), int(kib) / 1024, _told(said.read()))


def _told(said: bytes) -> Mapping[str, float]:
    """The last line, where it is an object of numbers: what a program tells of its own steps."""
    last = said.strip().rpartition(b"\n")[2]
    return json.loads(last) if last.startswith(b"{") else {}


def machine() -> str:
    """One line about where this was measured; the load tells how far to trust absolute figures."""
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    page = resource.getpagesize() * os.sysconf("SC_PHYS_PAGES") // 2**30
    return f"{os.cpu_count()} cores, {page} GiB, load {load}, Python {sys.version.split()[0]}"


def kind_of_machine() -> Mapping[str, Any]:
    """What a reader must know of a machine to repeat the figures; nothing that names it."""
    models = [line.partition(":")[2].strip() for line in _cpu() if line.startswith("model name")]
    memory = resource.getpagesize() * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": models[0] if models else platform.machine(),
        "cores": os.cpu_count(),
        "gib": round(memory),
        "system": f"{platform.system()} {platform.machine()}",
    }


def _cpu() -> Sequence[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.exists() else []
