"""Ledger-wide keys: the same customer in two batches is one account, told by its code."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

KEYS: Final = pa.schema([("id", pa.int32()), ("key", pa.int32())])
"""A batch's own ids and the keys of the ledger they stand for."""


@dataclass(slots=True)
class Keys:
    """Codes in the order the batches brought them, each batch's new ones sorted.

    So a later batch only adds keys behind the earlier ones, and the facts of earlier months stay valid. The order
    of the codes themselves, by which ties are broken, is applied when facts are read (`order`).
    """

    codes: dict[str, int] = field(default_factory=dict)

    def take(self, dictionary: pa.Table) -> pa.Table:
        """Give every code of one batch a key; returns the batch's table of id and key."""
        codes = dictionary["code"].to_pylist()
        for code in sorted(codes):
            self.codes.setdefault(code, len(self.codes))
        keys = pa.array([self.codes[code] for code in codes], pa.int32())
        return pa.table({"id": dictionary["id"].cast(pa.int32()), "key": keys}, KEYS)

    def order(self) -> pa.Table:
        """Every key with its place in the order of codes, from 0."""
        keys = [self.codes[code] for code in sorted(self.codes)]
        return pa.table({"key": pa.array(keys, pa.int32()), "id": pa.array(range(len(keys)), pa.int32())})


def is_identity(table: pa.Table, left: str, right: str) -> bool:
    """Whether two key columns say the same on every row, so that no join is needed."""
    return bool(table[left].equals(table[right]))


def fingerprint(mapping: pa.Table) -> str:
    """A short digest of a mapping: facts built with another one are not reused."""
    digest = sha256()
    for column in mapping.columns:
        digest.update(column.to_numpy().tobytes())
    return digest.hexdigest()[:16]


def dictionary(batch: Path, name: str) -> pa.Table:
    """One dictionary of a batch (id, code, …), or its like without rows where the ledger has no such column."""
    path = batch / "dictionaries" / f"{name}.parquet"
    if not path.exists():
        return pa.table({"id": pa.array([], pa.int32()), "code": pa.array([], pa.string())})
    return pq.read_table(path)


def accounts(batches: Sequence[Path]) -> pa.Table:
    """Every customer code of the batches in the order of codes: code, name and group_code as the latest batch says."""
    names: dict[str, str | None] = {}
    groups: dict[str, str | None] = {}
    for code, name, group in _rows(batches):
        names[code] = name if name is not None else names.get(code)
        groups[code] = group if group is not None else groups.get(code)
    codes = sorted(names)
    return pa.table(
        {
            "account_id": pa.array(range(len(codes)), pa.int32()),
            "code": pa.array(codes, pa.string()),
            "name": pa.array([names[code] or code for code in codes], pa.string()),
            "group_code": pa.array([groups[code] for code in codes], pa.string()),
        }
    )


def directions(batches: Sequence[Path]) -> pa.Table:
    """Every direction of the batches in the order of codes: direction_id, code, name."""
    names: dict[str, str | None] = {}
    for batch in batches:
        table = dictionary(batch, "directions")
        given = table["name"].to_pylist() if "name" in table.column_names else [None] * table.num_rows
        for code, name in zip(table["code"].to_pylist(), given, strict=True):
            names[code] = name if name is not None else names.get(code)
    codes = sorted(names)
    return pa.table(
        {
            "direction_id": pa.array(range(len(codes)), pa.int32()),
            "code": pa.array(codes, pa.string()),
            "name": pa.array([names[code] or code for code in codes], pa.string()),
        }
    )


def _rows(batches: Sequence[Path]) -> Iterator[tuple[str, str | None, str | None]]:
    for batch in batches:
        table = dictionary(batch, "accounts")
        columns = (table[name].to_pylist() for name in ("code", "name", "group_code"))
        yield from zip(*columns, strict=True)
