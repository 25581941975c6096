"""Where people write words of how we behave towards accounts."""

from anahtar_web.audit.written import register
from anahtar_web.strategies.models import Deviation, Wording


def tell_where_words_stand() -> None:
    """Tell of the tables; called when the program starts."""
    register(Wording, account="")
    register(Deviation)
