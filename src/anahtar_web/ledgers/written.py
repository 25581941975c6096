"""Where people write words of imports. The lines of the ledger are the company's books and stay as they were."""

from typing import Any

from anahtar_web.audit.written import register
from anahtar_web.ledgers.models import Import, StoredFile
from anahtar_web.ui.text import fold

_READING = ("options", "peek", "draft", "problems", "refusal", "batch", "currency", "table", "held")


def tell_where_words_stand() -> None:
    """Tell of the tables; called when the program starts."""
    register(Import, account="", without=_READING)
    register(StoredFile, account="", without=("stored", "sha256", "search_key"), follow=_keys)


def _keys(row: Any) -> dict[str, str]:
    return {"search_key": fold(row.name)[:520]}
