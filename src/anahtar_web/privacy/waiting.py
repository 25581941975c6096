"""Files that were dropped, or came by the mail folder, and wait for a word on them: they may name a person, too.

Nobody but who dropped a file sees what it holds. So it is told that one waits, whose it is and how often the person
stands in it, not what else it says; and it goes whole, with the files of its mails, when the person is erased.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar_web.interactions.actions.waiting import forget_some
from anahtar_web.interactions.models import Dropped
from anahtar_web.privacy.holders import Holder, register
from anahtar_web.privacy.naming import Naming
from anahtar_web.privacy.places import texts_in
from anahtar_web.stakeholders.models import Stakeholder
from anahtar_web.ui.templatetags.shown import moment, number

_AT_ONCE = 50
"""Rows of which each may hold the words of two hundred mails."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that waits and names a person for certain.

    Parameters
    ----------
    times
        In how many of its texts.
    """

    dropped: Dropped
    times: int


def waiting_for(who: Stakeholder, naming: Naming | None = None) -> Iterator[Waiting]:
    """Read all that waits, and give what names the person for certain: by an address, a phone or the whole name."""
    found = naming or Naming.of(who)
    rows = Dropped.objects.select_related("by").order_by("pk")
    for row in rows.iterator(chunk_size=_AT_ONCE):
        times = sum(bool(found.find(text, row.account_id)[0]) for text in texts_in([row.name, row.items]))
        if times:
            yield Waiting(row, times)


def _told(who: Stakeholder, naming: Naming) -> list[list[tuple[str, str]]]:
    return [
        [
            (_("Came"), moment(one.dropped.at)),
            (_("Brought by"), _("the mail folder") if one.dropped.from_folder else str(one.dropped.by or "–")),
            (_("Texts that name the person"), number(one.times)),
        ]
        for one in waiting_for(who, naming)
    ]


def _erase(who: Stakeholder) -> int:
    return forget_some([one.dropped.pk for one in waiting_for(who)])


def register_waiting() -> None:
    """Tell where they are held; called when the program starts."""
    register(Holder("waiting", gettext_lazy("Dropped files that wait for a word on them"), _erase, _told))
