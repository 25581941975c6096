"""How far a fact about an account can be relied on: by its grade, and by how long its kind stays true.

A *grade* says how we know it. *Rumour* and *assumed* are unsure: they age in half the time, and never make a dossier
complete. *Confirmed* (somebody who must know said so) and *document* (it is written) are sure, one like the other: a
paper of three years ago tells no more of today than a word of three years ago.

A fact lives from the day on which it was known, for the shelf-life of its kind; it *ages* in the last quarter of its
life and is *stale* from the day after its last. A kind without a shelf-life (a founding date) never ages.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from anahtar.words import Message, say


class Grade(StrEnum):
    """How we know a fact, the weakest first."""

    RUMOUR = "rumour"
    ASSUMED = "assumed"
    CONFIRMED = "confirmed"
    DOCUMENT = "document"

    @property
    def is_sure(self) -> bool:
        """Whether it counts as known."""
        return self in (Grade.CONFIRMED, Grade.DOCUMENT)

    @property
    def strength(self) -> int:
        """0 for a rumour, 1 for what we assume, 2 for what is sure."""
        return {Grade.RUMOUR: 0, Grade.ASSUMED: 1}.get(self, 2)


class Freshness(StrEnum):
    """Where a fact stands in its life."""

    FRESH = "fresh"
    AGEING = "ageing"
    STALE = "stale"


UNSURE_LIFE: Final = 0.5
"""Part of the shelf-life for which a rumour or an assumption lives."""

AGEING_FROM: Final = 0.75
"""Part of its life after which a fact is ageing."""

MOST_WORN: Final = 2.0
"""A fact that is stale for as long as it was true is as worn as one of the last century."""


@dataclass(frozen=True, slots=True)
class Life:
    """The days of a fact; None where it never ages.

    Parameters
    ----------
    known_on
        The day on which it was true or learned.
    last_fresh, last_day
        The last day on which it is fresh, and the last on which it is not stale.
    """

    known_on: date
    last_fresh: date | None
    last_day: date | None

    def on(self, as_of: date) -> Freshness:
        """Say where it stands on a day; the borders are inside."""
        if self.last_day is None or self.last_fresh is None or as_of <= self.last_fresh:
            return Freshness.FRESH
        return Freshness.AGEING if as_of <= self.last_day else Freshness.STALE

    def changes_after(self, as_of: date) -> date | None:
        """Give the next day on which it stands elsewhere than on this one; None: it will not change any more."""
        ends = (end for end in (self.last_fresh, self.last_day) if end is not None and end >= as_of)
        return next((end + timedelta(days=1) for end in ends), None)

    def worn(self, as_of: date) -> float:
        """Give how much of its life has passed: 0 on its first day, 1 on its last, at most `MOST_WORN`."""
        if self.last_day is None:
            return 0.0
        whole = max((self.last_day - self.known_on).days, 1)
        return min(max((as_of - self.known_on).days, 0) / whole, MOST_WORN)


@lru_cache(maxsize=8192)
def life(*, known_on: date, grade: Grade, shelf_months: int | None) -> Life:
    """Give the days between which a fact is fresh, ageing and stale.

    Parameters
    ----------
    shelf_months
        Calendar months for which a sure fact of this kind stays true; None: for ever.
    """
    if shelf_months is None:
        return Life(known_on, None, None)
    last_day = _months_after(known_on, shelf_months)
    if not grade.is_sure:
        last_day = known_on + (last_day - known_on) * UNSURE_LIFE
    return Life(known_on, known_on + (last_day - known_on) * AGEING_FROM, last_day)


def _months_after(day: date, months: int) -> date:
    """Give the same day of a later month, or its last one: a year after 29 February is 28 February."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def freshness_words(days: Life, as_of: date) -> Message:
    """Say in a sentence where a fact stands on a day."""
    state = days.on(as_of)
    if days.last_day is None:
        return say("Does not age.")
    if state is Freshness.STALE:
        return say("Stale since {day}: ask again before you rely on it.", day=days.last_day + timedelta(days=1))
    if state is Freshness.AGEING:
        return say("Ageing: holds until {day} unless somebody confirms it.", day=days.last_day)
    return say("Fresh until {day}.", day=days.last_fresh or days.last_day)


@dataclass(frozen=True, slots=True)
class Said:
    """One statement among others of the same thing.

    Parameters
    ----------
    key
        What tells it from the others, the later one greater: of two that are alike the later holds.
    """

    key: int
    grade: Grade
    known_on: date
    days: Life


def outdoes(later: Said, earlier: Said) -> bool:
    """Whether a statement takes the place of another for good: it is as sure, and not of an earlier day."""
    if (later.grade.strength, later.known_on) == (earlier.grade.strength, earlier.known_on):
        return later.key > earlier.key
    return later.grade.strength >= earlier.grade.strength and later.known_on >= earlier.known_on


def best(statements: Iterable[Said], as_of: date) -> Said | None:
    """Give the statement that holds on a day: what is not stale before what is, sure before unsure, then the later.

    So a rumour never hides what was confirmed, until that is stale.
    """
    return max(statements, key=lambda one: _rank(one, as_of), default=None)


def _rank(one: Said, as_of: date) -> tuple[bool, int, date, int]:
    return (one.days.on(as_of) is not Freshness.STALE, one.grade.strength, one.known_on, one.key)


def urgency(*, importance: int, grade: Grade, days: Life, as_of: date, money: float) -> float:
    """Say how much it is worth to have a fact confirmed: importance × staleness × money at stake.

    Parameters
    ----------
    importance
        Of its kind for this account, 0 to 3.
    money
        Revenue of the account as a part of the largest one's that the same person looks after, 0 to 1. Below a tenth
        it counts as a tenth: a small account's facts come late, not never.

    Returns
    -------
    float
        0 where there is nothing to confirm: it is sure and not ageing, or nobody needs it.
    """
    worn = days.worn(as_of)
    # What is only assumed asks to be confirmed from its first day.
    staleness = 0.0 if days.on(as_of) is Freshness.FRESH else worn
    return importance * (staleness if grade.is_sure else max(worn, AGEING_FROM)) * max(money, 0.1)
