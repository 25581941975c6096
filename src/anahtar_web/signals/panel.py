"""What the page of foresight is told by decisions on signals: whether those dismissed were rightly dismissed."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anahtar_web.foresight.panels import Line
from anahtar_web.signals.queries import Outcome, outcomes
from anahtar_web.ui.panels import Panel
from anahtar_web.ui.templatetags.shown import number

if TYPE_CHECKING:
    from anahtar_web.insight.models import Run
    from anahtar_web.people.models import User


def became(run: "Run", user: "User") -> Panel[Line] | None:
    """Give what accounts did after somebody decided on their signal; one query, nothing before the first decision."""
    told = outcomes(user, run)
    lines = [
        _line(name, outcome)
        for name, outcome in (
            (pgettext("signals", "Dismissed"), told.dismissed),
            (pgettext("signals", "Made a case"), told.acted),
        )
        if outcome.decided
    ]
    return Panel(
        title=_("Were they right to be dismissed?"),
        sub=_("What accounts did within the horizon of the forecast after somebody decided on their signal."),
        lines=lines,
        address=reverse("signals:list"),
        link=_("All signals"),
    )


def _line(name: str, outcome: Outcome) -> Line:
    counts = _("bought again %(bought)s, stayed away %(away)s, not known yet %(waiting)s") % {
        "bought": number(outcome.bought),
        "away": number(outcome.away),
        "waiting": number(outcome.waiting),
    }
    return Line(name, number(outcome.decided), counts)
