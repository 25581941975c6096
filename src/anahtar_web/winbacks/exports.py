"""A list as a file: for colleagues as the table shows it, or to be handed on with nothing that is our own business."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar.money import to_decimal
from anahtar_web.gate.rights import Field
from anahtar_web.tenders import exports
from anahtar_web.ui import workbook
from anahtar_web.ui.templatetags.shown import moment
from anahtar_web.winbacks.models import WinbackList
from anahtar_web.winbacks.queries import Member
from anahtar_web.winbacks.queries.members import sees_worth

if TYPE_CHECKING:
    from anahtar_web.people.models import User

HANDED_ON: Final = "handed_on"
"""For others: who they are, where, and when they last bought; no figure, no chance, nobody who is left alone."""


def content(
    kept: WinbackList, rows: Sequence[Member], told: Sequence[str], user: "User", *, alone: Collection[int], form: str
) -> bytes:
    """Write the list as it is ranked for this person.

    Parameters
    ----------
    told
        Its filter in words.
    alone
        Accounts left alone by a campaign.
    """
    worth = user.sees(Field.OFFER) and sees_worth(user)
    heads = [(_("Code"), 12), (_("Account"), 32), (_("State"), 12), (_("Left alone"), 12)]
    heads += [(_("Worth less cost"), 16), (_("Cost"), 14), (_("Margin"), 14)] if worth else []
    heads += [(_("Chance of return"), 12), (_("At least, 95 %"), 10), (_("At most, 95 %"), 10)]
    heads += [(_("Revenue of its last year"), 16), (_("Last purchase"), 14), (_("Silent, days"), 10)]
    heads += [(_("Times lost"), 10)]
    return _file(kept.name, ", ".join(told), heads, [_row(one, worth, alone) for one in rows], user, form)


def handed_on(rows: Sequence[Member], user: "User", form: str) -> bytes:
    """Write what may be handed on of a list; neither its name nor its filter, which tell what we think of them."""
    heads = [(_("Code"), 12), (_("Account"), 32), (_("City"), 20), (_("Last purchase"), 14)]
    table = [[one.account.code, one.account.name, one.account.city, one.last_purchase] for one in rows]
    return _file(_("Accounts"), "", heads, table, user, form)


def _file(
    title: str, about: str, heads: Sequence[tuple[str, int]], table: Sequence[Sequence[Any]], user: "User", form: str
) -> bytes:
    remark = _("Taken out by %(name)s, %(moment)s") % {"name": user, "moment": moment(timezone.now())}
    if form == "xlsx":
        # A sheet has no name with a slash in it; a list has.
        return workbook.content(_("Accounts"), [title, about, remark], heads, table)
    return exports.text([[_exact(cell) for cell in row] for row in table], [head for head, _width in heads], remark)


def _exact(cell: Any) -> Any:
    return Decimal(f"{cell:.4f}") if isinstance(cell, float) else cell


def _row(one: Member, worth: bool, alone: Collection[int]) -> list[Any]:
    way = one.way
    told: list[Any] = [
        one.account.code,
        one.account.name,
        {"lapsed": _("lapsed"), "lost": _("lost")}.get(one.state, ""),
        _("yes") if one.account.pk in alone else "",
    ]
    if worth:
        told += [_money(one.value), _money(one.cost), _money(way.margin if way else None)]
    told += [way.chance, way.chance_low, way.chance_high] if way else [None] * 3
    return [*told, _money(one.revenue), one.last_purchase, one.silence, one.times_lost]


def _money(units: int | None) -> Decimal | None:
    return None if units is None else to_decimal(units)
