"""Is the trail what was written? Its chain, its anchors, and the triggers that guard it."""

from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar_web.audit.anchors import FILE, MalformedAnchor, anchors, torn
from anahtar_web.audit.chain import broken_links
from anahtar_web.audit.doctor import register

_TRIGGERS: Final = {
    "sqlite": ("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'", 2),
    "postgresql": (
        "SELECT tgname FROM pg_trigger "
        "WHERE tgrelid = 'audit_entry'::regclass AND NOT tgisinternal AND tgenabled = 'O'",
        1,
    ),
}
"""How many triggers of the trail there have to be on each database."""


@register("audit", gettext_lazy("Audit trail"))
def trail() -> Iterator[str]:
    """Name what is wrong with the trail."""
    yield from _chain()
    yield from _anchors()
    yield from _guards()


def _chain() -> Iterator[str]:
    for link in broken_links():
        if link.altered:
            yield _("Entry %(id)s of the trail was changed after it was written.") % {"id": link.entry_id}
        else:
            yield _("Before entry %(id)s of the trail an entry is missing or was replaced.") % {"id": link.entry_id}


def _anchors() -> Iterator[str]:
    try:
        kept = anchors(settings.DATA / FILE)
    except MalformedAnchor as error:
        yield _("The file %(file)s holds a line that is no anchor: %(line)s") % {"file": FILE, "line": error}
        return
    for anchor in torn(kept):
        yield _("The trail ended with entry %(id)s on %(at)s; that entry is gone or is another one now.") % {
            "id": anchor.entry_id,
            "at": anchor.at,
        }


def _guards() -> Iterator[str]:
    query, wanted = _TRIGGERS[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = len(cursor.fetchall())
    if found < wanted:
        yield _("The database no longer refuses to change entries of the trail: its triggers are gone.")
