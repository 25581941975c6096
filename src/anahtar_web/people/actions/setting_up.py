"""The first person of an installation, and the cast of the demo."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar_web.audit.actions import hold_chain, record
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.rights import Role
from anahtar_web.people.cast import CAST
from anahtar_web.people.models import User


class UnableToSetUp(Refused):
    """Somebody is there already."""

    def __init__(self) -> None:
        super().__init__(_("Anahtar is set up already. Sign in, or ask an administrator to invite you."))


@transaction.atomic
def make_first_administrator(*, email: str, name: str, password: str, language: str) -> User:
    """Make the person who will invite all others.

    Raises
    ------
    UnableToSetUp
        Somebody is there already.
    """
    # Two people who set up at the same moment: the second one waits here, and then finds the first.
    hold_chain()
    if User.objects.exists():
        raise UnableToSetUp
    made = User.objects.create_user(email, password, name=name, role=Role.ADMINISTRATOR, language=language)
    record("person.set_up", made, by=made, after={"email": made.email, "role": made.role})
    return made


@transaction.atomic
def make_cast() -> list[User]:
    """Make whoever of the demo's cast is missing; they have no password and are signed in from the page of the demo."""
    known = {person.email: person for person in User.objects.filter(email__in=[member.email for member in CAST])}
    for member in CAST:
        if member.email not in known:
            fields = {"name": member.name, "role": member.role, "language": member.language}
            # As if they had been here before: nobody of the cast waits for an invitation.
            made = User.objects.create_user(member.email, None, last_login=timezone.now(), **fields)
            record("person.invited", made, by=None, after={"email": made.email, "role": made.role})
            known[member.email] = made
    return [known[member.email] for member in CAST]
