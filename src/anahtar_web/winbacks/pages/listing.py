"""One list: who is on it now, the most worth trying first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar_web.accounts.figures import figures
from anahtar_web.gate.rights import Field, Right
from anahtar_web.insight.queries import current_run
from anahtar_web.risks.models import LossRecord, Reason
from anahtar_web.ui.templatetags.shown import money, number
from anahtar_web.winbacks.asked import Narrow
from anahtar_web.winbacks.models import WinbackList
from anahtar_web.winbacks.queries import Member, members, rank
from anahtar_web.winbacks.queries.members import sees_worth

ON_A_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class ListPage:
    """The template's contract.

    Parameters
    ----------
    told
        The filter in words.
    sees_worth
        Whether value, cost and margin are shown.
    """

    kept: WinbackList
    told: Sequence[str]
    slice: "Page[Any]"
    rows: Sequence[Member]
    currency: str
    sees_worth: bool
    sees_cost: bool
    may_edit: bool
    may_open: bool
    may_export: bool

    @classmethod
    def build(cls, kept: WinbackList, user: "User", page: str = "") -> Self:
        """Read a page of it; as many queries for a long list as for a short one."""
        narrow = Narrow.kept(kept.query)
        ranked = rank(user, current_run(), narrow, kept.cost)
        slice_ = Paginator(ranked, ON_A_PAGE).get_page(page)
        return cls(
            kept=kept,
            told=in_words(narrow, figures().currency),
            slice=slice_,
            rows=members(list(slice_.object_list), user),
            currency=figures().currency,
            sees_worth=sees_worth(user),
            sees_cost=user.sees(Field.OFFER),
            may_edit=user.may(Right.RUN_WINBACKS),
            may_open=user.may(Right.WRITE_DOSSIER),
            may_export=user.may(Right.EXPORT),
        )


def in_words(narrow: Narrow, currency: str) -> list[str]:
    """Say a filter, part by part."""
    states = {"lapsed": _("lapsed"), "lost": _("lost")}
    found = [states.get(narrow.state, _("lapsed or lost"))]
    if narrow.silence_from is not None:
        found.append(_("silent for at least %(days)s days") % {"days": number(narrow.silence_from)})
    if narrow.silence_to is not None:
        found.append(_("silent for at most %(days)s days") % {"days": number(narrow.silence_to)})
    if narrow.revenue is not None:
        found.append(_("at least %(amount)s in its last year") % {"amount": money(narrow.revenue, currency)})
    if narrow.times_lost is not None:
        words = ngettext("lost at least %(n)s time", "lost at least %(n)s times", narrow.times_lost)
        found.append(words % {"n": number(narrow.times_lost)})
    if narrow.reason is not None:
        reason = Reason.objects.filter(pk=narrow.reason).first()
        found.append(_("lost because of: %(reason)s") % {"reason": reason or "–"})
    if narrow.would_return:
        answer = LossRecord.Return(narrow.would_return).label
        found.append(_("would return: %(answer)s") % {"answer": answer})
    if narrow.direction:
        found.append(narrow.direction)
    return found


if TYPE_CHECKING:
    from anahtar_web.people.models import User
