"""The kinds of facts: all of them by area, and the form of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Count

from anahtar.rules.dossier import TYPES
from anahtar_web.audit.shown import Version
from anahtar_web.dossier.forms import KindForm
from anahtar_web.dossier.kinds import Kind, every
from anahtar_web.dossier.models import Area, Fact
from anahtar_web.dossier.words import type_name


@dataclass(frozen=True, slots=True)
class Line:
    """A kind in the list.

    Parameters
    ----------
    accounts
        How many accounts have a fact of it.
    """

    kind: Kind
    accounts: int
    first: bool
    last: bool

    @property
    def points(self) -> Sequence[int]:
        """Its importance for each type of account."""
        return [self.kind.importance.get(code, 0) for code in TYPES]


@dataclass(frozen=True, slots=True)
class KindsPage:
    """The list, by area."""

    areas: Sequence[tuple[Area, Sequence[Line]]]
    types: Sequence[str]
    own: int

    @classmethod
    def build(cls) -> Self:
        """Read it."""
        kinds = every()
        rows = Fact.objects.values_list("kind").annotate(n=Count("account", distinct=True)).order_by("kind")
        used = dict(rows)
        areas = []
        for area in Area:
            inside = [kind for kind in kinds.values() if kind.area == area]
            lines = [
                Line(kind, used.get(kind.code, 0), at == 0, at == len(inside) - 1) for at, kind in enumerate(inside)
            ]
            areas.append((area, lines))
        return cls(areas, [type_name(code) for code in TYPES], sum(kind.is_own for kind in kinds.values()))


@dataclass(frozen=True, slots=True)
class KindPage:
    """The form of a kind; `kind` is None for a new one."""

    form: KindForm
    kind: Kind | None = None
    both: Sequence[Version] = ()
    who: str = ""
    when: Any = None
