"""The page on which files are dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from django.conf import settings

from anahtar_web.ledgers.incoming import free_bytes, quota_left
from anahtar_web.ledgers.models import Import
from anahtar_web.ledgers.queries import Known

ENDINGS: Final = ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt,.gz,.zip,.parquet"
"""What a file dialog offers first; what a file *is*, is told by its content."""


@dataclass(frozen=True, slots=True)
class NewPage:
    """Form, limits, and files that are here already.

    Parameters
    ----------
    largest
        Bytes a file may have.
    room
        Bytes that still fit: on the disk, and in what this person may have waiting.
    """

    form: Any
    corrects: Import | None
    known: Sequence[Known]
    largest: int
    room: int
    endings: str = ENDINGS

    @classmethod
    def build(cls, *, form: Any, user: Any, corrects: Import | None = None, known: Sequence[Known] = ()) -> Self:
        """Gather the page."""
        room = min(free_bytes(), quota_left(user))
        return cls(form, corrects, known, min(settings.UPLOAD_BYTES, room), room)
