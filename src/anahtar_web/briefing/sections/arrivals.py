"""Whether we kept what we promised to deliver."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar.rules.on_time import Score
from anahtar_web.briefing.blocks import Block, Figure, Figures, Pair, Points, Section
from anahtar_web.briefing.reading import Reading
from anahtar_web.deliveries.queries.lines import among, latest, lines, terms
from anahtar_web.deliveries.queries.scores import score
from anahtar_web.ui.templatetags.shown import month, number, share


def arrivals(reading: Reading) -> Section | None:
    """Tell on time in full of the last twelve months against the twelve before; none where nothing was imported."""
    accounts, days = among(reading.account, reading.user), terms().days
    found = lines(reading.user, accounts, on=reading.on)
    last = latest(found, reading.today)
    start = _months_back(last, 11)
    before_start = _months_back(last, 23)
    now = score(found.filter(promised_first__gte=start), as_of=reading.today, days=days)
    earlier = found.filter(promised_first__gte=before_start, promised_first__lt=start)
    before = score(earlier, as_of=reading.today, days=days)
    if not now.due and not before.due:
        return None
    note = _("%(share)s a year earlier") % {"share": share(before.share)} if before.due else ""
    late = now.late + now.overdue
    blocks: list[Block] = [
        Figures(
            [
                Figure(_("On time in full"), share(now.share), note),
                Figure(_("Lines due"), number(now.due)),
                Figure(_("Late or missing"), number(late), tone="bad" if late else "good"),
            ]
        )
    ]
    if now.overdue:
        told = ngettext("%(n)s line is overdue and not filled.", "%(n)s lines are overdue and not filled.", now.overdue)
        blocks.append(Points([told % {"n": number(now.overdue)}]))
    return Section(
        "arrivals",
        _("What we delivered"),
        "truck",
        blocks,
        says=_("%(first)s to %(last)s against the twelve months before") % {"first": month(start), "last": month(last)},
        href=reverse("deliveries:account", args=[reading.account.pk]),
        wide=True,
        first=[_first(reading, now, note)] if now.due else (),
    )


def _first(reading: Reading, now: Score, note: str) -> Pair:
    told = [share(now.share), note]
    if now.overdue:
        told.append(ngettext("%(n)s line overdue", "%(n)s lines overdue", now.overdue) % {"n": number(now.overdue)})
    href = reverse("deliveries:account", args=[reading.account.pk])
    return Pair(_("On time in full"), ", ".join(part for part in told if part), href=href)


def _months_back(day: date, back: int) -> date:
    """Give the first day of the month so many months back: as the page of deliveries counts."""
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)
