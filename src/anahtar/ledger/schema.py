"""The tables of a batch, column by column.

A batch is a folder. Its lines stand in one Parquet file per month (`lines/2025-03.parquet`), with whole-number keys
into the dictionaries beside them; keys are local to the batch, so a batch can be taken back whole and two batches
never share a mutable table. `anahtar.facts` brings the keys of all batches together, by code.

Money and quantities are int64 in ten-thousandths (anahtar.money), in the ledger's currency.
"""

from typing import Final

import pyarrow as pa

LINES: Final = pa.schema(
    [
        pa.field("account_id", pa.int32(), nullable=False),
        pa.field("sold_on", pa.date32(), nullable=False),
        pa.field("amount", pa.int64(), nullable=False),  # net of discount, returns negative
        pa.field("cost", pa.int64()),  # null where unknown, never 0
        pa.field("quantity", pa.int64()),  # ten-thousandths of a piece
        pa.field("product_id", pa.int32()),
        pa.field("direction_id", pa.int32()),
        pa.field("region_id", pa.int32()),
        pa.field("site_id", pa.int32()),  # no column of batches written before sites were read
        pa.field("invoice_id", pa.int32()),
        pa.field("salesperson_id", pa.int32()),
        pa.field("currency_id", pa.int32()),  # null: the ledger's currency
        pa.field("own_amount", pa.int64()),  # the amount in its own currency; null: equal to amount
        pa.field("file_id", pa.int16(), nullable=False),  # index into the manifest's files
        pa.field("row", pa.int64(), nullable=False),  # where a person finds the line in that file
    ]
)
"""One row per accepted line of the ledger."""

ACCOUNTS: Final = pa.schema(
    [
        pa.field("id", pa.int32(), nullable=False),
        pa.field("code", pa.string(), nullable=False),
        pa.field("name", pa.string()),  # the latest name by date; null where the ledger has none
        pa.field("group_code", pa.string()),  # the parent as the ledger names it, latest by date
    ]
)
"""dictionaries/accounts.parquet: one row per customer code of the batch."""

DICTIONARY: Final = pa.schema(
    [
        pa.field("id", pa.int32(), nullable=False),
        pa.field("code", pa.string(), nullable=False),
        pa.field("name", pa.string()),
    ]
)
"""dictionaries/{products,directions,regions,sites,invoices,salespeople,currencies}.parquet."""

DICTIONARIES: Final = ("products", "directions", "regions", "sites", "invoices", "salespeople", "currencies")

ASIDE: Final = pa.schema(
    [
        pa.field("file_id", pa.int16(), nullable=False),
        pa.field("sheet", pa.string(), nullable=False),
        pa.field("row", pa.int64(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),  # anahtar.ledger.problems.Kind
        pa.field("sold_on", pa.date32()),
        pa.field("amount", pa.int64()),
        pa.field("customer", pa.string()),
        pa.field("product", pa.string()),
        pa.field("invoice", pa.string()),
    ]
)
"""aside.parquet: rows set aside; they belong to the file's total and to no account."""

PROBLEMS: Final = pa.schema(
    [
        pa.field("file", pa.string(), nullable=False),
        pa.field("sheet", pa.string(), nullable=False),
        pa.field("row", pa.int64(), nullable=False),
        pa.field("column", pa.string(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("verdict", pa.string(), nullable=False),
        pa.field("amount", pa.int64()),
    ]
)
"""problems.parquet: every `Problem` of the batch, file order."""
