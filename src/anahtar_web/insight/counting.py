"""Which analyses counted a batch of the ledger: what the page of an import says of its figures."""

from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from anahtar_web.insight.models import Run
from anahtar_web.ledgers.analysed import Counted

_LOOKED_AT: Final = 20
"""Analyses after an import among which the first that counts it stands: it is the first or the second."""


def counted(batch: str, imported_at: datetime | None) -> Counted:
    """Tell since when a batch is in the figures, and whether it is in those shown now."""
    current = Run.objects.filter(current=True).only("batches", "finished_at").first()
    since = _first(batch, Run.objects.filter(finished_at__gte=imported_at)) if imported_at else None
    if current is None:
        return Counted(since)
    return Counted(since, current.finished_at, batch in current.batches)


def _first(batch: str, later: "QuerySet[Run]") -> datetime | None:
    told = later.filter(refusal__isnull=True).order_by("pk").values_list("finished_at", "batches")[:_LOOKED_AT]
    return next((finished_at for finished_at, batches in told if batch in batches), None)
