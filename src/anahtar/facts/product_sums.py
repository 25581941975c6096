"""What was sold of each product in some spans of days, to one account, to several or to all."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from anahtar.facts.line_files import BatchFiles
from anahtar.ledger.manifest import Manifest

Span: TypeAlias = tuple[date, date]
"""Two days, both inside."""


class Kind(StrEnum):
    """What a line can say about the price and the quantity of a product."""

    COUNTED = "counted"
    """It names a product, and a quantity other than zero with the sign of its amount (any sign, where that is zero)."""
    CREDIT = "credit"
    """It does not, and its amount is below zero: a credit note, a bonus, a return without pieces."""
    UNEXPLAINED = "unexplained"
    """It does not, and its amount is not below zero."""


@dataclass(frozen=True, slots=True)
class ProductSum:
    """Lines of one product, one direction and one kind, added up.

    Parameters
    ----------
    product, product_name
        Code, and the name that the latest import gives it; None where lines name no product, or it has no name.
    direction, direction_name
        The same of the direction.
    quantity
        Ten-thousandths of a piece; None for lines that are not `Kind.COUNTED`.
    revenue
        Money units, returns netted.
    cost
        Money units, of the lines whose cost is known; None where there is none.
    lines
        How many.
    lines_without_cost
        Those worth something whose cost is unknown.
    """

    product: str | None
    product_name: str | None
    direction: str | None
    direction_name: str | None
    kind: Kind
    quantity: int | None
    revenue: int
    cost: int | None
    lines: int
    lines_without_cost: int


_Key: TypeAlias = tuple[str | None, str | None, str]

_READ: Final = ("product_id", "direction_id", "quantity", "amount", "cost")
_SUMMED: Final = ("quantity", "amount", "cost")
_SUMS: Final = ("quantity_sum", "amount_sum", "cost_sum", "amount_count", "without_cost_sum")


def product_sums(
    batches: Sequence[tuple[Path, Manifest]], codes: Collection[str] | None, spans: Sequence[Span]
) -> list[list[ProductSum]]:
    """Add up the lines of each product in each of some spans.

    Only the months of the spans are read, and of them only row groups that hold one of the accounts.

    Parameters
    ----------
    batches
        Folder and manifest of every batch that counts, in the order of the imports (as for `analyze`).
    codes
        The account's code and the codes merged into it, or those of a group; None: the lines of all accounts.
    spans
        First and last day of each, both inside; they may overlap.

    Returns
    -------
    list[list[ProductSum]]
        For each span its sums, by product, direction and kind. A product sold in two directions has two.

    Raises
    ------
    DamagedBatch
        A file of a batch is missing or cannot be read.
    """
    sums = [_Sums() for _ in spans]
    for place, (folder, manifest) in enumerate(batches):
        batch = BatchFiles(place, folder, manifest)
        accounts = None if codes is None else list(batch.ids("accounts", codes))
        if accounts is None or accounts:
            for own, span in zip(sums, spans, strict=True):
                own.add(batch, [*_grouped(batch, accounts, span)])
    return [own.told() for own in sums]


def _grouped(batch: BatchFiles, accounts: Sequence[int] | None, span: Span) -> Iterator[pa.Table]:
    """Sums of one batch by its own ids: month by month for all accounts, at once for some."""
    months = (_lines(batch, month, accounts, span) for month in _months(batch, span))
    if accounts is None:
        yield from (_summed(lines) for lines in months)
        return
    found = [lines for lines in months if lines.num_rows]
    if found:
        yield _summed(pa.concat_tables(found))


def _months(batch: BatchFiles, span: Span) -> list[str]:
    first, last = (f"{day:%Y-%m}" for day in span)
    return [month for month in batch.months() if first <= month <= last]


def _lines(batch: BatchFiles, month: str, accounts: Sequence[int] | None, span: Span) -> pa.Table:
    """The wanted lines of a month; days are read only where the span cuts the month."""
    columns = [*_READ, "sold_on"] if _cuts(month, span) else [*_READ]
    lines = batch.columns(month, columns) if accounts is None else batch.of_accounts(month, accounts, columns)
    if "sold_on" in columns:
        days = lines["sold_on"]
        lines = lines.filter(pc.and_(pc.greater_equal(days, span[0]), pc.less_equal(days, span[1])))
    return lines.select([*_READ])


def _cuts(month: str, span: Span) -> bool:
    first, last = span
    begins, ends = first.day == 1, (last + timedelta(days=1)).day == 1
    return (f"{first:%Y-%m}" == month and not begins) or (f"{last:%Y-%m}" == month and not ends)


def _summed(lines: pa.Table) -> pa.Table:
    """One row per product, direction and kind: quantity, amount, cost, lines, lines_without_cost."""
    lines = lines.append_column("kind", _kinds(lines))
    unknown = pc.and_(pc.is_null(lines["cost"]), pc.not_equal(lines["amount"], 0))
    lines = lines.append_column("without_cost", unknown.cast(pa.int64()))
    for name in _SUMMED:
        lines = lines.set_column(lines.column_names.index(name), name, _safe(lines[name]))
    grouped = lines.group_by(["product_id", "direction_id", "kind"], use_threads=False)
    asked = [*((name, "sum") for name in _SUMMED), ("without_cost", "sum"), ("amount", "count")]
    return grouped.aggregate(asked)


def _kinds(lines: pa.Table) -> pa.ChunkedArray:
    amount, quantity = lines["amount"], lines["quantity"]
    sign, pieces = pc.sign(amount), pc.sign(quantity)
    agree = pc.and_(pc.not_equal(pieces, 0), pc.or_(pc.equal(sign, 0), pc.equal(sign, pieces)))
    counted = pc.and_(pc.is_valid(lines["product_id"]), pc.fill_null(agree, False))
    other = pc.if_else(pc.less(amount, 0), Kind.CREDIT.value, Kind.UNEXPLAINED.value)
    return pc.if_else(counted, Kind.COUNTED.value, other)


def _safe(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The column in a type in which its sum cannot run over: Arrow's sums of int64 begin anew without a word."""
    edges = pc.min_max(column).as_py()
    if edges["min"] is None or max(abs(edges["min"]), abs(edges["max"])) <= 2**62 // len(column):
        return column
    return column.cast(pa.decimal128(38, 0))


class _Sums:
    """What one span comes to, batch after batch."""

    def __init__(self) -> None:
        self._found: dict[_Key, list[int | None]] = {}
        self._products: dict[str, str | None] = {}
        self._directions: dict[str, str | None] = {}

    def add(self, batch: BatchFiles, parts: Sequence[pa.Table]) -> None:
        """Take the sums of one batch, and the texts of its keys."""
        if not parts:
            return
        table = pa.concat_tables(parts, promote_options="permissive")
        products = _texts(batch, "products", table["product_id"], self._products)
        directions = _texts(batch, "directions", table["direction_id"], self._directions)
        for at, row in enumerate(table.to_pylist()):
            key = (products[at], directions[at], row["kind"])
            new = [
                row["quantity_sum"],
                row["amount_sum"],
                row["cost_sum"],
                row["amount_count"],
                row["without_cost_sum"],
            ]
            self._found[key] = _added(self._found.get(key), new)

    def told(self) -> list[ProductSum]:
        """The sums in an order that does not depend on that of the lines."""
        keys = sorted(self._found, key=lambda key: tuple((part is None, part or "") for part in key))
        return [self._told(key, self._found[key]) for key in keys]

    def _told(self, key: _Key, sums: Sequence[int | None]) -> ProductSum:
        product, direction, kind = key
        quantity, revenue, cost, lines, without_cost = sums
        return ProductSum(
            product=product,
            product_name=None if product is None else self._products[product],
            direction=direction,
            direction_name=None if direction is None else self._directions[direction],
            kind=Kind(kind),
            quantity=quantity if kind == Kind.COUNTED else None,
            revenue=revenue or 0,
            cost=cost,
            lines=lines or 0,
            lines_without_cost=without_cost or 0,
        )


def _added(known: Sequence[int | None] | None, new: Sequence[Any]) -> list[int | None]:
    """Sums of sums; nothing known and nothing known is nothing known, not zero."""
    whole = [None if value is None else int(value) for value in new]
    if known is None:
        return whole
    return [b if a is None else a if b is None else a + b for a, b in zip(known, whole, strict=True)]


def _texts(batch: BatchFiles, dictionary: str, ids: pa.ChunkedArray, names: dict[str, str | None]) -> list[str | None]:
    """The code of each id; names of a later batch win, where it has one."""
    said = batch.texts(dictionary, ids, ["code", "name"])
    codes: list[str | None] = said["code"].to_pylist()
    for code, name in dict(zip(codes, said["name"].to_pylist(), strict=True)).items():
        if code is not None:
            names[code] = name if name is not None else names.get(code)
    return codes
