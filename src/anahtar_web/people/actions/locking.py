"""Who may no longer sign in, and who may again."""

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.audit.actions import record
from anahtar_web.gate.refusals import Refused
from anahtar_web.people.actions.editing import keep_an_administrator
from anahtar_web.people.models import User


class UnableToLockOneself(Refused):
    """Whoever locks themselves out cannot undo it."""

    def __init__(self) -> None:
        super().__init__(_("Nobody locks themselves out. Ask another administrator."))


@transaction.atomic
def lock(*, person: User, reason: str, by: User) -> User:
    """Keep somebody out: running sessions end at their next request, links that were mailed are worth nothing.

    Raises
    ------
    UnableToLockOneself, UnableToLoseLastAdministrator
        The person has to stay.
    """
    if person.pk == by.pk:
        raise UnableToLockOneself
    keep_an_administrator(person)
    return _set(person, active=False, reason=reason, by=by)


@transaction.atomic
def unlock(*, person: User, reason: str, by: User) -> User:
    """Let somebody in again, with the password they had."""
    return _set(person, active=True, reason=reason, by=by)


def _set(person: User, *, active: bool, reason: str, by: User) -> User:
    if person.is_active == active:
        return person
    # The stamp rises both ways: a session from before the lock does not wake up when the lock is taken off.
    person.save_over(person.version, {"is_active": active, "session_stamp": person.session_stamp + 1})
    record(
        "person.unlocked" if active else "person.locked",
        person,
        by=by,
        before={"is_active": not active},
        after={"is_active": active},
        reason=reason,
    )
    return person
