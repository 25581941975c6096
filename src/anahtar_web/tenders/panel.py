"""What tenders tell of a competitor on its page: where we met it, and how often we won."""

from typing import TYPE_CHECKING, Final

from django.db.models import Count, F
from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar.rules.win_rate import WinRate, win_rate
from anahtar_web.competitors.panels import Line
from anahtar_web.tenders.asked import Asked
from anahtar_web.tenders.models import LOST, Outcome, Tender
from anahtar_web.ui.panels import Panel
from anahtar_web.ui.templatetags.shown import day, number, share

if TYPE_CHECKING:
    from anahtar_web.competitors.models import Competitor
    from anahtar_web.people.models import User

_FEW: Final = 6
_TONES: Final = {Outcome.WON.value: "good", Outcome.PARTLY.value: "warn", Outcome.LOST.value: "bad"}


def met(competitor: "Competitor", user: "User") -> Panel[Line] | None:
    """Give the visible tenders in which the competitor stood against us, the latest first; two queries."""
    asked = Asked(competitor=str(competitor.pk))
    rows = asked.narrow(user)
    counts = dict(rows.order_by().values_list("outcome").annotate(Count("pk")))
    if not counts:
        return None
    lately = rows.select_related("account").order_by(F("decided_on").desc(nulls_first=True), "-pk")[:_FEW]
    rate = win_rate(won=counts.get(Outcome.WON, 0), lost=sum(counts.get(outcome, 0) for outcome in LOST))
    return Panel(
        title=_("Tenders"),
        lines=[_line(tender) for tender in lately],
        sub=_told(rate, sum(counts.values())),
        address=reverse("tenders:statistics") + asked.query(),
        link=_("What they teach"),
    )


def _line(tender: Tender) -> Line:
    return Line(
        text=tender.title,
        address=reverse("tenders:tender", args=[tender.pk]),
        note=" · ".join(filter(None, (tender.account.name, day(tender.decided_on or tender.deadline)))),
        word=str(tender.get_outcome_display() or tender.get_stage_display()),
        tone=_TONES.get(tender.outcome, ""),
    )


def _told(rate: WinRate, met: int) -> str:
    if rate.rate is None:
        return _("Met in %(met)s; none is decided between us.") % {"met": number(met)}
    return _("Met in %(met)s; won %(won)s of %(decided)s decided: %(rate)s, 95 %%: %(low)s – %(high)s.") % {
        "met": number(met),
        "won": number(rate.won),
        "decided": number(rate.decided),
        "rate": share(rate.rate, 0),
        "low": share(rate.low, 0),
        "high": share(rate.high, 0),
    }
