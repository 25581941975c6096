"""Tenders: when they were announced, and what became of them."""

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anahtar_web.gate.rights import Field
from anahtar_web.history.lanes.rows import known, named, who
from anahtar_web.history.parts import Part, Row, RowLane, Spot
from anahtar_web.history.sources import Asked, Item
from anahtar_web.tenders.models import Outcome, Reason, Tender
from anahtar_web.ui.templatetags.shown import number, short_money

_TONES: Final = {Outcome.WON: "good", Outcome.LOST: "bad", Outcome.PARTLY: "warn"}
_COLUMNS: Final = {"words": F("title"), "who": who("owner")}


class Bids(RowLane):
    """Tenders, by the days on which they were announced and decided."""

    name = "tenders"
    label = gettext_lazy("Tenders")
    icon = "gavel"
    knows_directions = True

    def parts(self, asked: Asked) -> Sequence[Part]:
        """Give announcements, and decisions with their outcome."""
        # The estimate is read only for who may see it. In words: it may be in another currency than the ledger.
        worth = {"amount": F("estimate"), "was": F("currency")} if asked.user.sees(Field.OFFER) else {}
        opened = {**_COLUMNS, "more": F("reference"), **worth}
        closed = {**_COLUMNS, "code": F("outcome"), "more": F("their_reason__name"), "was": F("their_reason__code")}
        return [
            Part(_rows(asked, "announced_on"), F("announced_on"), _announced, opened),
            Part(_rows(asked, "decided_on"), F("decided_on"), _decided, closed),
        ]

    def said(self, count: int, bad: int) -> str:
        """Say how many steps."""
        return ngettext("%(n)s step of a tender", "%(n)s steps of tenders", count) % {"n": number(count)}


def _rows(asked: Asked, name: str) -> Any:
    window = {f"{name}__gte": asked.first, f"{name}__lte": min(asked.last, asked.on or asked.last)}
    rows = Tender.objects.filter(known("recorded_at", asked), account__in=asked.accounts, **window)
    return rows if asked.direction is None else rows.filter(direction=asked.direction)


def _announced(row: Row, spot: Spot) -> Item:
    worth = short_money(row.amount, row.was) if row.amount else ""
    title = _("Tender announced: %(title)s") % {"title": row.words}
    return _item(row, spot, "megaphone", title, row.more, worth)


def _decided(row: Row, spot: Spot) -> Item:
    title = _("Tender decided: %(title)s") % {"title": row.words}
    tone = _TONES.get(Outcome(row.code), "")
    why = str(Reason(name=row.more, code=row.was)) if row.more or row.was else ""
    return _item(row, spot, "gavel", title, named(Outcome, row.code), why, tone=tone)


def _item(row: Row, spot: Spot, icon: str, title: str, *text: str, tone: str = "") -> Item:
    return Item(
        day=spot.day,
        pk=spot.key,
        icon=icon,
        title=title,
        text=" · ".join(filter(None, text)),
        who=row.who,
        address=reverse("tenders:tender", args=[row.pk]),
        account=row.company,
        tone=tone,
        source=Bids.name,
    )
