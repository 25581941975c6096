"""Sheets written down in tests: text as a person types it, or native cells, cut into chunks of any size."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from anahtar.ledger.intake.reading import read_sheets
from anahtar.ledger.manifest import Draft
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.sheet import BrokenRow, Chunk, Counted


class Written:
    """A sheet of given columns; `counted_rows` lets it count wrongly on purpose."""

    def __init__(
        self,
        folder: Path,
        header: Sequence[str],
        columns: Sequence[pa.Array],
        *,
        size: int = 1000,
        name: str = "ledger.csv",
        broken: Sequence[BrokenRow] = (),
        counted_rows: int | None = None,
    ) -> None:
        self.file = folder / name
        self.file.write_text("stands for the file\n", encoding="utf-8")
        self.file_name, self.name, self.header, self.header_row, self.facts = name, "", header, 1, {}
        self._columns, self._size, self._broken, self._rows = columns, size, list(broken), counted_rows

    def chunks(self) -> Iterator[Chunk]:
        length = len(self._columns[0])
        for start in range(0, length, self._size):
            cut = [column.slice(start, self._size) for column in self._columns]
            rows = np.arange(start, start + len(cut[0]), dtype=np.int64) + 2
            yield Chunk(pa.array(rows), cut)

    def counted(self) -> Counted:
        read = len(self._columns[0])
        rows = read + len(self._broken) if self._rows is None else self._rows
        return Counted(rows, read, self._broken)


def written(folder: Path, text: str, *, size: int = 1000, name: str = "ledger.csv") -> Written:
    """A sheet of text cells from lines of cells parted by `|`, the header first; an empty cell is null."""
    header, *rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    columns = [pa.array([cell or None for cell in column], pa.string()) for column in zip(*rows, strict=True)]
    return Written(folder, header, columns, size=size, name=name)


def read(sheet: Written | Sequence[Written], folder: Path, **options: object) -> Draft:
    """Read sheets with options into `folder / "batch"`."""
    sheets = sheet if isinstance(sheet, list) else [sheet]
    return read_sheets(sheets, ReadOptions(**options), folder / "batch", lambda stage, done, total: None)
