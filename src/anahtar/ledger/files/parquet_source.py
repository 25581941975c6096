"""Parquet as a sheet: one file, or a folder of files with one schema, its `key=value` folders read as columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from anahtar.ledger.peek import RawRow
from anahtar.ledger.sheet import Chunk, Counted
from anahtar.words import Message, Refusal, say

_ROWS: Final = 1 << 16
_NO_VALUE: Final = "__HIVE_DEFAULT_PARTITION__"
_Input: TypeAlias = "Path | BytesIO"


class UnableToReadParquet(Refusal):
    """The Parquet file is damaged, or its columns are of no kind a ledger has."""

    def __init__(self, *, file: str, reason: Message) -> None:
        super().__init__(say("{file} cannot be read as Parquet: {reason}.", file=file, reason=reason))


@dataclass
class ParquetSheet:
    """One Parquet file or a folder of them (a `Sheet`); rows are counted through all files, from 1."""

    file: Path
    file_name: str
    parts: Sequence[Path]
    content: bytes | None = None
    facts: dict[str, str] = field(default_factory=lambda: {"format": "parquet"})
    name: str = ""
    header_row: int = 0
    _counted: Counted = field(default_factory=Counted)

    def __post_init__(self) -> None:
        """Look at all footers now, so that a damaged or foreign file is refused before any row is read."""
        self.facts |= {"files": str(len(self.parts))} if len(self.parts) > 1 else {}
        left_out = [f"{kind.name} ({kind.type})" for kind in self._schema if not _is_plain(kind.type)]
        if left_out:
            self.facts["columns not read"] = ", ".join(left_out)
        if not self.header:
            raise UnableToReadParquet(file=self.file_name, reason=say("it has no columns a ledger can use"))

    @property
    def header(self) -> Sequence[str]:
        """The columns of all files, then the keys of the folders."""
        plain = [kind.name for kind in self._schema if _is_plain(kind.type)]
        return [*plain, *(key for key in self._keys if key not in plain)]

    def beginning(self, most: int) -> list[RawRow]:
        """Nothing: the columns of Parquet have names."""
        return []

    def chunks(self) -> Iterator[Chunk]:
        """The rows of all files in the order of their names."""
        self._counted = Counted()
        for part in self.parts:
            yield from self._chunks_of(part)

    def counted(self) -> Counted:
        """Rows by the files' footers against rows delivered."""
        return self._counted

    def _chunks_of(self, part: Path) -> Iterator[Chunk]:
        try:
            # Checksums are verified where the writer left some: one flipped bit is a wrong sum otherwise.
            with pq.ParquetFile(self._input(part), page_checksum_verification=True) as file:
                self._counted.rows += file.metadata.num_rows
                for batch in file.iter_batches(_ROWS):
                    yield self._chunk(batch, part)
        except (pa.ArrowException, OSError, ValueError) as broken:
            raise UnableToReadParquet(file=self._named(part), reason=say("it is damaged")) from broken

    def _chunk(self, batch: pa.RecordBatch, part: Path) -> Chunk:
        first = self._counted.read + 1
        self._counted.read += batch.num_rows
        keys = _keys_of(part, self.file)
        columns = []
        for name in self.header:
            if name in batch.schema.names:
                columns.append(_plain(batch.column(name), self._schema.field(name).type))
            else:
                key = keys.get(name) if name in self._keys else None
                columns.append(pa.repeat(pa.scalar(key, pa.string()), batch.num_rows))
        return Chunk(pa.array(range(first, first + batch.num_rows), pa.int64()), columns)

    @cached_property
    def _schema(self) -> pa.Schema:
        """What the files have in common: a whole number in one and a fraction in another is a fraction in both."""
        schemas = [_storable(self._read_schema(part)) for part in self.parts]
        try:
            return pa.unify_schemas(schemas, promote_options="permissive")
        except (pa.ArrowException, ValueError) as broken:
            raise UnableToReadParquet(
                file=self.file_name, reason=say("its files have columns of the same name and different kinds")
            ) from broken

    def _read_schema(self, part: Path) -> pa.Schema:
        try:
            schema = pq.read_schema(self._input(part))
        except (pa.ArrowException, OSError, ValueError) as broken:
            raise UnableToReadParquet(file=self._named(part), reason=say("it is damaged")) from broken
        if len(set(schema.names)) < len(schema.names):
            raise UnableToReadParquet(file=self._named(part), reason=say("two of its columns have the same name"))
        return schema

    @cached_property
    def _keys(self) -> Sequence[str]:
        return sorted({key for part in self.parts for key in _keys_of(part, self.file)})

    def _input(self, part: Path) -> _Input:
        return part if self.content is None else BytesIO(self.content)

    def _named(self, part: Path) -> str:
        return self.file_name if part == self.file else f"{self.file_name}/{part.relative_to(self.file)}"


def open_parquet(
    path: Path, parts: Sequence[Path] = (), *, file_name: str | None = None, content: bytes | None = None
) -> ParquetSheet:
    """Open a Parquet file, or the `parts` below the folder `path` as one table.

    Raises
    ------
    UnableToReadParquet
        A file is damaged, the files do not fit together, or there is no column of a plain kind.
    """
    return ParquetSheet(path, file_name or path.name, sorted(parts) or [path], content)


def _keys_of(part: Path, root: Path) -> dict[str, str | None]:
    if part == root:
        return {}
    pairs = [folder.partition("=") for folder in part.relative_to(root).parts[:-1] if "=" in folder]
    return {unquote(key): None if value == _NO_VALUE else unquote(value) for key, _, value in pairs}


def _is_plain(kind: pa.DataType) -> bool:
    return not (pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind))


def _storable(schema: pa.Schema) -> pa.Schema:
    return pa.schema([pa.field(kind.name, _chunk_type(kind.type)) for kind in schema])


def _chunk_type(kind: pa.DataType) -> pa.DataType:
    """The kind a chunk holds for a stored kind."""
    value = kind.value_type if pa.types.is_dictionary(kind) else kind
    if pa.types.is_integer(value) and value != pa.uint64():
        return pa.int64()
    if pa.types.is_floating(value):
        return pa.float64()
    if pa.types.is_date(value):
        return pa.date32()
    if pa.types.is_timestamp(value):
        return pa.timestamp("us")
    if pa.types.is_boolean(value) or pa.types.is_decimal(value) or not _is_plain(value):
        return value
    return pa.string()


def _plain(column: pa.Array, kind: pa.DataType) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type) and column.type.tz is not None:
        column = pc.local_timestamp(column)  # the day in the ledger's own zone, not in UTC
    if pa.types.is_decimal(kind) or pa.types.is_floating(kind) or not pa.types.is_timestamp(kind):
        return column.cast(kind)
    return column.cast(kind, safe=False)  # nanoseconds are no part of a sale
