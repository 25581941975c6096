"""A list of tenders leaves the house: exactly what is on the screen, on the trail, with a reason where it is long."""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.audit.actions import record
from anahtar_web.audit.leaving import WITHOUT_REASON, left_today
from anahtar_web.audit.models import Entry
from anahtar_web.company.queries import company
from anahtar_web.gate.refusals import Refused
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import number

VERB: Final = "tenders.exported"
FORMATS: Final = ("xlsx", "csv")


class UnableToTakeTenders(Refused):
    """The list cannot be taken out."""


@transaction.atomic
def take_out(*, rows: int, form: str, asked: str, reason: str, by: User) -> Entry:
    """Allow an export and put it on the trail.

    Parameters
    ----------
    asked
        The filter, as the address says it.

    Raises
    ------
    UnableToTakeTenders
        It has no rows, lacks a reason, or exceeds the day's allowance.
    """
    if not rows:
        raise UnableToTakeTenders(_("The list is empty; there is nothing to take out."))
    if rows > left_today(by):
        raise UnableToTakeTenders(
            _("%(rows)s tenders are more than the %(left)s rows that you may still take out today. Narrow the list.")
            % {"rows": number(rows), "left": number(left_today(by))}
        )
    if rows > WITHOUT_REASON and not reason.strip():
        raise UnableToTakeTenders(
            _("%(rows)s tenders: say what they are for, where more than %(limit)s leave the house.")
            % {"rows": number(rows), "limit": number(WITHOUT_REASON)}
        )
    after = {"rows": rows, "format": form, "filter": asked}
    return record(VERB, company(), by=by, after=after, reason=reason.strip())
