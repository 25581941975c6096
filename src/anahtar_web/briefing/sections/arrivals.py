"""Whether we kept what we promised to deliver."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar_web.briefing.blocks import Block, Figure, Figures, Points, Section
from anahtar_web.briefing.reading import Reading
from anahtar_web.deliveries.queries.lines import among, lines, terms
from anahtar_web.deliveries.queries.scores import score
from anahtar_web.ui.templatetags.shown import number, share

YEAR = timedelta(days=365)


def arrivals(reading: Reading) -> Section | None:
    """Tell on time in full of the last twelve months against the twelve before; none where nothing was imported."""
    accounts, days = among(reading.account, reading.user), terms().days
    found = lines(reading.user, accounts, on=reading.on)
    since = reading.today - YEAR
    now = score(found.filter(promised_first__gt=since), as_of=reading.today, days=days)
    before = score(found.filter(promised_first__gt=since - YEAR, promised_first__lte=since), as_of=since, days=days)
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
        says=_("twelve months against the twelve before"),
        href=reverse("deliveries:account", args=[reading.account.pk]),
        wide=True,
    )
