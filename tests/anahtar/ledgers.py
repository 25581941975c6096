"""A ledger written as a table in a test's docstring, as the batch folder that the reader would leave.

    sold_on     customer  amount   cost  invoice
    2025-03-01  acme      700.00   500   17
    2025-03-08  birch     -30.00   -     -

Columns are those of `SPELLED`; only the first three are required, `-` is an empty cell, names hold no spaces
(write them with `_`). Amounts, costs and quantities are decimals and become ten-thousandths.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from anahtar.ledger.manifest import Manifest, Tally
from anahtar.ledger.schema import ACCOUNTS, DICTIONARIES, DICTIONARY, LINES, PROBLEMS
from anahtar.money import to_units

SPELLED = {
    "product": "products",
    "direction": "directions",
    "region": "regions",
    "site": "sites",
    "invoice": "invoices",
    "salesperson": "salespeople",
    "currency": "currencies",
}
"""Column of the text table -> dictionary of the batch."""

Row = Mapping[str, str | None]


def rows_of(text: str) -> list[Row]:
    """Cut the table of a docstring into rows; text above the header line (it names sold_on) is the test's own."""
    lines = [line.split() for line in text.splitlines() if line.strip()]
    start = next(at for at, cells in enumerate(lines) if "sold_on" in cells)
    header, *body = lines[start:]
    return [dict(zip(header, [None if cell == "-" else cell for cell in cells], strict=True)) for cells in body]


@dataclass
class Dictionary:
    """Codes in the order they are met: as in a batch, ids are not the order of the codes."""

    ids: dict[str, int] = field(default_factory=dict)
    names: dict[str, str | None] = field(default_factory=dict)

    def id(self, code: str | None) -> int | None:
        return None if code is None else self.ids.setdefault(code, len(self.ids))


def write_batch(folder: Path, rows: Sequence[Row]) -> Path:
    """Write rows as a batch folder (anahtar.ledger.schema)."""
    accounts = Dictionary()
    groups: dict[str, str | None] = {}
    others = {column: Dictionary() for column in SPELLED}
    lines = []
    for number, row in enumerate(rows, 2):
        code = row["customer"]
        assert code is not None
        accounts.names[code] = row.get("name") or accounts.names.get(code)
        groups[code] = row.get("group") or groups.get(code)
        lines.append(
            {
                "account_id": accounts.id(code),
                "sold_on": date.fromisoformat(row["sold_on"] or ""),
                "amount": _units(row["amount"]),
                "cost": _units(row.get("cost")),
                "quantity": _units(row.get("quantity")),
                **{f"{column}_id": others[column].id(row.get(column)) for column in SPELLED},
                "own_amount": None,
                "file_id": 0,
                "row": number,
            }
        )
    write_tables(
        folder,
        pa.Table.from_pylist(lines, LINES),
        pa.table(
            {
                "id": list(accounts.ids.values()),
                "code": list(accounts.ids),
                "name": [accounts.names[code] for code in accounts.ids],
                "group_code": [groups[code] for code in accounts.ids],
            },
            ACCOUNTS,
        ),
        {SPELLED[column]: _dictionary(list(found.ids)) for column, found in others.items()},
    )
    return folder


def write_tables(folder: Path, lines: pa.Table, accounts: pa.Table, dictionaries: Mapping[str, pa.Table]) -> None:
    """Write whole Arrow tables as a batch folder, cut by month."""
    (folder / "lines").mkdir(parents=True)
    (folder / "dictionaries").mkdir()
    days = lines["sold_on"].to_numpy().astype("datetime64[M]")
    for month in sorted(set(days.tolist())):
        pq.write_table(lines.filter(pa.array(days == month)), folder / "lines" / f"{month:%Y-%m}.parquet")
    pq.write_table(accounts, folder / "dictionaries" / "accounts.parquet")
    for name in DICTIONARIES:
        table = dictionaries.get(name, DICTIONARY.empty_table())
        if table.num_rows:
            pq.write_table(table, folder / "dictionaries" / f"{name}.parquet")
    pq.write_table(PROBLEMS.empty_table(), folder / "problems.parquet")


def without_sites(folder: Path) -> Path:
    """Make of a batch one that was written before sites were read: no such column, no such dictionary."""
    for path in (folder / "lines").glob("*.parquet"):
        pq.write_table(pq.read_table(path).drop_columns("site_id"), path)
    (folder / "dictionaries" / "sites.parquet").unlink(missing_ok=True)
    return folder


def manifest_of(folder: Path, number: int = 1, currency: str = "TRY") -> Manifest:
    """The manifest that the reader would write beside the batch, as far as the analysis asks."""
    files = sorted((folder / "lines").glob("*.parquet"))
    lines = pa.concat_tables([pq.read_table(path, columns=["sold_on", "amount", "account_id"]) for path in files])
    amount = sum(lines["amount"].to_pylist())
    days = lines["sold_on"].to_pylist()
    tally = Tally(lines.num_rows, lines.num_rows, 0, 0, amount, amount, 0, 0)
    return Manifest(
        number=number,
        batch=folder.name,
        removes=False,
        made_at="2026-01-01T00:00:00",
        previous="",
        content=f"content-{number}",
        files=(),
        parts=(),
        mapping={},
        tally=tally,
        kinds={},
        oddities={},
        currency=currency,
        accounts=pq.read_metadata(folder / "dictionaries" / "accounts.parquet").num_rows,
        first_date=min(days),
        last_date=max(days),
    )


def _dictionary(codes: Sequence[str]) -> pa.Table:
    return pa.table({"id": list(range(len(codes))), "code": list(codes), "name": [None] * len(codes)}, DICTIONARY)


def _units(text: str | None) -> int | None:
    return None if text is None else to_units(Decimal(text))
