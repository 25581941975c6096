"""Where people, and the files they bring, write words of tenders."""

from typing import Any

from anahtar_web.audit.written import register
from anahtar_web.tenders.models import Criterion, Lot, Participant, Record, Tender, TenderImport
from anahtar_web.tenders.models.tender import search_key
from anahtar_web.ui.text import fold


def tell_where_words_stand() -> None:
    """Tell of the tables; called when the program starts."""
    register(Tender, without=("currency", "direction", "search_key"), follow=_keys)
    register(Record, account="tender__account")
    register(Lot, account="tender__account", without=("unit",))
    register(Criterion, account="tender__account", without=("name_key",), follow=_key)
    register(Participant, account="tender__account")
    register(TenderImport, account="", without=("sha256", "mapping", "options"))


def _keys(row: Any) -> dict[str, str]:
    return {"search_key": search_key(row.title, row.reference, row.direction)}


def _key(row: Any) -> dict[str, str]:
    return {"name_key": fold(row.name)[:120]}
