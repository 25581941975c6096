"""What is believed of a base before it has shown itself, so that a small one is not taken at its word."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from anahtar.forecast.histories import Histories
from anahtar.forecast.numbers import Real

LEAST_ACCOUNTS: Final = 30
"""Below so many accounts no model is fitted: the rhythm of each account alone is told."""

SMALL_BASE: Final = 100
"""From so many accounts on their histories alone decide."""

_SPREAD: Final = 1.0
"""Of the logarithms of the parameters: within a factor of e twice out of three times."""


@dataclass(frozen=True, slots=True)
class Prior:
    """A pull towards usual parameters.

    Parameters
    ----------
    centre
        Logarithms of the usual parameters.
    weight
        Of the whole pull, against the log-likelihood of the *average* account; 0 from `SMALL_BASE` accounts on.
    """

    centre: Real
    weight: float

    def pull(self, place: Real) -> tuple[float, Real]:
        """How much less likely the parameters are than the usual ones, and the gradient of that."""
        away = (place - self.centre) / _SPREAD
        return -0.5 * self.weight * float(away @ away), -self.weight * away / _SPREAD


def prior(centre: Real, accounts: int) -> Prior:
    """The pull for a base of so many accounts: full at none, fading to nothing at `SMALL_BASE`."""
    fading = max(0.0, 1 - accounts / SMALL_BASE)
    return Prior(centre, fading / max(accounts, 1))


def usual_interval(histories: Histories) -> float:
    """Time between two purchases in the whole base, those to come included: never 0."""
    known = float(histories.age.sum()) + float(np.median(histories.age)) + 1.0
    return known / (float(histories.repeats.sum()) + len(histories) + 1.0)
