"""What an analysis changed against the one before it: cells and key accounts, counted and named."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from anahtar_web.insight import publishing
from anahtar_web.insight.alongside import Analysed
from anahtar_web.insight.models import Run, Standing
from anahtar_web.schedules.basis import digest
from anahtar_web.schedules.comparing import compare
from anahtar_web.schedules.models import Comparison, Move
from anahtar_web.schedules.queries import is_analysed
from tests.anahtar_web.insight import sales
from tests.anahtar_web.insight.conftest import Kept

pytestmark = pytest.mark.django_db


def again(of: Kept, data: Any) -> Run:
    """Show the firm's analysis once more, as an analysis does it: with our step beside."""
    from django.utils import timezone

    run = Run.objects.create(started_at=timezone.now())
    batches = [(data / "ledger" / "batches" / manifest.batch, manifest) for manifest in of.analysis.batches]
    analysed = cast(Analysed, SimpleNamespace(run=run, batches=batches))
    publishing.publish(of.analysis, run, on_rows=lambda done, total: None, beside=lambda accounts: compare(analysed))
    return run


def test_the_same_again_changed_nothing_and_is_known_as_the_same(run: Run, firm: Kept, data: Any) -> None:
    assert not is_analysed()
    second = again(firm, data)
    told = Comparison.objects.get(run=second)
    assert (told.before, told.moved, told.became_key, told.ceased_key) == (run, 0, 0, 0)
    assert told.digest == digest(second.batches)
    assert is_analysed()


def test_the_first_analysis_has_nothing_to_be_compared_with(run: Run, firm: Kept, data: Any) -> None:
    Run.objects.update(current=False)
    second = again(firm, data)
    assert Comparison.objects.get(run=second).before is None
    assert not Move.objects.exists()


def test_who_moved_is_named_with_the_money_behind_it(run: Run, firm: Kept, data: Any) -> None:
    acme = Standing.objects.get(run=run, account__code=sales.ACME)
    other = "CZ" if acme.cell != "CZ" else "BZ"
    Standing.objects.filter(pk=acme.pk).update(cell=other, key=not acme.key, revenue=(acme.revenue or 0) * 2)
    second = again(firm, data)
    told = Comparison.objects.get(run=second)
    assert (told.moved, told.became_key, told.ceased_key) == (1, int(acme.key), int(not acme.key))
    (move,) = Move.objects.all()
    assert (move.account, move.before, move.after) == (acme.account, other, acme.cell)
    assert move.revenue == (acme.revenue or 0) * 2


def test_what_was_compared_stays_when_the_standings_are_gone(run: Run, firm: Kept, data: Any) -> None:
    Standing.objects.filter(run=run, account__code=sales.ACME).update(cell=None)
    second = again(firm, data)
    again(firm, data)
    publishing.sweep()
    assert not Standing.objects.filter(run=second).exists()
    assert Comparison.objects.get(run=second).moved == 1
    assert Move.objects.filter(run=second).count() == 1
