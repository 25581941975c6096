"""What the page of losses is told by loss records: what accounts were lost for."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar_web.losses.panels import Line
from anahtar_web.risks.models import Reason
from anahtar_web.risks.queries import by_reason
from anahtar_web.ui.panels import Panel

if TYPE_CHECKING:
    from anahtar_web.insight.models import Run
    from anahtar_web.people.models import User


def lost_for(_run: "Run", user: "User") -> Panel[Line] | None:
    """Give the reasons written down for losses that a person sees, the most frequent first; two queries."""
    rows = by_reason(user)
    if not rows:
        return None
    names = {one.pk: str(one) for one in Reason.objects.filter(pk__in=[row.reason for row in rows])}
    most = rows[0].losses
    return Panel(
        title=_("What accounts were lost for"),
        sub=_("As people wrote it down, whenever it was; a loss with two reasons counts in both."),
        lines=[
            Line(
                names[row.reason],
                f"{reverse('risks:board')}?reason={row.reason}",
                row.losses,
                row.revenue,
                row.losses / most,
            )
            for row in rows
        ],
    )
