"""Rankings as a Parquet file, one behind the other; what each is called is kept beside it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from anahtar.analysis.ranking import Ranking, Rankings
from anahtar.analysis.result import Measure

RANKING: Final = pa.schema(
    [pa.field("value", pa.int64(), nullable=False), pa.field("account_id", pa.int32(), nullable=False)]
)
"""One row per account of positive value, the largest first."""


def write(rankings: Rankings, path: Path) -> list[tuple[str, int]]:
    """Keep rankings one behind the other, and say their names and how many rows each has."""
    tables = rankings.tables()
    with pq.ParquetWriter(path, RANKING, compression="lz4", use_dictionary=False, write_page_checksum=True) as file:
        for ranking in tables.values():
            file.write_table(pa.table({"value": ranking.values, "account_id": ranking.ids}, RANKING))
    return [(name, len(ranking.ids)) for name, ranking in tables.items()]


def read(path: Path, told: Sequence[tuple[str, int]], measure: Measure) -> Rankings:
    """The rankings again; `measure` is that of their analysis."""
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        rows = file.read(use_threads=False)
    if rows.num_rows != sum(count for _, count in told):
        raise ValueError("rows are missing")
    values, ids = rows["value"].to_numpy(), rows["account_id"].to_numpy()
    rankings, start = {}, 0
    for name, count in told:
        rankings[name] = Ranking(values[start : start + count], ids[start : start + count])
        start += count
    return Rankings.of_tables(rankings, measure)
