"""The dossier as a file: PDF or Word, from the blocks of the page."""

from collections.abc import Iterator
from typing import Final

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from anahtar_web.briefing.actions import Taken
from anahtar_web.briefing.document.contents import contents
from anahtar_web.briefing.document.paper import written as paper
from anahtar_web.briefing.document.word import written as word
from anahtar_web.briefing.reading import Reading
from anahtar_web.briefing.sections import sections_of
from anahtar_web.files.letterhead import logo
from anahtar_web.insight.exports import spoken
from anahtar_web.insight.queries import current_run
from anahtar_web.ui.text import fold

KINDS: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def parts(taken: Taken) -> Iterator[bytes]:
    """Give the bytes of the file, made when the answer has begun: behind the transaction that put it on the trail."""
    return spoken(_made(taken), translation.get_language() or "en", timezone.get_current_timezone())


def _made(taken: Taken) -> Iterator[bytes]:
    reading = Reading.of(taken.account, taken.by, current_run(), taken.on)
    told = contents(reading, sections_of(reading), taken)
    yield paper(told, taken.at) if taken.form == "pdf" else word(told, logo())


def name_of(taken: Taken) -> str:
    """Name the file; in plain letters, which every header and mail program takes."""
    name = "-".join("".join(sign if sign.isalnum() else " " for sign in fold(taken.account.name)).split())[:60]
    return f"{fold(_('dossier'))}-{name or taken.account.pk}-{taken.on or timezone.localdate():%Y-%m-%d}.{taken.form}"
