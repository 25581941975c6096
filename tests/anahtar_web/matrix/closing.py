"""A month of the firm that is closed and was changed by its import, and an analysis that was compared."""

from datetime import date

from django.utils import timezone

from anahtar_web.closings.models import Change, ClosedMonth, Mover
from anahtar_web.insight.models import Run
from anahtar_web.schedules.models import Comparison, Move
from tests.anahtar_web.matrix.canaries import Canary
from tests.anahtar_web.matrix.firm import SEES_IMPORTS, Firm

_GONE = "QzGoneCode"


def _compare(firm: Firm) -> Run:
    """Say that the firm's analysis moved Acme; against itself, so that there is no second one."""
    run = Run.objects.get(current=True)
    Comparison.objects.update_or_create(run=run, defaults={"before": run, "digest": "0" * 64, "moved": 1})
    Move.objects.get_or_create(run=run, account=firm.accounts["acme"], defaults={"before": "BY", "after": "AX"})
    return run


def close_a_month(firm: Firm) -> None:
    """Plant it long before the firm's first sale: no page of an import speaks of it."""
    row = ClosedMonth.objects.create(
        month=date(2019, 1, 1), fingerprint="0" * 64, closed_at=timezone.now(), closed_by=firm.people["head"]
    )
    of = firm.objects["import"]
    change = Change.objects.create(
        **{"closed": row, "of": of, "batch": of.batch, "at": timezone.now(), "fingerprint": "1" * 64, "moved": 2},
        **{"lines_before": 0, "lines_after": 2, "amount_before": 0, "amount_after": 50_000},
        **{"accounts_before": 0, "accounts_after": 2},
    )
    for code in ("QZA-1", _GONE):
        Mover.objects.create(change=change, code=code, lines=1, amount=25_000)
    firm.objects["closed month"] = row
    firm.objects["compared run"] = _compare(firm)
    firm.canaries.append(Canary(_GONE, "a customer of a closed month", SEES_IMPORTS))
