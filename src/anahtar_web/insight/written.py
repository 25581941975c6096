"""Where people write words of lists they keep."""

from anahtar_web.audit.written import register
from anahtar_web.insight.models import SavedView


def tell_where_words_stand() -> None:
    """Tell of the table; called when the program starts."""
    register(SavedView, account="", without=("query", "columns"))
