"""Some rows of a file as they stand, so that a person can correct what was refused."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from anahtar.ledger.picked import PICKED, PickedSheet
from anahtar.ledger.sheet import Chunk, Sheet

_Json: TypeAlias = "str | int | float | bool | list[str] | None"


def pick_rows(
    sheets: Sequence[Sheet], wanted: Mapping[tuple[str, str], Collection[int]], folder: Path
) -> list[PickedSheet]:
    """Write wanted rows of some sheets into a file of a folder, and give the sheets they are from.

    Parameters
    ----------
    wanted
        File and sheet name -> rows, as problems name them. Rows that cannot be cut into cells are not among the
        cells of any sheet and are left out; `copying.copy_table` tells them.
    folder
        Where `PICKED` is written.
    """
    found: list[PickedSheet] = []
    with (folder / PICKED).open("w", encoding="utf-8") as out:
        for sheet in sheets:
            rows = wanted.get((sheet.file_name, sheet.name))
            if not rows:
                continue
            for row, cells in _rows_of(sheet, rows):
                out.write(json.dumps([len(found), row, cells]) + "\n")
            found.append(PickedSheet(sheet.file_name, sheet.name, tuple(sheet.header)))
    return found


def _rows_of(sheet: Sheet, rows: Collection[int]) -> Iterator[tuple[int, list[_Json]]]:
    wanted, last = pa.array(sorted(rows), pa.int64()), max(rows)
    for chunk in sheet.chunks():
        places = pc.indices_nonzero(pc.is_in(chunk.rows, value_set=wanted))
        if len(places):
            yield from cells_of(chunk.take(places))
        if chunk.rows[-1].as_py() >= last:
            return


def cells_of(chunk: Chunk) -> Iterator[tuple[int, list[_Json]]]:
    """Give the rows of a chunk: the number of each, and its cells as JSON has them."""
    columns = [_cells(chunk, at) for at in range(len(chunk.columns))]
    return ((row, list(cells)) for row, *cells in zip(chunk.rows.to_pylist(), *columns, strict=True))


def _cells(chunk: Chunk, at: int) -> list[_Json]:
    """The cells of a column; those that were no text in the file are none here."""
    texts = [_plain(value) for value in chunk.columns[at].to_pylist()]
    native = chunk.mixed.get(at)
    if native is None:
        return texts
    numbers, moments = native.numbers.to_pylist(), native.moments.to_pylist()
    return [
        _plain(number if number is not None else moment) if number is not None or moment is not None else text
        for text, number, moment in zip(texts, numbers, moments, strict=True)
    ]


def _plain(value: object) -> _Json:
    """A value as JSON has it; a moment as a list of one text, so that it is none."""
    match value:
        case datetime() | date():
            return [value.isoformat()]
        case Decimal():
            return str(value)
        case str() | bool() | int() | float() | None:
            return value
    return str(value)
