"""Somebody is erased: the row, its versions, addresses, ties and relations, whatever else names the person by key."""

from django.db import transaction

from anahtar_web.people.models import User
from anahtar_web.stakeholders.actions.keeping import hold, keep, tell
from anahtar_web.stakeholders.models import Stakeholder, StakeholderVersion


@transaction.atomic
def erase(*, who: Stakeholder, by: User | None) -> int:
    """Erase a person and all that is written of them; gives the key under which they were kept.

    Whoever reported to them reports to their superior. The trail keeps the key, which leads nowhere any more.
    """
    home = hold(who)
    fresh = Stakeholder.objects.select_related("account", "reports_to").get(pk=who.pk)
    for report in Stakeholder.objects.of(home).filter(reports_to=fresh).select_related("account", "by").order_by("pk"):
        moved = report.save_over(report.version, {"reports_to": fresh.reports_to})
        # After a restore it is the program that erases again: a version has somebody's name all the same.
        keep(moved, by=by or report.by)
        tell("stakeholder.moved", moved, by=by, changed=["reports_to"])
    # Not left to the database: it would not know of versions that name the person as a superior.
    StakeholderVersion.objects.filter(reports_to=fresh).update(reports_to=None)
    key = int(fresh.pk)
    tell("stakeholder.erased", fresh, by=by)
    fresh.delete()
    return key
