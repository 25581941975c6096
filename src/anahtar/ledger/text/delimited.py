"""Delimited text as a sheet: `.csv`, `.tsv`, `.txt`, streamed in bounded memory, no row lost without a word.

The bytes are cut into rows by `text_rows`, which also counts them; `text_cells` has Arrow cut their cells, one block
of whole rows at a time. So every row has the line it stands on, and a row that Arrow refuses is found again.
"""

import codecs
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, Final

import pyarrow as pa
import pyarrow.compute as pc

from anahtar.ledger.options import ReadOptions
from anahtar.ledger.peek import RawRow
from anahtar.ledger.sheet import BrokenRow, Chunk, Counted, Sheet
from anahtar.ledger.text.cells import Cells
from anahtar.ledger.text.encodings import LABELS, Opener, find_encoding, known_encoding
from anahtar.ledger.text.layout import BLANKS, Layout, find_layout, first_rows
from anahtar.ledger.text.rows import BLOCK, Rows, UnableToCutRow, cut_rows
from anahtar.words import Refusal, say

_HEAD: Final = 1 << 20
_LONGEST_FIRST_ROW: Final = 4 << 20
MOST_BROKEN: Final = 50_000
"""Where more rows are broken, and more than one in fifty, not the rows are wrong but the way they are cut."""


class UnableToReadEmptyFile(Refusal):
    """The file has no row with anything in it."""

    def __init__(self, *, file: str) -> None:
        super().__init__(say("{file} is empty: it has no row with anything in it.", file=file))


class UnableToCutCells(Refusal):
    """So many rows are broken that the delimiter, or the file, must be another."""

    def __init__(self, *, file: str, broken: Sequence[BrokenRow], delimiter: str) -> None:
        super().__init__(
            say(
                "{file}: {n} rows cannot be cut into cells at “{delimiter}” (the first on line {line}: {reason}). "
                "Say what parts the cells with --delimiter, or on which line the header stands with --header-row.",
                file=file,
                n=len(broken),
                delimiter=delimiter,
                line=broken[0].row,
                reason=broken[0].reason,
            )
        )


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

    def beginning(self, most: int) -> list[RawRow]:
        """The first rows of the file as they are cut, whatever they are."""
        head = _head(self._open_bytes, self._encoding, file=self._file_name)
        return [RawRow(line, tuple(cells)) for line, cells in islice(first_rows(head, self._layout.delimiter), most)]

    def chunks(self) -> Iterator[Chunk]:
        """The rows after the header, block by block, in file order."""
        counted, dictionaries = Counted(), None
        for rows in self._rows():
            cut = Cells(rows, self._layout, codec_of_rows(self._encoding), self._file_name)
            counted.rows += cut.rows
            columns = cut.columns(dictionaries or [False] * len(self.header))
            if dictionaries is None and cut.rows:
                dictionaries = [_repeats(column) for column in columns]
                columns = [c.dictionary_encode() if d else c for c, d in zip(columns, dictionaries, strict=True)]
            counted.read += len(cut.lines)
            counted.broken += cut.broken
            if len(counted.broken) > max(MOST_BROKEN, counted.rows // 50):
                raise UnableToCutCells(file=self._file_name, broken=counted.broken, delimiter=self.facts["delimiter"])
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
    blocks = _read(open_bytes) if _in_place(encoding) else _as_utf8(_read(open_bytes), encoding, file=file)
    for n, block in enumerate(blocks):
        yield block if n else block.removeprefix(codecs.BOM_UTF8)


def _read(open_bytes: Opener) -> Iterator[bytes]:
    with open_bytes() as stream:
        while block := stream.read(BLOCK):
            yield block


def _as_utf8(blocks: Iterator[bytes], encoding: str, *, file: str) -> Iterator[bytes]:
    decoder, offset = codecs.getincrementaldecoder(encoding)(), 0
    for block in chain(blocks, (b"",)):
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeError:
            raise UnableToDecode(file=file, encoding=encoding, offset=offset) from None
        offset += len(block)
        # A lone half of a surrogate pair is no letter; a question mark in its place is seen.
        yield text.encode("utf-8", errors="replace")


def _head(open_bytes: Opener, encoding: str, *, file: str) -> str:
    """The first rows of a file, whole: a mebibyte of them, and more only where the first row is longer."""
    head = b""
    for block in _blocks(open_bytes, encoding, file=file):
        head += block
        ended = b"\n" in head or b"\r" in head
        if len(head) >= (_HEAD if ended else _LONGEST_FIRST_ROW):
            break
    else:
        return head.decode(codec_of_rows(encoding), errors="replace")
    if not ended:
        raise UnableToCutRow(file=file, line=1, quoted=False, within=_LONGEST_FIRST_ROW)
    end = max(head.rfind(b"\n", 0, _HEAD), head.rfind(b"\r", 0, _HEAD)) + 1
    return head[: end or None].decode(codec_of_rows(encoding), errors="replace")


def codec_of_rows(encoding: str) -> str:
    """The codec of the bytes that rows are cut from: their own, or UTF-8 where that is wider than a byte."""
    return encoding if _in_place(encoding) and encoding != "utf-8-sig" else "utf-8"
