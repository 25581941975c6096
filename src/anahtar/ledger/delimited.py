"""Delimited text as a sheet: `.csv`, `.tsv`, `.txt`, streamed in bounded memory, no row lost without a word.

The bytes are cut into rows by `text_rows`, which also counts them; the cells are cut by Arrow, one block of whole
rows at a time. So every row has the line it stands on, and a row that Arrow refuses is found again by its number.
"""

import codecs
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from anahtar.ledger.encodings import LABELS, Opener, find_encoding, known_encoding
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.sheet import BrokenRow, Chunk, Counted, Sheet
from anahtar.ledger.text_layout import BLANKS, Layout, cut_cells, find_layout
from anahtar.ledger.text_rows import BLOCK, LONGEST_ROW, Places, Rows, cut_rows
from anahtar.words import Message, Refusal, say

_HEAD: Final = 1 << 20
_SHOWN: Final = 200
"""How much of a broken row's text is kept."""


class UnableToReadEmptyFile(Refusal):
    """The file has no row with anything in it."""

    def __init__(self, *, file: str) -> None:
        super().__init__(say("{file} is empty: it has no row with anything in it.", file=file))


class UnableToDecode(Refusal):
    """The file is not written in the encoding it is read in."""

    def __init__(self, *, file: str, encoding: str, offset: int) -> None:
        super().__init__(
            say(
                "{file} is not {encoding}: the bytes near position {offset} are no text in it. "
                "Say the encoding with --encoding.",
                file=file,
                encoding=encoding,
                offset=offset,
            )
        )


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


def open_text(path: Path, options: ReadOptions, *, file_name: str | None = None, opener: Opener | None = None) -> Sheet:
    """Open delimited text as a sheet: its encoding, delimiter and header are found here, its rows read later.

    Parameters
    ----------
    path
        The file as the user named it (inside an archive: the archive).
    options
        Encoding, delimiter and header row of the user's choice win over the evidence.
    file_name
        What problems call the file; its name by default.
    opener
        Opens the bytes where they do not simply stand at `path` (compressed text). Called once per taking.

    Raises
    ------
    Refusal
        UnableToReadText (not text), UnableToReadEmptyFile, UnableToReadColumns, and for options that do not fit
        UnableToFindEncoding, UnableToUseDelimiter, UnableToFindHeaderRow.
    """
    name = file_name or path.name

    def open_bytes() -> BinaryIO:
        return path.open("rb")

    source = opener or open_bytes
    encoding = known_encoding(options.encoding, source) if options.encoding else find_encoding(source, file=name)
    head = _head(source, encoding, file=name)
    layout = find_layout(head, file=name, delimiter=options.delimiter, header_row=options.header_row)
    if not layout.header:
        raise UnableToReadEmptyFile(file=name)
    return TextSheet(path, name, source, encoding, layout)


class TextSheet:
    """A delimited text file: see `Sheet` for what it offers.

    A row with more cells than the header is harmless where the extra ones are empty, and broken otherwise. A row
    with fewer is broken, because a cell lost in its middle would shift the others unseen; but a row of a single cell
    (a note, a total) is read, and where an export leaves out empty cells at the end of its rows as a habit
    (`Layout.trims`), they are read as empty. Rows with nothing but delimiters, blanks and empty quotes are blank.
    """

    def __init__(self, path: Path, file_name: str, open_bytes: Opener, encoding: str, layout: Layout) -> None:
        self._path, self._file_name = path, file_name
        self._open_bytes, self._encoding, self._layout = open_bytes, encoding, layout
        self._counted = Counted()

    @property
    def file(self) -> Path:
        """The file, as the user named it."""
        return self._path

    @property
    def file_name(self) -> str:
        """What problems call the file."""
        return self._file_name

    @property
    def name(self) -> str:
        """Text has no sheets: empty."""
        return ""

    @property
    def header(self) -> Sequence[str]:
        """The header cells; empty strings where there is no header."""
        return self._layout.header

    @property
    def header_row(self) -> int:
        """The line of the header, from 1; 0 where there is none."""
        return self._layout.header_row

    @property
    def facts(self) -> dict[str, str]:
        """How the file is read."""
        layout = self._layout
        return {
            "encoding": LABELS.get(self._encoding, self._encoding),
            "delimiter": {"\t": "tab", BLANKS: "blanks"}.get(layout.delimiter, layout.delimiter),
            "quote": layout.quote,
            "header row": str(layout.header_row),
            "short rows": "filled with empty cells" if layout.trims else "refused",
        }

    def chunks(self) -> Iterator[Chunk]:
        """The rows after the header, block by block, in file order."""
        counted, dictionaries = Counted(), None
        for rows in self._rows():
            cut = _Cut(rows, self._layout, self._encoding, self._file_name)
            counted.rows += cut.rows
            columns = cut.columns(dictionaries or [False] * len(self.header))
            if dictionaries is None and cut.rows:
                dictionaries = [_repeats(column) for column in columns]
                columns = [c.dictionary_encode() if d else c for c, d in zip(columns, dictionaries, strict=True)]
            counted.read += len(cut.lines)
            counted.broken += cut.broken
            if len(cut.lines):
                yield Chunk(pa.array(cut.lines), columns)
        self._counted = counted

    def _rows(self) -> Iterator[Rows]:
        delimiter, quote = self._layout.delimiter.encode(), self._layout.quote.encode()
        blocks = _blocks(self._open_bytes, self._encoding, file=self._file_name)
        for rows in cut_rows(blocks, file=self._file_name, delimiter=delimiter, quote=quote):
            below = rows.after(self.header_row)
            if len(below):
                yield below

    def counted(self) -> Counted:
        """The counts of the last complete taking of `chunks`."""
        return self._counted


def _repeats(column: pa.Array) -> bool:
    """Whether texts repeat so often that each is better kept once: codes and dates, not amounts."""
    sample = column.slice(0, 16_384)
    return len(sample) >= 1_000 and pc.count_distinct(sample).as_py() * 4 < len(sample)


# Bytes ----------------------------------------------------------------------------------------------------------


def _in_place(encoding: str) -> bool:
    """Whether rows can be cut before the letters are known: line ends, delimiters and quotes are ASCII bytes."""
    return encoding in LABELS and not encoding.startswith("utf-16")


def _blocks(open_bytes: Opener, encoding: str, *, file: str) -> Iterator[bytes]:
    """The bytes of a file without its byte order mark, as UTF-8 where its own encoding is wider than a byte."""
    decoder = None if _in_place(encoding) else codecs.getincrementaldecoder(encoding)()
    first, offset = True, 0
    with open_bytes() as stream:
        while block := stream.read(BLOCK):
            if decoder is not None:
                try:
                    text = decoder.decode(block)
                except UnicodeError:
                    raise UnableToDecode(file=file, encoding=encoding, offset=offset) from None
                offset += len(block)
                block = text.encode("utf-8", errors="replace")
            if first and encoding != "cp1252":
                block = block.removeprefix(codecs.BOM_UTF8)
            first = False
            if block:
                yield block


def _head(open_bytes: Opener, encoding: str, *, file: str) -> str:
    """The first rows of a file, whole: a mebibyte of them, and more only where that holds no line end."""
    head, whole = b"", True
    for block in _blocks(open_bytes, encoding, file=file):
        head += block
        if len(head) > LONGEST_ROW or (len(head) >= _HEAD and b"\n" in head):
            whole = False
            break
    if not whole and b"\n" in head[:_HEAD]:
        head = head[: head.rindex(b"\n", 0, _HEAD) + 1]
    return head.decode(_codec(encoding), errors="replace")


def _codec(encoding: str) -> str:
    """The codec of the bytes that `_blocks` gives."""
    return encoding if _in_place(encoding) and encoding != "utf-8-sig" else "utf-8"


# Cells ----------------------------------------------------------------------------------------------------------


class _Cut:
    """The cells of one block of rows, the lines they stand on, and the rows that are broken."""

    def __init__(self, rows: Rows, layout: Layout, encoding: str, file: str) -> None:
        self._all, self._layout, self._codec, self._file = rows, layout, _codec(encoding), file
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
