"""Tables kept in the order of one column, so that the rows of one account are read without the others."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

Key: TypeAlias = int | str


@dataclass(frozen=True, slots=True)
class Shelf:
    """A Parquet file whose rows stand in the order of a column.

    Parameters
    ----------
    path
        The file.
    column
        What the rows are in the order of.
    starts
        The first value of each row group.
    """

    path: Path
    column: str
    starts: Sequence[Key]

    @classmethod
    def fill(cls, path: Path, table: pa.Table, column: str, *, rows: int) -> "Shelf":
        """Write a table, `rows` to a row group; rows of one value keep the order they have."""
        ordered = table.take(pc.sort_indices(table, sort_keys=[(column, "ascending")]))
        pq.write_table(ordered, path, row_group_size=rows, compression="lz4", write_page_checksum=True)
        return cls(path, column, [ordered[column][at].as_py() for at in range(0, table.num_rows, rows)])

    def all(self) -> pa.Table:
        """Every row."""
        with pq.ParquetFile(self.path, page_checksum_verification=True) as file:
            return file.read()

    def of(self, keys: Collection[Key]) -> pa.Table:
        """The rows of some values of the column."""
        groups = sorted({group for key in keys for group in self._groups(key)})
        told = self.path.stat()
        footer = _footer(self.path, (told.st_mtime_ns, told.st_size, told.st_ino))
        with pq.ParquetFile(self.path, metadata=footer, page_checksum_verification=True) as file:
            table = file.read_row_groups(groups, use_threads=False)
        return table.filter(pc.is_in(table[self.column], value_set=pa.array(keys, table[self.column].type)))

    def _groups(self, key: Key) -> range:
        """The row groups that may hold a value: it can begin at the end of the one before."""
        return range(max(bisect_left(self.starts, key) - 1, 0), bisect_right(self.starts, key))


@lru_cache(maxsize=8)
def _footer(path: Path, version: tuple[int, ...]) -> pq.FileMetaData:
    """Read where the columns of every row group lie: once for each file, it takes longer than the rows of an account.

    Parameters
    ----------
    version
        What a file of the same name written later differs in; it is read anew.
    """
    return pq.read_metadata(path)
