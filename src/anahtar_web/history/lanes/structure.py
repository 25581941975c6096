"""How the group changed: accounts that became one, or two again, and where they belong."""

from collections.abc import Sequence
from typing import Final

from django.db.models import F, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from anahtar_web.audit.models import Entry
from anahtar_web.audit.verbs import VERBS
from anahtar_web.gate.rights import Right
from anahtar_web.history.lanes.rows import day_of, moments
from anahtar_web.history.parts import Part, Row, RowLane, Spot
from anahtar_web.history.sources import Asked, Item
from anahtar_web.ui.templatetags.shown import number

_VERBS: Final = (
    *("account.created", "account.grouped", "account.group_left_to_ledger"),
    *("account.took_in", "account.gave_back"),
)
_OF_ITSELF: Final = ("account.merged", "account.merge_undone")
"""The other side of the same merge: told where the account itself is looked at, or it would be told twice."""


class Structure(RowLane):
    """What the trail tells of groups and merges, for those who may read the trail of an account."""

    name = "structure"
    label = gettext_lazy("Group and merges")
    icon = "network"

    def parts(self, asked: Asked) -> Sequence[Part]:
        """Give each as the trail does."""
        if not asked.user.may(Right.READ_ACCOUNT_TRAIL):
            return []
        told = Q(account_id__in=asked.accounts, verb__in=_VERBS)
        of_itself = Q(account_id=asked.account.pk, verb__in=_OF_ITSELF)
        rows = Entry.objects.filter(moments("at", asked), told | of_itself)
        # The trail names accounts by number: an entry outlives what it tells of.
        columns = {"company": Value(""), "who": F("by_name"), "words": F("target_name"), "code": F("verb")}
        return [Part(rows, day_of("at"), _item, {**columns, "more": F("reason")})]

    def said(self, count: int, bad: int) -> str:
        """Say how many."""
        return ngettext("%(n)s change of the group", "%(n)s changes of the group", count) % {"n": number(count)}


def _item(row: Row, spot: Spot) -> Item:
    return Item(
        day=spot.day,
        pk=spot.key,
        icon="network",
        title=str(VERBS[row.code]) % {"by": row.who, "target": row.words},
        text=row.more,
        who=row.who,
        address=reverse("accounts:trail", args=[row.account]),
        source=Structure.name,
    )
