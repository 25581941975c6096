"""What the app does in the background."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anahtar_web.closings.actions.closing import ask_for_due, close_months
from anahtar_web.closings.actions.looking import ask_to_look, look
from anahtar_web.closings.queries import CLOSE, LOOK
from anahtar_web.jobs.models import Job
from anahtar_web.jobs.registry import every, job
from anahtar_web.jobs.work import Work
from anahtar_web.ledgers.queries import ledger


def _page(_job: Job) -> str:
    return reverse("closings:closing")


@job(CLOSE, title=_("Close months"), page=_page)
def close(work: Work) -> dict[str, Any]:
    """Keep the sums of all months up to one."""
    until = date.fromisoformat(f"{work.payload['until']}-01")
    work.progress(_("checking every byte of the ledger"))
    closed = close_months(
        until=until,
        by=work.job.by,
        on_progress=lambda done, total: work.progress(_("adding up the months"), done, total),
        hold=work.hold,
    )
    return {"closed": closed}


@job(LOOK, title=_("Hold closed months against the ledger"), page=_page)
def look_at_months(work: Work) -> dict[str, Any]:
    """Name what changed in closed months."""
    work.progress(_("checking every byte of the ledger"))
    ledger().verify()
    return {"changes": look()}


@every(300, "closings.follow")
def follow() -> None:
    """Close the month that is due, and look where the ledger changed without an analysis."""
    ask_for_due()
    ask_to_look()
