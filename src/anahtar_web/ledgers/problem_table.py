"""The problems of an import, page by page, from its problems.parquet: never more of it in memory than is shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from anahtar.ledger.problems import Kind, Verdict

_BLOCK: Final = 1 << 16
_PLACE: Final = "place"


class Order(StrEnum):
    """Which problems come first."""

    FIRST = "row"
    LAST = "-row"
    LARGEST = "-amount"
    SMALLEST = "amount"


_SORT: Final = {
    Order.FIRST: [(_PLACE, "ascending")],
    Order.LAST: [(_PLACE, "descending")],
    Order.LARGEST: [("size", "descending"), (_PLACE, "ascending")],
    Order.SMALLEST: [("size", "ascending"), (_PLACE, "ascending")],
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which problems are asked for; an empty text asks for all.

    Parameters
    ----------
    text
        Part of the cell, the column's name, or the number of the row.
    """

    kind: str = ""
    verdict: str = ""
    file: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of problems, and what all of them come to."""

    rows: list[dict[str, Any]]
    total: int
    amount: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows have one kind of problem with one verdict, and what they are worth; None where none can be read."""

    kind: str
    verdict: str
    rows: int
    amount: int | None


def counts(path: Path) -> list[Count]:
    """Count problems by kind and verdict: what was refused first, then what was set aside, then what is only noted."""
    table = pq.read_table(path, columns=["kind", "verdict", "amount"])
    grouped = table.group_by(["kind", "verdict"]).aggregate([("amount", "sum"), ("kind", "count")]).to_pylist()
    found = [Count(row["kind"], row["verdict"], row["kind_count"], row["amount_sum"]) for row in grouped]
    verdicts, kinds = [Verdict.REFUSED, Verdict.SET_ASIDE, Verdict.ACCEPTED], list(Kind)
    return sorted(found, key=lambda count: (verdicts.index(Verdict(count.verdict)), kinds.index(Kind(count.kind))))


def page(path: Path, wanted: Wanted, *, order: Order = Order.FIRST, offset: int = 0, limit: int = 50) -> Found:
    """Give some of the problems asked for, in an order."""
    best, total, amount = None, 0, 0
    for block in blocks(path, wanted):
        total += block.num_rows
        amount += pc.sum(block["amount"]).as_py() or 0
        sized = block.append_column("size", pc.abs(block["amount"]))
        best = sized if best is None else pa.concat_tables([best, sized])
        best = best.take(pc.select_k_unstable(best, min(offset + limit, best.num_rows), _SORT[order]))
    rows = [] if best is None else best.slice(offset, limit).drop_columns(["size", _PLACE]).to_pylist()
    return Found(rows, total, amount)


def blocks(path: Path, wanted: Wanted) -> Iterator[pa.Table]:
    """Give all problems asked for, in file order, some at a time; `place` numbers them through."""
    place = 0
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_BLOCK):
            table = pa.Table.from_batches([batch])
            numbered = table.append_column(_PLACE, pa.array(range(place, place + table.num_rows), pa.int64()))
            place += table.num_rows
            yield numbered.filter(_mask(table, wanted))


def refused_rows(path: Path, most: int) -> dict[tuple[str, str], list[int]]:
    """Name the refused rows by file and sheet; no more than `most` of them."""
    found: dict[tuple[str, str], list[int]] = {}
    left = most
    for block in blocks(path, Wanted(verdict=Verdict.REFUSED)):
        for told in block.slice(0, left).select(["file", "sheet", "row"]).to_pylist():
            found.setdefault((told["file"], told["sheet"]), []).append(told["row"])
        left -= min(left, block.num_rows)
    return found


def _mask(table: pa.Table, wanted: Wanted) -> pa.Array:
    mask = pa.chunked_array([pa.array([True] * table.num_rows)])
    for name in ("kind", "verdict", "file"):
        if getattr(wanted, name):
            mask = pc.and_(mask, pc.equal(table[name], getattr(wanted, name)))
    return pc.and_(mask, _speaks_of(table, wanted.text)) if wanted.text else mask


def _speaks_of(table: pa.Table, text: str) -> pa.Array:
    pattern = _folded(pa.array([text]))[0].as_py()
    found = pc.or_(
        pc.match_substring(_folded(table["text"]), pattern), pc.match_substring(_folded(table["column"]), pattern)
    )
    if text.isdecimal() and len(text) < 18:
        return pc.or_(found, pc.equal(table["row"], int(text)))
    return found


def _folded(texts: Any) -> Any:
    """Small letters, with one letter for İ, I, ı and i."""
    for turkish in ("İ", "I", "ı"):
        texts = pc.replace_substring(texts, turkish, "i")
    return pc.utf8_lower(texts)
