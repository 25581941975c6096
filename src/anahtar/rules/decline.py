"""Decline without silence: an account that still buys, and much less than it used to.

The mean month of the last three full ones is held against the mean of the account's own twelve. More than 40 % below
it is a decline, once there were six purchases in the twelve: fewer months with a purchase than that swing by
themselves. Who bought nothing in the last three is silent, which is judged by the rhythm and not here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from anahtar.rules.evidence import Evidence
from anahtar.words import Share, say

TRAILING: Final = 3
MONTHS: Final = 12
BORDER: Final = -0.40
LEAST_PURCHASES: Final = 6


@dataclass(frozen=True, slots=True)
class Decline:
    """What the last months say against the year.

    Parameters
    ----------
    change
        The mean of the trailing months over that of the twelve, less one; None where there is nothing to compare.
    yearly
        What is missing in a year if it stays so, in the unit of the months; 0 where it does not decline.
    evidence
        `met` is True for a decline.
    """

    change: float | None
    yearly: int
    evidence: Evidence

    @property
    def declines(self) -> bool:
        """Whether it is one."""
        return self.evidence.met


def decline(revenue: Sequence[int], *, purchases: int) -> Decline:
    """Say whether an account declines without falling silent.

    Parameters
    ----------
    revenue
        Of its last twelve full months, oldest first, money units.
    purchases
        How often it bought in them.
    """
    if len(revenue) != MONTHS or sum(revenue) <= 0:
        return _unknown(None)
    last = sum(revenue[-TRAILING:])
    change = last * MONTHS / (TRAILING * sum(revenue)) - 1
    if purchases < LEAST_PURCHASES or last <= 0:
        return _unknown(change)
    met = change < BORDER
    sentence = say(
        "the last three months bring {change} against its own twelve-month mean; a decline below {border}; "
        "{purchases} purchases in the twelve months",
        change=Share(change),
        border=Share(BORDER, 0),
        purchases=purchases,
    )
    missing = sum(revenue) - last * MONTHS // TRAILING
    return Decline(change, missing if met else 0, Evidence("decline", met, change, BORDER, sentence))


def _unknown(change: float | None) -> Decline:
    sentence = say(
        "no decline is told: it takes twelve full months, {least} purchases in them and revenue in the last three",
        least=LEAST_PURCHASES,
    )
    return Decline(change, 0, Evidence("decline", False, change, BORDER, sentence))
