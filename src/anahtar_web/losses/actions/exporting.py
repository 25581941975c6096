"""Lists of losses leave the house: on the trail, out of the day's allowance."""

from django.db import transaction

from anahtar_web.audit.actions import record
from anahtar_web.audit.leaving import allow
from anahtar_web.insight.models import Run
from anahtar_web.people.models import User


@transaction.atomic
def take_out(*, verb: str, run: Run, rows: int, asked: str, reason: str, by: User) -> None:
    """Allow an export and put it on the trail.

    Parameters
    ----------
    verb
        `losses.exported` or `losses.way_back_exported`.
    asked
        The filter, as the address says it.

    Raises
    ------
    UnableToTakeOut
        It has no rows, lacks a reason, or exceeds the day's allowance.
    """
    allow(rows=rows, reason=reason, by=by)
    record(verb, run, by=by, after={"rows": rows, "format": "xlsx", "filter": asked}, reason=reason.strip())
