"""Which key each fingerprint has: a hash table in two numpy arrays, asked for a whole column at a time.

A Python dictionary needs about 200 bytes a code and a microsecond a question; this needs some 16 bytes, and tens of
nanoseconds. Open addressing: a fingerprint's upper bits name the slot where its key stands, or the first free one
behind it.
"""

from typing import Final, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from anahtar.ledger.intake.hashing import Hashes

Keys: TypeAlias = npt.NDArray[np.int32]

Scalar = TypeVar("Scalar", bound=np.generic)

NO_KEY: Final = -1

_FEWEST_BITS: Final = 12
_FULL: Final = 0.6
"""More of the slots taken make questions long; fewer waste memory."""

_AT_ONCE: Final = 1 << 16


def grown(values: npt.NDArray[Scalar], size: int) -> npt.NDArray[Scalar]:
    """The same array where it has the size, else the longer one it becomes in its place; what is new is zero.

    By a quarter at least, so that many small steps do not copy everything every time; and not into a second array,
    which would need both at once.
    """
    if size > len(values):
        values.resize(max(size, len(values) * 5 // 4), refcheck=False)
    return values


class KeyIndex:
    """Gives every different fingerprint a key, from 0, in the order of first appearance."""

    def __init__(self) -> None:
        self._bits = _FEWEST_BITS
        self._slots = np.full(1 << self._bits, NO_KEY, np.int32)
        self._hashes = np.empty(1 << _FEWEST_BITS, np.uint64)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def keys(self, hashes: Hashes) -> tuple[Keys, npt.NDArray[np.intp]]:
        """The key of each fingerprint, and the places of those that were new (the first of equal ones), rising."""
        self._make_room(len(hashes))
        keys, slots = self._sought(hashes)
        new = np.flatnonzero(keys == NO_KEY)
        if len(new):
            keys[new], first = self._add(hashes[new], slots[new])
            new = new[first]
        return keys, new

    def _make_room(self, more: int) -> None:
        self._hashes = grown(self._hashes, self._count + more)
        if self._count + more > _FULL * len(self._slots):
            self._bits = int((self._count + more) / _FULL).bit_length()
            self._slots = np.empty(0, np.int32)  # given back before the larger one is asked for
            self._slots = np.full(1 << self._bits, NO_KEY, np.int32)
            for start in range(0, self._count, _AT_ONCE):
                known = self._hashes[start : min(start + _AT_ONCE, self._count)]
                self._place(np.arange(start, start + len(known), dtype=np.int32), known, self._home(known))

    def _home(self, hashes: Hashes) -> npt.NDArray[np.intp]:
        return (hashes >> np.uint64(64 - self._bits)).astype(np.intp)

    def _sought(self, hashes: Hashes) -> tuple[Keys, npt.NDArray[np.intp]]:
        """The key of each fingerprint, or `NO_KEY` and the free slot where the search for it ended."""
        slots = self._home(hashes)
        keys = self._slots[slots]
        left = np.flatnonzero((keys != NO_KEY) & (self._hashes[keys] != hashes))
        while len(left):
            slots[left] = self._behind(slots[left])
            keys[left] = self._slots[slots[left]]
            left = left[(keys[left] != NO_KEY) & (self._hashes[keys[left]] != hashes[left])]
        return keys, slots

    def _behind(self, slots: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
        return (slots + 1) & (len(self._slots) - 1)

    def _add(self, hashes: Hashes, slots: npt.NDArray[np.intp]) -> tuple[Keys, npt.NDArray[np.bool_]]:
        """Add fingerprints that are not known: their keys, and which are the first of equal ones."""
        end = self._count + len(hashes)
        self._hashes[self._count : end] = hashes
        keys = np.arange(self._count, end, dtype=np.int32)
        owners, slots = self._place(keys, hashes, slots)
        first: npt.NDArray[np.bool_] = owners == keys
        if not first.all():
            # Keys have no gaps: what stands behind the later ones of equal fingerprints moves up.
            renamed = (self._count - 1 + np.cumsum(first)).astype(np.int32)
            self._slots[slots[first]] = renamed[first]
            self._hashes[self._count : self._count + int(first.sum())] = hashes[first]
            owners = renamed[owners - self._count]
        self._count += int(first.sum())
        return owners, first

    def _place(self, keys: Keys, hashes: Hashes, slots: npt.NDArray[np.intp]) -> tuple[Keys, npt.NDArray[np.intp]]:
        """Put keys into the first free slot from the given ones on; of equal fingerprints only the first gets in.

        Returns the key that each fingerprint has now, and the slot where it stands.
        """
        slots, owners = slots.copy(), np.empty(len(keys), np.int32)
        left = np.arange(len(keys))
        while len(left):
            free = left[self._slots[slots[left]] == NO_KEY]
            # Where several want one slot, the last that is written stays: from behind, that is the first of them.
            self._slots[slots[free[::-1]]] = keys[free[::-1]]
            owners[left] = self._slots[slots[left]]
            left = left[self._hashes[owners[left]] != hashes[left]]
            slots[left] = self._behind(slots[left])
        return owners, slots
