"""What an analysis changes against the one shown before it: noted while the standings of both are there."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final, NamedTuple

from django.db import transaction

from anahtar_web.accounts import bulk
from anahtar_web.insight.alongside import Analysed
from anahtar_web.insight.models import Run, Standing, Turn
from anahtar_web.schedules.basis import digest
from anahtar_web.schedules.models import Comparison, Move

_AT_ONCE: Final = 5000
_COLUMNS: Final = ("run_id", "account_id", "before", "after", "revenue")


class _Stand(NamedTuple):
    account: int
    cell: str | None
    revenue: int | None


def compare(analysed: Analysed) -> None:
    """Note what a run that is about to be shown rests on, and who moved."""
    run = analysed.run
    before = Run.objects.filter(current=True).first()
    moved = _note_moves(run, before) if before is not None else 0
    keys = Turn.objects.filter(run=run, kind=Turn.Kind.KEY)
    Comparison.objects.create(
        run=run,
        before=before,
        digest=digest([manifest.batch for _folder, manifest in analysed.batches]),
        moved=moved,
        became_key=keys.filter(after="yes").count(),
        ceased_key=keys.filter(after="no").count(),
    )


def _note_moves(run: Run, before: Run) -> int:
    moves, written = _moves(run, {stand.account: stand for stand in _stands(before)}), 0
    while chunk := list(islice(moves, _AT_ONCE)):
        with transaction.atomic():
            bulk.insert(Move, _COLUMNS, chunk)
        written += len(chunk)
    return written


def _stands(run: Run) -> Iterator[_Stand]:
    rows = Standing.objects.filter(run=run).order_by("pk").values_list(*_Stand._fields)
    return (_Stand(*row) for row in rows.iterator(chunk_size=_AT_ONCE))


def _moves(run: Run, before: dict[int, _Stand]) -> Iterator[tuple[Any, ...]]:
    for now in _stands(run):
        was = before.pop(now.account, None)
        old = was.cell if was is not None else None
        if old != now.cell:
            hangs = max(now.revenue or 0, (was.revenue if was is not None else 0) or 0)
            yield (run.pk, now.account, old or "", now.cell or "", hangs)
