"""The rows that were left out of an import as a workbook of their own columns: corrected, and brought again."""

from datetime import date
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from anahtar.report.corrections import Corrections
from anahtar_web.ui.templatetags.shown import words

if TYPE_CHECKING:
    from anahtar_web.tenders.models import TenderImport
    from anahtar_web.tenders.understanding import Understood


def correction_book(of: "TenderImport", understood: "Understood") -> IO[bytes]:
    """Write each row that was left out as it stands, and behind it where it was, and what to do.

    A row that could not be cut into cells stands as one text in the first column.
    """
    told: dict[int, list[str]] = {}
    for one in understood.stopping:
        told.setdefault(one.row, []).append(": ".join(filter(None, (one.column, one.sentence))))
    rows = {row: cells for row, cells in of.rows if row in told} | {row: [text] for row, text, _why in of.broken}
    ours = (_("Anahtar: file"), _("Anahtar: row"), _("Anahtar: what to do"))
    book = Corrections(ours, day_format="dd.mm.yyyy" if words().language == "tr" else "yyyy-mm-dd")
    place = " · ".join(filter(None, (of.file, of.sheet)))
    for row in sorted(told):
        cells = [_cell(cell) for cell in rows[row]]
        cells += [None] * (len(of.header) - len(cells))
        book.add(of.header, cells, (place, str(row), " ".join(told[row])))
    return book.finish()


def _cell(told: Any) -> Any:
    return date.fromisoformat(told[0]) if isinstance(told, list) else told
