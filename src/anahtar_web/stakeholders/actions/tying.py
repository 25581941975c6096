"""A line of influence or of conflict is drawn between two people, or ended."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar_web.gate.refusals import Refused
from anahtar_web.people.models import User
from anahtar_web.stakeholders.actions.keeping import hold, superiors, tell
from anahtar_web.stakeholders.models import Stakeholder, Tie


class UnableToTie(Refused):
    """The two cannot be tied so."""


@transaction.atomic
def tie(
    *,
    one: Stakeholder,
    other: Stakeholder,
    kind: str,
    strength: int = Tie.Strength.MEDIUM,
    note: str = "",
    since: date | None = None,
    by: User,
) -> Tie:
    """Draw a line from one person to another; one of the same kind that held is replaced, and stays readable.

    Raises
    ------
    UnableToTie
        It is the same person, somebody of another account, or the very same line.
    """
    home = hold(one)
    if one.pk == other.pk or other.pk not in superiors(home):
        raise UnableToTie(_("Choose somebody else who is at this account."))
    told = {"strength": strength, "note": note.strip(), "since": since}
    held = Tie.objects.filter(_between(one, other, kind), ended_at=None).first()
    if held is not None and told == {name: getattr(held, name) for name in told} and held.from_one_id == one.pk:
        raise UnableToTie(_("That is what the map says already. Change something, or leave it."))
    if held is not None:
        Tie.objects.filter(pk=held.pk).update(ended_at=timezone.now(), ended_by=by)
    made = Tie.objects.create(account=home, from_one=one, to_other=other, kind=kind, by=by, **told)
    tell("stakeholder.tied", one, by=by, tied_to=other.pk, tie=kind)
    return made


@transaction.atomic
def end_tie(*, line: Tie, by: User) -> None:
    """Write down that a line is there no more."""
    hold(line.from_one)
    if Tie.objects.filter(pk=line.pk, ended_at=None).update(ended_at=timezone.now(), ended_by=by):
        tell("stakeholder.untied", line.from_one, by=by, tied_to=line.to_other_id, tie=line.kind)


def _between(one: Stakeholder, other: Stakeholder, kind: str) -> Q:
    """A conflict has no direction: drawn the other way round it is the same one."""
    there = Q(from_one=one, to_other=other, kind=kind)
    return there | Q(from_one=other, to_other=one, kind=kind) if kind == Tie.Kind.CONFLICT else there
