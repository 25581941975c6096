"""Who attacks which of our accounts leaves the house as a file: on the trail, out of the day's allowance."""

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.audit.actions import record
from anahtar_web.audit.leaving import WITHOUT_REASON, left_today
from anahtar_web.company.queries import company
from anahtar_web.gate.refusals import Refused
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import number


class UnableToExportAttacks(Refused):
    """The list is empty, larger than what is left of the day, or long and without a reason."""


@transaction.atomic
def take_out(*, rows: int, filters: str, form: str, reason: str, by: User) -> None:
    """Allow an export and put it on the trail.

    Raises
    ------
    UnableToExportAttacks
        It has no rows, lacks a reason, or exceeds the day's allowance.
    """
    if not rows:
        raise UnableToExportAttacks(_("The list is empty; there is nothing to take out."))
    if rows > (left := left_today(by)):
        raise UnableToExportAttacks(
            _("%(rows)s rows are more than the %(left)s that you may still take out today. Narrow the list.")
            % {"rows": number(rows), "left": number(left)}
        )
    if rows > WITHOUT_REASON and not reason.strip():
        raise UnableToExportAttacks(
            _("%(rows)s rows: say what they are for, where more than %(limit)s leave the house.")
            % {"rows": number(rows), "limit": number(WITHOUT_REASON)}
        )
    after = {"rows": rows, "format": form, "filter": filters}
    record("competitor.exported", company(), by=by, after=after, reason=reason.strip())
