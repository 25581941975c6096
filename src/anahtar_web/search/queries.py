"""Finding."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Self

from django.core.exceptions import BadRequest
from django.db.models import Case, Count, IntegerField, Q, Value, When

from anahtar_web.people.models import User
from anahtar_web.search.matching import Holds
from anahtar_web.search.models import Text

_MARK: Final = re.compile(r"(\d{1,2})_(-?\d{1,20})_(\d{1,18})", re.A)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a page ended: the next one begins behind it, whatever is written meanwhile.

    Parameters
    ----------
    place
        How well the last text fitted (0 where the newest come first).
    """

    place: int
    at: datetime
    key: int

    @classmethod
    def after(cls, text: Any) -> Self:
        """Mark the last text of a page."""
        return cls(getattr(text, "place", 0), text.at, text.pk)

    def __str__(self) -> str:
        passed = self.at - _EPOCH
        return f"{self.place}_{(passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds}_{self.key}"

    @classmethod
    def read(cls, said: str) -> "Mark | None":
        """Read a mark from an address.

        Raises
        ------
        BadRequest
            It is none.
        """
        if not said:
            return None
        found = _MARK.fullmatch(said)
        if found is None or abs(int(found[2])) > 10**17:
            raise BadRequest("no such mark")
        return cls(int(found[1]), _EPOCH + timedelta(microseconds=int(found[2])), int(found[3]))


def found(user: User, words: Sequence[str]) -> Any:
    """Give the texts that somebody may find by words; nothing without words."""
    rows = Text.objects.visible_to(user)
    return rows.filter(Holds(words)) if words else rows.none()


def by_source(rows: Any) -> dict[str, int]:
    """Count what was found of each kind."""
    return dict(rows.order_by().values_list("source").annotate(n=Count("pk")))


def newest(rows: Any, after: Mark | None) -> Any:
    """Order by the day, the latest first, from a mark on."""
    if after is not None:
        rows = rows.filter(Q(at__lt=after.at) | Q(at=after.at, pk__lt=after.key))
    return rows.select_related("account").order_by("-at", "-pk")


def best(rows: Any, words: Sequence[str], after: Mark | None) -> Any:
    """Order by how well it fits: a title that begins with the words, one that holds them all, other texts."""
    begins = Q(title_key__startswith=" ".join(words))
    in_title = Q()
    for word in words:
        in_title &= Q(title_key__startswith=word) | Q(title_key__contains=f" {word}")
    place = Case(When(begins, then=Value(2)), When(in_title, then=Value(1)), default=0, output_field=IntegerField())
    rows = rows.annotate(place=place)
    if after is not None:
        behind = Q(place=after.place) & (Q(at__lt=after.at) | Q(at=after.at, pk__lt=after.key))
        rows = rows.filter(Q(place__lt=after.place) | behind)
    return rows.select_related("account").order_by("-place", "-at", "-pk")
