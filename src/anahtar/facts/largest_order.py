"""The largest order of an account in a span of days."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from anahtar.facts.line_files import BatchFiles
from anahtar.ledger.manifest import Manifest

_READ: Final = ("account_id", "sold_on", "invoice_id", "amount", "cost")


@dataclass(frozen=True, slots=True)
class LargestOrder:
    """One order: an invoice of positive total, or what was bought on a day where lines carry no invoice number.

    Parameters
    ----------
    sold_on
        The day of its first line.
    invoice
        Its number; None where its lines carry none.
    revenue
        Money units.
    profit
        Money units, of the lines whose cost is known; None where there is none.
    """

    sold_on: date
    invoice: str | None
    revenue: int
    profit: int | None


def largest_order(
    batches: Sequence[tuple[Path, Manifest]],
    codes: Collection[str],
    *,
    first: date,
    last: date,
    goes_on: Mapping[str, str] | None = None,
) -> LargestOrder | None:
    """Find an account's largest order by revenue; of equal ones the earliest.

    An order is what `anahtar.facts.months` counts as one: lines of one account and month with one invoice number,
    whatever batch they came in.

    Parameters
    ----------
    batches
        Folder and manifest of every batch that counts (as for `analyze`).
    codes
        The account's code and the codes merged into it, or those of a group.
    first, last
        Days, both inside.
    goes_on
        Code -> code under which the account goes on: invoices of both are one.

    Returns
    -------
    LargestOrder | None
        None where the account has no order in these days.

    Raises
    ------
    DamagedBatch
        A file of a batch is missing or cannot be read.
    """
    goes_on = goes_on or {}
    parts: dict[str, list[_Part]] = {}
    for place, (folder, manifest) in enumerate(batches):
        batch = BatchFiles(place, folder, manifest)
        accounts = batch.ids("accounts", codes)
        for month in batch.months() if accounts else ():
            if f"{first:%Y-%m}" <= month <= f"{last:%Y-%m}":
                lines = _lines(batch, month, list(accounts), first, last)
                if lines.num_rows:
                    whose = {at: goes_on.get(code, code) for at, code in accounts.items()}
                    parts.setdefault(month, []).append(_Part(batch, whose, _documents(lines)))
    found = [order for month in parts.values() for order in _orders(month) if order.revenue > 0]
    if not found:
        return None
    # Of equal ones on one day the number decides, so all of them are asked for theirs.
    most = max(order.revenue for order in found)
    day = min(order.sold_on for order in found if order.revenue == most)
    one = min(
        (order for order in found if (order.revenue, order.sold_on) == (most, day)),
        key=lambda order: order.number or "",
    )
    return LargestOrder(one.sold_on, one.number, one.revenue, one.profit)


@dataclass(frozen=True, slots=True)
class _Part:
    """The documents of one month in one batch, and whose they are: account id -> code."""

    batch: BatchFiles
    whose: Mapping[int, str]
    documents: pa.Table

    def numbers(self) -> list[str | None]:
        """The invoice number of each document."""
        numbers: list[str | None] = self.batch.texts("invoices", self.documents["invoice_id"], ["code"])[
            "code"
        ].to_pylist()
        return numbers


@dataclass(slots=True)
class _Order:
    """An order while its lines come together."""

    batch: BatchFiles
    invoice_id: int | None
    sold_on: date = date.max
    revenue: int = 0
    profit: int | None = None

    def take(self, row: Mapping[str, Any]) -> None:
        self.sold_on = min(self.sold_on, row["sold_on_min"])
        self.revenue += row["amount_sum"]
        if row["profit_sum"] is not None:
            self.profit = (self.profit or 0) + row["profit_sum"]

    @property
    def number(self) -> str | None:
        """Looked up when it is asked for: the dictionary of invoices is the largest of a batch."""
        ids = pa.chunked_array([pa.array([self.invoice_id], pa.int32())])
        number: str | None = self.batch.texts("invoices", ids, ["code"])["code"][0].as_py()
        return number


def _orders(parts: Sequence[_Part]) -> list[_Order]:
    """The orders of one month; where several batches have lines in it, an invoice is told by its number."""
    orders: dict[tuple[str, int | str | None, int], _Order] = {}
    for part in parts:
        rows = part.documents.to_pylist()
        names = part.numbers() if len(parts) > 1 else [row["invoice_id"] for row in rows]
        for name, row in zip(names, rows, strict=True):
            key = (part.whose[row["account_id"]], name, row["day"])
            orders.setdefault(key, _Order(part.batch, row["invoice_id"])).take(row)
    return [*orders.values()]


def _lines(batch: BatchFiles, month: str, accounts: Sequence[int], first: date, last: date) -> pa.Table:
    lines = batch.of_accounts(month, accounts, _READ)
    days = lines["sold_on"]
    return lines.filter(pc.and_(pc.greater_equal(days, first), pc.less_equal(days, last)))


def _documents(lines: pa.Table) -> pa.Table:
    """One row per account, invoice and, where there is no number, day of the month."""
    day = pc.if_else(pc.is_null(lines["invoice_id"]), pc.day(lines["sold_on"]), pa.scalar(0, pa.int64()))
    lines = lines.append_column("day", day).append_column("profit", pc.subtract_checked(lines["amount"], lines["cost"]))
    grouped = lines.group_by(["account_id", "invoice_id", "day"], use_threads=False)
    return grouped.aggregate([("sold_on", "min"), ("amount", "sum"), ("profit", "sum")])
