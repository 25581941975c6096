"""The list of why accounts are lost changes."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anahtar_web.audit.actions import differences, record
from anahtar_web.gate.refusals import Refused
from anahtar_web.people.models import User
from anahtar_web.risks.models import SHIPPED, Reason
from anahtar_web.ui.text import fold


class UnableToListLossReason(Refused):
    """The reason is none, or stands in the list already."""


def ship() -> None:
    """Put the reasons that come with the program into the list, those that are missing."""
    known = set(Reason.objects.exclude(code="").values_list("code", flat=True))
    Reason.objects.bulk_create(
        [Reason(code=code, place=place) for place, code in enumerate(SHIPPED, 1) if code not in known],
        ignore_conflicts=True,
    )


@transaction.atomic
def add_reason(*, name: str, by: User) -> Reason:
    """Add a reason of the company's own.

    Raises
    ------
    UnableToListLossReason
        It has no name, or stands there already.
    """
    made = Reason(name=_free(name), place=100)
    _save(made)
    record("loss_reason.added", made, by=by, after={"name": made.name})
    return made


@transaction.atomic
def change_reason(*, reason: Reason, version: int, name: str, place: int, offered: bool, by: User) -> Reason:
    """Rename a reason, move it in the list, or offer it no more; what was chosen keeps it.

    Raises
    ------
    UnableToListLossReason
        The name is none or another one's, or nothing would change.
    EditedMeanwhile
        Somebody has changed it since `version`.
    """
    # Sent as it was shown, a shipped reason keeps being said in the language of whoever reads.
    own = "" if reason.code and name.strip() == str(SHIPPED.get(reason.code, "")) else _free(name, reason)
    before = {"name": str(reason), "place": reason.place, "offered": reason.offered}
    fields = {"name": own, "name_key": fold(own)[:120], "place": place, "offered": offered}
    if fields == {"name": reason.name, "name_key": reason.name_key, "place": reason.place, "offered": reason.offered}:
        raise UnableToListLossReason(_("That is what stands there already. Change something, or leave it."))
    reason.save_over(version, fields)
    was, now = differences(before, {"name": str(reason), "place": place, "offered": offered})
    record("loss_reason.changed", reason, by=by, before=was, after=now)
    return reason


def _free(name: str, among: Reason | None = None) -> str:
    name = " ".join(name.split())
    if not name:
        raise UnableToListLossReason(_("Give the reason a name."))
    taken = {fold(str(other)) for other in Reason.objects.all() if among is None or other.pk != among.pk}
    if fold(name) in taken:
        raise UnableToListLossReason(_("“%(name)s” stands in the list already.") % {"name": name})
    return name


def _save(made: Reason) -> None:
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:  # somebody else has added it, a moment before
        raise UnableToListLossReason(_("“%(name)s” stands in the list already.") % {"name": made.name}) from None
