"""The next tender: when an account that announces tenders in a rhythm is expected to announce again.

The interval model of purchases, on the few days there are. Announcements within a fortnight are one round: lots of
one need that were published one after the other. Below three rounds nothing is expected, nor where the gaps vary as
chance would have it, nor where the account has been silent for twice its longest gap: it has stopped, or nobody has
written its tenders down.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import fmean, median, stdev
from typing import Final

from anahtar.words import Message, say

LEAST_ROUNDS: Final = 3
ONE_ROUND: Final = timedelta(days=14)
"""Announcements no further apart than this are one round."""
CHANCE: Final = 1.0
"""Variation of gaps (sample standard deviation over mean) of a buyer without any rhythm."""
WIDEST: Final = 3
"""Two gaps of which one is more than so many times the other are no rhythm; two have no variation to speak of."""
BROKEN_OFF: Final = 2
PREPARE: Final = timedelta(days=30)
"""Preparing begins so long before the earliest day."""


@dataclass(frozen=True, slots=True)
class NextTender:
    """What is expected of an account, with its evidence.

    Parameters
    ----------
    expected
        The last round and the median gap; None where nothing is expected.
    earliest, latest
        The last round and the shortest, the longest gap; None with `expected`.
    rounds
        How many rounds of announcements are known.
    because
        The evidence, or why nothing is expected.
    """

    rounds: int
    because: Message
    expected: date | None = None
    earliest: date | None = None
    latest: date | None = None

    def to_prepare(self, as_of: date) -> bool:
        """Whether preparing should have begun on a day."""
        return self.earliest is not None and as_of >= self.earliest - PREPARE

    def days_late(self, as_of: date) -> int:
        """Days since the latest day on which it was expected; 0 while it is not past."""
        return max((as_of - self.latest).days, 0) if self.latest is not None else 0


def next_tender(announced: Iterable[date], *, as_of: date) -> NextTender:
    """Say when an account is expected to announce its next tender.

    Parameters
    ----------
    announced
        Days on which tenders of one account, and one kind where kinds differ, were announced; in any order.
    as_of
        The day silence is counted to; later announcements are not known yet.
    """
    rounds = _rounds(day for day in announced if day <= as_of)
    if len(rounds) < LEAST_ROUNDS:
        return NextTender(len(rounds), _too_few(len(rounds)))
    gaps = [(later - earlier).days for earlier, later in pairwise(rounds)]
    refusal = _no_rhythm(gaps) or _broken_off(gaps, silence=(as_of - rounds[-1]).days)
    if refusal is not None:
        return NextTender(len(rounds), refusal)
    usual = round(median(gaps))
    return NextTender(
        rounds=len(rounds),
        because=say(
            "{rounds} rounds of tenders, the last on {last}; gaps of {shortest} to {longest} days, {usual} in the "
            "middle",
            rounds=len(rounds),
            last=rounds[-1],
            shortest=min(gaps),
            longest=max(gaps),
            usual=usual,
        ),
        expected=rounds[-1] + timedelta(days=usual),
        earliest=rounds[-1] + timedelta(days=min(gaps)),
        latest=rounds[-1] + timedelta(days=max(gaps)),
    )


def _rounds(days: Iterable[date]) -> list[date]:
    """First days of the rounds; a chain of announcements is one round as long as no pause in it is longer."""
    rounds: list[date] = []
    before: date | None = None
    for day in sorted(days):
        if before is None or day - before > ONE_ROUND:
            rounds.append(day)
        before = day
    return rounds


def _too_few(rounds: int) -> Message:
    return say(
        "{n} round of tenders is known; a rhythm is told from {least} on",
        "{n} rounds of tenders are known; a rhythm is told from {least} on",
        n=rounds,
        least=LEAST_ROUNDS,
    )


def _no_rhythm(gaps: Sequence[int]) -> Message | None:
    if len(gaps) == 2:
        if max(gaps) <= WIDEST * min(gaps):
            return None
        return say("two gaps, of {shortest} and {longest} days: no rhythm", shortest=min(gaps), longest=max(gaps))
    variation = stdev(gaps) / fmean(gaps)
    if variation <= CHANCE:
        return None
    return say(
        "gaps of {shortest} to {longest} days vary by {variation} (1 is chance): no rhythm",
        shortest=min(gaps),
        longest=max(gaps),
        variation=variation,
    )


def _broken_off(gaps: Sequence[int], *, silence: int) -> Message | None:
    if silence <= BROKEN_OFF * max(gaps):
        return None
    return say(
        "no tender for {silence} days, and never more than {longest} days between two: the rhythm has broken off, or "
        "tenders were not written down",
        silence=silence,
        longest=max(gaps),
    )
