"""How much leaves the house in a day: rows of lists, reports and files of whatever kind count together."""

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar_web.audit.models import Entry
from anahtar_web.gate.refusals import Refused
from anahtar_web.ui.templatetags.shown import number

if TYPE_CHECKING:
    from anahtar_web.people.models import User

A_DAY: Final = 100_000
"""Rows one person may take out in a day."""
WITHOUT_REASON: Final = 1_000
"""Rows up to which nobody is asked why."""
COUNTED: Final = frozenset(
    {
        "accounts.exported",
        "accounts.moves_exported",
        "run.reported",
        "tenders.exported",
        "competitor.exported",
        "losses.exported",
        "losses.way_back_exported",
        "deliveries.exported",
        "fact.exported",
        "stakeholder.listed",
        "winback_list.exported",
    }
)
"""Verbs of the trail whose `rows` are taken out of the day's allowance."""


class UnableToTakeOut(Refused):
    """The list cannot leave the house."""


def allow(*, rows: int, reason: str, by: "User") -> None:
    """Refuse an export that is empty, too large for today, or large without a reason.

    Raises
    ------
    UnableToTakeOut
        It is one of these.
    """
    left = left_today(by)
    if not rows:
        raise UnableToTakeOut(_("The list is empty; there is nothing to take out."))
    if rows > left:
        raise UnableToTakeOut(
            _("%(rows)s rows are more than the %(left)s that you may still take out today. Narrow the list.")
            % {"rows": number(rows), "left": number(left)}
        )
    if rows > WITHOUT_REASON and not reason.strip():
        raise UnableToTakeOut(
            _("%(rows)s rows: say what they are for, where more than %(limit)s leave the house.")
            % {"rows": number(rows), "limit": number(WITHOUT_REASON)}
        )


def left_today(user: "User") -> int:
    """Tell how many rows a person may still take out today."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    mine = Entry.objects.filter(verb__in=COUNTED, by=user)
    # Two hours more: where the clock is put back a day has 25.
    today = mine.filter(at__gte=midnight, at__lt=midnight + timedelta(days=1, hours=2))
    return max(A_DAY - sum(int(after.get("rows", 0)) for after in today.values_list("after", flat=True)), 0)
