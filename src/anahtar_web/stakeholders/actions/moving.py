"""A card is moved on the map: below another superior, or to another place beside its colleagues."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.gate.refusals import Refused
from anahtar_web.people.models import User
from anahtar_web.stakeholders.actions.keeping import check_superior, hold, save
from anahtar_web.stakeholders.models import Stakeholder
from anahtar_web.ui.text import sort_key


class UnableToMove(Refused):
    """The card cannot go there."""


@transaction.atomic
def move(
    *,
    who: Stakeholder,
    version: int,
    under: Stakeholder | None,
    before: Stakeholder | None = None,
    after: Stakeholder | None = None,
    by: User,
) -> Stakeholder:
    """Let somebody report to a superior (None: to nobody), last or next to a colleague who reports to the same.

    Raises
    ------
    EditedMeanwhile
        Somebody has changed the person since.
    UnableToMove
        The colleague reports to somebody else.
    UnableToWritePerson
        The superior stands below them, or is of another account.
    """
    home = hold(who)
    fresh = Stakeholder.objects.select_related("account").get(pk=who.pk)
    check_superior(home, fresh, under)
    changes: dict[str, Any] = {}
    if fresh.reports_to != under:
        changes["reports_to"] = under
    if before is not None or after is not None:
        changes["place"] = _make_room(home, fresh, under, before, after, by=by)
    elif changes:
        changes["place"] = 0
    return save(fresh, version, changes, by=by, verb="stakeholder.moved") if changes else fresh


def _make_room(
    home: Any,
    who: Stakeholder,
    under: Stakeholder | None,
    before: Stakeholder | None,
    after: Stakeholder | None,
    *,
    by: User,
) -> int:
    """Count the places of all colleagues anew, and give the one that has become free."""
    rows = Stakeholder.objects.of(home).filter(reports_to=under).exclude(pk=who.pk).select_related("account")
    row = sorted(rows, key=in_row)
    beside = before or after
    at = next((at for at, one in enumerate(row) if beside is not None and one.pk == beside.pk), None)
    if at is None:
        raise UnableToMove(_("The two do not report to the same person any more. Look at the map again."))
    free = at if before is not None else at + 1
    for number, one in enumerate(row):
        place = number + 1 if number < free else number + 2
        if one.place != place:
            save(one, one.version, {"place": place}, by=by, verb="stakeholder.moved")
    return free + 1


def in_row(who: Stakeholder) -> tuple[bool, int, str, int]:
    """Give the order of colleagues on the map: those with a place, then the others by name, gaps last."""
    return (who.place == 0, who.place, sort_key(who.name) if who.name else "~", who.pk)
