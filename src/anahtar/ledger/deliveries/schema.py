"""The table of a file of deliveries: one row per accepted row of the file, quantities in ten-thousandths."""

from typing import Final

import pyarrow as pa

TABLE: Final = "deliveries.parquet"

DELIVERIES: Final = pa.schema(
    [
        pa.field("file_id", pa.int16(), nullable=False),  # index into the draft's files
        pa.field("row", pa.int64(), nullable=False),  # where a person finds it in that file
        pa.field("customer", pa.string(), nullable=False),
        pa.field("order", pa.string(), nullable=False),
        pa.field("line", pa.string(), nullable=False),  # the product where the file numbers no lines
        pa.field("product", pa.string(), nullable=False),
        pa.field("product_name", pa.string(), nullable=False),
        pa.field("direction", pa.string(), nullable=False),
        pa.field("promised", pa.date32(), nullable=False),
        pa.field("moved_to", pa.date32()),
        pa.field("delivered_on", pa.date32()),  # null: nothing of it has gone out
        pa.field("ordered", pa.int64(), nullable=False),
        pa.field("delivered", pa.int64(), nullable=False),
    ]
)
