"""The KAM of an account: handed over from a day on, without a gap and without two at once."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.holding import held
from anahtar_web.accounts.models import Account, Assignment, Part
from anahtar_web.audit.actions import record
from anahtar_web.company.queries import today
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.rights import Right
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import day

_FARTHEST: Final = timedelta(days=2 * 366)


class UnableToHandOver(Refused):
    """The account cannot change hands like this."""


@transaction.atomic
def hand_over(*, account: Account, to: User, by: User, on: date, reason: str = "") -> Assignment:
    """Make somebody the KAM of an account from a day on; who had it until then has it until that day.

    What is planned for a later day stays planned: the new manager has the account until then.

    Raises
    ------
    UnableToHandOver
        They cannot manage accounts or have this one already, or the day lies before what has happened since.
    """
    check_manager(to)
    managers = managers_of_itself(held(account))
    now = _holding(managers, on)
    _check(account, to, now, managers, on)
    until, planned = _next(managers, on)
    if now is not None:
        _cut(now, on)
    if planned is not None and planned.person_id == to.pk:
        until = planned.until
        planned.delete()
    for same_day in [row for row in managers if row.since == on and row is not now]:
        same_day.delete()
    given = Assignment.objects.create(account=account, person=to, part=Part.MANAGER, since=on, until=until)
    record(
        "account.handed_over",
        account,
        by=by,
        before={"manager": now.person.name if now else None},
        after={"manager": to.name, "since": on.isoformat()} | ({"until": until.isoformat()} if until else {}),
        reason=reason,
        account=account.pk,
    )
    return given


def check_manager(person: User) -> None:
    """Refuse somebody who cannot do a KAM's work."""
    if not person.is_active:
        raise UnableToHandOver(_("%(person)s is locked out and cannot take an account.") % {"person": person})
    if not person.may(Right.EDIT_ACCOUNTS):
        raise UnableToHandOver(
            _("%(person)s is in Anahtar as “%(role)s”, which is no role of key account managers.")
            % {"person": person, "role": person.get_role_display()}
        )


def managers_of_itself(account: Account) -> list[Assignment]:
    """Give who was, is and will be the KAM of an account, inherited ones apart."""
    return list(account.assignments.filter(part=Part.MANAGER).select_related("person").order_by("since", "pk"))


def _holding(managers: Sequence[Assignment], on: date) -> Assignment | None:
    there = [row for row in managers if row.since <= on and (row.until is None or row.until > on)]
    return there[-1] if there else None


def _next(managers: Sequence[Assignment], on: date) -> tuple[date | None, Assignment | None]:
    later = [row for row in managers if row.since > on]
    return (later[0].since, later[0]) if later else (None, None)


def _check(account: Account, to: User, now: Assignment | None, managers: Sequence[Assignment], on: date) -> None:
    if now is not None and now.person_id == to.pk:
        raise UnableToHandOver(
            _("%(person)s looks after %(account)s on that day already.") % {"person": to, "account": account}
        )
    here = today()
    if on > here + _FARTHEST:
        raise UnableToHandOver(_("%(day)s is more than two years ahead. Check the year.") % {"day": day(on)})
    # On the day it began itself only a slip of today may be corrected: earlier days have been lived.
    begun = [row for row in managers if on < row.since <= here or on == row.since < here]
    if begun:
        raise UnableToHandOver(
            _("%(person)s has looked after %(account)s since %(day)s. The next hand-over has to be later.")
            % {"person": begun[-1].person, "account": account, "day": day(begun[-1].since)}
        )


def _cut(row: Assignment, on: date) -> None:
    if row.since == on:
        row.delete()
    else:
        row.until = on
        row.save(update_fields=["until"])
