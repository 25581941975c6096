"""Exact duplicates: rows all of whose cells, mapped or not, are equal to those of an earlier row of the import."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import Final, Self, TypeAlias

import numpy as np
import numpy.typing as npt

from anahtar.ledger.intake.hashing import Hashes
from anahtar.ledger.intake.key_index import grown

Places: TypeAlias = npt.NDArray[np.int64]
Halves: TypeAlias = npt.NDArray[np.uint32]

_AT_ONCE: Final = 8_000_000
"""Fingerprints sorted at once. A ledger with more is gone through in several shares, by the lower bits."""

_PART: Final = 1_000_000
"""Fingerprints read at once."""

_TABLE_BITS: Final = 20
_HALF: Final = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Duplicates:
    """The rows that repeat an earlier one, in file order: where they stand and their amounts."""

    places: Places
    amounts: npt.NDArray[np.int64]


class Repeats:
    """Finds exact duplicates by the fingerprints of whole rows, kept in files until all rows were seen.

    Two rows are taken for equal if 64 bits agree. Among ten million different rows the chance that any two agree
    by accident is 3 in a million; comparing the cells again would mean reading the file a second time.

    Parameters
    ----------
    folder
        Where the files stand inside the `with` block; 24 bytes a row.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._files = {name: (folder / name).open("wb") for name in ("hashes", "places", "amounts")}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()
        rmtree(self._folder)

    def _close(self) -> None:
        for file in self._files.values():
            file.close()

    def add(self, hashes: Hashes, places: Places, amounts: npt.NDArray[np.int64]) -> None:
        """Take the next rows of the import."""
        for name, values in (("hashes", hashes), ("places", places), ("amounts", amounts)):
            self._files[name].write(np.ascontiguousarray(values).data)

    def found(self) -> Duplicates:
        """Say which rows repeat an earlier one, once all were taken."""
        self._close()
        rows = self._later_ones(self._repeated())
        return Duplicates(self._read("places", rows), self._read("amounts", rows))

    def _size(self) -> int:
        return (self._folder / "hashes").stat().st_size // 8

    def _parts(self) -> Iterator[tuple[int, Hashes]]:
        """All fingerprints in file order, some at a time, each part with the row it begins at."""
        size = self._size()
        for start in range(0, size, _PART):
            count = min(_PART, size - start)
            yield start, np.fromfile(self._folder / "hashes", np.uint64, count, offset=start * 8)

    def _repeated(self) -> Halves:
        """The upper halves of fingerprints that occur more than once, sorted.

        Halves are sorted, not whole fingerprints: it takes half the time and memory, and among four million rows
        only some two thousand share a half by accident.
        """
        shares = 1 << max(0, (self._size() - 1) // _AT_ONCE).bit_length()
        return np.unique(np.concatenate([self._repeated_in(np.uint64(share), shares) for share in range(shares)]))

    def _repeated_in(self, share: np.uint64, shares: int) -> Halves:
        # Room for the usual share; one of many equal rows is larger, and gets its room when it needs it.
        halves, count = np.empty(self._size() // shares + _PART // 8, np.uint32), 0
        for _, part in self._parts():
            chosen = part[part & np.uint64(shares - 1) == share] if shares > 1 else part
            halves = grown(halves, count + len(chosen))
            halves[count : count + len(chosen)] = chosen >> _HALF
            count += len(chosen)
        halves = halves[:count]
        halves.sort()
        return np.asarray(halves[1:][halves[1:] == halves[:-1]])

    def _later_ones(self, repeated: Halves) -> npt.NDArray[np.int64]:
        """The rows that repeat the whole fingerprint of an earlier one."""
        if not len(repeated):
            return np.empty(0, np.int64)
        # A small table answers for most rows that they are not meant; a search in `repeated` would cost ten times more.
        meant = np.zeros(1 << _TABLE_BITS, dtype=np.bool_)
        meant[repeated >> np.uint32(32 - _TABLE_BITS)] = True
        rows, hashes = [], []
        for start, part in self._parts():
            found = np.flatnonzero(meant[part >> np.uint64(64 - _TABLE_BITS)])
            found = found[np.isin((part[found] >> _HALF).astype(np.uint32), repeated)]
            rows.append(found + start)
            hashes.append(part[found])
        every, first = np.concatenate(rows), np.unique(np.concatenate(hashes), return_index=True)[1]
        return np.delete(every, first)

    def _read(self, name: str, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        if not len(rows):
            return np.empty(0, np.int64)
        return np.array(np.memmap(self._folder / name, np.int64, "r")[rows])
