"""How somebody comes in."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from anahtar_web.audit.actions import record
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.rights import Role
from anahtar_web.people.models import User


class UnableToInvite(Refused):
    """Somebody with this address is there already."""

    def __init__(self, email: str) -> None:
        super().__init__(
            _("%(email)s belongs to somebody who is here already. Look the person up instead.") % {"email": email}
        )
        self.email = email


class UnableToSendLink(Refused):
    """Whoever is locked out gets no way in."""

    def __init__(self, person: User) -> None:
        super().__init__(_("%(name)s is locked out. Let the person in again first.") % {"name": person.name})


@transaction.atomic
def invite(*, email: str, name: str, role: Role, language: str, by: User) -> User:
    """Make a person who sets a password by the link of a mail (`mails.invitation`).

    Raises
    ------
    UnableToInvite
        The address is taken.
    """
    try:
        with transaction.atomic():
            made = User.objects.create_user(email, None, name=name, role=role, language=language)
    except IntegrityError as error:
        raise UnableToInvite(email) from error
    after = {"email": made.email, "name": name, "role": role, "language": language}
    record("person.invited", made, by=by, after=after)
    return made


@transaction.atomic
def renew_link(*, person: User, by: User) -> User:
    """Make every link that was mailed to a person, and every session of theirs, worth nothing; a new link follows.

    Raises
    ------
    UnableToSendLink
        The person is locked out.
    """
    rows = User.objects.filter(pk=person.pk, is_active=True)
    if not rows.update(session_stamp=F("session_stamp") + 1):
        raise UnableToSendLink(person)
    person.refresh_from_db()
    record("person.link_sent", person, by=by)
    return person
