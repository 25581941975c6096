"""The list of why accounts are lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from django.forms import Form

from anahtar_web.risks.models import Reason
from anahtar_web.risks.queries import by_reason

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class ReasonsPage:
    """The list of why accounts are lost; counted are the losses that the reader sees."""

    rows: Sequence[tuple[Reason, int]]
    form: Form

    @classmethod
    def build(cls, user: "User", form: Form) -> Self:
        """Read it; two queries."""
        counts = {row.reason: row.losses for row in by_reason(user)}
        return cls([(one, counts.get(one.pk, 0)) for one in Reason.objects.order_by("place", "pk")], form)
