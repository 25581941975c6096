"""Somebody was met of whom nobody had written yet."""

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.holding import held
from anahtar_web.accounts.models import Account
from anahtar_web.interactions.actions.refusals import UnableToSayWho
from anahtar_web.interactions.actions.taking_part import add_address
from anahtar_web.people.models import User
from anahtar_web.stakeholders import actions as stakeholders
from anahtar_web.stakeholders.models import ContactPoint, Stakeholder


@transaction.atomic
def meet(
    *, account: Account, name: str, by: User, address: str = "", position: str = "", phone: str = ""
) -> Stakeholder:
    """Write a person of an account down, with the address they were met by.

    Raises
    ------
    UnableToSayWho
        The person has no name.
    """
    fresh = held(account)
    if not name.strip():
        raise UnableToSayWho(_("Say what the person is called."))
    fields = {"name": " ".join(name.split())[:200], "position": " ".join(position.split())[:200]}
    made = stakeholders.add(account=fresh, fields=fields, by=by)
    if "@" in address:
        add_address(made, address, by=by)
    if any(sign.isdecimal() for sign in phone):
        stakeholders.add_address(who=made, kind=ContactPoint.Kind.PHONE, value=phone.strip()[:320], by=by)
    return made
