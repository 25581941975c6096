"""Meetings, calls, mails and visits: what was written of them, with who was there."""

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from anahtar_web.company.queries import end_of
from anahtar_web.history.lanes.rows import named, who
from anahtar_web.history.parts import Others, Part, Row, RowLane, Spot
from anahtar_web.history.sources import Asked, Item
from anahtar_web.interactions.models import Interaction, Kind, Participant
from anahtar_web.ui.markdown import plain
from anahtar_web.ui.templatetags.shown import number

_ICONS: Final = {
    **{"meeting": "users", "call": "phone", "mail": "mail"},
    **{"visit": "map-pin", "event": "calendar", "letter": "mail-open"},
}
_LONGEST: Final = 300
_PLAIN: Final = "plain"


class Touches(RowLane):
    """Interactions, by the day on which they were."""

    name = "touches"
    label = gettext_lazy("Interactions")
    icon = "messages-square"
    knows_directions = True

    def parts(self, asked: Asked) -> Sequence[Part]:
        """Give interactions with their notes and who of ours was there."""
        ours = Participant.objects.filter(removed_at=None, user__isnull=False)
        columns = {
            "words": F("subject"),
            "more": F("notes"),
            "code": F("kind"),
            "was": Case(When(is_plain=True, then=Value(_PLAIN)), default=Value("")),
            "who": who("by"),
        }
        return [Part(_rows(asked), F("day"), _item, columns, others=Others(ours, "interaction", "user__name"))]

    def said(self, count: int, bad: int) -> str:
        """Say how many."""
        return ngettext("%(n)s interaction", "%(n)s interactions", count) % {"n": number(count)}


def _rows(asked: Asked) -> Any:
    rows = Interaction.objects.filter(account__in=asked.accounts, day__gte=asked.first, day__lte=asked.last)
    if asked.direction is not None:
        rows = rows.filter(business=asked.direction)
    if asked.on is None:
        return rows.filter(deleted_at=None)
    end = end_of(asked.on)
    return rows.filter(Q(deleted_at=None) | Q(deleted_at__gte=end), recorded_at__lt=end)


def _item(row: Row, spot: Spot) -> Item:
    words = " ".join(row.more.split()) if row.was == _PLAIN else plain(row.more)
    return Item(
        day=spot.day,
        pk=spot.key,
        icon=_ICONS.get(row.code, "messages-square"),
        title=f"{named(Kind, row.code)}: {row.words}",
        text=words if len(words) <= _LONGEST else words[:_LONGEST].rpartition(" ")[0] + " …",
        who=", ".join(row.others) or row.who,
        address=reverse("interactions:one", args=[row.account, row.pk]),
        account=row.company,
        source=Touches.name,
    )
