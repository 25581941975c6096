"""Columns of codes and names taken apart, and what is known of their keys: last names, values that never change."""

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from anahtar.ledger.intake.hashing import NOTHING, Hashes, hash_texts
from anahtar.ledger.intake.key_index import NO_KEY, Keys, grown
from anahtar.ledger.values.codes import as_codes

Days: TypeAlias = npt.NDArray[np.int32]
Mask: TypeAlias = npt.NDArray[np.bool_]

NEVER: Final = np.int32(np.iinfo(np.int32).min)


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of codes or names in one chunk: its different texts, and which of them stands in each row.

    Parameters
    ----------
    places
        For each row the place of its text in `texts`; -1 where the cell is empty.
    texts
        The different texts, outer blanks stripped. Two of them may be equal (`"A"` and `"A "` in the file).
    hashes
        Fingerprint of each text, and `NOTHING` at the end, where place -1 finds it.
    """

    places: Keys
    texts: pa.Array
    hashes: Hashes

    @classmethod
    def of(cls, cells: pa.Array) -> "Coded":
        """Take the cells of a column apart."""
        encoded = cells if pa.types.is_dictionary(cells.type) else cells.dictionary_encode()
        texts = as_codes(encoded.dictionary)
        places = encoded.indices.cast(pa.int32()).fill_null(NO_KEY).to_numpy(zero_copy_only=False)
        if texts.null_count:
            renamed = np.append(np.arange(len(texts), dtype=np.int32), np.int32(NO_KEY))
            renamed[:-1][texts.is_null().to_numpy(zero_copy_only=False)] = NO_KEY
            places = renamed[places]
        return cls(places, texts, np.append(hash_texts(texts), NOTHING))

    def hashed(self) -> Hashes:
        """The fingerprint of each row's text."""
        return self.hashes[self.places]

    def at(self, rows: npt.NDArray[np.intp]) -> pa.Array:
        """The texts of some rows; null where the cell is empty."""
        places = self.places[rows]
        return self.texts.take(pa.array(places, mask=places == NO_KEY))

    def used(self, rows: Mask | None) -> npt.NDArray[np.intp]:
        """The places of the texts that stand in some of the rows (None: in any)."""
        seen = np.zeros(len(self.texts) + 1, dtype=np.bool_)
        seen[self.places if rows is None else self.places[rows]] = True
        return np.flatnonzero(seen[:-1])


class Latest:
    """What each key was called last by date: the name of an account, its group, the name of a product.

    Names change and one day may have two of them: then the one that comes last in the alphabet is kept, so that
    the answer does not depend on the order of the rows.
    """

    def __init__(self) -> None:
        self._hashes = np.empty(0, np.uint64)
        self._days = np.empty(0, np.int32)
        self._several = np.empty(0, np.bool_)
        self._texts: dict[int, str] = {}

    def see(self, keys: Keys, names: Coded, days: Days, rows: Mask) -> None:
        """Take note of the names in the rows of the mask that have both a key and a name."""
        told = rows & (keys != NO_KEY) & (names.places != NO_KEY)
        if not told.all():
            keys, days, places = keys[told], days[told], names.places[told]
        else:
            places = names.places
        if not len(keys):
            return
        self._grow(int(keys.max()) + 1)
        same = self._hashes[keys] == names.hashes[places]
        np.maximum.at(self._days, keys[same], days[same])
        other = ~same
        if other.any():
            self._take(keys[other], places[other], days[other], names)

    def _take(self, keys: Keys, places: Keys, days: Days, names: Coded) -> None:
        """Decide rows whose name is not the one known so far; one decision per key and name."""
        order = np.lexsort((days, places, keys))
        keys, places, days = keys[order], places[order], days[order]
        last = np.flatnonzero(np.append((np.diff(keys) != 0) | (np.diff(places) != 0), True))
        texts = names.texts.take(pa.array(places[last])).to_pylist()
        for key, day, text, place in zip(
            keys[last].tolist(), days[last].tolist(), texts, places[last].tolist(), strict=True
        ):
            known = self._texts.get(key)
            if known == text:
                self._days[key] = max(day, int(self._days[key]))
                continue
            self._several[key] |= known is not None
            if known is None or (day, text) > (int(self._days[key]), known):
                self._texts[key], self._days[key], self._hashes[key] = text, day, names.hashes[place]

    def _grow(self, size: int) -> None:
        known = len(self._hashes)
        self._hashes, self._days = grown(self._hashes, size), grown(self._days, size)
        self._several = grown(self._several, size)
        self._hashes[known:], self._days[known:] = NOTHING, NEVER

    @property
    def several(self) -> int:
        """How many keys have had more than one name."""
        return int(self._several.sum())

    def column(self, size: int) -> pa.Array:
        """The names of keys 0 to `size`; null where there is none."""
        return pa.array([self._texts.get(key) for key in range(size)], pa.string())


class Constant:
    """Which keys have more than one value: accounts with two regions, invoices whose lines carry two dates.

    Parameters
    ----------
    unset
        A value that does not occur.
    """

    def __init__(self, unset: np.uint64 | np.int32) -> None:
        self._unset = unset
        self._values: npt.NDArray[np.generic] = np.empty(0, unset.dtype)
        self._several = np.empty(0, np.bool_)

    def see(self, keys: Keys, values: npt.NDArray[np.generic], rows: Mask) -> None:
        """Take note of the values in the rows of the mask that have a key."""
        told = rows & (keys != NO_KEY) & (values != self._unset)
        if not told.all():
            keys, values = keys[told], values[told]
        if not len(keys):
            return
        known, size = len(self._values), int(keys.max()) + 1
        self._values, self._several = grown(self._values, size), grown(self._several, size)
        self._values[known:] = self._unset
        first = self._values[keys] == self._unset
        self._values[keys[first]] = values[first]
        self._several[keys[self._values[keys] != values]] = True

    @property
    def several(self) -> int:
        """How many keys have more than one value."""
        return int(self._several.sum())
