"""Which tenders of a file are here already, and where the file says something else of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from anahtar_web.tenders.models import Brought
from anahtar_web.tenders.understanding.names import AT_ONCE
from anahtar_web.tenders.understanding.states import label_of
from anahtar_web.tenders.understanding.told import BroughtTender

if TYPE_CHECKING:
    from anahtar_web.tenders.understanding.told import Problems


def mark_known(tenders: Sequence[BroughtTender], problems: "Problems") -> None:
    """Mark those that are here already; what the file says of them otherwise is told, and left to people."""
    here = _here(tenders)
    for one in tenders:
        found = here.get((one.account.pk, one.key))
        if found is None:
            continue
        one.known = True
        problems.here |= {lot.row for lot in one.lots}
        tender, state = found
        if state != one.fields["state"]:
            sentence = _(
                "It is here already as “%(here)s”, and the file says “%(file)s”. No file changes a tender: "
                "write it on its page."
            )
            told = {"here": label_of(state), "file": label_of(one.fields["state"])}
            problems.remark(one.row, "outcome", sentence % told, tender=tender)


def _here(tenders: Sequence[BroughtTender]) -> dict[tuple[int, str], tuple[int, str]]:
    accounts = sorted({one.account.pk for one in tenders})
    found: dict[tuple[int, str], tuple[int, str]] = {}
    for at in range(0, len(accounts), AT_ONCE):
        rows = Brought.objects.filter(account__in=accounts[at : at + AT_ONCE]).order_by()
        told = rows.values_list("account", "key", "tender", "tender__outcome", "tender__stage")
        found |= {(account, key): (tender, outcome or stage) for account, key, tender, outcome, stage in told}
    return found
