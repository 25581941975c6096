"""What the account is worth to us and how it buys: by the ledger."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar_web.accounts.models import Lineage
from anahtar_web.briefing.blocks import Block, Figure, Figures, Picture, Section, Table
from anahtar_web.briefing.drawing import months_drawn
from anahtar_web.briefing.reading import Reading
from anahtar_web.insight.models import Run
from anahtar_web.insight.pages.account.chips import chips_of
from anahtar_web.insight.pages.account.header import withheld
from anahtar_web.insight.pages.account.stats import stats_of
from anahtar_web.insight.queries import standings_of
from anahtar_web.insight.series import months_of, read
from anahtar_web.ui.templatetags.shown import change, day, month, share, short_money

MOST_DIRECTIONS = 6


def worth(reading: Reading) -> Section | None:
    """Tell revenue, share, trend and rhythm, and in which lines of business it buys."""
    blocks: list[Block] = []
    if reading.run is not None and reading.standing is not None:
        blocks = _now(reading, reading.run) if reading.on is None else _then(reading, reading.run, reading.on)
    return Section(
        "money",
        _("What it is worth to us"),
        "chart-no-axes-column",
        blocks,
        _("The ledger holds no line of this account."),
        _says(reading) if blocks else "",
        reverse("insight:account", args=[reading.account.pk]),
        wide=True,
    )


def _says(reading: Reading) -> str:
    run = reading.run
    assert run is not None
    if reading.on is not None:
        return _("By today's ledger, which ends on %(day)s: what was booked later for months before counts here.") % {
            "day": day(run.last_date)
        }
    chips = chips_of(reading.account.pk, reading.standing, None) if reading.standing else ()
    told = _("By the ledger, as of %(day)s") % {"day": day(run.as_of)}
    return " · ".join([told, *(str(chip.text) for chip in chips)])


# Now -------------------------------------------------------------------------------------------------------------


def _now(reading: Reading, run: Run) -> list[Block]:
    standing = reading.standing
    assert standing is not None
    figures = [Figure(one.label, one.value, one.note, one.tone) for one in stats_of(standing, reading.user, run)]
    series = read(run, _codes(reading, run), withheld=withheld(reading.user))
    blocks: list[Block] = [Figures(figures)]
    if series.course:
        points = [(one.first, one.revenue, one.before) for one in series.course]
        blocks.append(_drawn(points, run))
    directions = [row for row in series.directions if row[0]][:MOST_DIRECTIONS]
    if directions:
        blocks.append(_directions(directions, sum(max(row[1], 0) for row in series.directions), run))
    return blocks


def _directions(rows: Sequence[tuple[str, int, int | None]], whole: int, run: Run) -> Table:
    def grown(now: int, before: int | None) -> str:
        return change(now / before - 1) if before is not None and before > 0 else ""

    return Table(
        [_("Direction"), _("12 months"), _("Share"), _("Change in a year")],
        [
            [name, short_money(now, run.currency), share(max(now, 0) / whole) if whole > 0 else "", grown(now, before)]
            for name, now, before in rows
        ],
        numbers=frozenset({1, 2, 3}),
    )


def _drawn(points: Sequence[tuple[date, int, int | None]], run: Run) -> Picture:
    largest = max(points, key=lambda point: point[1])
    says = _(
        "Monthly sales of %(first)s to %(last)s; the largest month is %(month)s with %(amount)s. "
        "Light bars: a year earlier."
    ) % {
        "first": month(points[0][0]),
        "last": month(points[-1][0]),
        "month": month(largest[0]),
        "amount": short_money(largest[1], run.currency),
    }
    return Picture(months_drawn(points, run.currency), says)


def _codes(reading: Reading, run: Run) -> list[str]:
    """Give the account's own code and those of the companies below it that the person sees."""
    below = Lineage.objects.filter(ancestor=reading.account, distance__gt=0).values("account")
    rows = standings_of(reading.user, run).filter(account__in=below).order_by("-revenue", "account")
    return [reading.account.code, *rows.values_list("account__code", flat=True)[:100]]


# As known on a day -----------------------------------------------------------------------------------------------


def _then(reading: Reading, run: Run, on: date) -> list[Block]:
    revenue = months_of(run, _codes(reading, run))
    known = min(revenue, default=None)
    last = _earlier(on.replace(day=1), 1)
    if known is None or last < known:
        return []
    window = [_earlier(last, back) for back in range(11, -1, -1)]
    points = [
        (first, revenue.get(first, 0), revenue.get(_earlier(first, 12), 0) if _earlier(first, 12) >= known else None)
        for first in window
    ]
    now = sum(point[1] for point in points)
    before = None if any(point[2] is None for point in points) else sum(point[2] or 0 for point in points)
    months = _("%(first)s to %(last)s") % {"first": month(window[0]), "last": month(window[-1])}
    figures = [Figure(_("Revenue of 12 months"), short_money(now, run.currency), months)]
    if before:
        figures.append(Figure(_("Change in a year"), change(now / before - 1), short_money(now - before, run.currency)))
    return [Figures(figures), _drawn(points, run)]


def _earlier(first: date, back: int) -> date:
    number = first.year * 12 + first.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)
