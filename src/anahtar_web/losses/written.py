"""Where people write words of losses."""

from anahtar_web.audit.written import register
from anahtar_web.losses.models import Succession


def tell_where_words_stand() -> None:
    """Tell of the table; called when the program starts."""
    register(Succession, account="old")
