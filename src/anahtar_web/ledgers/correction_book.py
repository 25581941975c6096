"""The refused rows of an import as a workbook with their own columns: corrected in Excel, and uploaded again."""

import json
from collections.abc import Mapping
from typing import IO, Final

from django.utils.translation import gettext as _

from anahtar.ledger.picked import picked_rows
from anahtar.ledger.problems import Kind, Verdict
from anahtar.report.corrections import Corrections
from anahtar_web.ledgers import problem_table, storage
from anahtar_web.ledgers.models import Import
from anahtar_web.ledgers.problem_table import Wanted
from anahtar_web.ui.templatetags.shown import words

SHEETS: Final = "sheets.json"
"""Written last into the folder of picked rows."""

Told = Mapping[tuple[str, str, int], tuple[str, str]]


def is_ready(of: Import) -> bool:
    """Whether the refused rows of an import have been picked out."""
    return (storage.picked_of(of) / SHEETS).is_file()


def correction_book(of: Import) -> IO[bytes]:
    """Write the refused rows as they stand, a sheet for each row of headings; the file vanishes when it is closed.

    Behind the own columns stand three of ours: where the row was, which column is at fault, and why.
    """
    folder, reasons = storage.picked_of(of), _reasons(of)
    sheets = json.loads((folder / SHEETS).read_bytes())
    several = len({file for file, _name, _header in sheets}) > 1
    ours = (_("Anahtar: row"), _("Anahtar: column"), _("Anahtar: why"))
    book = Corrections(ours, day_format="dd.mm.yyyy" if words().language == "tr" else "yyyy-mm-dd")
    for row in picked_rows(folder):
        file, name, header = sheets[row.sheet]
        where = " · ".join(part for part in (file if several else "", name, str(row.row)) if part)
        book.add(header, row.cells, (where, *reasons.get((file, name, row.row), ("", ""))))
    return book.finish()


def _reasons(of: Import) -> Told:
    """Give column and sentence of every refused row."""
    path = storage.problems_of(of)
    if path is None:
        return {}
    say = words()
    return {
        (told["file"], told["sheet"], told["row"]): (told["column"], say(Kind(told["kind"]).label))
        for block in problem_table.blocks(path, Wanted(verdict=Verdict.REFUSED))
        for told in block.to_pylist()
    }
