"""Question of `anahtar-web doctor`: does the search find what is written, and nothing else."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar_web.audit.doctor import register
from anahtar_web.search.actions import differences
from anahtar_web.search.sources import SOURCES

_MOST: Final = 20


def register_checks() -> None:
    """Register the question; called when the program starts."""
    register("search", gettext_lazy("Search"))(index)


def index() -> Iterator[str]:
    """Compare every text of the index with its row, and the words the database has noted with the texts."""
    for source in SOURCES.values():
        for one in islice(differences(source), _MOST):
            text = one.wanted or one.stored
            yield _("The search does not know %(title)s as it is. Run anahtar-web search_rebuild.") % {"title": text}
    if connection.vendor == "sqlite" and not _is_whole():
        yield _("The index of the search is damaged. Run anahtar-web search_rebuild.")


def _is_whole() -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_index(search_index, rank) VALUES ('integrity-check', 1)")
    except DatabaseError:
        return False
    return True
