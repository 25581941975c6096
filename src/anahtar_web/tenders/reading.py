"""A file of past tenders, opened by the ledger's reader in its limited process; what comes back is text and numbers."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from anahtar.ledger.files import child, wire
from anahtar.ledger.files.limits import Limits
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.picked import picked_rows
from anahtar.report.harmless import printable
from anahtar.words import Refusal
from anahtar_web.gate.refusals import Refused
from anahtar_web.ui.templatetags.shown import say

MOST_ROWS: Final = 20_000
MOST_BYTES: Final = 10 << 20
_LIMITS: Final = Limits(cpu=20, wall=30)
"""The page waits for it: a file of tenders is small."""


class UnableToReadTenders(Refused):
    """The file is none from which tenders can be read."""


@dataclass(frozen=True, slots=True)
class Table:
    """What stands in a file.

    Parameters
    ----------
    rows
        [row of the file, [cells]]: text, number, None, or a day as a list of one text, as JSON has it.
    broken
        [row of the file, text, why] of the rows that could not be cut into cells; why as the wire writes it.
    others
        What else stands in the file and was not read.
    """

    file: str
    sha256: str
    sheet: str
    header: Sequence[str]
    rows: Sequence[Any]
    broken: Sequence[Any]
    others: Sequence[str]


def read_table(path: Path, name: str, size: int, sha256: str) -> Table:
    """Read the first table of a file; it takes seconds and asks no database.

    Raises
    ------
    UnableToReadTenders
        It is too large, or the reader refused it; in the reader's words.
    """
    if size > MOST_BYTES:
        raise UnableToReadTenders(_("A file of tenders has 10 MB at most. Leave pictures and other sheets out of it."))
    with tempfile.TemporaryDirectory(prefix="anahtar-tenders-") as folder:
        try:
            found = child.copy(path, ReadOptions(), Path(folder), name=name, most=MOST_ROWS, limits=_LIMITS)
        except Refusal as refusal:
            raise UnableToReadTenders(say(refusal.message)) from None
        rows = [[row.row, [_plain(cell) for cell in row.cells]] for row in picked_rows(Path(folder))]
    broken = [[row.row, printable(row.text), wire.message_to_json(row.reason)] for row in found.broken]
    return Table(
        file=printable(name),
        sha256=sha256,
        sheet=printable(found.name),
        header=[printable(text) for text in found.header],
        rows=rows,
        broken=broken,
        others=[printable(text) for text in found.others],
    )


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime | date):
        return [cell.isoformat()[:10]]
    # PostgreSQL keeps no zero byte, in JSON neither.
    return printable(cell) if isinstance(cell, str) else cell
