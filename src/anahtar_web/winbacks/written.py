"""Where people write words of win-backs."""

from typing import Any

from anahtar_web.audit.written import register
from anahtar_web.ui.text import fold
from anahtar_web.winbacks.models import Approval, Campaign, Offer, OfferVersion, WinbackList


def tell_where_words_stand() -> None:
    """Tell of the tables; called when the program starts."""
    register(Offer, account="case__account")
    register(OfferVersion, account="offer__case__account")
    register(Approval, account="offer__case__account")
    register(Campaign, account="")
    register(WinbackList, account="", without=("query",), follow=_key)


def _key(row: Any) -> dict[str, str]:
    return {"name_key": fold(row.name)[:120]}
