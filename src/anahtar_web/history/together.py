"""Asks all lanes made of rows at once: one query each for the overview, for the places in the list, and for its words.

Every lane has several tables, and an account has a dozen lanes: asked one by one they would be forty queries.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.db.models import BigIntegerField, Count, ExpressionWrapper, F, IntegerField, Q, TextField, Value
from django.db.models.functions import TruncMonth

from anahtar_web.history.parts import Part, Row, RowLane, Spot
from anahtar_web.history.sources import STEP_MONTH, Before, Item, Mark

_TEXTS: Final = ("company", "who", "words", "more", "code", "was")
_NUMBERS: Final = ("account", "of", "amount")
_USUAL: Final[Mapping[str, Any]] = {"account": F("account_id"), "company": F("account__name")}
_OTHERS: Final = -1
"""Number of the part of names that stand beside a row."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A lane with its parts.

    Parameters
    ----------
    place
        Which lane it is, among those that are told.
    before
        Where its list goes on.
    """

    lane: RowLane
    place: int
    parts: Sequence[Part]
    before: Before


def marks(laid: Sequence[Laid], step: str) -> dict[str, list[Mark]]:
    """Give what the overview draws of each lane."""
    if not laid:
        return {}
    sums: dict[str, dict[date, tuple[int, int]]] = {one.lane.name: {} for one in laid}
    names = {one.place: one.lane.name for one in laid}
    for place, day, count, bad in _union(_counted(part, one.place, step) for one in laid for part in one.parts):
        so_far = sums[names[place]].get(day, (0, 0))
        sums[names[place]][day] = (so_far[0] + count, so_far[1] + bad)
    return {one.lane.name: _marks(one.lane, sums[one.lane.name]) for one in laid}


def _marks(lane: RowLane, sums: Mapping[date, tuple[int, int]]) -> list[Mark]:
    return [
        Mark(day, count, lane.said(count, bad), float(count) if lane.bars else None, bad)
        for day, (count, bad) in sorted(sums.items())
    ]


def _counted(part: Part, place: int, step: str) -> Any:
    rows = part.rows if part.counted is None else part.counted
    dated = rows.order_by().annotate(on_day=part.day)
    stepped = dated.annotate(in_lane=_int(place), on_step=TruncMonth("on_day") if step == STEP_MONTH else F("on_day"))
    bad = Count("pk", filter=part.bad) if part.bad is not None else _int(0)
    counted = stepped.values("in_lane", "on_step").annotate(how_many=Count("pk"), how_bad=bad)
    return counted.values_list("in_lane", "on_step", "how_many", "how_bad")


def spots(laid: Sequence[Laid], limit: int) -> list[Spot]:
    """Give which rows come next in the list, the latest first, at most `limit`."""
    if not laid:
        return []
    names = {one.place: one.lane.name for one in laid}
    found = _union(_spots(one, number) for one in laid for number in range(len(one.parts)))
    told = found.order_by("-on_day", "in_lane", "-key")[:limit]
    return [Spot(day, names[place], part, key, row) for day, place, part, key, row in told]


def _spots(one: Laid, number: int) -> Any:
    part, of = one.parts[number], len(one.parts)
    rows = part.rows.order_by().annotate(on_day=part.day).filter(_placed(one.before, of, number))
    # Rows of several tables share a lane: their keys must not meet.
    key = ExpressionWrapper(F("pk") * Value(of) + Value(number), BigIntegerField())
    named = rows.annotate(in_lane=_int(one.place), in_part=_int(number), key=key)
    return named.values_list("on_day", "in_lane", "in_part", "key", "pk")


def _placed(before: Before, of: int, number: int) -> Q:
    """Say that a row lies before a place in the list."""
    below = -((number - before.pk) // of)
    return Q(on_day__lt=before.day) | Q(on_day=before.day, pk__lt=below)


def items(found: Sequence[Spot], laid: Sequence[Laid]) -> list[Item]:
    """Tell rows, in the order in which they are given."""
    lanes = {one.lane.name: one for one in laid}
    keys: dict[tuple[str, int], list[int]] = defaultdict(list)
    for spot in found:
        keys[spot.lane, spot.part].append(spot.row)
    parts = {(lane, number): lanes[lane].parts[number] for lane, number in keys}
    rows = _told({at: (lanes[at[0]].place, part, keys[at]) for at, part in parts.items() if part.whole is None})
    for at, part in parts.items():
        if part.whole is not None:
            whole = part.rows.model._default_manager.select_related(*part.whole).filter(pk__in=keys[at])
            rows |= {(*at, row.pk): row for row in whole.order_by("pk")}
    return [parts[spot.lane, spot.part].tell(rows[spot.lane, spot.part, spot.row], spot) for spot in found]


def _told(asked: Mapping[tuple[str, int], tuple[int, Part, list[int]]]) -> dict[tuple[str, int, int], Any]:
    """Read the words of rows, and the names beside them."""
    if not asked:
        return {}
    names = {place: lane for (lane, _number), (place, _part, _keys) in asked.items()}
    wanted = []
    for (_lane, number), (place, part, keys) in asked.items():
        rows = part.rows.model._default_manager.filter(pk__in=keys)
        wanted.append(_columns(rows, F("pk"), place, number, {**_USUAL, **part.columns}))
        if part.others is not None:
            beside = part.others.rows.filter(**{f"{part.others.of}__in": keys})
            named = {"who": F(part.others.name), "of": Value(number)}
            wanted.append(_columns(beside, F(f"{part.others.of}_id"), place, _OTHERS, named))
    others: dict[tuple[int, int, int], list[str]] = defaultdict(list)
    found: dict[tuple[str, int, int], Row] = {}
    for place, number, row, account, of, amount, *texts in _union(wanted):
        told = Row(row, account, of, amount, *(text or "" for text in texts))
        if number == _OTHERS:
            others[place, of, row].append(told.who)
        else:
            found[names[place], number, row] = told
    beside = {(names[place], number, row): sorted(found) for (place, number, row), found in others.items()}
    return {at: replace(row, others=beside.get(at, ())) for at, row in found.items()}


def _columns(rows: Any, row: F, place: int, number: int, said: Mapping[str, Any]) -> Any:
    """Name what is read alike in every table; with a prefix, for a table may have a column of the same name."""
    numbers = {f"told_{name}": said.get(name, Value(0, BigIntegerField())) for name in _NUMBERS}
    texts = {f"told_{name}": said.get(name, Value("", TextField())) for name in _TEXTS}
    named = rows.order_by().annotate(told_lane=_int(place), told_part=_int(number), told_row=row, **numbers, **texts)
    return named.values_list("told_lane", "told_part", "told_row", *numbers, *texts)


def _union(some: Iterable[Any]) -> Any:
    """Bring queries together."""
    first, *rest = some
    return first.union(*rest, all=True) if rest else first


def _int(value: int) -> Value:
    return Value(value, IntegerField())
