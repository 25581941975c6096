"""Reading erasures, and the places that name a person in words."""

from typing import Any

from anahtar_web.audit.models import Entry
from anahtar_web.files.models import Attachment
from anahtar_web.files.queries import files_of
from anahtar_web.people.models import User
from anahtar_web.privacy.models import Erasure
from anahtar_web.search.models import Text
from anahtar_web.search.queries import found
from anahtar_web.search.words import asked
from anahtar_web.stakeholders.models import Stakeholder
from anahtar_web.ui.text import fold


def erasures(user: User) -> Any:
    """Give the erasures at accounts somebody sees, the latest first."""
    return Erasure.objects.visible_to(user).select_related("account", "by").order_by("-pk")


def mentions(who: Stakeholder, user: User) -> list[Text]:
    """Find texts that hold the name of a person besides their own row: words that no foreign key leads to."""
    words = asked(who.name)
    if len(words) < 2:
        return []
    rows = found(user, words).exclude(source="stakeholder", row=who.pk)
    return list(rows.select_related("account").order_by("-at", "-pk")[:50])


def entries_naming(who: Stakeholder) -> int:
    """Count the entries of the trail that hold the whole name: words from before the person was written down."""
    return Entry.objects.filter(search_key__contains=fold(who.name)).count() if who.name else 0


def files_naming(who: Stakeholder) -> list[Attachment]:
    """Give the documents of the account, those first whose name holds one of the person's."""
    words = asked(who.name)
    files = list(files_of(who.account)[:200])
    return sorted(files, key=lambda file: not any(word in file.search_key for word in words))
