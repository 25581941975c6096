"""The file of a report, and what it is called."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from anahtar_web.company.queries import today
from anahtar_web.insight.exports import spoken
from anahtar_web.reports.document import Made, contents, pdf
from anahtar_web.reports.workbook import write
from anahtar_web.ui.text import fold

if TYPE_CHECKING:
    from anahtar_web.reports.actions.taking import Taken
    from anahtar_web.reports.gathering import Gathered

PDF: Final = "application/pdf"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def parts(taken: "Taken") -> Iterator[bytes]:
    """Give the bytes of the file, made when the answer has begun: behind the transaction that put it on the trail."""
    return spoken(_made(taken), translation.get_language() or "en", timezone.get_current_timezone())


def _made(taken: "Taken") -> Iterator[bytes]:
    if taken.form == "pdf":
        yield pdf(contents(taken.found, taken.made), made_at=taken.made.at)
    else:
        yield workbook(taken.found, taken.made)


def workbook(found: "Gathered", made: Made) -> bytes:
    """Make the workbook."""
    with tempfile.TemporaryDirectory(prefix="anahtar-report-") as folder:
        file = Path(folder) / "report.xlsx"
        write(found, made, file)
        return file.read_bytes()


def name_of(form: str) -> str:
    """Name the file; in plain letters, which every header and mail program takes."""
    return f"{fold(_('portfolio'))}-{today():%Y-%m-%d}.{form}"
