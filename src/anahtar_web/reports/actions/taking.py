"""A report leaves the house: what its reader may see, with an entry on the trail and out of the day's allowance."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar_web.audit.actions import record
from anahtar_web.audit.leaving import left_today
from anahtar_web.company.queries import company
from anahtar_web.gate.refusals import Refused
from anahtar_web.insight.actions.exporting import TAKEN_AS_REPORT
from anahtar_web.reports.document import Made
from anahtar_web.reports.gathering import Gathered
from anahtar_web.reports.rows import ROWS
from anahtar_web.ui.templatetags.shown import number

if TYPE_CHECKING:
    from anahtar_web.people.models import User

FORMS: Final = ("pdf", "xlsx")


class UnableToTakeReport(Refused):
    """The day's allowance of rows does not suffice."""

    def __init__(self, rows: int, left: int) -> None:
        told = {"rows": number(rows), "left": number(left)}
        super().__init__(
            _("The %(rows)s accounts of this report are more than the %(left)s that you may still take out today.")
            % told
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """A report that may be made, and what it says of itself."""

    found: Gathered
    made: Made
    form: str


@transaction.atomic
def take(*, found: Gathered, form: str, by: "User") -> Taken:
    """Allow a report and put it on the trail.

    Raises
    ------
    UnableToTakeReport
        It names more accounts than the person may still take out today.
    """
    rows = _rows(found, form)
    left = left_today(by)
    if rows > left:
        raise UnableToTakeReport(rows, left)
    told = {"rows": rows, "format": form, "filter": found.asking.asked.query()}
    entry = record(TAKEN_AS_REPORT, found.run, by=by, after=told)
    return Taken(found, Made(by, timezone.now(), entry.pk, company().name), form)


def _rows(found: Gathered, form: str) -> int:
    """Count the accounts whose figures leave the house."""
    if form == "pdf":
        return len(found.figures.shown.rows) + len(found.keys.rows)
    return min(len(found.asking.reckoned.portfolio.rows), ROWS)
