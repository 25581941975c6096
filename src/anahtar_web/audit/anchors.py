"""Anchors: the end of the trail, written beside the database again and again.

Whoever can write to the database can also compute a whole new chain. He cannot make it fit what stood in this file an
hour ago; keep a copy of the file on another machine, and he cannot even with the server in his hands.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from anahtar_web.audit.models import Entry

FILE: Final = "audit.anchors"
_CHUNK: Final = 500


class MalformedAnchor(ValueError):
    """A line that no version of this program has written."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The trail ended with this entry at that time."""

    at: str
    entry_id: int
    digest: str

    def line(self) -> str:
        """Write it for the file."""
        return f"{self.at}\t{self.entry_id}\t{self.digest}\n"

    @classmethod
    def read(cls, line: str) -> Self:
        """Read a line of the file.

        Raises
        ------
        MalformedAnchor
            It is none.
        """
        parts = line.rstrip("\n").split("\t")
        if len(parts) != 3 or not parts[1].isdecimal() or len(parts[2]) != 64:
            raise MalformedAnchor(line[:80])
        return cls(parts[0], int(parts[1]), parts[2])


def append(path: Path, anchor: Anchor) -> None:
    """Put an anchor below the others; it is on the disk when this returns."""
    new = not path.exists()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "w", encoding="ascii") as file:
        file.write(anchor.line())
        file.flush()
        os.fsync(file.fileno())
    if new:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def anchors(path: Path) -> list[Anchor]:
    """Read all anchors; none where there is no file yet.

    A last line without its end was being written when the machine stopped: it says nothing and is left out.

    Raises
    ------
    MalformedAnchor
        A line is none.
    """
    if not path.exists():
        return []
    lines = path.read_text(encoding="ascii", errors="replace").splitlines(keepends=True)
    return [Anchor.read(line) for line in lines if line.endswith("\n")]


def torn(kept: list[Anchor]) -> Iterator[Anchor]:
    """Name the anchors that the trail no longer reaches: their entry is gone or is another one."""
    for start in range(0, len(kept), _CHUNK):
        part = kept[start : start + _CHUNK]
        held = dict(Entry.objects.filter(pk__in=[anchor.entry_id for anchor in part]).values_list("pk", "digest"))
        yield from (anchor for anchor in part if held.get(anchor.entry_id) != anchor.digest)
