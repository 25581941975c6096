"""The page on which files are dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from django.conf import settings

from anahtar_web.files.incoming import free_bytes
from anahtar_web.ledgers.keepers import offered
from anahtar_web.ledgers.models import Import
from anahtar_web.ledgers.queries import Known, quota_left

ENDINGS: Final = ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt,.gz,.zip,.parquet"
"""What a file dialog offers first; what a file *is*, is told by its content."""


@dataclass(frozen=True, slots=True)
class NewPage:
    """Form, limits, and files that are here already.

    Parameters
    ----------
    largest
        Bytes a file may have.
    kind, kinds
        What the rows of the files are, and what they might be.
    room
        Bytes that still fit: on the disk, and in what this person may have waiting.
    """

    form: Any
    corrects: Import | None
    known: Sequence[Known]
    kind: str
    kinds: Sequence[str]
    largest: int
    room: int
    endings: str = ENDINGS

    @classmethod
    def build(
        cls, *, form: Any, user: Any, corrects: Import | None = None, known: Sequence[Known] = (), kind: str = "sales"
    ) -> Self:
        """Gather the page."""
        room = min(free_bytes(), quota_left(user))
        kind = corrects.kind if corrects else kind
        return cls(form, corrects, known, kind, offered(), min(settings.UPLOAD_BYTES, room), room)
