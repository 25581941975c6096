"""How complete a dossier is: what an account of its type should have, and what of it is known, surely and not stale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from anahtar.rules.account_type import AccountType
from anahtar.rules.facts import Freshness, Grade, Life

OTHER: Final = "other"
"""Stands for the type of an account that people have given none."""

TYPES: Final = (*(one.value for one in AccountType), OTHER)

MOST_IMPORTANT: Final = 3
"""Importance of a kind: 0 nobody asks for it, 1 good to know, 2 needed, 3 the account cannot be kept without it."""


class Lack(StrEnum):
    """Why a kind does not count."""

    MISSING = "missing"
    STALE = "stale"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of fact that an account should have, and the one that holds.

    Parameters
    ----------
    grade, days
        Of the fact that holds; None: nothing is known.
    """

    kind: str
    area: str
    importance: int
    grade: Grade | None = None
    days: Life | None = None

    def lack(self, as_of: date) -> Lack | None:
        """Say why it does not count on a day; None: it counts."""
        if self.grade is None or self.days is None:
            return Lack.MISSING
        if self.days.on(as_of) is Freshness.STALE:
            return Lack.STALE
        return None if self.grade.is_sure else Lack.UNSURE


@dataclass(frozen=True, slots=True)
class Part:
    """Points of one area, or of all of them."""

    reached: int
    of: int

    @property
    def share(self) -> float | None:
        """Fraction of one; None where nothing is asked for."""
        return self.reached / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Missing:
    """A kind that does not count, and why."""

    asked: Asked
    why: Lack


@dataclass(frozen=True, slots=True)
class Completeness:
    """What is known of what should be.

    Parameters
    ----------
    missing
        The most important first; among equals what is not known at all before what is stale or unsure.
    changes_on
        The next day on which it is otherwise, if nobody writes anything; None: never.
    """

    whole: Part
    areas: Mapping[str, Part]
    missing: Sequence[Missing]
    changes_on: date | None


def importance_for(importance: Mapping[str, int], types: Sequence[str]) -> int:
    """Give the importance of a kind for an account: the greatest among its types; of `other` where it has none."""
    return max((importance.get(one, 0) for one in types or [OTHER]), default=0)


def completeness(asked: Sequence[Asked], as_of: date) -> Completeness:
    """Count the kinds that are known, surely and not stale, each as often as it is important."""
    wanted = [one for one in asked if one.importance > 0]
    lacks = [(one, one.lack(as_of)) for one in wanted]
    order = list(Lack)
    missing = [Missing(one, why) for one, why in lacks if why is not None]
    missing.sort(key=lambda item: (-item.asked.importance, order.index(item.why)))
    changes = [day for one in wanted if (day := _changes(one, as_of)) is not None]
    return Completeness(
        whole=_part(lacks),
        areas={
            area: _part([item for item in lacks if item[0].area == area])
            for area in dict.fromkeys(one.area for one in wanted)
        },
        missing=missing,
        changes_on=min(changes, default=None),
    )


def _part(lacks: Sequence[tuple[Asked, Lack | None]]) -> Part:
    return Part(sum(one.importance for one, why in lacks if why is None), sum(one.importance for one, _why in lacks))


def _changes(one: Asked, as_of: date) -> date | None:
    """Give the day from which a kind that counts does not any more."""
    if one.lack(as_of) is not None or one.days is None or one.days.last_day is None:
        return None
    return one.days.last_day + timedelta(days=1)
