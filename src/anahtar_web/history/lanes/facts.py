"""What was learned of the account, what somebody confirmed, and what went stale because nobody did.

Not rows of a table alone: when a fact goes stale follows from its kind, its grade and from what else was said of the
same thing (`anahtar.rules.facts`). So the statements are read once, without their words.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from django.urls import reverse
from django.utils.timezone import get_current_timezone_name, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anahtar.rules.facts import Grade, Said, best, life
from anahtar_web.audit.remembering import Remembered
from anahtar_web.company.queries import end_of, today
from anahtar_web.dossier.kinds import Kind, Kinds, every, versions_of
from anahtar_web.dossier.models import Fact
from anahtar_web.dossier.models import Grade as Words
from anahtar_web.dossier.values import written
from anahtar_web.history.lanes.rows import counted, named, part_of
from anahtar_web.history.sources import Asked, Before, Item, Told
from anahtar_web.ui.templatetags.shown import number

_LEARNED, _CONFIRMED, _STALE = range(3)
_KINDS: Final = 2
"""A statement is told twice: when it was known, and when it went stale. Their keys must not meet."""
_COLUMNS: Final = ("pk", "account", "kind", "root", "grade", "known_on", "recorded_at", "confirms")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a statement."""

    day: date
    pk: int
    fact: int
    what: int


class Facts:
    """Facts by the days on which they were known, and on which they went stale."""

    name = "facts"
    label = gettext_lazy("Facts")
    icon = "id-card"
    knows_directions = False

    def told(self, asked: Asked, step: str, *, before: Before, limit: int) -> Told:
        """Draw a point for each; tell what is known with its grade."""
        kinds, last = every(), min(asked.last, asked.on or today())
        found = _remembered_events(asked, kinds, last)
        shown = part_of(found, before, limit)
        return Told(counted((event.day for event in found), step, _said), _items(shown, kinds))


REMEMBERED: Final = 20_000
"""So many events are remembered by a process, a hundred bytes each."""

_remembered: Final[Remembered[list[Event]]] = Remembered(REMEMBERED, len)


def _remembered_events(asked: Asked, kinds: Kinds, last: date) -> list[Event]:
    """Give the events of a window, remembered until the trail of one of its accounts moves, as `facts_of` is."""
    key = (asked.on, asked.first, last, get_current_timezone_name(), versions_of(kinds))
    make = partial(_found, asked, kinds, last)
    return _remembered.get(asked.accounts, key, make, state=asked.state)


def _found(asked: Asked, kinds: Kinds, last: date) -> list[Event]:
    return list(_events(_stated(asked), kinds, asked.first, last))


def _stated(asked: Asked) -> Any:
    rows = Fact.objects.filter(account__in=asked.accounts)
    rows = rows.standing() if asked.on is None else rows.written_before(end_of(asked.on))
    return rows.order_by("recorded_at", "pk").values_list(*_COLUMNS, named=True)


def _events(rows: Any, kinds: Mapping[str, Kind], first: date, last: date) -> Iterator[Event]:
    things: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        if row.kind in kinds:
            item = (row.root or row.pk) if kinds[row.kind].many else None
            things[row.account, row.kind, item].append(row)
            if first <= row.known_on <= last:
                yield Event(row.known_on, row.pk * _KINDS, row.pk, _CONFIRMED if row.confirms else _LEARNED)
    for (_account, kind, _item), stated in things.items():
        yield from _gone_stale(stated, kinds[kind], first, last)


def _gone_stale(stated: Sequence[Any], kind: Kind, first: date, last: date) -> Iterator[Event]:
    """Give the days on which a thing was known no more: what held of it was stale, and nothing else stood there.

    What else was said is looked at only where something went stale within the window: that look is the dear part.
    """
    said = [_life_of(row, kind) for row in stated]
    ended = [
        (one, day)
        for one in said
        if (last_day := one.days.last_day) is not None and first <= (day := last_day + timedelta(days=1)) <= last
    ]
    if not ended:
        return
    recorded = [localtime(row.recorded_at).date() for row in stated]
    for one, day in ended:
        holds = best((other for other, written_on in zip(said, recorded, strict=True) if written_on < day), day)
        if holds is one:
            yield Event(day, one.key * _KINDS + 1, one.key, _STALE)


def _life_of(row: Any, kind: Kind) -> Said:
    grade = Grade(row.grade)
    days = life(known_on=row.known_on, grade=grade, shelf_months=kind.shelf_months)
    return Said(row.pk, grade, row.known_on, days)


def _items(shown: Sequence[Event], kinds: Mapping[str, Kind]) -> list[Item]:
    rows = Fact.objects.select_related("account", "by").in_bulk([event.fact for event in shown])
    return [_item(event, rows[event.fact], kinds[rows[event.fact].kind]) for event in shown]


def _item(event: Event, fact: Fact, kind: Kind) -> Item:
    title, icon, tone = {
        _LEARNED: (_("Known: %(kind)s"), "lightbulb", ""),
        _CONFIRMED: (_("Confirmed: %(kind)s"), "badge-check", "good"),
        _STALE: (_("Gone stale: %(kind)s"), "hourglass", "warn"),
    }[event.what]
    text = [written(kind, fact), "" if event.what == _CONFIRMED else named(Words, fact.grade)]
    return Item(
        day=event.day,
        pk=event.pk,
        icon=icon,
        title=title % {"kind": kind},
        text=" · ".join(filter(None, text)),
        who="" if event.what == _STALE else str(fact.by),
        address=reverse("dossier:fact", args=[fact.account_id, fact.pk]),
        account=fact.account.name,
        tone=tone,
        source=Facts.name,
    )


def _said(count: int) -> str:
    return ngettext("%(n)s change of facts", "%(n)s changes of facts", count) % {"n": number(count)}
