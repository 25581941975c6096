"""Exact duplicates: rows all of whose cells, mapped or not, are equal to those of an earlier row of the import."""

from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import Final, Self, TypeAlias

import numpy as np
import numpy.typing as npt

from anahtar.ledger.hashing import Hashes

Places: TypeAlias = npt.NDArray[np.int64]

_AT_ONCE: Final = 8_000_000
"""Fingerprints sorted at once: 64 MB, twice for a moment. A ledger with more is gone through in several parts."""


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

    def _slices(self) -> list[tuple[int, int]]:
        size = (self._folder / "hashes").stat().st_size // 8
        return [(start, min(start + _AT_ONCE // 4, size)) for start in range(0, size, _AT_ONCE // 4)]

    def _hashes(self, start: int, end: int) -> Hashes:
        return np.fromfile(self._folder / "hashes", np.uint64, end - start, offset=start * 8)

    def _repeated(self) -> Hashes:
        """The fingerprints that occur more than once, sorted."""
        slices = self._slices()
        shares = max(1, -(-len(slices) // 4))
        repeated = []
        for share in range(shares):
            # The upper half of a fingerprint parts them evenly, whatever the rows are.
            parts = (self._hashes(*borders) for borders in slices)
            chosen = [
                part[(part >> np.uint64(32)) % np.uint64(shares) == share] if shares > 1 else part for part in parts
            ]
            hashes = np.concatenate(chosen) if chosen else np.empty(0, np.uint64)
            hashes.sort()
            repeated.append(np.unique(hashes[1:][hashes[1:] == hashes[:-1]]))
        return np.sort(np.concatenate(repeated))

    def _later_ones(self, repeated: Hashes) -> npt.NDArray[np.int64]:
        """The rows with a repeated fingerprint, without the first of each."""
        if not len(repeated):
            return np.empty(0, np.int64)
        rows, hashes = [], []
        for start, end in self._slices():
            part = self._hashes(start, end)
            at = np.searchsorted(repeated, part)
            at[at == len(repeated)] = 0
            found = np.flatnonzero(repeated[at] == part)
            rows.append(found + start)
            hashes.append(part[found])
        every, first = np.concatenate(rows), np.unique(np.concatenate(hashes), return_index=True)[1]
        return np.delete(every, first)

    def _read(self, name: str, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        if not len(rows):
            return np.empty(0, np.int64)
        return np.array(np.memmap(self._folder / name, np.int64, "r")[rows])
