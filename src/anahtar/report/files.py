"""The files other programs read: standings.parquet, standings.csv and problems.csv.

Column names are those of `anahtar.analysis.STANDINGS` and `anahtar.ledger.schema.PROBLEMS` in every language, so that
a script goes on working when its user changes the language. Money stands in units of the currency, not in
ten-thousandths: decimal(19, 4) in Parquet, a plain number in CSV.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from anahtar.analysis import Analysis
from anahtar.money import PLACES
from anahtar.report.csv_text import write_csv
from anahtar.report.labels import done_with, kind_label
from anahtar.words import Words

MONEY: Final = ("revenue", "profit", "value", "value_year_ago", "abc_border")
"""Columns of the standings that hold money; `last12` holds a list of it."""

# 19 digits hold every 64-bit amount; with 18 the largest ledgers would end in an overflow instead of a file.
_DECIMAL: Final = pa.decimal128(19, PLACES)
_AT_ONCE: Final = 4096
_ROW_GROUP: Final = 8192


def write_standings(analysis: Analysis, folder: Path, words: Words) -> list[Path]:
    """Write every account's standing, for programs (`standings.parquet`) and for spreadsheets (`standings.csv`).

    Grain: one row per account, order of the analysis (by rank, then the unranked by code). The CSV is UTF-8 with a
    byte order mark, `;` and decimal comma in Turkish, `,` and point in English; dates are ISO, shares have six places
    (the Parquet file has all of them), the twelve months stand in columns of their own, named `2025-01`.
    Text that a spreadsheet would obey carries an apostrophe in front (`anahtar.report.harmless`).

    Parameters
    ----------
    analysis
        Reads `standings`, `window`, `as_of` and the ledger's currency.
    folder
        An existing folder; files of the same names are replaced.
    words
        Decides the signs of the CSV.

    Returns
    -------
    list of Path
        The two files.
    """
    parquet = folder / "standings.parquet"
    table = in_currency(analysis)
    write_parquet(table, parquet)
    return [parquet, write_csv(folder / "standings.csv", _months_apart(table, analysis.window.end), words)]


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write a table of accounts: in small groups of rows and without dictionaries, for half the CPU and memory.

    Few of its numbers repeat, and its few words are compressed as well as they are.
    """
    pq.write_table(
        table, path, compression="zstd", write_page_checksum=True, use_dictionary=False, row_group_size=_ROW_GROUP
    )


def write_problems(analysis: Analysis, folder: Path, words: Words) -> Path:
    """Write every row that was not taken at face value to `problems.csv`, in the order of the files.

    Grain: one row per problem; `kind` and `verdict` in words, `amount` in units of the currency, empty where it could
    not be read. Signs, encoding and guarded text as in `standings.csv`.
    """
    found = analysis.problems
    columns = {name: found[name] for name in ("file", "sheet", "row", "column", "text")}
    columns |= _in_words(found, words)
    return write_csv(folder / "problems.csv", pa.table({**columns, "amount": _decimals(found["amount"])}), words)


def _in_words(problems: pa.Table, words: Words) -> dict[str, pa.Array]:
    """Kind and verdict as the reader says them; each pair is said once."""
    pairs = list(zip(problems["kind"].to_pylist(), problems["verdict"].to_pylist(), strict=True))
    said = {(kind, verdict): (words(kind_label(kind)), words(done_with(kind, verdict))) for kind, verdict in set(pairs)}
    told = [said[pair] for pair in pairs]
    return {name: pa.array([one[at] for one in told], pa.string()) for at, name in enumerate(("kind", "verdict"))}


def in_currency(analysis: Analysis) -> pa.Table:
    """The standings with money as exact decimals of the currency instead of whole units."""
    table = analysis.standings.combine_chunks()
    for name in MONEY:
        table = table.set_column(table.schema.get_field_index(name), name, _decimals(table.column(name)))
    months = table.column("last12").combine_chunks()
    decimals = pa.ListArray.from_arrays(months.offsets, _decimals(months.values), mask=months.is_null())
    table = table.set_column(table.schema.get_field_index("last12"), "last12", decimals)
    told = {"currency": analysis.ledger.currency, "as_of": analysis.as_of.isoformat(), "measure": analysis.measure}
    return table.replace_schema_metadata({f"anahtar.{key}": value for key, value in told.items()})


def _decimals(units: Any) -> Any:
    """An Arrow array of whole money units as decimals of the currency, exactly."""
    unit = pa.scalar(Decimal(1).scaleb(-PLACES), pa.decimal128(PLACES, PLACES))
    return pc.cast(pc.multiply(pc.cast(units, pa.decimal128(19, 0)), unit), _DECIMAL)


def rows_of(table: pa.Table) -> Iterator[Mapping[str, Any]]:
    """The rows of an Arrow table, a few thousand in memory at a time."""
    for batch in table.to_batches(max_chunksize=_AT_ONCE):
        yield from batch.to_pylist()


def _months_apart(table: pa.Table, last: date) -> pa.Table:
    """The twelve months of `last12` as columns of their own, in its place."""
    place = table.schema.get_field_index("last12")
    months = table.column(place)
    apart = table.remove_column(place)
    for at, name in enumerate(_month_names(last)):
        apart = apart.add_column(place + at, name, pc.list_element(months, at))
    return apart


def _month_names(last: date) -> list[str]:
    months = [last.year * 12 + last.month - 1 - back for back in range(11, -1, -1)]
    return [f"{month // 12}-{month % 12 + 1:02}" for month in months]
