"""The whole-number keys of a batch: which code has which number, and what accounts were called last.

Keys are given in the order of first appearance and stand only within one batch. A code is its text, whole:
`007` and `7` are two customers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from anahtar.ledger.codes import as_codes
from anahtar.ledger.hashing import NOTHING, Hashes, hash_texts
from anahtar.ledger.schema import ACCOUNTS, DICTIONARY

Keys: TypeAlias = npt.NDArray[np.int32]
Days: TypeAlias = npt.NDArray[np.int32]
Mask: TypeAlias = npt.NDArray[np.bool_]

NO_KEY: Final = -1
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


class Codes:
    """Keys of codes, exact: every different text of the batch is held in memory."""

    def __init__(self) -> None:
        self._keys: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._keys)

    @property
    def texts(self) -> Sequence[str]:
        """All codes, in the order of their keys."""
        return list(self._keys)

    def texts_from(self, key: int) -> Iterable[str]:
        """The codes that have this key or a later one."""
        return islice(self._keys, key, None) if key < len(self._keys) else ()

    def keys(self, coded: Coded, rows: Mask | None = None) -> Keys:
        """The key of each row; rows outside the mask and empty cells have -1. New codes get the next key."""
        used = coded.used(rows)
        # Three times as fast as to_pylist, which makes an Arrow scalar of every text on the way.
        texts = coded.texts.take(pa.array(used)).to_numpy(zero_copy_only=False).tolist()
        found: list[int | None] = list(map(self._keys.get, texts))
        for place in [place for place, key in enumerate(found) if key is None]:
            found[place] = self._keys.setdefault(texts[place], len(self._keys))
        keys = np.full(len(coded.texts) + 1, NO_KEY, dtype=np.int32)
        keys[used] = np.array(found, dtype=np.int32)
        return keys[coded.places]

    def write(self, path: Path, names: "Latest | None" = None) -> None:
        """Write `id`, `code`, `name`."""
        size = len(self)
        table = pa.table(
            [
                pa.array(range(size), pa.int32()),
                pa.array(self.texts, pa.string()),
                names.column(size) if names else pa.nulls(size, pa.string()),
            ],
            schema=DICTIONARY,
        )
        pq.write_table(table, path, compression="zstd", compression_level=1, write_page_checksum=True)


class ManyCodes:
    """Keys of codes that are millions, as invoices are: their texts go to the file at once, fingerprints stay.

    A Python dictionary needs about 200 bytes a code, half a gigabyte for the invoices of ten million lines;
    a sorted array of fingerprints needs 12. Two invoices of ten million would be taken for one with a
    chance of 3 in a million, and no sum of money would change by it.
    """

    def __init__(self, path: Path) -> None:
        self._known = _Sorted.empty()
        self._recent = _Sorted.empty()
        self._count = 0
        self._writer = pq.ParquetWriter(
            path, DICTIONARY, compression="zstd", compression_level=1, use_dictionary=False, write_page_checksum=True
        )
        self._waiting: list[pa.Array] = []

    def __len__(self) -> int:
        return self._count

    def keys(self, coded: Coded, rows: Mask | None = None) -> Keys:
        """The key of each row; rows outside the mask and empty cells have -1. New codes get the next key."""
        used = coded.used(rows)
        hashes, first, back = np.unique(coded.hashes[used], return_index=True, return_inverse=True)
        found = self._known.find(hashes)
        missing = found == NO_KEY
        found[missing] = self._recent.find(hashes[missing])
        fresh = np.flatnonzero(found == NO_KEY)
        found[fresh] = np.arange(self._count, self._count + len(fresh), dtype=np.int32)
        self._remember(hashes[fresh], found[fresh], coded.texts.take(pa.array(used[first[fresh]])))
        keys = np.full(len(coded.texts) + 1, NO_KEY, dtype=np.int32)
        keys[used] = found[back]
        return keys[coded.places]

    def _remember(self, hashes: Hashes, keys: Keys, texts: pa.Array) -> None:
        self._count += len(keys)
        self._recent = self._recent.merged(_Sorted(hashes, keys))
        if len(self._recent.hashes) * 4 > len(self._known.hashes):
            self._known = self._known.merged(self._recent)
            self._recent = _Sorted.empty()
        self._waiting.append(texts)
        if sum(map(len, self._waiting)) >= 100_000:
            self._flush()

    def _flush(self) -> None:
        size = sum(map(len, self._waiting))
        keys = pa.array(np.arange(self._count - size, self._count, dtype=np.int32))
        texts = pa.chunked_array(self._waiting, pa.string())
        self._writer.write_table(pa.table([keys, texts, pa.nulls(size, pa.string())], schema=DICTIONARY))
        self._waiting = []

    def close(self) -> None:
        """Write what still waits, and the file's footer."""
        self._flush()
        self._writer.close()


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Fingerprints in rising order, each with its key."""

    hashes: Hashes
    keys: Keys

    @classmethod
    def empty(cls) -> "_Sorted":
        return cls(np.empty(0, np.uint64), np.empty(0, np.int32))

    def find(self, hashes: Hashes) -> Keys:
        if not len(self.hashes):
            return np.full(len(hashes), NO_KEY, dtype=np.int32)
        places = np.searchsorted(self.hashes, hashes)
        places[places == len(self.hashes)] = 0
        return np.where(self.hashes[places] == hashes, self.keys[places], np.int32(NO_KEY))

    def merged(self, other: "_Sorted") -> "_Sorted":
        # Inserted in place, not joined and sorted again: that would need four copies of millions at once.
        at = np.searchsorted(self.hashes, other.hashes)
        return _Sorted(np.insert(self.hashes, at, other.hashes), np.insert(self.keys, at, other.keys))


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
        more = size - len(self._hashes)
        if more > 0:
            # Doubling: growing by each chunk's few new accounts would copy everything every time.
            more = max(more, len(self._hashes))
            self._hashes = np.append(self._hashes, np.full(more, NOTHING))
            self._days = np.append(self._days, np.full(more, NEVER))
            self._several = np.append(self._several, np.zeros(more, dtype=np.bool_))

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
        more = int(keys.max()) + 1 - len(self._values)
        if more > 0:
            more = max(more, len(self._values))
            self._values = np.append(self._values, np.full(more, self._unset))
            self._several = np.append(self._several, np.zeros(more, dtype=np.bool_))
        first = self._values[keys] == self._unset
        self._values[keys[first]] = values[first]
        self._several[keys[self._values[keys] != values]] = True

    @property
    def several(self) -> int:
        """How many keys have more than one value."""
        return int(self._several.sum())


def write_accounts(path: Path, accounts: Codes, names: Latest, groups: Latest) -> None:
    """Write `id`, `code`, `name`, `group_code` of every account of the batch."""
    size = len(accounts)
    table = pa.table(
        [
            pa.array(range(size), pa.int32()),
            pa.array(accounts.texts, pa.string()),
            names.column(size),
            groups.column(size),
        ],
        schema=ACCOUNTS,
    )
    pq.write_table(table, path, compression="zstd", compression_level=1, write_page_checksum=True)
