"""The list of reasons, with how often each was chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from django.db.models import Count
from django.forms import Form

from anahtar_web.tenders.models import Reason, Tender
from anahtar_web.tenders.pages.tabs import Tab, tabs

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class ReasonsPage:
    """All reasons; counted are the tenders that the reader sees."""

    tabs: Sequence[Tab]
    rows: Sequence[tuple[Reason, int]]
    form: Form

    @classmethod
    def build(cls, user: "User", form: Form) -> Self:
        """Read it; two queries."""
        seen = Tender.objects.visible_to(user).filter(our_reason__isnull=False).order_by()
        chosen = dict(seen.values_list("our_reason").annotate(Count("pk")))
        return cls(
            tabs(user, "reasons"),
            [(reason, chosen.get(reason.pk, 0)) for reason in Reason.objects.order_by("place", "pk")],
            form,
        )
