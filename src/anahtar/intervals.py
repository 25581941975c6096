"""How sure a share is that was counted: the interval that goes with it wherever a person reads a share of few."""

from math import sqrt
from typing import Final, NamedTuple

Z95: Final = 1.959963984540054
"""Two-sided 95 % of the normal distribution."""


class Interval(NamedTuple):
    """Two bounds, both inside, between which the true value lies with 95 %."""

    low: float
    high: float


def wilson(hits: int, of: int) -> Interval | None:
    """Wilson's interval of a share, which stays within 0 and 1 and holds for few trials; None of nothing.

    Parameters
    ----------
    hits, of
        How many of how many.

    References
    ----------
    E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927), 209-212;
    L. D. Brown, T. T. Cai, A. DasGupta, Interval estimation for a binomial proportion, Statistical Science 16 (2001).
    """
    if not of:
        return None
    share, z2 = hits / of, Z95 * Z95
    centre = (share + z2 / (2 * of)) / (1 + z2 / of)
    reach = Z95 * sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    # Doubles leave 1e-17 of the exact 0 and 1 at the ends.
    low = 0.0 if hits == 0 else max(0.0, centre - reach)
    high = 1.0 if hits == of else min(1.0, centre + reach)
    return Interval(low, high)
