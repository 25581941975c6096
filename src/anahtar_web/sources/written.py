"""Where people write words of sources. First rows of a table are the company's books, and are forgotten with it."""

from anahtar_web.audit.written import register
from anahtar_web.sources.models import Source

_TOLD = ("host", "database", "schema", "table", "user", "options", "peek", "months", "refusal")


def tell_where_words_stand() -> None:
    """Tell of the table; called when the program starts."""
    register(Source, account="", without=_TOLD)
