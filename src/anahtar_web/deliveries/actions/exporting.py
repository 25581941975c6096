"""Deliveries leave the house as a list: on the trail, within the day's allowance."""

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import record
from anahtar_web.audit.leaving import allow
from anahtar_web.deliveries.models import DeliveryLine
from anahtar_web.gate.refusals import Refused
from anahtar_web.ui.templatetags.shown import number

if TYPE_CHECKING:
    from anahtar_web.accounts.belonging import BelongingQuerySet

MOST: Final = 20_000
"""Lines of one list."""


class UnableToExport(Refused):
    """There is too much for one list."""


@transaction.atomic
def take_out(*, account: Account, found: "BelongingQuerySet", filter: str, reason: str, by: Any) -> list[DeliveryLine]:
    """Allow a list of deliveries to be taken out and put it on the trail.

    Raises
    ------
    UnableToExport
        It has too many lines for one list.
    UnableToTakeOut
        It has no lines, more than are left of the day, or many without a reason.
    """
    rows = list(found.select_related("account").order_by("-promised_first", "-pk")[: MOST + 1])
    if len(rows) > MOST:
        raise UnableToExport(_("More than %(most)s lines: narrow the list.") % {"most": number(MOST)})
    allow(rows=len(rows), reason=reason, by=by)
    after = {"rows": len(rows), "filter": filter}
    record("deliveries.exported", account, by=by, after=after, reason=reason.strip(), account=account.pk)
    return rows
