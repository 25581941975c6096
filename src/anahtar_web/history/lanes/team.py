"""Who began and who ended looking after the account."""

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anahtar_web.accounts.models import Assignment
from anahtar_web.accounts.models import Part as Task
from anahtar_web.history.lanes.rows import days, named, who
from anahtar_web.history.parts import Part, Row, RowLane, Spot
from anahtar_web.history.sources import Asked, Item
from anahtar_web.ui.templatetags.shown import number

_COLUMNS: Final = {"words": who("person"), "code": F("part")}


class Team(RowLane):
    """Assignments by the days on which they begin and end."""

    name = "team"
    label = gettext_lazy("Team")
    icon = "users"

    def parts(self, asked: Asked) -> Sequence[Part]:
        """Give who came and who went."""
        return [
            Part(_lasting(asked, "until"), F("until"), _left, _COLUMNS),
            Part(_lasting(asked, "since"), F("since"), _joined, _COLUMNS),
        ]

    def said(self, count: int, bad: int) -> str:
        """Say how many came or went."""
        return ngettext("%(n)s change of the team", "%(n)s changes of the team", count) % {"n": number(count)}


def _lasting(asked: Asked, field: str) -> Any:
    """Assignments that held, with a day in the window."""
    held = Q(until=None) | Q(until__gt=F("since"))
    return Assignment.objects.filter(held, days(field, asked), account__in=asked.accounts)


def _joined(row: Row, spot: Spot) -> Item:
    return _item(row, spot, "user-plus", _("%(person)s joined: %(part)s"))


def _left(row: Row, spot: Spot) -> Item:
    return _item(row, spot, "user-minus", _("%(person)s left: %(part)s"))


def _item(row: Row, spot: Spot, icon: str, title: str) -> Item:
    return Item(
        day=spot.day,
        pk=spot.key,
        icon=icon,
        title=title % {"person": row.words, "part": named(Task, row.code)},
        address=reverse("accounts:team", args=[row.account]),
        account=row.company,
        source=Team.name,
    )
