"""Where people write words of cases."""

from typing import Any

from anahtar_web.audit.written import register
from anahtar_web.risks.models import Case, LossRecord, Move, Reason
from anahtar_web.ui.text import fold


def tell_where_words_stand() -> None:
    """Tell of the tables; called when the program starts."""
    register(Case, without=("direction",))
    register(Move, account="case__account", without=("why",))
    register(LossRecord, account="case__account", without=("grade",))
    register(Reason, account="", without=("code", "name_key"), follow=_key)


def _key(row: Any) -> dict[str, str]:
    return {"name_key": fold(row.name)[:120]}
