"""The cells of rows of delimited text: cut by Arrow, and by hand where a row is not like the others."""

import re
from typing import Final, cast

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from anahtar.ledger.sheet import BrokenRow
from anahtar.ledger.text.encodings import LABELS
from anahtar.ledger.text.layout import BLANKS, Layout, cut_cells
from anahtar.ledger.text.rows import Places, Rows
from anahtar.words import Message, Refusal, say

_SHOWN: Final = 1_000
"""How much of a broken row's text is kept."""


class UnableToCountRows(Refusal):
    """The reader found other rows than the count of the bytes; nothing of such a file is believed."""

    def __init__(self, *, file: str, first: int, last: int, counted: int, read: int) -> None:
        super().__init__(
            say(
                "{file} cannot be read safely: lines {first} to {last} hold {counted} rows by their bytes and {read} "
                "by their cells. Look for stray quotes there, or export the file again.",
                file=file,
                first=first,
                last=last,
                counted=counted,
                read=read,
            )
        )


class Cells:
    """The cells of one block of rows, the lines they stand on, and the rows that are broken."""

    def __init__(self, rows: Rows, layout: Layout, codec: str, file: str) -> None:
        self._all, self._layout, self._codec, self._file = rows, layout, codec, file
        blank = rows.blank(layout.delimiter.encode(), layout.quote.encode())
        self._kept: Places = np.delete(np.arange(len(rows)), blank)
        self.rows = len(self._kept)
        self.broken: list[BrokenRow] = []
        self.lines: Places = rows.lines[self._kept]

    def columns(self, dictionaries: list[bool]) -> list[pa.Array]:
        """The cells column by column, as long as `lines`, which then leave the broken rows out."""
        self._set_aside(self._all.stray.tolist(), say("a quote in it opens a cell that runs into the next line"))
        table, odd = self._read(dictionaries, {})
        if self._layout.trims and (filled := self._filled(odd)):
            table, odd = self._read(dictionaries, filled)
        if table.num_rows + len(odd) != len(self._kept):
            first, last = (int(self._all.lines[i]) for i in (0, -1))
            read = table.num_rows + len(odd)
            raise UnableToCountRows(file=self._file, first=first, last=last, counted=len(self._kept), read=read)
        columns = [pa.concat_arrays(c.chunks) if c.num_chunks != 1 else c.chunk(0) for c in table.columns]
        columns = self._with_odd(columns, odd) if odd else columns
        self.lines = self._all.lines[self._kept]
        self.broken.sort(key=lambda row: row.row)
        return columns

    def _read(self, dictionaries: list[bool], filled: dict[int, int]) -> tuple[pa.Table, dict[int, int]]:
        data = self._utf8(filled)
        if self._layout.delimiter == BLANKS:
            data = _squeezed(data)
        return _read_cells(data, dictionaries, self._layout)

    def _filled(self, odd: dict[int, int]) -> dict[int, int]:
        """Rows that are short because the export leaves out empty cells -> how many it left out."""
        rows = {int(self._kept[place]): self._layout.needed - cells for place, cells in odd.items()}
        return {i: missing for i, missing in rows.items() if missing > 0 and not self._may_be_cut_off(i)}

    def _utf8(self, filled: dict[int, int]) -> bytes:
        """The rows that are kept as UTF-8, those to be filled with the cells they lack."""
        data = self._joined(filled)
        if data.isascii():
            return data
        try:
            text = data.decode(self._codec)
        except UnicodeDecodeError:
            self._set_undecodable_aside()
            data = self._joined(filled)
            text = data.decode(self._codec)
        return data if self._codec == "utf-8" else text.encode()

    def _joined(self, filled: dict[int, int]) -> bytes:
        rows, delimiter = self._all, self._layout.delimiter.encode()
        if filled:
            missing = (filled.get(i, 0) for i in self._kept.tolist())
            return b"".join(
                rows.text(i) + delimiter * n + b"\n" for i, n in zip(self._kept.tolist(), missing, strict=True)
            )
        if len(self._kept) == len(rows):
            return rows.data
        return b"".join(rows.data[rows.starts[i] : rows.ends[i]] for i in self._kept.tolist())

    def _set_undecodable_aside(self) -> None:
        bad = [i for i in self._kept.tolist() if not _decodes(self._all.text(i), self._codec)]
        reason = say("has bytes that are no text in {encoding}", encoding=LABELS.get(self._codec, self._codec))
        self._set_aside(bad, reason)

    def _set_aside(self, rows: list[int], reason: Message) -> None:
        for i in rows:
            self._break(i, reason)
        self._kept = np.setdiff1d(self._kept, rows) if rows else self._kept

    def _break(self, i: int, reason: Message) -> None:
        text = self._all.text(i).decode(self._codec, errors="replace")
        self.broken.append(BrokenRow(int(self._all.lines[i]), text[:_SHOWN], reason))

    def _with_odd(self, columns: list[pa.Array], odd: dict[int, int]) -> list[pa.Array]:
        """Put rows of another width back in their places where that is harmless, else list them as broken."""
        places = list(odd)
        regular = np.delete(self._kept, places)
        repaired: dict[int, list[str]] = {}
        for i in self._kept[places].tolist():
            cells = self._cells(i)
            if self._harmless(cells, i):
                repaired[i] = (cells + [""] * len(columns))[: len(columns)]
            else:
                n, expected = len(cells), self._layout.needed
                self._break(
                    i, say("{n} cell instead of {expected}", "{n} cells instead of {expected}", n=n, expected=expected)
                )
        self._kept = np.sort(np.concatenate((regular, np.array(list(repaired), dtype=np.int64))))
        if not repaired:
            return columns
        order = pa.array(np.argsort(np.concatenate((regular, list(repaired))), kind="stable"))
        added = zip(*repaired.values(), strict=True)
        return [
            pa.concat_arrays([_plain(column), pa.array([cell or None for cell in cells], pa.string())]).take(order)
            for column, cells in zip(columns, added, strict=True)
        ]

    def _cells(self, i: int) -> list[str]:
        text = self._all.text(i).decode(self._codec)
        text = text.strip(" \t") if self._layout.delimiter == BLANKS else text
        return cut_cells(text, self._layout.delimiter, self._layout.quote)

    def _harmless(self, cells: list[str], i: int) -> bool:
        width, needed = len(self._layout.header), self._layout.needed
        if len(cells) >= needed:
            return not any(cell.strip() for cell in cells[width:])
        return not self._may_be_cut_off(i) and not any(cell.strip() for cell in cells[1:])

    def _may_be_cut_off(self, i: int) -> bool:
        """Whether it is a last row without its line end, perhaps cut off in the middle of a number."""
        return self._all.torn and i == len(self._all) - 1


def _plain(column: pa.Array) -> pa.Array:
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def _decodes(text: bytes, codec: str) -> bool:
    try:
        text.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _squeezed(data: bytes) -> bytes:
    """Rows parted by runs of blanks, with single blanks and none at the ends of a row."""
    return re.sub(rb"[ \t]*([\r\n]+)[ \t]*", rb"\1", re.sub(rb"[ \t]+", b" ", data)).strip(b" ")


def _read_cells(data: bytes, dictionaries: list[bool], layout: Layout) -> tuple[pa.Table, dict[int, int]]:
    """Cut rows into cells of text; rows with another number of cells by their place (from 0) and that number."""
    odd: dict[int, int] = {}

    def skip(row: arrow_csv.InvalidRow) -> str:
        odd[row.number - 1] = row.actual_columns
        return "skip"

    names = [f"c{i}" for i in range(len(dictionaries))]
    text, codes = pa.string(), pa.dictionary(pa.int32(), pa.string())
    if not data:
        return pa.table({name: pa.array([], text) for name in names}), odd
    quoted = layout.quote.encode() in data
    table = arrow_csv.read_csv(
        pa.py_buffer(data),
        # One thread and one block: Arrow numbers the rows it refuses only when it reads them in order.
        read_options=arrow_csv.ReadOptions(use_threads=False, column_names=names, block_size=len(data) + 1),
        parse_options=arrow_csv.ParseOptions(
            delimiter=layout.delimiter,
            quote_char=layout.quote if quoted else False,
            newlines_in_values=quoted,
            invalid_row_handler=skip,
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types={name: codes if d else text for name, d in zip(names, dictionaries, strict=True)},
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
            check_utf8=False,
        ),
    )
    return cast(pa.Table, table), odd
