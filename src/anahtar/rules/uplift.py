"""Uplift: how many more returned of those who were made an offer than of those who were left alone, and how sure."""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Final, Self

from anahtar.intervals import Interval, wilson

LEAST_IN_A_GROUP: Final = 10
"""Below so many accounts in one of the groups nothing is said of the difference but its interval."""


class Verdict(StrEnum):
    """What a difference says."""

    TOO_FEW = "too_few"
    UNCLEAR = "unclear"
    """The interval holds no difference at all."""
    MORE = "more"
    FEWER = "fewer"


@dataclass(frozen=True, slots=True)
class ReturnRate:
    """How many of some accounts came back.

    Parameters
    ----------
    returned, of
        Accounts.
    rate, low, high
        Fractions of one, the bounds after Wilson; None of no account.
    """

    returned: int
    of: int
    rate: float | None
    low: float | None
    high: float | None

    @classmethod
    def counted(cls, returned: int, of: int) -> Self:
        """Say the rate of what was counted."""
        sure = wilson(returned, of)
        if sure is None:
            return cls(0, 0, None, None, None)
        return cls(returned, of, returned / of, sure.low, sure.high)

    @property
    def is_few(self) -> bool:
        """Whether there are too few to say much."""
        return self.of < LEAST_IN_A_GROUP


@dataclass(frozen=True, slots=True)
class Uplift:
    """What offers changed.

    Parameters
    ----------
    offered, left_alone
        Returns of both groups, counted over the same days.
    difference, low, high
        Rate of the offered less the rate of those left alone; None where a group is empty.
    """

    offered: ReturnRate
    left_alone: ReturnRate
    difference: float | None
    low: float | None
    high: float | None

    @property
    def verdict(self) -> Verdict:
        """What may be said of it."""
        if self.low is None or self.high is None or self.offered.is_few or self.left_alone.is_few:
            return Verdict.TOO_FEW
        if self.low > 0:
            return Verdict.MORE
        return Verdict.FEWER if self.high < 0 else Verdict.UNCLEAR


def uplift(*, offered: ReturnRate, left_alone: ReturnRate) -> Uplift:
    """Say by how much more of the offered returned.

    Both groups count as they were drawn: whoever was to be made an offer and was not made one counts among the offered,
    or the groups would no longer be alike.
    """
    if offered.rate is None or left_alone.rate is None:
        return Uplift(offered, left_alone, None, None, None)
    reach = difference(offered.returned, offered.of, left_alone.returned, left_alone.of)
    return Uplift(offered, left_alone, offered.rate - left_alone.rate, reach.low, reach.high)


def difference(hits: int, of: int, other_hits: int, other_of: int) -> Interval:
    """Give the interval of the difference of two independent shares, from Wilson's intervals of both.

    Stays within -1 and 1, and holds for few trials and for shares of none and all.

    Parameters
    ----------
    hits, of, other_hits, other_of
        How many of how many; neither `of` may be 0.

    References
    ----------
    R. G. Newcombe, Interval estimation for the difference between independent proportions: comparison of eleven
    methods, Statistics in Medicine 17 (1998), 873-890, method 10.
    """
    first, second = wilson(hits, of), wilson(other_hits, other_of)
    assert first is not None, "a share of nothing has no interval"
    assert second is not None, "a share of nothing has no interval"
    share, other = hits / of, other_hits / other_of
    below = sqrt((share - first.low) ** 2 + (second.high - other) ** 2)
    above = sqrt((first.high - share) ** 2 + (other - second.low) ** 2)
    return Interval(share - other - below, share - other + above)
