"""Where somebody is reached."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar_web.gate.refusals import Refused
from anahtar_web.people.models import User
from anahtar_web.stakeholders.actions.keeping import hold, tell
from anahtar_web.stakeholders.models import ContactPoint, Stakeholder, key_of


class UnableToKeepAddress(Refused):
    """The address is none, or the person has it already."""


@transaction.atomic
def add_address(*, who: Stakeholder, kind: str, value: str, by: User) -> ContactPoint:
    """Write an address down; one that held no more holds again.

    Raises
    ------
    UnableToKeepAddress
        It is empty or a gap has none, or the person has it already.
    """
    hold(who)
    key = key_of(kind, value)
    if not key:
        raise UnableToKeepAddress(_("This is no address: nothing is left of it. Type it again."))
    if who.is_gap:
        raise UnableToKeepAddress(_("Nobody is known here yet. Write the name first."))
    known = ContactPoint.objects.filter(stakeholder=who, kind=kind, key=key).first()
    if known is not None and known.ended_at is None:
        raise UnableToKeepAddress(_("%(person)s has this address already.") % {"person": who})
    if known is not None:
        ContactPoint.objects.filter(pk=known.pk).update(ended_at=None, value=value.strip())
        known.refresh_from_db()
    found = known or ContactPoint.objects.create(stakeholder=who, kind=kind, value=value.strip(), by=by)
    tell("stakeholder.address_added", who, by=by, address_kind=kind)
    return found


@transaction.atomic
def end_address(*, address: ContactPoint, by: User) -> None:
    """Write down that an address holds no more; what came from it stays the person's."""
    who = address.stakeholder
    hold(who)
    if ContactPoint.objects.filter(pk=address.pk, ended_at=None).update(ended_at=timezone.now()):
        tell("stakeholder.address_ended", who, by=by, address_kind=address.kind)
