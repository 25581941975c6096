"""The first table of a file as it stands, whole, for a reader who knows more of it than the ledger does."""

import json
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from anahtar.ledger.intake.checks import check_rows
from anahtar.ledger.intake.learning import UnableToFindRows
from anahtar.ledger.intake.picking import cells_of
from anahtar.ledger.picked import PICKED, PickedTable
from anahtar.ledger.sheet import Sheet, whole_header
from anahtar.words import Refusal, say


class UnableToCopyTable(Refusal):
    """The table has more rows than are wanted."""

    def __init__(self, *, file: str, most: int) -> None:
        super().__init__(say("{file} has more than {most} rows: part it, by years for one.", file=file, most=most))


def copy_table(sheets: Sequence[Sheet], folder: Path, *, most: int) -> PickedTable:
    """Write every row of the first of some tables into a file of a folder, and give what else is to be known of them.

    Parameters
    ----------
    folder
        Where `PICKED` is written.
    most
        How many rows the table may have.

    Raises
    ------
    UnableToCopyTable
        It has more.
    UnableToCountRows
        Other rows were delivered than the bytes of the file hold.
    UnableToFindRows
        There is no row under the header.
    """
    sheet = sheets[0]
    header, written = list(sheet.header), 0
    with (folder / PICKED).open("w", encoding="utf-8") as out:
        for chunk in sheet.chunks():
            header = whole_header(sheet, chunk)
            written += len(chunk.rows)
            if written > most:
                raise UnableToCopyTable(file=sheet.file_name, most=most)
            out.writelines(json.dumps([0, row, cells]) + "\n" for row, cells in cells_of(chunk))
    counted = sheet.counted()
    check_rows(sheet, counted)
    if not counted.rows:
        raise UnableToFindRows(file=sheet.file_name, sheet=sheet.name)
    return PickedTable(
        file=sheet.file_name,
        name=sheet.name,
        header=tuple(header),
        broken=tuple(islice(counted.broken, most)),
        others=_others(sheets),
    )


def _others(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """Name what stands in the file and is not read: tables like the first one, and other sheets, hidden ones too."""
    first, *alike = sheets
    named = [sheet.name or sheet.file_name for sheet in alike]
    told = [first.facts[fact] for fact in ("other sheets", "hidden sheets", "ignored") if fact in first.facts]
    return (*named, *told)
