"""The last line of the palette: look for the words in everything that was written."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from anahtar_web.search.words import asked
from anahtar_web.ui.palette import Found


def look(_request: HttpRequest, text: str) -> Iterable[Found]:
    """Offer the search; no question to the database."""
    if not asked(text):
        return []
    name = _("Search the dossiers for “%(text)s”") % {"text": text.strip()}
    return [Found(name, f"{reverse('search:results')}?{urlencode({'q': text.strip()})}", icon="text-search")]
