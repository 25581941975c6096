"""Competitors: since when they are there, when they were first noticed, what was decided of the threat, who left."""

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anahtar_web.competitors.models import Presence, PresenceVersion, Sighting, ThreatDecision, ThreatLevel
from anahtar_web.history.lanes.rows import day_of, days, known, moments, named, who
from anahtar_web.history.parts import Part, Row, RowLane, Spot
from anahtar_web.history.sources import Asked, Item
from anahtar_web.ui.templatetags.shown import number

_COLUMNS: Final = {
    "of": F("presence"),
    "account": F("presence__account"),
    "company": F("presence__account__name"),
    "who": who("by"),
    "words": F("presence__competitor__name"),
}


class Rivals(RowLane):
    """Competitors at the account."""

    name = "competitors"
    label = gettext_lazy("Competitors")
    icon = "swords"
    knows_directions = True

    def parts(self, asked: Asked) -> Sequence[Part]:
        """Give attacks, first sightings, decisions on the threat, and those that gave up."""
        present = _present(asked)
        versions = PresenceVersion.objects.filter(known("recorded_at", asked), presence__in=present)
        entered = versions.filter(number=1).annotate(there_since=Coalesce("since", day_of("recorded_at")))
        before = PresenceVersion.objects.filter(presence=OuterRef("presence"), number__lt=OuterRef("number"))
        left = versions.filter(days("left_on", asked)).exclude(Exists(before.filter(left_on=OuterRef("left_on"))))
        decided = ThreatDecision.objects.filter(moments("recorded_at", asked), presence__in=present)
        return [
            Part(entered.filter(days("there_since", asked)), F("there_since"), _entered, _attack("direction", "site")),
            Part(_first_seen(asked, present), F("seen_on"), _seen, {**_COLUMNS, "more": F("words")}),
            Part(decided, day_of("recorded_at"), _decided, {**_COLUMNS, "code": F("level"), "more": F("reason")}),
            Part(left, F("left_on"), _left, {**_COLUMNS, "more": F("why_left")}),
        ]

    def said(self, count: int, bad: int) -> str:
        """Say how much was learned of competitors."""
        return ngettext("%(n)s report on competitors", "%(n)s reports on competitors", count) % {"n": number(count)}


def _present(asked: Asked) -> Any:
    rows = Presence.objects.filter(account__in=asked.accounts)
    if asked.direction is not None:
        rows = rows.filter(versions__current=True, versions__direction=asked.direction)
    return rows.order_by().values("pk")


def _first_seen(asked: Asked, present: Any) -> Any:
    """What the lane tells of sightings is the first: the list of all stands on the page of the competitor."""
    rows = Sighting.objects.filter(known("recorded_at", asked), days("seen_on", asked), presence__in=present)
    same_day = Q(seen_on=OuterRef("seen_on"), pk__lt=OuterRef("pk"))
    earlier = Sighting.objects.filter(Q(seen_on__lt=OuterRef("seen_on")) | same_day, presence=OuterRef("presence"))
    return rows.exclude(Exists(earlier))


def _attack(where: str, site: str) -> dict[str, Any]:
    return {**_COLUMNS, "code": F(where), "was": F(site), "more": F("offering")}


def _entered(row: Row, spot: Spot) -> Item:
    where = (row.code, row.was, row.more)
    return _item(row, spot, "swords", _("%(competitor)s is at the account"), *where, tone="warn")


def _seen(row: Row, spot: Spot) -> Item:
    return _item(row, spot, "eye", _("%(competitor)s was noticed for the first time"), row.more)


def _decided(row: Row, spot: Spot) -> Item:
    if not row.code:
        return _item(row, spot, "gavel", _("Threat of %(competitor)s: as computed again"), row.more)
    title = _("Threat of %(competitor)s decided: %(level)s")
    tone = {ThreatLevel.HIGH: "bad", ThreatLevel.MEDIUM: "warn"}.get(ThreatLevel(row.code), "")
    return _item(row, spot, "gavel", title, row.more, tone=tone, level=named(ThreatLevel, row.code))


def _left(row: Row, spot: Spot) -> Item:
    return _item(row, spot, "log-out", _("%(competitor)s has given up"), row.more, tone="good")


def _item(row: Row, spot: Spot, icon: str, title: str, *text: str, tone: str = "", level: str = "") -> Item:
    return Item(
        day=spot.day,
        pk=spot.key,
        icon=icon,
        title=title % {"competitor": row.words, "level": level},
        text=" · ".join(filter(None, text)),
        who=row.who,
        address=reverse("competitors:attack", args=[row.account, row.of]),
        account=row.company,
        tone=tone,
        source=Rivals.name,
    )
