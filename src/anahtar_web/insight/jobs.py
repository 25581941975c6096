"""What the app does in the background."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anahtar_web.insight.actions.analysing import KIND, analyse
from anahtar_web.jobs.registry import job
from anahtar_web.jobs.work import Work


@job(KIND, title=_("Analyse the ledger"))
def analyse_ledger(work: Work) -> dict[str, Any] | None:
    """Run the analysis; begun again after a kill, it sweeps what the first attempt left."""
    run = analyse(by=work.job.by, on_progress=work.progress, hold=work.check)
    return None if run is None else {"run": run.pk, "customers": run.customers}
