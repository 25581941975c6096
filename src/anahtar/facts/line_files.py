"""Some lines of a batch and the texts of their keys, read with as little of its files as that takes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from anahtar.ledger.manifest import Manifest
from anahtar.ledger.store.integrity import DamagedBatch
from anahtar.words import say

FOUND: Final = pa.schema(
    [
        pa.field("source", pa.int32()),  # place of the month file among those asked
        pa.field("group", pa.int32()),  # row group of the file
        pa.field("at", pa.int64()),  # row of the row group
        pa.field("sold_on", pa.date32()),
        pa.field("amount", pa.int64()),
        pa.field("cost", pa.int64()),
        pa.field("file_id", pa.int16()),
        pa.field("row", pa.int64()),
    ]
)
"""Where lines stand, and what they are summed and put in order by."""

_SUMMED: Final = FOUND.names[3:]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines of one batch are meant.

    Parameters
    ----------
    accounts
        The batch's own account ids, and their codes.
    directions
        The batch's own direction ids; None: whatever the direction; empty: the lines that name none.
    products, regions, sites
        The same of products, regions and sites.
    first, last
        Days, both inside.
    """

    accounts: Mapping[int, str]
    directions: Sequence[int] | None
    products: Sequence[int] | None
    first: date
    last: date
    regions: Sequence[int] | None = None
    sites: Sequence[int] | None = None

    @property
    def keys(self) -> Mapping[str, Sequence[int]]:
        """The columns that decide beside account and day, and what is wanted of each."""
        asked = {
            "direction_id": self.directions,
            "product_id": self.products,
            "region_id": self.regions,
            "site_id": self.sites,
        }
        return {column: ids for column, ids in asked.items() if ids is not None}

    def mask(self, lines: pa.Table) -> pa.ChunkedArray:
        """Which lines of the wanted accounts are of the wanted days, directions, products, regions and sites."""
        days = lines["sold_on"]
        meant = pc.and_(pc.greater_equal(days, self.first), pc.less_equal(days, self.last))
        for column, ids in self.keys.items():
            meant = pc.and_(meant, _among(lines[column], ids) if ids else pc.is_null(lines[column]))
        return meant


@dataclass(frozen=True, slots=True)
class BatchFiles:
    """The files of one batch.

    Parameters
    ----------
    place
        The batch's place among the batches of the ledger.
    """

    place: int
    folder: Path
    manifest: Manifest

    def months(self) -> list[str]:
        """The months with lines, oldest first."""
        return sorted(path.stem for path in (self.folder / "lines").glob("*.parquet"))

    def has(self, month: str) -> bool:
        """Whether the batch has lines of a month (`2025-03`)."""
        return self._month(month).exists()

    def find(self, month: str, wanted: Wanted, *, source: int) -> Iterator[pa.Table]:
        """Say where the wanted lines of a month stand (`FOUND`).

        Accounts are read first: a row group without one of them costs nothing more.
        """
        columns = [*_SUMMED, *wanted.keys]
        path = self._month(month)
        with self._reading(path):
            groups = _owners_of(path).groups(list(wanted.accounts))
        if not groups:
            return
        with self._opened(path) as file:
            for group in groups:
                owners = file.read_row_group(group, columns=["account_id"], use_threads=False)["account_id"]
                rows = pc.indices_nonzero(_among(owners, list(wanted.accounts)))
                lines = _with_all(file.read_row_group(group, columns=columns, use_threads=False).take(rows), columns)
                same = {name: pa.repeat(pa.scalar(at, pa.int32()), len(rows)) for name, at in _at(source, group)}
                told = {**same, "at": rows.cast(pa.int64()), **{name: lines[name] for name in _SUMMED}}
                yield pa.table(told, FOUND).filter(wanted.mask(lines))

    def columns(self, month: str, columns: Sequence[str]) -> pa.Table:
        """Whole columns of a month."""
        with self._opened(self._month(month)) as file:
            return _with_all(file.read(columns=[*columns], use_threads=False), columns)

    def of_accounts(self, month: str, accounts: Sequence[int], columns: Sequence[str]) -> pa.Table:
        """Columns of all lines of some accounts in a month; row groups without one of them are passed over."""
        path = self._month(month)
        with self._reading(path):
            owners = _owners_of(path)
        groups, found = owners.groups(accounts), [owners.schema.empty_table().select([*columns])]
        if not groups:
            return found[0]
        with self._opened(path) as file:
            for group in groups:
                lines = file.read_row_group(group, columns=[*{"account_id", *columns}], use_threads=False)
                rows = pc.indices_nonzero(_among(lines["account_id"], accounts))
                found.append(lines.select([*columns]).take(rows))
        return pa.concat_tables(found)

    def read(self, month: str, group: int, rows: pa.Array, columns: Sequence[str]) -> pa.Table:
        """Read columns of some rows of a row group."""
        with self._opened(self._month(month)) as file:
            return _with_all(file.read_row_group(group, columns=[*columns], use_threads=False).take(rows), columns)

    def ids(self, dictionary: str, codes: Collection[str]) -> Mapping[int, str]:
        """The batch's own ids of some codes; codes that it does not know are left out."""
        path = self._dictionary(dictionary)
        if not path.exists():
            return {}
        with self._reading(path):
            table = _read_codes(path, _version(path))
        found = table.filter(pc.is_in(table["code"], value_set=pa.array(list(codes), pa.string())))
        return dict(zip(found["id"].to_pylist(), found["code"].to_pylist(), strict=True))

    def texts(self, dictionary: str, ids: pa.ChunkedArray, columns: Sequence[str]) -> pa.Table:
        """What a dictionary says of some keys, row by row, null where a key is; only row groups with them are read."""
        asked = pc.unique(ids).drop_null()
        if not len(asked):
            return pa.table({column: pa.nulls(len(ids), pa.string()) for column in columns})
        with self._opened(self._dictionary(dictionary)) as file:
            groups = [at for at in range(file.num_row_groups) if _may_hold(file, at, asked.to_numpy())]
            table = file.read_row_groups(groups, columns=["id", *columns], use_threads=False)
        # First the few that are asked for: to look keys up among a hundred thousand costs ten times as much.
        few = table.filter(pc.is_in(table["id"], value_set=asked)).combine_chunks()
        return few.select(list(columns)).take(pc.index_in(ids, value_set=few["id"].combine_chunks()))

    def _month(self, month: str) -> Path:
        return self.folder / "lines" / f"{month}.parquet"

    def _dictionary(self, name: str) -> Path:
        return self.folder / "dictionaries" / f"{name}.parquet"

    @contextmanager
    def _opened(self, path: Path) -> Iterator[pq.ParquetFile]:
        with self._reading(path), pq.ParquetFile(path, page_checksum_verification=True) as file:
            yield file

    @contextmanager
    def _reading(self, path: Path) -> Iterator[None]:
        """Say of which batch a file is that cannot be read."""
        try:
            yield
        except (OSError, pa.ArrowException) as error:
            part = path.relative_to(self.folder).as_posix()
            raise DamagedBatch(self.manifest.batch, part, say("it cannot be read")) from error


REMEMBERED: Final = 1_000
"""Month files whose owners a process remembers: a bit for each account and row group, some 40 kB at 100,000."""

DICTIONARIES: Final = 48
"""Whose codes it remembers: some two megabytes each at 100,000."""

_Version: TypeAlias = tuple[int, ...]
"""What a file of the same name written later differs in; it is read anew."""


def _version(path: Path) -> _Version:
    told = path.stat()
    return told.st_mtime_ns, told.st_size, told.st_ino


@dataclass(frozen=True, slots=True)
class _Owners:
    """Which accounts have lines in which row group of a month file: a bit for each id."""

    schema: pa.Schema
    bits: Sequence[npt.NDArray[np.uint8]]

    def groups(self, accounts: Sequence[int]) -> list[int]:
        """The row groups that hold a line of one of the accounts."""
        ids = np.asarray(accounts, np.int64)
        return [at for at, bits in enumerate(self.bits) if _any_set(bits, ids)]


def _any_set(bits: npt.NDArray[np.uint8], ids: npt.NDArray[np.int64]) -> bool:
    known = ids[ids < len(bits) * 8]
    return bool((bits[known >> 3] & (1 << (known & 7)).astype(np.uint8)).any())


def _owners_of(path: Path) -> _Owners:
    return _read_owners(path, _version(path))


@lru_cache(maxsize=REMEMBERED)
def _read_owners(path: Path, version: _Version) -> _Owners:
    """Look through the owners of all lines once for each file: it was most of what an account's page took."""
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        groups = range(file.num_row_groups)
        bits = [_bits(file.read_row_group(at, columns=["account_id"], use_threads=False)) for at in groups]
        return _Owners(file.schema_arrow, bits)


def _bits(lines: pa.Table) -> npt.NDArray[np.uint8]:
    owners = lines["account_id"].to_numpy()
    held = np.zeros(int(owners.max()) + 1 if len(owners) else 0, bool)
    held[owners] = True
    return np.packbits(held, bitorder="little")


@lru_cache(maxsize=DICTIONARIES)
def _read_codes(path: Path, version: _Version) -> pa.Table:
    """Read the ids and codes of a dictionary; to find one among them takes a tenth of reading them."""
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        return file.read(columns=["id", "code"], use_threads=False)


def _at(source: int, group: int) -> Sequence[tuple[str, int]]:
    return (("source", source), ("group", group))


def _with_all(lines: pa.Table, columns: Sequence[str]) -> pa.Table:
    """The lines with the keys that a batch written before they were read does not have: no line names one."""
    for name in columns:
        if name not in lines.column_names:
            lines = lines.append_column(name, pa.nulls(lines.num_rows, pa.int32()))
    return lines


def _among(keys: pa.ChunkedArray, wanted: Sequence[int]) -> pa.ChunkedArray:
    """Which of the keys are wanted; one is compared in a third of the time in which several are looked up."""
    if len(wanted) == 1:
        return pc.equal(keys, pa.scalar(wanted[0], pa.int32()))
    return pc.is_in(keys, value_set=pa.array(wanted, pa.int32()))


def _may_hold(file: pq.ParquetFile, group: int, ids: npt.NDArray[np.int32]) -> bool:
    """Whether one of the ids may stand in a row group."""
    known = file.metadata.row_group(group).column(0).statistics
    if known is None or not known.has_min_max:
        return True
    return bool(((ids >= known.min) & (ids <= known.max)).any())
