"""Deliveries leave the house as a list, with a trail."""

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import record
from anahtar_web.deliveries.models import DeliveryLine
from anahtar_web.gate.refusals import Refused
from anahtar_web.ui.templatetags.shown import number

if TYPE_CHECKING:
    from anahtar_web.accounts.belonging import BelongingQuerySet

MOST: Final = 20_000
"""Lines of one list."""


class UnableToExport(Refused):
    """There is nothing, or too much."""


@transaction.atomic
def take_out(*, account: Account, found: "BelongingQuerySet", filter: str, by: Any) -> list[DeliveryLine]:
    """Allow a list of deliveries to be taken out and put it on the trail.

    Raises
    ------
    UnableToExport
        It has no lines, or too many.
    """
    rows = list(found.select_related("account").order_by("-promised_first", "-pk")[: MOST + 1])
    if not rows:
        raise UnableToExport(_("The list is empty; there is nothing to take out."))
    if len(rows) > MOST:
        raise UnableToExport(_("More than %(most)s lines: narrow the list.") % {"most": number(MOST)})
    record("deliveries.exported", account, by=by, after={"rows": len(rows), "filter": filter}, account=account.pk)
    return rows
