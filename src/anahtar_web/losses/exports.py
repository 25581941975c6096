"""Lists of losses as workbooks."""

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anahtar.money import to_decimal
from anahtar_web.insight.models import Run
from anahtar_web.losses.models import BridgeRow, WayBack
from anahtar_web.ui.templatetags.shown import day, moment
from anahtar_web.ui.workbook import content

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from anahtar_web.people.models import User

_AT_ONCE = 2000


def bridge(rows: "QuerySet[BridgeRow]", run: Run, by: "User") -> bytes:
    """Write accounts of the bridge."""
    heads = [
        *((_("Account"), 40), (_("Code"), 14), (_("In the bridge"), 16), (_money(_("Before"), run), 18)),
        *((_money(_("Now"), run), 18), (_money(_("Change"), run), 18)),
    ]
    cells = (
        [
            *(row.account.name, row.account.code, str(row.get_bucket_display())),
            *map(to_decimal, (row.revenue_before, row.revenue, row.revenue - row.revenue_before)),
        ]
        for row in rows.iterator(chunk_size=_AT_ONCE)
    )
    return content(_("Accounts of the bridge"), _remarks(_("Accounts of the bridge"), run, by), heads, cells)


def ways_back(rows: "QuerySet[WayBack]", run: Run, by: "User", cost: int | None) -> bytes:
    """Write the ranking; `cost` None: what it is worth is not for this person."""
    heads = [
        *((_("Account"), 40), (_("Code"), 14), (_("Last purchase"), 14), (_("Silent, days"), 12)),
        *((_("Times lost"), 12), (_money(_("Revenue of its last year"), run), 22), (_("Chance of return"), 16)),
        *((pgettext("a bound", "from"), 10), (pgettext("a bound", "to"), 10)),
        *([] if cost is None else [(_money(_("Worth less the cost"), run), 22)]),
    ]
    cells = (
        [
            *(row.account.name, row.account.code, row.last_purchase, row.silence, row.times_lost),
            *(to_decimal(row.revenue), row.chance, row.chance_low, row.chance_high),
            *([] if cost is None else [None if row.value is None else to_decimal(row.value - cost)]),
        ]
        for row in rows.iterator(chunk_size=_AT_ONCE)
    )
    return content(_("The way back"), _remarks(_("The way back"), run, by), heads, cells)


def _money(name: str, run: Run) -> str:
    return f"{name} ({run.currency})" if run.currency else name


def _remarks(title: str, run: Run, by: "User") -> list[str]:
    taken = _("Taken out by %(by)s on %(at)s") % {"by": by.name, "at": moment(timezone.now())}
    return [f"{title} · {_('as of %(day)s') % {'day': day(run.as_of)}}", taken]
