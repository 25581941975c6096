"""What a month of the ledger says, as it is kept when the month is closed, and what one batch adds to it.

Grain: one calendar month of some batches, by the day of sale. Codes of customers count as the files wrote them: a
merge of accounts, a threshold or a criterion changes no closed month; only a batch that comes or goes does.

- lines: accepted lines; rows set aside or refused are none.
- amount: their net sum in ten-thousandths of the ledger's currency, returns negative, to the last digit.
- accounts: different customer codes with a line, also one whose sum is 0.
- fingerprint: of what all lines say (customer, day, amount, cost, quantity, product, direction, region, invoice,
  salesperson, amount in another currency), whatever their order, file and format: the same file taken back and imported
  again as a workbook has it again; a line moved to another customer or day has not, though every sum is the same.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from anahtar.facts.keys import dictionary
from anahtar.ledger.intake.hashing import NOTHING, Hashes, combine, hash_cells, hash_texts, mix

_CODED: Final = {
    "account_id": "accounts",
    "product_id": "products",
    "direction_id": "directions",
    "region_id": "regions",
    "invoice_id": "invoices",
    "salesperson_id": "salespeople",
    "currency_id": "currencies",
}
"""Column -> the dictionary its ids stand in; its place here is its factor in the fingerprint: new ones at the end."""

_PLAIN: Final = ("sold_on", "amount", "cost", "quantity", "own_amount")
_SECOND: Final = np.uint64(0xA0761D6478BD642F)


@dataclass(frozen=True, slots=True)
class MonthSums:
    """A month of the ledger; units and edges are those of the module."""

    lines: int
    amount: int
    accounts: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class AccountSum:
    """What one customer code has in one month of one batch."""

    code: str
    lines: int
    amount: int


def month_sums(batches: Sequence[Path], month: str) -> MonthSums:
    """Add up a month.

    Parameters
    ----------
    batches
        Folders of the batches that count.
    month
        Like `2025-03`.
    """
    lines, amount, first, second = 0, 0, 0, 0
    codes: set[str] = set()
    for batch in batches:
        path = _lines_of(batch, month)
        if not path.exists():
            continue
        known = {column: _hashed(batch, name) for column, name in _CODED.items()}
        names = _codes(batch)
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            for group in range(file.num_row_groups):
                table = file.read_row_group(group, columns=[*_CODED, *_PLAIN], use_threads=False)
                content = _content(table, known)
                lines += table.num_rows
                amount += int(table["amount"].to_numpy().sum(dtype=np.int64))
                first += int(content.sum(dtype=np.uint64))
                second += int(mix(content ^ _SECOND).sum(dtype=np.uint64))
                codes.update(names[at] for at in np.unique(table["account_id"].to_numpy()).tolist())
    told = f"{lines} {first % 2**64} {second % 2**64}"
    return MonthSums(lines, amount, len(codes), hashlib.sha256(told.encode()).hexdigest())


def account_sums(batch: Path, month: str) -> list[AccountSum]:
    """What each customer has in a month of one batch, the most money moved first."""
    path = _lines_of(batch, month)
    if not path.exists():
        return []
    names = _codes(batch)
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        table = file.read(columns=["account_id", "amount"], use_threads=False)
    sums = table.group_by("account_id").aggregate([("amount", "count"), ("amount", "sum")])
    columns = (sums[name].to_pylist() for name in ("account_id", "amount_count", "amount_sum"))
    found = (AccountSum(names[at], lines, amount) for at, lines, amount in zip(*columns, strict=True))
    return sorted(found, key=lambda one: (-abs(one.amount), one.code))


def _lines_of(batch: Path, month: str) -> Path:
    return batch / "lines" / f"{month}.parquet"


def _codes(batch: Path) -> dict[int, str]:
    table = dictionary(batch, "accounts")
    return dict(zip(table["id"].to_pylist(), table["code"].to_pylist(), strict=True))


def _hashed(batch: Path, name: str) -> Hashes:
    """Fingerprints of a dictionary's codes by their id; the last place is for no id."""
    table = dictionary(batch, name)
    ids = table["id"].to_numpy()
    hashes = np.full(int(ids.max()) + 2 if len(ids) else 1, NOTHING, np.uint64)
    hashes[ids] = hash_texts(table["code"].combine_chunks())
    return hashes


def _content(table: pa.Table, known: dict[str, Hashes]) -> Hashes:
    content = np.zeros(table.num_rows, np.uint64)
    for place, (column, hashes) in enumerate(known.items()):
        ids = table[column].combine_chunks().fill_null(len(hashes) - 1).to_numpy(zero_copy_only=False)
        combine(content, hashes[ids], place)
    for place, column in enumerate(_PLAIN, start=len(known)):
        combine(content, hash_cells(table[column].combine_chunks()), place)
    return mix(content)
