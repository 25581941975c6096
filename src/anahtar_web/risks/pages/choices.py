"""What the cases of a person can be narrowed to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from anahtar_web.people.models import User
from anahtar_web.risks.asked import NONE, SEVERITIES
from anahtar_web.risks.models import Case

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """One line of choices per filter; a fixed number of queries."""

    owners: Sequence[Choice]
    kams: Sequence[Choice]
    directions: Sequence[Choice]
    severities: Sequence[Choice]

    @classmethod
    def among(cls, user: User, kams: Collection[int]) -> Self:
        """Read who and what the visible cases name.

        Parameters
        ----------
        kams
            Keys of the KAMs of their accounts.
        """
        rows = Case.objects.visible_to(user).order_by()
        owners = set(rows.exclude(owner=None).values_list("owner", flat=True).distinct())
        people = User.objects.filter(pk__in=owners | set(kams)).order_by("name", "pk")
        named = [(one.pk, (str(one.pk), one.name)) for one in people]
        directions = rows.exclude(direction="").order_by("direction").values_list("direction", flat=True).distinct()
        return cls(
            owners=[*(choice for pk, choice in named if pk in owners), (NONE, _("nobody"))],
            kams=[*(choice for pk, choice in named if pk in kams), (NONE, _("nobody"))],
            directions=[*((name, name) for name in directions[:500]), (NONE, _("none said"))],
            severities=[(n, _("%(n)s and above") % {"n": n} if n != "5" else n) for n in SEVERITIES],
        )
