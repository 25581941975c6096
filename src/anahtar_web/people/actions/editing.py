"""What is written of a person, and the role they have."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.audit.actions import differences, record
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.rights import Role
from anahtar_web.people.models import User


class UnableToChangeOwnRole(Refused):
    """Rights are given by others."""

    def __init__(self) -> None:
        super().__init__(_("Nobody changes the own role. Ask another administrator."))


class UnableToLoseLastAdministrator(Refused):
    """Without an administrator nobody could invite, unlock or give roles any more."""

    def __init__(self, person: User) -> None:
        super().__init__(
            _("%(name)s is the last administrator who may sign in. Make somebody else administrator first.")
            % {"name": person.name}
        )


@transaction.atomic
def edit(*, person: User, version: int, name: str, role: Role, language: str, by: User) -> User:
    """Write name, role and language of a person; another role ends the person's sessions.

    Raises
    ------
    UnableToChangeOwnRole, UnableToLoseLastAdministrator
        The role has to stay.
    EditedMeanwhile
        Somebody has saved since `version` was read.
    """
    fields: dict[str, Any] = {"name": name, "language": language, "role": role}
    if role != person.role:
        _check_role_may_change(person, by)
        fields["session_stamp"] = person.session_stamp + 1
    before = _told(person)
    person.save_over(version, fields)
    _record(person, before, by)
    return person


def _check_role_may_change(person: User, by: User) -> None:
    if person.pk == by.pk:
        raise UnableToChangeOwnRole
    keep_an_administrator(person)


def keep_an_administrator(person: User) -> None:
    """Refuse to take the last administrator away.

    All of them are locked, in one order: two who demote each other at the same moment would otherwise both succeed.
    """
    holders = User.objects.select_for_update().filter(role=Role.ADMINISTRATOR, is_active=True).order_by("pk")
    keys = {holder.pk for holder in holders}
    if keys == {person.pk}:
        raise UnableToLoseLastAdministrator(person)


def _told(person: User) -> dict[str, Any]:
    return {"name": person.name, "language": person.language, "role": person.role}


def _record(person: User, before: dict[str, Any], by: User) -> None:
    was, now = differences(before, _told(person))
    if "role" in now:
        record("person.role_given", person, by=by, before={"role": was.pop("role")}, after={"role": now.pop("role")})
    if now:
        record("person.edited", person, by=by, before=was, after=now)


@transaction.atomic
def change_profile(*, person: User, version: int, name: str, language: str) -> User:
    """Write what somebody says of themselves.

    Raises
    ------
    EditedMeanwhile
        Somebody has saved since `version` was read.
    """
    before = _told(person)
    person.save_over(version, {"name": name, "language": language})
    _record(person, before, person)
    return person


@transaction.atomic
def choose_language(*, person: User, language: str) -> None:
    """Speak another language with a person from now on."""
    before = _told(person)
    User.objects.filter(pk=person.pk).update(language=language)
    person.language = language
    _record(person, before, person)
