"""A table as it stands in a file, before anybody knows what its columns mean.

Every source (delimited text, workbook, Parquet) offers its tables as a `Sheet`; the reading pipeline
(`anahtar.ledger.intake.reading`) knows nothing of file formats beyond this.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from anahtar.ledger.peek import RawRow
from anahtar.words import Message


@dataclass(frozen=True, slots=True)
class Native:
    """The cells of a mixed column that were no text, each array as long as the chunk and null elsewhere.

    A numeric cell 234.567 and a text cell "234.567" (which may be two hundred thousand) look alike as text, so a
    reader of numbers takes `numbers` where it is not null, a reader of dates `moments`, and only then the text.

    Parameters
    ----------
    numbers
        double.
    moments
        timestamp[ms].
    """

    numbers: pa.Array
    moments: pa.Array


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a sheet, in file order.

    Parameters
    ----------
    rows
        int64, one per row: the row as a person counts it in the file (a workbook's row number; in delimited
        text the line number on which the row begins), from 1.
    columns
        One array per column of the sheet, header order, all as long as `rows`. Text cells are `string` (or
        dictionary-encoded string), native cells of workbooks and Parquet are `double`, `int64`, `decimal`,
        `bool`, `date32` or `timestamp`. An empty cell is null.
        A column in which kinds are mixed arrives as `string`: text as it stands, numbers and dates as codes are
        written (17850, 0.1, 2025-12-31), error cells as their name (#REF!).
    mixed
        Position of such a column -> its native cells.
    """

    rows: pa.Array
    columns: Sequence[pa.Array]
    mixed: Mapping[int, Native] = field(default_factory=dict)

    def take(self, places: pa.Array) -> "Chunk":
        """Some rows of the chunk, by their place in it."""
        mixed = {
            column: Native(native.numbers.take(places), native.moments.take(places))
            for column, native in self.mixed.items()
        }
        return Chunk(self.rows.take(places), [cells.take(places) for cells in self.columns], mixed)

    def typed_numbers(self, place: int) -> pa.Array:
        """The cells of a column that are numbers only as far as their text can be read; native numbers are left out."""
        native = self.mixed.get(place)
        return self.columns[place] if native is None else _where_empty(native.numbers, self.columns[place])

    def typed_dates(self, place: int) -> pa.Array:
        """The cells of a column that are dates only as far as their text can be read; native cells are left out."""
        native = self.mixed.get(place)
        if native is None:
            return self.columns[place]
        return _where_empty(native.moments, _where_empty(native.numbers, self.columns[place]))


def _where_empty(native: pa.Array, cells: pa.Array) -> pa.Array:
    return pc.if_else(native.is_null(), cells, pa.nulls(len(cells), cells.type))


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row the source could not cut into cells (too many, too few, a cell too long): it is refused, and listed."""

    row: int
    text: str
    reason: Message


@dataclass(slots=True)
class Counted:
    """What a source knows once all chunks were taken.

    Parameters
    ----------
    rows
        Rows after the header that are not blank, by a count that shares no code with the reader (bytes of the file).
    read
        Rows delivered in chunks.
    broken
        Rows that could not be cut into cells; `rows == read + len(broken)` or the run fails.
    """

    rows: int = 0
    read: int = 0
    broken: list[BrokenRow] = field(default_factory=list)


class Sheet(Protocol):
    """One table of one file."""

    @property
    def file(self) -> Path:
        """The file, as the user named it (inside an archive: the archive)."""

    @property
    def file_name(self) -> str:
        """What problems call the file: its name, and the member where it came out of an archive."""

    @property
    def name(self) -> str:
        """The sheet's name; empty for text and Parquet."""

    @property
    def header(self) -> Sequence[str]:
        """The header cells as they stand (merged and two-line headers joined by a space); empty string for none."""

    @property
    def header_row(self) -> int:
        """The row of the header, counted from 1; 0 where the file has none (Parquet)."""

    @property
    def facts(self) -> dict[str, str]:
        """How the sheet was read, for the manifest and the method page: encoding, delimiter, sheet, title rows."""

    def beginning(self, most: int) -> Sequence[RawRow]:
        """The first rows that hold anything, titles and header among them; none where columns have names anyway."""

    def chunks(self) -> Iterator[Chunk]:
        """The rows after the header. May be taken more than once; every taking starts at the first row."""

    def counted(self) -> Counted:
        """The counts of the last complete taking of `chunks`."""


def whole_header(sheet: Sheet, chunk: Chunk) -> list[str]:
    """The header, as wide as the rows: columns behind its last cell have none, and may hold figures all the same."""
    return [*sheet.header, *[""] * (len(chunk.columns) - len(sheet.header))]
