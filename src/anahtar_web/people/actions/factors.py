"""A lost telephone: the second factors of a person are taken away, so that the password alone lets in again."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from anahtar_web.audit.actions import record
from anahtar_web.gate.refusals import Refused
from anahtar_web.people.models import User


class UnableToRemoveOwnFactors(Refused):
    """One's own factors are removed on one's own page, which asks for the password again."""

    def __init__(self) -> None:
        super().__init__(_("Your own second factors are removed on your profile, where the password is asked for."))


@transaction.atomic
def remove_factors(*, person: User, reason: str, by: User) -> list[str]:
    """Delete authenticator app, passkeys and recovery codes; sessions end, links that were mailed die.

    Returns the kinds that were there.

    Raises
    ------
    UnableToRemoveOwnFactors
        Somebody means themselves.
    """
    if person.pk == by.pk:
        raise UnableToRemoveOwnFactors
    held = Authenticator.objects.select_for_update().filter(user=person).order_by("pk")
    kinds = [str(factor.type) for factor in held]
    if not kinds:
        return []
    held.delete()
    User.objects.filter(pk=person.pk).update(session_stamp=F("session_stamp") + 1)
    record("person.factors_removed", person, by=by, before={"factor": kinds}, reason=reason)
    return kinds
