"""Some lines of a batch and the texts of their keys, read with as little of its files as that takes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from anahtar.ledger.manifest import Manifest
from anahtar.ledger.store.integrity import DamagedBatch
from anahtar.words import say

DICTIONARY_OF: Final = {
    "invoice": ("invoice_id", "invoices"),
    "product": ("product_id", "products"),
    "direction": ("direction_id", "directions"),
    "region": ("region_id", "regions"),
    "salesperson": ("salesperson_id", "salespeople"),
    "currency": ("currency_id", "currencies"),
}
"""What a reader is told -> column of `LINES` with its key, and the dictionary that says its text."""

_SUMMED: Final = ["sold_on", "amount", "cost", "file_id", "row"]

FOUND: Final = pa.schema(
    [
        pa.field("source", pa.int32()),  # place of the month file among those asked
        pa.field("group", pa.int32()),  # row group
        pa.field("at", pa.int64()),  # row in it
        pa.field("sold_on", pa.date32()),
        pa.field("amount", pa.int64()),
        pa.field("cost", pa.int64()),
        pa.field("file_id", pa.int16()),
        pa.field("row", pa.int64()),
    ]
)
"""Where lines stand, and what they are summed and ordered by."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines of one batch are meant.

    Parameters
    ----------
    accounts
        The batch's own account ids and their codes.
    directions
        The batch's own direction ids; None: whatever direction; empty: the lines that name none.
    first, last
        Days, both inside.
    """

    accounts: Mapping[int, str]
    directions: Sequence[int] | None
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class MonthFile:
    """The lines of one month in one batch; `batch` is the place of the batch among the batches of the ledger."""

    batch: int
    folder: Path
    manifest: Manifest
    month: str

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / "lines" / f"{self.month}.parquet"

    def find(self, source: int, wanted: Wanted) -> Iterator[pa.Table]:
        """Say where the wanted lines stand (`FOUND`).

        The column of accounts is read first: a row group without the account costs nothing more.
        """
        ids = pa.array(wanted.accounts, pa.int32())
        with _opened(self.manifest.batch, self.folder, self.path) as file:
            for group in range(file.num_row_groups):
                owners = file.read_row_group(group, columns=["account_id"], use_threads=False)["account_id"]
                rows = pc.indices_nonzero(pc.is_in(owners, value_set=ids))
                if not len(rows):
                    continue
                columns = _SUMMED if wanted.directions is None else [*_SUMMED, "direction_id"]
                lines = file.read_row_group(group, columns=columns, use_threads=False).take(rows)
                kept = _kept(lines, wanted)
                size = kept.num_rows
                places = {"source": [source] * size, "group": [group] * size}
                yield pa.table({**places, "at": rows.take(_places(lines, wanted)), **_columns(kept)}, FOUND)

    def read(self, group: int, rows: pa.Array, columns: Sequence[str]) -> pa.Table:
        """Read columns of some rows of a row group."""
        with _opened(self.manifest.batch, self.folder, self.path) as file:
            return file.read_row_group(group, columns=[*columns], use_threads=False).take(rows)


def _columns(lines: pa.Table) -> Mapping[str, pa.ChunkedArray]:
    return {name: lines[name] for name in _SUMMED}


def _kept(lines: pa.Table, wanted: Wanted) -> pa.Table:
    return lines.take(_places(lines, wanted))


def _places(lines: pa.Table, wanted: Wanted) -> pa.Array:
    raise NotImplementedError
