"""One Arrow table and a few plain values in one file, sealed: the table is mapped into memory, not read.

The file is an Arrow IPC file, uncompressed, which any Arrow program opens. Its schema carries the plain values as JSON
and the SHA-256 of the whole file; where the digest itself stands, it was reckoned with `_BLANK`.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from anahtar.ledger.store import durable

_TOLD, _SEAL = b"anahtar", b"sha256"
_BLANK: Final = b"the seal of this file stands here once all of it is written down"


class BrokenSeal(Exception):
    """The file is missing, damaged, or of another kind or version."""


def write(table: pa.Table, told: Mapping[str, Any], file: Path) -> None:
    """Write or replace a file: readers see the old one or the new one, and who mapped the old one keeps it."""
    content = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    marked = table.replace_schema_metadata({_TOLD: content, _SEAL: _BLANK})
    sink = pa.BufferOutputStream()
    # One batch: a chunk is then a whole column.
    with pa.ipc.new_file(sink, marked.schema) as writer:
        writer.write_table(marked.combine_chunks(), max_chunksize=max(table.num_rows, 1))
    _replace(file, _sealed(memoryview(sink.getvalue())))


def read(file: Path, *, verify: bool = True) -> tuple[pa.Table, Mapping[str, Any]]:
    """Map a file into memory.

    Parameters
    ----------
    file
        Where `write` put it.
    verify
        Reckon the digest, which reads all of the file once.

    Raises
    ------
    BrokenSeal
        It is not what was written.
    """
    try:
        with pa.memory_map(str(file)) as mapped:
            content = mapped.read_buffer()
            if verify and not _is_whole(memoryview(content)):
                raise BrokenSeal(f"{file} was changed")
            table = pa.ipc.open_file(content).read_all()
        metadata = table.schema.metadata or {}
        return table.replace_schema_metadata(None), json.loads(metadata[_TOLD])
    except (OSError, pa.ArrowException, LookupError, ValueError) as error:
        raise BrokenSeal(str(error)) from error


def _sealed(content: memoryview) -> list[bytes | memoryview]:
    first, last = _ends(content, _BLANK)
    seal = _digest(content, first, last).encode()
    width = len(_BLANK)
    return [content[:first], seal, content[first + width : last], seal, content[last + width :]]


def _is_whole(content: memoryview) -> bool:
    seal: bytes = pa.ipc.open_file(pa.py_buffer(content)).schema.metadata[_SEAL]
    first, last = _ends(content, seal)
    return _digest(content, first, last).encode() == seal


def _ends(content: memoryview, seal: bytes) -> tuple[int, int]:
    """Where the seal stands in the schema at the file's head and in its copy at the end.

    Looked for near both ends only: a name in the middle of the table may be called anything.
    """
    head, tail = bytes(content[:_SCHEMA]), bytes(content[-_SCHEMA:])
    return head.index(seal), len(content) - len(tail) + tail.rindex(seal)


_SCHEMA: Final = 1 << 24
"""Bytes at either end among which the schema is, with the names of a hundred thousand directions."""


def _digest(content: memoryview, first: int, last: int) -> str:
    width = len(_BLANK)
    digest = hashlib.sha256(content[:first])
    digest.update(_BLANK)
    digest.update(content[first + width : last])
    digest.update(_BLANK)
    digest.update(content[last + width :])
    return digest.hexdigest()


def _replace(file: Path, parts: list[bytes | memoryview]) -> None:
    # A name of its own: two processes may answer the same question at once, and either answer is right.
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".unfinished")
    try:
        with os.fdopen(handle, "wb") as written:
            written.writelines(parts)
            written.flush()
            os.fsync(written.fileno())
        os.replace(name, file)
    except BaseException:
        os.unlink(name)
        raise
    durable.sync(file.parent)
