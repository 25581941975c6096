"""Threat: how much a competitor endangers what we sell to one account, from what people have written down.

Points, so that everybody can follow them: strength gives one for each step above the lowest; their share of what the
account buys gives one from 10 %, two from 25 %, three from 50 %; growing stronger or larger against a year ago gives
one, growing weaker takes one; not seen for half a year takes one, for a year two. What nobody has told counts as in
the middle, and is said.
"""

from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from anahtar.rules.evidence import Evidence
from anahtar.words import Message, Share, say

HIGH_FROM: Final = 5
MEDIUM_FROM: Final = 3
MOST: Final = 8
SHARES: Final = (0.10, 0.25, 0.50)
"""Shares of the wallet from which there is another point."""
QUIET_DAYS: Final = 182
GONE_DAYS: Final = 365
MIDDLE_STRENGTH: Final = 3


class Threat(StrEnum):
    """How much is to be feared."""

    NONE = "none"
    """They have left."""
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """0 is the least."""
        return list(Threat).index(self)


class Known(NamedTuple):
    """What is known of a competitor at an account.

    Parameters
    ----------
    strength
        1 to 5; None: nobody has said.
    share
        Their part of what the account buys of what we could sell; None: not known.
    strength_year_ago, share_year_ago
        The same as it was known a year ago, or when they were first written down.
    """

    strength: int | None = None
    share: float | None = None
    strength_year_ago: int | None = None
    share_year_ago: float | None = None


def threat(known: Known, *, last_seen: date | None, since: date, left: bool, as_of: date) -> tuple[Threat, Evidence]:
    """Say how much a competitor is to be feared at an account, and why.

    Parameters
    ----------
    last_seen
        The day on which somebody last noticed them; None: never since they were written down.
    since
        The day on which they were written down, which counts as seen.
    left
        Whether they have given the account up.
    """
    if left:
        return Threat.NONE, Evidence("threat", False, 0.0, float(MEDIUM_FROM), say("they have left the account"))
    quiet = (as_of - max(since, last_seen or since)).days
    course = _course(known)
    points = max(0, _strength(known) + _share(known.share) + course - _quiet(quiet))
    level = Threat.HIGH if points >= HIGH_FROM else Threat.MEDIUM if points >= MEDIUM_FROM else Threat.LOW
    sentence = say(
        "{strength}; {share}; {course}; {seen}: {points} of {most} points, medium from {medium}, high from {high}",
        strength=_say_strength(known.strength),
        share=_say_share(known.share),
        course=_say_course(course),
        seen=_say_seen(quiet if last_seen is None else (as_of - last_seen).days, last_seen),
        points=points,
        most=MOST,
        medium=MEDIUM_FROM,
        high=HIGH_FROM,
    )
    return level, Evidence("threat", level is not Threat.LOW, float(points), float(MEDIUM_FROM), sentence)


def _strength(known: Known) -> int:
    return (known.strength or MIDDLE_STRENGTH) - 1


def _share(share: float | None) -> int:
    return 1 if share is None else sum(share >= border for border in SHARES)


def _course(known: Known) -> int:
    """1: stronger or larger than a year ago and in nothing less; -1: the other way round."""
    moves = {
        (now > before) - (now < before)
        for now, before in ((known.strength, known.strength_year_ago), (known.share, known.share_year_ago))
        if now is not None and before is not None
    } - {0}
    return moves.pop() if len(moves) == 1 else 0


def _quiet(days: int) -> int:
    return (days > QUIET_DAYS) + (days > GONE_DAYS)


def _say_strength(strength: int | None) -> Message:
    if strength is None:
        return say("strength not known, taken as in the middle")
    return say("strength {strength} of 5", strength=strength)


def _say_share(share: float | None) -> Message:
    if share is None:
        return say("their share is not known")
    return say("{share} of the wallet", share=Share(share, 0))


def _say_course(course: int) -> Message:
    return {
        1: say("growing against a year ago"),
        0: say("no stronger than a year ago"),
        -1: say("weaker than a year ago"),
    }[course]


def _say_seen(days: int, last_seen: date | None) -> Message:
    if last_seen is None:
        return say(
            "not seen since it was written down {n} day ago", "not seen since it was written down {n} days ago", n=days
        )
    return say("last seen {n} day ago", "last seen {n} days ago", n=days)
