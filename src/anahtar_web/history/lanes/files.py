"""Documents: when they came, and when somebody removed them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anahtar_web.files.models import Attachment
from anahtar_web.history.lanes.rows import day_of, moments, who
from anahtar_web.history.parts import Part, Row, RowLane, Spot
from anahtar_web.history.sources import Asked, Item
from anahtar_web.ui.templatetags.shown import number


class Files(RowLane):
    """Documents of the account, by the days on which they were brought and removed."""

    name = "files"
    label = gettext_lazy("Files")
    icon = "paperclip"

    def parts(self, asked: Asked) -> Sequence[Part]:
        """Give what was brought, and what was removed with its reason."""
        brought = {"words": F("name"), "who": who("by")}
        removed = {"words": F("name"), "who": who("removed_by"), "more": F("removal_reason")}
        return [
            Part(_rows(asked, "at"), day_of("at"), _brought, brought),
            Part(_rows(asked, "removed_at"), day_of("removed_at"), _removed, removed),
        ]

    def said(self, count: int, bad: int) -> str:
        """Say how many came or went."""
        return ngettext("%(n)s file", "%(n)s files", count) % {"n": number(count)}


def _rows(asked: Asked, field: str) -> Any:
    return Attachment.objects.filter(moments(field, asked), account__in=asked.accounts)


def _brought(row: Row, spot: Spot) -> Item:
    return _item(row, spot, "paperclip", _("File added: %(name)s"))


def _removed(row: Row, spot: Spot) -> Item:
    return _item(row, spot, "trash-2", _("File removed: %(name)s"))


def _item(row: Row, spot: Spot, icon: str, title: str) -> Item:
    return Item(
        day=spot.day,
        pk=spot.key,
        icon=icon,
        title=title % {"name": row.words},
        text=row.more,
        who=row.who,
        address=reverse("files:account", args=[row.account]),
        account=row.company,
        source=Files.name,
    )
