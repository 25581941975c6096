"""The files of a batch in its staging folder: lines by month, rows set aside, problems; and their checksums."""

import os
from collections.abc import Iterable, Iterator
from hashlib import file_digest
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from anahtar.ledger.manifest import Part
from anahtar.ledger.schema import LINES

Days: TypeAlias = npt.NDArray[np.int32]

ROW_GROUP: Final = 122_880
"""Rows after which a month is written out; the size DuckDB gives one thread."""

WAITING: Final = 300_000
"""Rows that may wait in memory, all months together, about 90 bytes each."""

_LOW: Final = [
    *("product_id", "direction_id", "region_id", "site_id", "salesperson_id", "currency_id", "file_id", "sold_on"),
    "quantity",
]
_PRUNED: Final = ["account_id", "sold_on"]
"""Columns that readers filter by."""

_ENCODED: Final = {
    "row": "DELTA_BINARY_PACKED",
    "invoice_id": "DELTA_BINARY_PACKED",
    "account_id": "BYTE_STREAM_SPLIT",
    "amount": "BYTE_STREAM_SPLIT",
    "cost": "BYTE_STREAM_SPLIT",
    "own_amount": "BYTE_STREAM_SPLIT",
}
"""Numbers of eight bytes of which most are zero: parted byte by byte, LZ4 makes of them what costs Zstandard twice
the time (measured: as large as Zstandard on plain numbers, written and read in half the time)."""


class MonthFiles:
    """Writes lines into one Parquet file per month, whatever order they come in, in bounded memory.

    A month is written when it has a row group together. Where many months wait at once (a ledger sorted by customer
    has a few lines of all 240 months in every chunk), the largest is written first when `WAITING` is reached.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._writers: dict[int, pq.ParquetWriter] = {}
        self._waiting: dict[int, list[pa.RecordBatch]] = {}
        self._rows: dict[int, int] = {}

    def add(self, lines: pa.RecordBatch, days: Days) -> None:
        """Take lines (schema `LINES`) and their days, row by row the same."""
        for month, batch in _by_month(lines, days):
            self._waiting.setdefault(month, []).append(batch)
            self._rows[month] = self._rows.get(month, 0) + batch.num_rows
            if self._rows[month] >= ROW_GROUP:
                self._write(month)
        while sum(self._rows.values()) > WAITING:
            self._write(max(self._rows, key=self._rows.__getitem__))

    def _write(self, month: int) -> None:
        table = pa.Table.from_batches(self._waiting.pop(month), LINES)
        self._writer(month).write_table(table, row_group_size=2 * ROW_GROUP)
        del self._rows[month]

    def _writer(self, month: int) -> pq.ParquetWriter:
        if month not in self._writers:
            name = f"{np.datetime64(month, 'M')}.parquet"
            self._writers[month] = pq.ParquetWriter(
                self._folder / name,
                LINES,
                compression="lz4",
                use_dictionary=_LOW,
                column_encoding=_ENCODED,
                write_statistics=_PRUNED,
                write_page_checksum=True,
            )
        return self._writers[month]

    def close(self) -> None:
        """Write what still waits, and every file's footer."""
        for month in list(self._waiting):
            self._write(month)
        for writer in self._writers.values():
            writer.close()


def _by_month(lines: pa.RecordBatch, days: Days) -> Iterator[tuple[int, pa.RecordBatch]]:
    if not len(days):
        return
    first, last = int(days.min()), int(days.max())
    # The calendar is asked once per day between the first and the last, not once per line.
    calendar = np.arange(first, last + 1).astype("datetime64[D]").astype("datetime64[M]").astype(np.int32)
    if calendar[0] == calendar[-1]:
        yield int(calendar[0]), lines
        return
    months = calendar[days - first]
    changes = np.diff(months)
    if changes.min() >= 0:
        yield from _slices(lines, months, np.flatnonzero(changes) + 1)
        return
    order = np.argsort(months, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(months[order])) + 1):
        yield int(months[rows[0]]), lines.take(pa.array(rows))


def _slices(lines: pa.RecordBatch, months: Days, borders: npt.NDArray[np.intp]) -> Iterator[tuple[int, pa.RecordBatch]]:
    """Cut lines that are already in the order of their months."""
    for start, end in pairwise([0, *borders.tolist(), len(months)]):
        cut = lines.slice(start, end - start)
        # Copied: a slice that waits for its month to fill would keep its whole chunk in memory.
        copies = [pa.concat_arrays([column, column.slice(0, 0)]) for column in cut.columns]
        yield int(months[start]), pa.RecordBatch.from_arrays(copies, schema=LINES)


def fingerprints(staging: Path) -> tuple[Part, ...]:
    """Make every file of the batch durable, read it back, and say its SHA-256, rows and sum of amounts.

    The rows and amounts are those of the written files, read with their page checksums verified; nothing that was
    counted while writing goes in. So they are one side of the reconciliation.
    """
    parts = tuple(_part(staging, path) for path in sorted(staging.rglob("*.parquet")))
    for folder in [staging, *(path for path in sorted(staging.rglob("*")) if path.is_dir())]:
        _sync(folder)
    return parts


def _part(staging: Path, path: Path) -> Part:
    _sync(path)
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    rows, amount = _rows_and_amount(path)
    return Part(path.relative_to(staging).as_posix(), path.stat().st_size, digest, rows, amount)


def _rows_and_amount(path: Path) -> tuple[int, int]:
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        if "amount" not in file.schema_arrow.names:
            return file.metadata.num_rows, 0
        sums = [exact_sum(batch.column(0)) for batch in file.iter_batches(65_536, columns=["amount"])]
        return file.metadata.num_rows, sum(sums)


def exact_sum(amounts: pa.Array) -> int:
    """The sum of whole numbers, nulls as nothing; the Decimal type cannot run over where int64 can."""
    if not len(amounts) or amounts.null_count == len(amounts):
        return 0
    edges = pc.min_max(amounts).as_py()
    if max(abs(edges["min"]), abs(edges["max"])) <= 2**62 // len(amounts):
        return int(pc.sum(amounts).as_py())
    return sum(amounts.drop_null().to_pylist())


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


class TableFile:
    """A Parquet file that grows by tables: rows set aside, problems."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._schema = schema
        self._writer = pq.ParquetWriter(path, schema, compression="zstd", compression_level=1, write_page_checksum=True)
        self._waiting: list[pa.Table] = []
        self._rows = 0

    def add(self, tables: Iterable[pa.Table]) -> None:
        """Take rows; they are written when a row group is together."""
        for table in tables:
            self._waiting.append(table)
            self._rows += table.num_rows
        if self._rows >= ROW_GROUP // 4:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(pa.concat_tables(self._waiting).cast(self._schema))
        self._waiting, self._rows = [], 0

    def close(self) -> None:
        """Write what still waits, and the footer."""
        self._flush()
        self._writer.close()
