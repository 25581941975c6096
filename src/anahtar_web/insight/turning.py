"""What an analysis says otherwise than the one before it: noted while the standings of both are there."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final, NamedTuple

from django.db import transaction

from anahtar_web.accounts import bulk
from anahtar_web.insight.models import Run, Standing, Turn

_AT_ONCE: Final = 5000
_COLUMNS: Final = ("run_id", "account_id", "kind", "before", "after", "revenue")


class _Stand(NamedTuple):
    account: int
    state: str | None
    abc: str | None
    key: bool
    orders: int
    revenue: int | None


def note(run: Run) -> None:
    """Compare a run that is about to be shown with the one that is; nothing where there is none, or nothing to compare.

    Killed in the middle, what was noted goes with the run that never was.
    """
    shown = Run.objects.filter(current=True).first()
    if shown is None or not Standing.objects.filter(run=shown).exists():
        return
    turns = _turns(run, {stand.account: stand for stand in _stands(shown)})
    while chunk := list(islice(turns, _AT_ONCE)):
        with transaction.atomic():
            bulk.insert(Turn, _COLUMNS, chunk)


def _stands(run: Run) -> Iterator[_Stand]:
    rows = Standing.objects.filter(run=run).order_by("pk").values_list(*_Stand._fields)
    return (_Stand(*row) for row in rows.iterator(chunk_size=_AT_ONCE))


def _turns(run: Run, before: dict[int, _Stand]) -> Iterator[tuple[Any, ...]]:
    for now in _stands(run):
        was = before.get(now.account)
        hangs = max(now.revenue or 0, (was.revenue if was else 0) or 0)
        for kind, old, new in _differences(was, now):
            yield (run.pk, now.account, kind.value, old, new, hangs)


def _differences(was: _Stand | None, now: _Stand) -> Iterator[tuple[Turn.Kind, str, str]]:
    if was is None or not was.orders:
        if now.orders:
            yield Turn.Kind.FIRST, "", now.state or ""
        return
    if was.state != now.state:
        yield Turn.Kind.STATE, was.state or "", now.state or ""
    if was.abc != now.abc:
        yield Turn.Kind.CLASS, was.abc or "", now.abc or ""
    if was.key != now.key:
        yield Turn.Kind.KEY, "yes" if was.key else "no", "yes" if now.key else "no"
