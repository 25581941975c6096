"""Which directions of business a tender may be of: those of the ledger, and those of other tenders."""

from typing import TYPE_CHECKING

from anahtar_web.accounts.directions import directions
from anahtar_web.tenders.models import Tender
from anahtar_web.ui.text import fold, sort_key

if TYPE_CHECKING:
    from anahtar_web.people.models import User


def offered(user: "User") -> list[str]:
    """Give the directions that are offered: those of the ledger, and those of visible tenders; one query."""
    written = Tender.objects.visible_to(user).exclude(direction="").order_by()
    names = {fold(name): name for name in written.values_list("direction", flat=True).distinct()[:500]}
    names |= {fold(name): name for name in directions()}
    return sorted(names.values(), key=sort_key)
