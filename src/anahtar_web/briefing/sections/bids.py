"""What we bid for here, with what outcome, and what comes next."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar_web.briefing.blocks import Block, Pair, Points, Section, Table
from anahtar_web.briefing.reading import Reading
from anahtar_web.gate.rights import Field
from anahtar_web.tenders.queries import Known, of, outlines_of
from anahtar_web.tenders.queries.expecting import expected_of
from anahtar_web.ui.templatetags.shown import NOTHING, day, short_money

MOST_OPEN = 20
MOST = 8
MOST_FIRST = 3
"""Open tenders named at the head of the briefing."""


def bids(reading: Reading) -> Section:
    """List open tenders and the last decided ones, with price and reason, and when the next one is expected."""
    found = outlines_of(reading.account, on=reading.on)
    told = [one for one in found if one.is_open][:MOST_OPEN] + [one for one in found if not one.is_open][:MOST]
    known = {one.pk: one for one in of(reading.account, user=reading.user, on=reading.on, among=[o.pk for o in told])}
    shown = [known[one.pk] for one in told]
    blocks: list[Block] = []
    if found:
        expected = expected_of([(one.direction, one.announced_on) for one in found], as_of=reading.today)
        next_one = expected[0].told.expected if expected else None
        if next_one is not None:
            blocks.append(Points([_("The next tender is expected about %(day)s.") % {"day": day(next_one)}]))
        sees = reading.user.sees(Field.OFFER)
        heads = [_("Tender"), _("Day"), _("Outcome"), *([_("Our price")] if sees else []), _("Why")]
        rows = [_row(one) for one in shown]
        links = [reverse("tenders:tender", args=[one.pk]) for one in shown]
        blocks.append(Table(heads, rows, numbers=frozenset({3} if sees else ()), links=links))
    return Section(
        "bids",
        _("Tenders"),
        "gavel",
        blocks,
        _("No tender of this account is written down."),
        href=reverse("tenders:account", args=[reading.account.pk]),
        wide=True,
        first=[_first(one) for one in sorted(shown, key=_urgency) if one.is_open][:MOST_FIRST],
    )


def _first(one: Known) -> Pair:
    told = [str(one.stage_label)]
    if one.deadline:
        told.append(_("offer due on %(day)s") % {"day": day(one.deadline)})
    if one.sees_prices and one.worth is not None:
        told.append(short_money(one.worth, one.currency))
    words = f"{one.title}: {', '.join(told)}"
    return Pair(_("Tender"), words, href=reverse("tenders:tender", args=[one.pk]))


def _urgency(one: Known) -> date:
    return one.deadline or date.max


def _row(one: Known) -> list[str]:
    outcome = str(one.stage_label if one.is_open else one.outcome_label) or NOTHING
    if one.winners:
        outcome += f" ({', '.join(str(winner) for winner in one.winners)})"
    why = ", ".join(dict.fromkeys(str(reason) for reason in (one.their_reason, one.our_reason) if reason))
    price = [short_money(one.worth, one.currency)] if one.sees_prices else []
    return [one.title, day(one.day), outcome, *price, why or NOTHING]
