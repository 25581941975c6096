"""The whole-number keys of a batch: which code has which number.

Keys are given in the order of first appearance and stand only within one batch. A code is its text, whole:
`007` and `7` are two customers.
"""

from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from anahtar.ledger.intake.dictionaries import Coded, Latest, Mask
from anahtar.ledger.intake.hashing import Hashes, mix
from anahtar.ledger.intake.key_index import NO_KEY, KeyIndex, Keys
from anahtar.ledger.schema import ACCOUNTS, DICTIONARY

_AGAIN: Final = np.uint64(0xA0761D6478BD642F)
_MANY_PIECES: Final = 64
_WAITING: Final = 100_000


class Codes:
    """Keys of codes, exact: fingerprints find them, and every text is compared with the one its key stands for."""

    def __init__(self) -> None:
        self._index = KeyIndex()
        self._pieces: list[pa.Array] = []

    def __len__(self) -> int:
        return len(self._index)

    @property
    def texts(self) -> pa.ChunkedArray:
        """All codes, in the order of their keys."""
        return pa.chunked_array(self._pieces, pa.string())

    def keys(self, coded: Coded, rows: Mask | None = None) -> Keys:
        """The key of each row; rows outside the mask and empty cells have -1. New codes get the next key."""
        used = coded.used(rows)
        some = len(used) < len(coded.texts)
        texts = coded.texts.take(pa.array(used)) if some else coded.texts
        keys = np.full(len(coded.texts) + 1, NO_KEY, dtype=np.int32)
        keys[used] = self._known(coded.hashes[used], texts)
        return keys[coded.places]

    def _known(self, hashes: Hashes, texts: pa.Array) -> Keys:
        """The key of each text."""
        keys, new = self._index.keys(hashes)
        if len(new):
            self._remember(texts.take(pa.array(new)))
        wrong = np.flatnonzero(pc.not_equal(self.texts.take(pa.array(keys)), texts).to_numpy())
        if len(wrong):
            # Another text has this fingerprint: the next one that follows from it, as often as it takes.
            keys[wrong] = self._known(mix(hashes[wrong] + _AGAIN), texts.take(pa.array(wrong)))
        return keys

    def _remember(self, texts: pa.Array) -> None:
        self._pieces.append(texts)
        if len(self._pieces) > _MANY_PIECES:
            self._pieces = [pa.concat_arrays(self._pieces)]

    def write(self, path: Path, names: Latest | None = None) -> None:
        """Write `id`, `code`, `name`."""
        size = len(self)
        columns = [self.texts, names.column(size) if names else pa.nulls(size, pa.string())]
        _write(path, columns, DICTIONARY)


class ManyCodes:
    """Keys of codes that are millions, as invoices are: their texts go to the file at once, fingerprints stay.

    Two invoices of ten million would be taken for one with a chance of 3 in a million, and no sum of money would
    change by it.
    """

    def __init__(self, path: Path) -> None:
        self._index = KeyIndex()
        self._writer = pq.ParquetWriter(
            path,
            DICTIONARY,
            compression="zstd",
            compression_level=1,
            use_dictionary=False,
            column_encoding={"id": "DELTA_BINARY_PACKED"},
            write_statistics=False,
            write_page_checksum=True,
        )
        self._waiting: list[pa.Array] = []
        self._written = 0

    def __len__(self) -> int:
        return len(self._index)

    def keys(self, coded: Coded, rows: Mask | None = None) -> Keys:
        """The key of each row; rows outside the mask and empty cells have -1. New codes get the next key."""
        used = coded.used(rows)
        keys = np.full(len(coded.texts) + 1, NO_KEY, dtype=np.int32)
        keys[used], new = self._index.keys(coded.hashes[used])
        self._waiting.append(coded.texts.take(pa.array(used[new])))
        if len(self) - self._written >= _WAITING:
            self._flush()
        return keys[coded.places]

    def _flush(self) -> None:
        keys = pa.array(np.arange(self._written, len(self), dtype=np.int32))
        texts = pa.chunked_array(self._waiting, pa.string())
        self._writer.write_table(pa.table([keys, texts, pa.nulls(len(keys), pa.string())], schema=DICTIONARY))
        self._waiting, self._written = [], len(self)

    def close(self) -> None:
        """Write what still waits, and the file's footer."""
        self._flush()
        self._writer.close()


def write_accounts(path: Path, accounts: Codes, names: Latest, groups: Latest) -> None:
    """Write `id`, `code`, `name`, `group_code` of every account of the batch."""
    size = len(accounts)
    _write(path, [accounts.texts, names.column(size), groups.column(size)], ACCOUNTS)


def _write(path: Path, columns: list[pa.Array | pa.ChunkedArray], schema: pa.Schema) -> None:
    keys = pa.array(np.arange(len(columns[0]), dtype=np.int32))
    table = pa.table([keys, *columns], schema=schema)
    pq.write_table(table, path, compression="zstd", compression_level=1, write_page_checksum=True)
