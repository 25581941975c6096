"""The people at the account: who came and left, and whose role or stance is another."""

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anahtar_web.history.lanes.rows import day_of, days, known, moments, named, who
from anahtar_web.history.parts import Part, Row, RowLane, Spot
from anahtar_web.history.sources import Asked, Item
from anahtar_web.stakeholders.models import STANCES, Grade, Role, StakeholderVersion, Stance
from anahtar_web.ui.templatetags.shown import number

_COLUMNS: Final = {
    "of": F("stakeholder"),
    "account": F("stakeholder__account"),
    "company": F("stakeholder__account__name"),
    "who": who("by"),
    "words": F("name"),
}


class People(RowLane):
    """People, as their versions tell it; gaps have no history of their own."""

    name = "people"
    label = gettext_lazy("People")
    icon = "user-round"

    def parts(self, asked: Asked) -> Sequence[Part]:
        """Give who came, left, and changed role or stance."""
        rows = _versions(asked)
        written = rows.filter(moments("recorded_at", asked))
        changed = written.exclude(was_name=None)
        # Said out loud: a comparison with nothing is not false, and would leave out whoever had not left before.
        left = rows.filter(Q(was_left=None) | ~Q(was_left=F("left_on")), days("left_on", asked))
        stood = rows.exclude(was_name=None).exclude(stance="").exclude(stance=F("was_stance"))
        stood = stood.annotate(stood_on=Coalesce("stance_since", day_of("recorded_at"))).filter(days("stood_on", asked))
        return [
            Part(written.filter(Q(was_name=None) | Q(was_name="")), day_of("recorded_at"), _came, _position()),
            Part(left, F("left_on"), _left, {**_COLUMNS, "more": F("went_to")}),
            Part(changed.exclude(role="").exclude(role=F("was_role")), day_of("recorded_at"), _role, _before("role")),
            Part(stood, F("stood_on"), _stance, {**_before("stance"), "more": F("stance_grade")}),
        ]

    def said(self, count: int, bad: int) -> str:
        """Say how many changes there were."""
        return ngettext("%(n)s change of people", "%(n)s changes of people", count) % {"n": number(count)}


def _versions(asked: Asked) -> Any:
    """Versions of named people, each with what was written before it."""
    rows = StakeholderVersion.objects.filter(known("recorded_at", asked), stakeholder__account__in=asked.accounts)
    return _beside_before(rows.exclude(name=""))


def _beside_before(rows: Any) -> Any:
    one_less = {"stakeholder": OuterRef("stakeholder"), "number": OuterRef("number") - 1}
    before = StakeholderVersion.objects.filter(**one_less).order_by()
    told = {"was_name": "name", "was_left": "left_on", "was_role": "role", "was_stance": "stance"}
    return rows.annotate(**{name: Subquery(before.values(field)) for name, field in told.items()})


def _before(field: str) -> dict[str, Any]:
    """Read a field of the version, and of the one before it."""
    one_less = {"stakeholder": OuterRef("stakeholder"), "number": OuterRef("number") - 1}
    before = StakeholderVersion.objects.filter(**one_less).order_by()
    return {**_COLUMNS, "code": F(field), "was": Subquery(before.values(field))}


def _position() -> dict[str, Any]:
    return {**_COLUMNS, "code": F("role"), "more": F("position"), "was": F("unit")}


def _came(row: Row, spot: Spot) -> Item:
    role = named(Role, row.code) if row.code else ""
    return _item(row, spot, "user-round-plus", _("New on the map: %(person)s"), row.more, row.was, role)


def _left(row: Row, spot: Spot) -> Item:
    went = _("went to %(company)s") % {"company": row.more} if row.more else ""
    return _item(row, spot, "log-out", _("%(person)s has left them"), went, tone="warn")


def _role(row: Row, spot: Spot) -> Item:
    title = _("%(person)s, role: %(role)s") % {"person": row.words, "role": named(Role, row.code)}
    before = _("before: %(what)s") % {"what": named(Role, row.was)} if row.was else ""
    return _item(row, spot, "badge", title.replace("%", "%%"), before)


def _stance(row: Row, spot: Spot) -> Item:
    title = _("%(person)s, stance: %(stance)s") % {"person": row.words, "stance": named(Stance, row.code)}
    before = _("before: %(what)s") % {"what": named(Stance, row.was)} if row.was else ""
    grade = named(Grade, row.more) if row.more else ""
    return _item(row, spot, "thumbs-up", title.replace("%", "%%"), grade, before, tone=_tone(row))


def _tone(row: Row) -> str:
    """Say whether somebody came nearer to us."""
    if not row.was:
        return ""
    moved = STANCES.index(Stance(row.was)) - STANCES.index(Stance(row.code))
    return "good" if moved > 0 else "bad"


def _item(row: Row, spot: Spot, icon: str, title: str, *text: str, tone: str = "") -> Item:
    return Item(
        day=spot.day,
        pk=spot.key,
        icon=icon,
        title=title % {"person": row.words},
        text=" · ".join(filter(None, text)),
        who=row.who,
        address=reverse("stakeholders:person", args=[row.account, row.of]),
        account=row.company,
        tone=tone,
        source=People.name,
    )
