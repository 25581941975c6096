"""How much memory and time the reading of a file may take."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

_MIB: Final = 1 << 20
_GIB: Final = 1 << 30


@dataclass(frozen=True, slots=True)
class Limits:
    """The walls around the child that reads an upload.

    Parameters
    ----------
    memory
        Bytes of address space (RLIMIT_AS). It counts what is reserved, not what is used: the interpreter, Arrow and
        its threads take 0.4 GiB of it before the first byte is read; the Online Retail workbook (20 MB, 168 MB of
        XML, 542,000 rows) needs 1.0 GiB of it and uses 0.38 GiB.
    cpu
        Seconds of processor time (RLIMIT_CPU).
    wall
        Seconds on the clock, for a child that waits instead of working.
    files
        Open files (RLIMIT_NOFILE).
    """

    memory: int = _GIB
    cpu: int = 60
    wall: int = 180
    files: int = 256

    @classmethod
    def for_bytes(cls, size: int, *, memory_mb: int | None = None) -> Self:
        """Choose limits by the size of the source.

        A 571 MB CSV takes 10-20 CPU-seconds on our machine and may take three times that elsewhere; a 20 MB workbook
        takes 4, or 25 where every cell has to be visited.
        """
        mib = max(1, size // _MIB)
        cpu = 60 + mib
        memory = memory_mb * _MIB if memory_mb else min(_GIB + 40 * size, 8 * _GIB)
        return cls(memory=memory, cpu=cpu, wall=3 * cpu)

    @classmethod
    def for_files(cls, paths: Sequence[Path], *, memory_mb: int | None = None) -> Self:
        """Choose limits by the files, and the files of the folders, an import is read from.

        Parameters
        ----------
        memory_mb
            Mebibytes a person allows (`--reader-memory`), instead of what the size suggests.
        """
        return cls.for_bytes(sum(_bytes(path) for path in paths), memory_mb=memory_mb)


def _bytes(path: Path) -> int:
    if path.is_dir():
        return sum(inner.stat().st_size for inner in path.rglob("*") if inner.is_file())
    return path.stat().st_size if path.is_file() else 0
