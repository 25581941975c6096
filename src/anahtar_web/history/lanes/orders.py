"""What they bought: months from the last analysis, single orders from the lines of the ledger in a short window."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode
from zlib import crc32

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from anahtar_web.history.lanes.rows import part_of
from anahtar_web.history.sources import STEP_MONTH, Asked, Before, Item, Mark, Told
from anahtar_web.insight import series
from anahtar_web.insight.counted import batches_of, with_merged
from anahtar_web.insight.recent import Recent
from anahtar_web.ui.templatetags.shown import month, number, short_money

if TYPE_CHECKING:
    from anahtar_web.insight.models import Run

CLOSE: Final = 100
"""Days up to which single orders are told; of longer windows whole months."""
_MONTHS_BACK: Final = 1 << 31
_KEPT: Final = 200


@dataclass(frozen=True, slots=True)
class Bought:
    """One order: an invoice of one customer on one day, with its lines added up."""

    day: date
    pk: int
    account: str
    invoice: str
    amount: int
    lines: int
    directions: frozenset[str]


_orders: Final[Recent[Sequence[Bought]]] = Recent(_KEPT)


class Orders:
    """Orders with their money."""

    name = "orders"
    label = pgettext_lazy("on the timeline", "Orders")
    icon = "receipt-text"
    knows_directions = True

    def told(self, asked: Asked, step: str, *, before: Before, limit: int) -> Told:
        """Draw months or days; tell single orders of a short window, and months of a long one."""
        if asked.run is None:
            return Told()
        by_month = is_long(asked)
        items = _month_items(asked, asked.run) if by_month else _order_items(asked, asked.run)
        marks = _months_drawn(asked, asked.run) if step == STEP_MONTH else _days_drawn(asked, asked.run)
        return Told(marks, part_of(items, before, limit))


def _months_drawn(asked: Asked, run: "Run") -> list[Mark]:
    return [
        Mark(first, orders, _said(orders, amount, run), max(0.0, float(amount)))
        for first, amount, orders in _months(asked, run)
        if orders or amount
    ]


def _days_drawn(asked: Asked, run: "Run") -> list[Mark]:
    by_day: dict[date, list[Bought]] = {}
    for order in bought(asked, run):
        by_day.setdefault(order.day, []).append(order)
    sums = {day: (len(orders), sum(order.amount for order in orders)) for day, orders in by_day.items()}
    return [
        Mark(day, count, _said(count, amount, run), max(0.0, float(amount)))
        for day, (count, amount) in sorted(sums.items())
    ]


def is_long(asked: Asked) -> bool:
    """Whether a window is too long for single orders."""
    return (asked.last - asked.first).days > CLOSE


def _codes(asked: Asked, run: "Run") -> Sequence[str]:
    return with_merged(list(asked.companies), run.options.get("merged", {}))


def _last(asked: Asked, run: "Run") -> date:
    """The ledger is told as of the analysis; later days are nobody's yet."""
    ends = [asked.last, *([asked.on] if asked.on else []), *([run.as_of] if run.as_of else [])]
    return min(ends)


def _months(asked: Asked, run: "Run") -> Sequence[tuple[date, int, int]]:
    """First of the month, amount, orders. Months know no directions: with one asked for there are none."""
    if asked.direction is not None:
        return []
    kept = series.read(run, _codes(asked, run), withheld=())
    last, known = _last(asked, run), asked.on
    return [row for row in kept.months if asked.first <= row[0] <= last and (known is None or _end(row[0]) <= known)]


def _end(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def bought(asked: Asked, run: "Run") -> Sequence[Bought]:
    """Give the orders of a short window, the latest first; read from the lines once and kept for the next page."""
    codes, last = _codes(asked, run), _last(asked, run)
    key = (run.pk, run.finished_at, *codes, asked.first, last, asked.direction)
    return _orders.get(key, lambda: _bought(codes, asked.first, last, asked.direction, run))


def _bought(codes: Sequence[str], first: date, last: date, direction: str | None, run: "Run") -> Sequence[Bought]:
    from anahtar.facts.lines import Order, account_lines
    from anahtar.ledger.store.integrity import DamagedBatch, DamagedLedger

    if last < first or not codes:
        return []
    try:
        found = account_lines(
            batches_of(run).folders, codes, first=first, last=last, direction=direction, order=Order.LATEST, limit=None
        )
    except (DamagedBatch, DamagedLedger):
        # The lines page says it in full; a timeline without orders is better than none.
        return []
    sums: dict[tuple[date, str, str], tuple[int, int, frozenset[str]]] = {}
    columns = ("sold_on", "account", "invoice", "amount", "direction")
    for day, account, invoice, amount, named in zip(*(found.table[name].to_pylist() for name in columns), strict=True):
        key = (day, account, invoice or "")
        money, lines, directions = sums.get(key, (0, 0, frozenset()))
        sums[key] = (money + amount, lines + 1, directions | {named or ""})
    return [
        Bought(day, crc32(f"{account} {invoice}".encode()), account, invoice, *told)
        for (day, account, invoice), told in sums.items()
    ]


def _order_items(asked: Asked, run: "Run") -> list[Item]:
    return [_order_item(order, asked) for order in bought(asked, run)]


def _order_item(order: Bought, asked: Asked) -> Item:
    directions = sorted(filter(None, order.directions))
    lines = ngettext("%(n)s line", "%(n)s lines", order.lines) % {"n": number(order.lines)}
    back = order.amount < 0
    title = _("Return %(invoice)s") if back else _("Order %(invoice)s")
    return Item(
        day=order.day,
        pk=order.pk,
        icon="undo-2" if back else "receipt-text",
        title=(title % {"invoice": order.invoice}).strip(),
        text=" · ".join([lines, *directions[:3]]),
        address=_address(asked, order.day),
        money=order.amount,
        direction=", ".join(directions[:3]),
        account=asked.companies.get(order.account, ""),
        tone="bad" if back else "",
        source=Orders.name,
    )


def _month_items(asked: Asked, run: "Run") -> list[Item]:
    return [
        Item(
            day=min(_end(first), _last(asked, run)),
            pk=_MONTHS_BACK,
            icon="receipt-text",
            title=_("Bought in %(month)s") % {"month": month(first)},
            text=ngettext("%(n)s order", "%(n)s orders", orders) % {"n": number(orders)},
            address=_address(asked, first),
            money=amount,
            source=Orders.name,
        )
        for first, amount, orders in _months(asked, run)
        if orders or amount
    ]


def _address(asked: Asked, day: date) -> str:
    query = {"month": f"{day:%Y-%m}"}
    if asked.direction is not None:
        query["direction"] = asked.direction
    return f"{reverse('insight:lines', args=[asked.account.pk])}?{urlencode(query)}"


def _said(orders: int, amount: int, run: "Run") -> str:
    text = ngettext("%(n)s order, %(money)s", "%(n)s orders, %(money)s", orders)
    return text % {"n": number(orders), "money": short_money(amount, run.currency)}
