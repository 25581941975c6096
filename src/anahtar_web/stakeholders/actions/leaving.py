"""Somebody leaves the company of the account, or was said to have left and has not."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.company.queries import today
from anahtar_web.people.models import User
from anahtar_web.stakeholders.actions.keeping import UnableToWritePerson, hold, save
from anahtar_web.stakeholders.actions.writing import add
from anahtar_web.stakeholders.models import Stakeholder


@transaction.atomic
def leave(
    *, who: Stakeholder, version: int, on: date, went_to: str = "", place_stays: bool = False, by: User
) -> Stakeholder:
    """Write down that somebody has left; whoever reported to them reports to their superior from then on.

    Parameters
    ----------
    place_stays
        Somebody must follow: the place stays on the map as a gap, and keeps those who report to it.

    Raises
    ------
    EditedMeanwhile
        Somebody has changed the person since.
    UnableToWritePerson
        The day is still to come.
    """
    if on > today():
        raise UnableToWritePerson(_("A day to come is not known yet. Write it down when it has come.")).about("on")
    home = hold(who)
    fresh = Stakeholder.objects.select_related("account", "reports_to").get(pk=who.pk)
    saved = save(fresh, version, {"left_on": on, "went_to": went_to.strip()}, by=by, verb="stakeholder.left")
    heir = add(account=home, fields=_place_of(fresh), by=by) if place_stays and _is_a_place(fresh) else fresh.reports_to
    for report in Stakeholder.objects.of(home).filter(reports_to=fresh).select_related("account").order_by("pk"):
        save(report, report.version, {"reports_to": heir}, by=by, verb="stakeholder.moved")
    return saved


@transaction.atomic
def come_back(*, who: Stakeholder, version: int, by: User) -> Stakeholder:
    """Take back that somebody has left.

    Raises
    ------
    EditedMeanwhile
        Somebody has changed the person since.
    """
    hold(who)
    fresh = Stakeholder.objects.select_related("account").get(pk=who.pk)
    return save(fresh, version, {"left_on": None, "went_to": ""}, by=by, verb="stakeholder.came_back")


def _is_a_place(who: Stakeholder) -> bool:
    return bool(who.position or who.role)


def _place_of(who: Stakeholder) -> dict[str, Any]:
    kept = ("position", "unit", "reports_to", "role", "more_roles", "influence")
    return {name: getattr(who, name) for name in kept}
