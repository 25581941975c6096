"""`anahtar-web search_rebuild`: make the index of the search anew."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_lazy, ngettext

from anahtar_web.search.actions import rebuild


class Command(BaseCommand):
    """Read everything that can be found, and note its words."""

    help = gettext_lazy("make the index of the search anew from what is written")  # type: ignore[assignment]  # written when it is asked for

    def handle(self, **options: Any) -> None:
        count = rebuild()
        said = ngettext("%(n)s text can be found.", "%(n)s texts can be found.", count) % {"n": count}
        self.stdout.write(said)
