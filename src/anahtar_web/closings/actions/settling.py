"""A closed month that changed is accepted as it is now, or any closed month is opened again: both with a reason."""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar_web.audit.actions import record
from anahtar_web.closings.models import ClosedMonth
from anahtar_web.closings.queries import values_of
from anahtar_web.gate.refusals import Refused

if TYPE_CHECKING:
    from anahtar_web.people.models import User


class UnableToSettle(Refused):
    """There is no reason, or nothing to decide."""

    @classmethod
    def without_reason(cls) -> "UnableToSettle":
        """Whoever asks later must find why."""
        return cls(_("Say why: it stays on the trail beside what was closed and what is now."))

    @classmethod
    def unchanged(cls) -> "UnableToSettle":
        """Nothing is open."""
        return cls(_("This month stands as it was closed: there is nothing to accept."))

    @classmethod
    def open(cls) -> "UnableToSettle":
        """It is not closed."""
        return cls(_("This month is open already. Close it again to keep its sums."))


@transaction.atomic
def accept(*, of: ClosedMonth, version: int, reason: str, by: "User") -> ClosedMonth:
    """Keep a closed month as it is now; it stays closed.

    Raises
    ------
    UnableToSettle
        No reason is given, it is open, or it has not changed.
    EditedMeanwhile
        It has changed once more since `version` was read: nobody accepts what they have not seen.
    """
    _check(of, reason)
    changes = of.changes.filter(settled_at=None).order_by("pk")
    last = changes.last()
    if last is None:
        raise UnableToSettle.unchanged()
    before, now = of.sums, last.after
    of.save_over(version, {**values_of(now), "fingerprint": now.fingerprint})
    changes.update(settled_at=timezone.now())
    record("month.accepted", of, by=by, before=values_of(before), after=values_of(now), reason=reason.strip())
    return of


@transaction.atomic
def reopen(*, of: ClosedMonth, version: int, reason: str, by: "User") -> ClosedMonth:
    """Open a closed month: what changes it is no longer named, until somebody closes it again.

    Raises
    ------
    UnableToSettle
        No reason is given, or it is open.
    EditedMeanwhile
        It has changed since `version` was read.
    """
    _check(of, reason)
    now = timezone.now()
    fields: dict[str, Any] = {"reopened_at": now, "reopened_by": by}
    of.save_over(version, fields)
    of.changes.filter(settled_at=None).update(settled_at=now)
    record("month.reopened", of, by=by, before=values_of(of.sums), reason=reason.strip())
    return of


def _check(of: ClosedMonth, reason: str) -> None:
    if of.reopened_at is not None:
        raise UnableToSettle.open()
    if not reason.strip():
        raise UnableToSettle.without_reason()
