"""A competitor by the name somebody typed: the one that is known, or a new one."""

from anahtar_web.audit.actions import record
from anahtar_web.competitors.models import Competitor
from anahtar_web.people.models import User
from anahtar_web.ui.text import fold


def competitor_named(name: str, *, by: User) -> Competitor | None:
    """Give the competitor of a name, however it is typed; a name nobody knows becomes one. None where none is named."""
    name = " ".join(name.split())[:200]
    if not name:
        return None
    found, is_new = Competitor.objects.get_or_create(name_key=fold(name)[:220], defaults={"name": name})
    if is_new:
        record("competitor.named", found, by=by, after={"name": name})
    return found
