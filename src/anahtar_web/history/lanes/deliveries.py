"""What was promised: how many lines were kept and missed; each that was missed is told."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anahtar.rules.on_time import Standing
from anahtar_web.company.queries import today
from anahtar_web.deliveries.models import Terms
from anahtar_web.deliveries.pages.account import Row
from anahtar_web.deliveries.queries.lines import due, lines, stands, terms
from anahtar_web.history.parts import Part, RowLane, Spot
from anahtar_web.history.sources import Asked, Item
from anahtar_web.ui.templatetags.shown import number, quantity


class Deliveries(RowLane):
    """Lines by their first promised day."""

    name = "deliveries"
    label = gettext_lazy("Deliveries")
    icon = "truck"
    knows_directions = True
    bars = True

    def parts(self, asked: Asked) -> Sequence[Part]:
        """Draw what was due, and how much of it was missed; tell the lines that were late or are overdue."""
        as_of, held = asked.on or today(), terms()
        missed = stands(Standing.LATE, as_of, held.days) | stands(Standing.OVERDUE, as_of, held.days)
        found = _found(asked)
        return [
            Part(
                rows=found.filter(missed),
                day=F("promised_first"),
                tell=partial(_item, asked=asked, terms=held),
                whole=("account",),
                counted=found.filter(due(as_of, held.days)),
                bad=missed,
            )
        ]

    def said(self, count: int, bad: int) -> str:
        """Say how many were due, and how many of them were missed."""
        text = ngettext("%(n)s line due, %(missed)s missed", "%(n)s lines due, %(missed)s missed", count)
        return text % {"n": number(count), "missed": number(bad)}


def _found(asked: Asked) -> Any:
    found = lines(asked.user, asked.accounts, on=asked.on)
    found = found.filter(promised_first__gte=asked.first, promised_first__lte=asked.last)
    return found if asked.direction is None else found.filter(direction=asked.direction)


def _item(line: Any, spot: Spot, *, asked: Asked, terms: Terms) -> Item:
    row = Row.of(line, as_of=asked.on or today(), terms=terms)
    late = ngettext("%(n)s day late", "%(n)s days late", row.days) % {"n": number(row.days)}
    title = _("Order %(order)s: %(late)s") if row.standing is Standing.LATE else _("Order %(order)s overdue: %(late)s")
    told = _("%(delivered)s of %(ordered)s delivered")
    share = told % {"delivered": quantity(line.delivered), "ordered": quantity(line.ordered)}
    product = line.product_name or line.product
    return Item(
        day=spot.day,
        pk=spot.key,
        icon="truck",
        title=title % {"order": str(line), "late": late},
        text=" · ".join(part for part in (product, share) if part),
        address=reverse("deliveries:line", args=[asked.account.pk, line.pk]),
        direction=line.direction,
        account=line.account.name if line.account else "",
        tone=row.tone,
        source=Deliveries.name,
    )
