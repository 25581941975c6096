"""What changed on the map of an account, the last first: people, ties and relations in one list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, QuerySet, Value

from anahtar_web.accounts.models import Account
from anahtar_web.stakeholders.models import Relation, Stakeholder, StakeholderVersion, Tie

_PERSON, _TIE, _ENDED, _RELATION = "person", "tie", "ended", "relation"


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a change is found."""

    kind: str
    pk: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One change, with its row and, of a person or a relation, the row before it."""

    kind: str
    at: datetime
    by: Any
    row: Any
    before: Any = None


def moments(account: Account) -> "QuerySet[Any, Any]":
    """Give where every change is found, the last first: one query, whatever the number of kinds."""
    people = Stakeholder.objects.of(account).order_by().values("pk")
    ties = Tie.objects.of(account).order_by()
    return (
        _told(StakeholderVersion.objects.filter(stakeholder__in=people).order_by(), _PERSON, "recorded_at")
        .union(
            _told(ties, _TIE, "recorded_at"),
            _told(ties.exclude(ended_at=None), _ENDED, "ended_at"),
            _told(Relation.objects.filter(stakeholder__in=people).order_by(), _RELATION, "recorded_at"),
            all=True,
        )
        .order_by("-at", "-row", "kind_of")
    )


def _told(rows: "QuerySet[Any]", kind: str, at: str) -> "QuerySet[Any, Any]":
    named = rows.annotate(kind_of=Value(kind, CharField()), row=F("pk"), at=F(at))
    told: QuerySet[Any, Any] = named.values_list("kind_of", "row", "at")
    return told


def changes(found: Sequence[tuple[str, int, datetime]]) -> list[Change]:
    """Read the changes of a page; the same few queries for any number."""
    asked = [Moment(*each) for each in found]
    people = _people([each.pk for each in asked if each.kind == _PERSON])
    ties = _ties([each.pk for each in asked if each.kind in (_TIE, _ENDED)])
    relations = _relations([each.pk for each in asked if each.kind == _RELATION])
    rows = {_PERSON: people, _TIE: ties, _ENDED: ties, _RELATION: relations}
    return [_change(each, *rows[each.kind][each.pk]) for each in asked]


def _change(moment: Moment, row: Any, before: Any) -> Change:
    return Change(moment.kind, moment.at, row.ended_by if moment.kind == _ENDED else row.by, row, before)


def _people(keys: Sequence[int]) -> dict[int, tuple[Any, Any]]:
    rows = StakeholderVersion.objects.select_related("stakeholder__account", "by", "reports_to")
    found = list(rows.filter(pk__in=keys).order_by("pk"))
    all_of = rows.filter(stakeholder__in={row.stakeholder_id for row in found}).order_by("pk")
    numbered = {(row.stakeholder_id, row.number): row for row in all_of}
    return {row.pk: (row, numbered.get((row.stakeholder_id, row.number - 1))) for row in found}


def _ties(keys: Sequence[int]) -> dict[int, tuple[Any, Any]]:
    rows = Tie.objects.filter(pk__in=keys).select_related("from_one", "to_other", "by", "ended_by").order_by("pk")
    return {row.pk: (row, None) for row in rows}


def _relations(keys: Sequence[int]) -> dict[int, tuple[Any, Any]]:
    rows = Relation.objects.select_related("stakeholder", "colleague", "by").order_by("pk")
    found = list(rows.filter(pk__in=keys))
    before: dict[int, Any] = {}
    last: dict[tuple[int, int], Any] = {}
    for row in rows.filter(stakeholder__in={row.stakeholder_id for row in found}):
        pair = (row.stakeholder_id, row.colleague_id)
        before[row.pk], last[pair] = last.get(pair), row
    return {row.pk: (row, before[row.pk]) for row in found}
