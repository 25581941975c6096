"""Where people write words of documents."""

from typing import Any

from anahtar_web.audit.written import register
from anahtar_web.files.models import Attachment
from anahtar_web.ui.text import fold


def tell_where_words_stand() -> None:
    """Tell of the tables; called when the program starts."""
    register(Attachment, without=("digest", "media_type", "search_key"), follow=_keys)


def _keys(row: Any) -> dict[str, str]:
    return {"search_key": fold(row.name)[:620]}
