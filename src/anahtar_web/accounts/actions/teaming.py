"""The core team of an account: who joins, who leaves, and assignments that were planned and are not wanted."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.holding import held
from anahtar_web.accounts.models import Account, Assignment, Part
from anahtar_web.audit.actions import record
from anahtar_web.company.queries import today
from anahtar_web.gate.refusals import Refused
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import day


class UnableToJoinTeam(Refused):
    """They cannot take this part."""


class UnableToEndPart(Refused):
    """The part cannot end like this."""


@transaction.atomic
def join_team(*, account: Account, person: User, part: Part, by: User, on: date, reason: str = "") -> Assignment:
    """Put somebody on the core team of an account from a day on."""
    account = held(account)
    if part == Part.MANAGER:
        raise UnableToJoinTeam(_("An account is handed over to a manager; it has one."))
    if not person.is_active:
        raise UnableToJoinTeam(_("%(person)s is locked out and cannot join a team.") % {"person": person})
    there = account.assignments.filter(Q(until=None) | Q(until__gt=on), person=person, part=part)
    if there.exists():
        raise UnableToJoinTeam(
            _("%(person)s has the part “%(part)s” already, or it is planned.")
            % {"person": person, "part": Part(part).label}
        )
    joined = Assignment.objects.create(account=account, person=person, part=part, since=on)
    record(
        "account.team_joined",
        account,
        by=by,
        after={"person": person.name, "part": str(part), "since": on.isoformat()},
        reason=reason,
        account=account.pk,
    )
    return joined


@transaction.atomic
def end_part(*, assignment: Assignment, by: User, on: date, reason: str = "") -> None:
    """End somebody's part on a day; one that has not begun is taken back as if it had never been planned."""
    account = held(assignment.account)
    assignment = _fresh(assignment)
    planned = assignment.since > today()
    if not planned:
        _check_end(assignment, on)
    before = {"until": assignment.until.isoformat() if assignment.until else None}
    if planned:
        _withdraw(assignment)
    elif assignment.since == on:
        assignment.delete()
    else:
        assignment.until = on
        assignment.save(update_fields=["until"])
    told = {"person": assignment.person.name, "part": assignment.part}
    record(
        "account.plan_withdrawn" if planned else "account.part_ended",
        account,
        by=by,
        before=told | ({"since": assignment.since.isoformat()} if planned else before),
        after={} if planned else {"until": on.isoformat()},
        reason=reason,
        account=account.pk,
    )


def _fresh(assignment: Assignment) -> Assignment:
    row: Assignment | None = Assignment.objects.select_related("person", "account").filter(pk=assignment.pk).first()
    if row is None:
        raise UnableToEndPart(_("Somebody else has taken this part away meanwhile."))
    return row


def _check_end(assignment: Assignment, on: date) -> None:
    if assignment.until is not None and assignment.until <= today():
        raise UnableToEndPart(_("This part ended on %(day)s.") % {"day": day(assignment.until)})
    if on < assignment.since:
        raise UnableToEndPart(_("It began on %(day)s and cannot end before.") % {"day": day(assignment.since)})
    if assignment.until is not None and on > assignment.until:
        raise UnableToEndPart(_("It ends on %(day)s already.") % {"day": day(assignment.until)})


def _withdraw(planned: Assignment) -> None:
    """Take a plan back; the manager whom it would have relieved goes on."""
    relieved = planned.account.assignments.filter(part=Part.MANAGER, until=planned.since)
    managed = planned.part == Part.MANAGER
    relieved_pks = list(relieved.values_list("pk", flat=True)) if managed else []
    planned.delete()
    Assignment.objects.filter(pk__in=relieved_pks).update(until=planned.until)
