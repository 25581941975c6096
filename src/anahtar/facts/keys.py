"""Ledger-wide keys: the same customer in two batches is one account, told by its code."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

KEYS: Final = pa.schema([("id", pa.int32()), ("key", pa.int32())])
"""A batch's own ids and the keys of the ledger they stand for."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Codes in the order the batches brought them, each batch's new ones sorted.

    So a later batch only adds keys behind the earlier ones, and the facts of earlier months stay valid. The order
    of the codes themselves, by which ties are broken, is applied when facts are read (`order`).

    Parameters
    ----------
    codes
        Every code and its key.
    goes_on
        Code -> the code whose key its lines carry (`anahtar.facts.merging.survivors`).
    """

    codes: Mapping[str, int]
    goes_on: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, dictionaries: Sequence[pa.Table], goes_on: Mapping[str, str] | None = None) -> Self:
        """Number the codes of all batches, and behind them the codes that only merges know."""
        goes_on = goes_on or {}
        codes: dict[str, int] = {}
        for dictionary in dictionaries:
            for code in sorted(dictionary["code"].to_pylist()):
                codes.setdefault(code, len(codes))
        # Behind all others: a code that lines come to carry leaves the keys of every batch as they are.
        for code in sorted({goes_on[code] for code in codes if code in goes_on} - codes.keys()):
            codes[code] = len(codes)
        return cls(codes, goes_on)

    def told(self, dictionary: pa.Table) -> pa.Table:
        """The ids of one batch's dictionary and the keys they stand for."""
        keys = [self.codes[self.goes_on.get(code, code)] for code in dictionary["code"].to_pylist()]
        return pa.table({"id": dictionary["id"].cast(pa.int32()), "key": pa.array(keys, pa.int32())}, KEYS)

    def order(self) -> pa.Table:
        """Every key that lines can carry with its place in the order of codes, from 0."""
        keys = [self.codes[code] for code in sorted(self.codes) if code not in self.goes_on]
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


def merges(mapping: pa.Table) -> bool:
    """Whether two ids of one batch stand for one key."""
    return bool(len(pc.unique(mapping["key"])) < mapping.num_rows)


def accounts(batches: Sequence[Path], goes_on: Mapping[str, str] | None = None) -> pa.Table:
    """Every account of the batches in the order of codes: code, name and group_code as the latest batch says.

    A code merged into another (`goes_on`) is no account, and its name and group are not those of the other.
    """
    names: dict[str, str | None] = {}
    groups: dict[str, str | None] = {}
    for code, name, group in _rows(batches):
        names[code] = name if name is not None else names.get(code)
        groups[code] = group if group is not None else groups.get(code)
    goes_on = goes_on or {}
    codes = sorted({goes_on.get(code, code) for code in names})
    return pa.table(
        {
            "account_id": pa.array(range(len(codes)), pa.int32()),
            "code": pa.array(codes, pa.string()),
            "name": pa.array([names.get(code) or code for code in codes], pa.string()),
            "group_code": pa.array([groups.get(code) for code in codes], pa.string()),
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
