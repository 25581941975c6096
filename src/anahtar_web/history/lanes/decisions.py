"""What people decided: whether an account is key, and where we treat it otherwise than its strategy says."""

from collections.abc import Sequence

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anahtar_web.accounts.models import KeyDecision, KeyStatus
from anahtar_web.history.lanes.rows import day_of, moments, named, who
from anahtar_web.history.parts import Part, Row, RowLane, Spot
from anahtar_web.history.sources import Asked, Item
from anahtar_web.strategies.models import Deviation
from anahtar_web.ui.markdown import plain
from anahtar_web.ui.templatetags.shown import number


class Decisions(RowLane):
    """Key decisions, and deviations as they were written and ended."""

    name = "decisions"
    label = gettext_lazy("Decisions")
    icon = "key-round"

    def parts(self, asked: Asked) -> Sequence[Part]:
        """Give each with its reason."""
        keys = KeyDecision.objects.filter(moments("at", asked), account__in=asked.accounts)
        deviations = Deviation.objects.filter(account__in=asked.accounts)
        decided = {"who": who("by"), "more": F("reason"), "code": F("status")}
        written = {"who": who("by"), "more": F("text")}
        ended = {"who": who("ended_by"), "more": F("end_reason")}
        return [
            Part(keys, day_of("at"), _key, decided),
            Part(deviations.filter(moments("at", asked)), day_of("at"), _written, written),
            Part(deviations.filter(moments("ended_at", asked)), day_of("ended_at"), _ended, ended),
        ]

    def said(self, count: int, bad: int) -> str:
        """Say how many."""
        return ngettext("%(n)s decision", "%(n)s decisions", count) % {"n": number(count)}


def _key(row: Row, spot: Spot) -> Item:
    title = _("Decided: %(status)s") % {"status": named(KeyStatus, row.code)}
    return _item(row, spot, "key-round", title, row.more, reverse("insight:key", args=[row.account]), "info")


def _written(row: Row, spot: Spot) -> Item:
    title, address = _("Treated otherwise than the strategy says"), reverse("strategies:account", args=[row.account])
    return _item(row, spot, "route", title, plain(row.more), address)


def _ended(row: Row, spot: Spot) -> Item:
    title, address = _("Goes by its strategy again"), reverse("strategies:account", args=[row.account])
    return _item(row, spot, "route-off", title, row.more, address)


def _item(row: Row, spot: Spot, icon: str, title: str, text: str, address: str, tone: str = "") -> Item:
    return Item(
        day=spot.day,
        pk=spot.key,
        icon=icon,
        title=title,
        text=text,
        who=row.who,
        address=address,
        account=row.company,
        tone=tone,
        source=Decisions.name,
    )
