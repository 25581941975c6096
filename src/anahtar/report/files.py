"""The files other programs read: standings.parquet, standings.csv and problems.csv.

Column names are those of `anahtar.analysis.STANDINGS` and `anahtar.ledger.schema.PROBLEMS` in every language, so that
a script goes on working when its user changes the language. Money stands in units of the currency, not in
ten-thousandths: decimal(19, 4) in Parquet, a plain number in CSV.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from anahtar.analysis import Analysis
from anahtar.money import PLACES, UNITS, to_cents, to_decimal
from anahtar.report.harmless import guarded
from anahtar.report.labels import VERDICTS, kind_label, label
from anahtar.words import Words

MONEY: Final = ("revenue", "profit", "value", "value_year_ago", "abc_border")
"""Columns of the standings that hold money; `last12` holds a list of it."""

# 19 digits hold every 64-bit amount; with 18 the largest ledgers would end in an overflow instead of a file.
_DECIMAL: Final = pa.decimal128(19, PLACES)
_UNIT: Final = pa.scalar(Decimal(1).scaleb(-PLACES), pa.decimal128(PLACES, PLACES))

_AT_ONCE: Final = 4096
_CENT: Final = UNITS // 100


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
    pq.write_table(in_currency(analysis), parquet, compression="zstd", write_page_checksum=True)
    months = _month_names(analysis.window.end)
    fields = analysis.standings.schema.names
    header = [column for name in fields for column in (months if name == "last12" else [name])]
    lines = ([cell for name in fields for cell in _cells(name, row[name])] for row in rows_of(analysis.standings))
    return [parquet, _write_csv(folder / "standings.csv", header, lines, words)]


def write_problems(analysis: Analysis, folder: Path, words: Words) -> Path:
    """Write every row that was not taken at face value to `problems.csv`, in the order of the files.

    Grain: one row per problem; `kind` and `verdict` in words, `amount` in units of the currency, empty where it could
    not be read. Signs, encoding and guarded text as in `standings.csv`.
    """
    header = ["file", "sheet", "row", "column", "text", "kind", "verdict", "amount"]
    kinds = {code: words(kind_label(code)) for code in pc.unique(analysis.problems.column("kind")).to_pylist()}
    verdicts = {code: words(label(VERDICTS, code)) for code in VERDICTS}
    lines = (
        [
            row["file"],
            row["sheet"],
            row["row"],
            row["column"],
            row["text"],
            kinds[row["kind"]],
            verdicts.get(row["verdict"], row["verdict"]),
            _money(row["amount"]),
        ]
        for row in rows_of(analysis.problems)
    )
    return _write_csv(folder / "problems.csv", header, lines, words)


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
    return pc.cast(pc.multiply(pc.cast(units, pa.decimal128(19, 0)), _UNIT), _DECIMAL)


def rows_of(table: pa.Table) -> Iterator[Mapping[str, Any]]:
    """The rows of an Arrow table, a few thousand in memory at a time."""
    for batch in table.to_batches(max_chunksize=_AT_ONCE):
        yield from batch.to_pylist()


def _month_names(last: date) -> list[str]:
    months = [last.year * 12 + last.month - 1 - back for back in range(11, -1, -1)]
    return [f"{month // 12}-{month % 12 + 1:02}" for month in months]


def _cells(name: str, value: Any) -> Sequence[object]:
    """The cells of one field of a standing: twelve for the months, one otherwise."""
    if name == "last12":
        return [_money(month) for month in value]
    if name in MONEY:
        return [_money(value)]
    if isinstance(value, list):
        return [" ".join("none" if one is None else one for one in value)]
    return [value]


def _money(units: int | None) -> Decimal | None:
    """Two places where they are exact, four otherwise: the sum of the column stays the ledger's to the last digit."""
    if units is None:
        return None
    return to_decimal(units) if units % _CENT else to_cents(units)


def _write_csv(path: Path, header: Sequence[str], lines: Iterable[Sequence[object]], words: Words) -> Path:
    turkish = words.language == "tr"
    written = _writer(decimal_sign="," if turkish else ".")
    with path.open("w", encoding="utf-8-sig", newline="", errors="replace") as file:
        # Everything quoted: a `;` inside a name must not open a second cell in a program that expects the other sign.
        out = csv.writer(file, delimiter=";" if turkish else ",", quoting=csv.QUOTE_ALL)
        out.writerow(header)
        out.writerows([written(value) for value in line] for line in lines)
    return path


def _writer(*, decimal_sign: str) -> Callable[[object], str]:
    def written(value: object) -> str:
        match value:
            case None:
                return ""
            case str():
                return guarded(value)
            case bool():
                return "true" if value else "false"
            case float():
                return f"{value:.6f}".replace(".", decimal_sign)
            case date():
                return value.isoformat()
            case _:
                return str(value).replace(".", decimal_sign)

    return written
