"""64-bit fingerprints of cells and rows, a whole column at a time.

They say "surely different" or "equal but for one chance in 2^64", which is what finding exact duplicates among
millions of rows, giving a number to millions of invoices and recognising the same content again need. Ten million
different rows have a chance of 3 in a million that any two of them share a fingerprint. They are no protection
against somebody who builds collisions on purpose: files and parts have SHA-256 for that.

Python's `hashlib` costs a microsecond a value, as much as reading the whole row; so text is mixed here in words
of eight bytes, in numpy. The text itself is hashed, never a dictionary's index or an Arrow layout, so the same
value gives the same fingerprint in every chunk, file and version of pyarrow.
"""

from hashlib import blake2b
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Hashes: TypeAlias = npt.NDArray[np.uint64]

NOTHING: Final = np.uint64(0x9AE16A3B2F90404F)
"""The fingerprint of an empty cell."""

_ODD: Final = np.uint64(0xD6E8FEB86659FD93)
_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
_HALF: Final = np.uint64(32)
_LONG: Final = 64
"""Texts longer than this many bytes are hashed one by one."""

_KEPT: Final = np.array([(1 << 8 * n) - 1 for n in range(8)] + [2**64 - 1], dtype=np.uint64)
"""Which bits of a word belong to a text of so many remaining bytes."""


def mix(hashes: Hashes) -> Hashes:
    """Spread every bit of each value over all 64, one to one (the array is changed in place)."""
    hashes ^= hashes >> _HALF
    hashes *= _ODD
    hashes ^= hashes >> _HALF
    hashes *= _ODD
    hashes ^= hashes >> _HALF
    return hashes


def hash_numbers(numbers: npt.NDArray[np.generic]) -> Hashes:
    """Fingerprints of whole numbers (or of the bits of fractions)."""
    if numbers.dtype.kind == "f":
        # Minus zero and zero are the same number written in two ways.
        return mix((numbers.astype(np.float64) + 0.0).view(np.uint64) + _GOLDEN)
    return mix(numbers.astype(np.int64).view(np.uint64) + _GOLDEN)


def hash_texts(texts: pa.Array) -> Hashes:
    """Fingerprints of the texts of a `string` array; empty cells have `NOTHING`."""
    wide = texts.cast(pa.large_string()) if not pa.types.is_large_string(texts.type) else texts
    _, offsets_buffer, bytes_buffer = wide.buffers()
    offsets = np.frombuffer(offsets_buffer, dtype=np.int64)[wide.offset : wide.offset + len(wide) + 1]
    hashes = _hash_slices(offsets, bytes_buffer)
    return _without_nulls(hashes, wide)


def _hash_slices(offsets: npt.NDArray[np.int64], text: pa.Buffer | None) -> Hashes:
    lengths = np.diff(offsets)
    hashes = mix(lengths.astype(np.uint64) * _GOLDEN)
    if text is None or len(lengths) == 0 or offsets[-1] == offsets[0]:
        return hashes
    starts = offsets[:-1] - offsets[0]
    words = _words(text, int(offsets[0]), int(offsets[-1]))
    usual = np.minimum(lengths, _LONG)
    for at in range(0, int(usual.max()), 8):
        rest = np.minimum(usual - at, 8)
        if rest.min() > 0:
            hashes = _absorb(hashes, words[starts + at], rest)
        else:
            longer = np.flatnonzero(rest > 0)
            hashes[longer] = _absorb(hashes[longer], words[starts[longer] + at], rest[longer])
    for index in np.flatnonzero(lengths > _LONG):
        start, end = int(offsets[index]), int(offsets[index + 1])
        hashes[index] = int.from_bytes(blake2b(memoryview(text)[start:end], digest_size=8).digest(), "little")
    return hashes


def _words(text: pa.Buffer, start: int, end: int) -> Hashes:
    """The eight bytes that begin at each byte of the text, as overlapping words; the end is padded with zeros."""
    padded = np.zeros(end - start + 8, dtype=np.uint8)
    padded[: end - start] = np.frombuffer(text, dtype=np.uint8)[start:end]
    return np.ndarray(shape=(end - start + 1,), dtype="<u8", buffer=padded, strides=(1,))


def _absorb(hashes: Hashes, words: Hashes, lengths: npt.NDArray[np.int64]) -> Hashes:
    words &= _KEPT[lengths]
    hashes ^= words
    hashes *= _ODD
    hashes ^= hashes >> _HALF
    hashes *= _GOLDEN
    hashes ^= hashes >> _HALF
    return hashes


def _without_nulls(hashes: Hashes, cells: pa.Array) -> Hashes:
    if cells.null_count:
        hashes[cells.is_null().to_numpy(zero_copy_only=False)] = NOTHING
    return hashes


def hash_cells(cells: pa.Array) -> Hashes:
    """Fingerprints of the cells of a column of any type; equal cells of one type have equal fingerprints."""
    kind = cells.type
    if pa.types.is_dictionary(kind):
        known: Hashes = np.append(hash_cells(cells.dictionary), NOTHING)
        # Indices of eight bits cannot name the place behind 127 texts.
        places = cells.indices.cast(pa.int32()).fill_null(len(known) - 1).to_numpy(zero_copy_only=False)
        return np.asarray(known[places])
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return hash_texts(cells)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return _without_nulls(hash_numbers(cells.fill_null(0).to_numpy(zero_copy_only=False)), cells)
    if pa.types.is_date32(kind) or pa.types.is_timestamp(kind):
        whole = cells.cast(pa.int32() if pa.types.is_date32(kind) else pa.int64())
        return hash_cells(whole)
    return hash_texts(cells.cast(pa.string()))


def combine(rows: Hashes, cells: Hashes, place: int) -> None:
    """Add the fingerprints of a column to those of the rows (changed in place).

    A sum in which each place has its own odd factor: the order of the cells counts, the order of the calls does
    not. `mix` closes the row, so that sums over rows still tell which cells stood together.
    """
    rows += cells * np.uint64(2 * place + 3)
