"""What the pages of an import tell of closed months: those it would change, and those it did."""

from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar.ledger.files import wire
from anahtar_web.closings.models import Change
from anahtar_web.closings.queries import Foreseen, would_change
from anahtar_web.gate.rights import Right
from anahtar_web.ledgers.beside import Line, Moment
from anahtar_web.ledgers.models import State
from anahtar_web.ui.panels import Panel
from anahtar_web.ui.templatetags.shown import money, month, number

if TYPE_CHECKING:
    from anahtar_web.people.models import User

LISTED: Final = 12
"""Months that are named; one line says how many more there are."""


def of_import(moment: Moment, user: "User") -> Panel[Line] | None:
    """Tell of closed months on the page of an import of sales lines."""
    of = moment.of
    if not of.is_sales or of.draft is None:
        return None
    if moment.leaving or of.state == State.CHECKED:
        foreseen = would_change(wire.draft_from_json(of.draft).parts, leaving=moment.leaving)
        title = _("Taking it back would change closed months") if moment.leaving else _("It would change closed months")
        sub = _(
            "Nothing is refused: each change is named with its import, and somebody accepts it or reopens the month."
        )
        return _panel(title, sub, [_foreseen(one, of.currency, user) for one in foreseen], user)
    changes = Change.objects.select_related("closed").filter(of=of).order_by("closed__month", "pk")
    return _panel(_("It changed closed months"), "", [_found(change, user) for change in changes], user)


def _panel(title: str, sub: str, lines: list[Line], user: "User") -> Panel[Line]:
    shown, more = lines[:LISTED], len(lines) - LISTED
    if more > 0:
        shown.append(Line(_("and %(n)s months more") % {"n": number(more)}, "", ""))
    address = reverse("closings:closing") if user.may(Right.SEE_SETTINGS) else ""
    return Panel(title, shown, sub, address, _("Month-end closing"))


def _foreseen(one: Foreseen, currency: str, user: "User") -> Line:
    before, after = (one.lines, one.amount), (one.lines_after, one.amount_after)
    pk = one.closed.pk if one.closed is not None else None
    return Line(month(one.month), _address(pk, user), _sentence(before, after, currency))


def _found(change: Change, user: "User") -> Line:
    before = (change.lines_before, change.amount_before)
    after = (change.lines_after, change.amount_after)
    sentence = _sentence(before, after, change.closed.currency)
    return Line(month(change.closed.month), _address(change.closed_id, user), sentence)


def _address(pk: int | None, user: "User") -> str:
    return reverse("closings:month", args=[pk]) if pk is not None and user.may(Right.SEE_SETTINGS) else ""


def _sentence(before: tuple[int, int], after: tuple[int, int], currency: str) -> str:
    return _("%(lines)s → %(lines_after)s lines, %(amount)s → %(amount_after)s") % {
        "lines": number(before[0]),
        "lines_after": number(after[0]),
        "amount": money(before[1], currency),
        "amount_after": money(after[1], currency),
    }
