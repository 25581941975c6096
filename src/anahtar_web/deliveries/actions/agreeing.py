"""What still counts as kept is agreed on, and every line is held against it anew."""

from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.audit.actions import record
from anahtar_web.deliveries.actions.stating import fill
from anahtar_web.deliveries.models import DeliveryLine, Terms
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.versions import EditedMeanwhile

_CHUNK: Final = 1000


class UnableToAgree(Refused):
    """Nothing would change, or nobody says why."""


@transaction.atomic
def agree(*, days: int, short: int, version: int, reason: str, by: Any) -> Terms:
    """Say what still counts as kept.

    Parameters
    ----------
    days
        Days after the promised one that are still on time.
    short
        Per mille of a line that may be missing.
    version
        The one that was read; 0 where nobody has said anything yet.

    Raises
    ------
    UnableToAgree
        Nothing would change, or no reason is given.
    EditedMeanwhile
        Somebody else has said something since.
    """
    if not reason.strip():
        raise UnableToAgree(_("Say why; the reason stays on the audit trail."))
    held = Terms.objects.select_for_update().filter(pk=1).first()
    before = held or Terms(pk=1)
    if (before.days, before.short) == (days, short):
        raise UnableToAgree(_("That is what holds already. Change something, or leave it."))
    if held is None:
        if version:
            raise UnableToAgree(_("This form was not made by this page. Open it again."))
        now = Terms.objects.create(pk=1, days=days, short=short)
    elif version != held.version:
        raise EditedMeanwhile(held)
    else:
        now = held.save_over(version, {"days": days, "short": short})
    told = {"days": before.days, "short": before.short}
    record("terms.agreed", now, by=by, before=told, after={"days": days, "short": short}, reason=reason.strip())
    if told["short"] != short:
        _fill_anew(now)
    return now


def _fill_anew(terms: Terms) -> None:
    """Say of every line that holds when it was in full, by the shortage that is tolerated now."""
    changed: list[DeliveryLine] = []
    for row in DeliveryLine.objects.filter(ended_at=None).order_by("pk").iterator(chunk_size=_CHUNK):
        told = fill(row.promised_first, row.ordered, row.part_list, terms.tolerance)
        if told != (row.filled_on, row.late_days):
            row.filled_on, row.late_days = told
            changed.append(row)
    DeliveryLine.objects.bulk_update(changed, ["filled_on", "late_days"], batch_size=_CHUNK)
