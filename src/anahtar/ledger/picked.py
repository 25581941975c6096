"""Rows of a file as they stand: picked out so that a person can correct them, or all of a table."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final, TypeAlias

from anahtar.ledger.sheet import BrokenRow

PICKED: Final = "picked.jsonl"
"""One line per row: number of its sheet, its row, its cells; a day or moment is a list of one text."""

Cell: TypeAlias = "str | int | float | bool | date | datetime | None"


@dataclass(frozen=True, slots=True)
class PickedSheet:
    """A sheet of which rows were wanted: where it is, and its headings as they stand."""

    file: str
    name: str
    header: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PickedTable:
    """The first table of a file, copied whole: where it is, its headings, and what of the file is not among its rows.

    Parameters
    ----------
    header
        As wide as its rows; empty text for a column without a heading.
    broken
        Rows that could not be cut into cells.
    others
        What else stands in the file and was not read: other sheets, other members of an archive.
    """

    file: str
    name: str
    header: tuple[str, ...]
    broken: tuple[BrokenRow, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PickedRow:
    """One row: which of the picked sheets it is from, its number there, its cells."""

    sheet: int
    row: int
    cells: tuple[Cell, ...]


def picked_rows(folder: Path) -> Iterator[PickedRow]:
    """Read the rows that were picked into a folder."""
    with (folder / PICKED).open(encoding="utf-8") as lines:
        for line in lines:
            sheet, row, cells = json.loads(line)
            yield PickedRow(int(sheet), int(row), tuple(map(_cell, cells)))


def _cell(told: object) -> Cell:
    match told:
        case [str(text)]:
            moment = datetime.fromisoformat(text)
            return moment.date() if len(text) == len("2025-12-31") else moment
        case str() | bool() | int() | float() | None:
            return told
    return str(told)
