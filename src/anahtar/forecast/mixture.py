"""The mixture over k: every account has a regularity of its own, one of some grid.

A closed stand-in for Pareto/GGG, which needs Monte Carlo: pace and leaving are those of MBG/CNBD-k with one
(r, α, a, b) for all, the pace counted in purchases (λ = kμ, μ ~ Gamma(r, α)), and a share of the base for each k.

References
----------
Platzer and Reutterer, Ticking Away the Moments, Marketing Science 35 (2016) 779-799, for the model it stands in for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from anahtar.forecast import geometric
from anahtar.forecast.climbing import climb
from anahtar.forecast.fitting import Fit, Model
from anahtar.forecast.geometric import BetaGeometric
from anahtar.forecast.histories import Compressed, Histories, compress
from anahtar.forecast.numbers import Real, dot
from anahtar.forecast.priors import Prior, prior, usual_interval

GRID: Final = (1, 2, 3, 4, 6, 8, 12)

_UNUSUAL: Final = -9.0
"""Logarithm of a share below which a k is not worth reckoning with: one account in eight thousand."""

_ENOUGH: Final = 1e-7
"""Shares that go to nothing get there for ever; what they still gain, nobody sees."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """Models of one base, each with the share of the accounts that buy so.

    Parameters
    ----------
    parts
        MBG/CNBD-k for each k of the grid.
    shares
        Of the base, summing to 1.
    """

    parts: Sequence[BetaGeometric]
    shares: Real

    def log_likelihood(self, of: Histories) -> Real:
        """Tell ln L of each account."""
        told: Real = np.logaddexp.reduce(self._heights(of), axis=0)
        return told

    def regularity(self, of: Histories) -> Real:
        """Tell the probability of each k for each account, one column per part."""
        heights = self._heights(of)
        told: Real = np.exp(heights - np.logaddexp.reduce(heights, axis=0)).T
        return told

    def alive(self, of: Histories) -> Real:
        """Tell the probability of not having left for good."""
        return self._average(of, [part.alive(of) for part in self.parts])

    def none_within(self, of: Histories, time: float) -> Real:
        """Tell the probability of no purchase within some time from now."""
        return self._average(of, [part.none_within(of, time) for part in self.parts])

    def expected(self, of: Histories, time: float) -> Real:
        """Tell how many purchases to expect within some time from now."""
        return self._average(of, [part.expected(of, time) for part in self.parts])

    def _heights(self, of: Histories) -> Real:
        return np.stack(
            [np.log(share) + part.log_likelihood(of) for share, part in zip(self.shares, self.parts, strict=True)]
        )

    def _average(self, of: Histories, told: Sequence[Real]) -> Real:
        average: Real = np.einsum("ij,ji->i", self.regularity(of), np.stack(told))
        return average


def fit_mixture(histories: Histories, *, compressed: Compressed | None = None) -> Fit[Model]:
    """Fit the mixture; k whose share comes out below one account in eight thousand are left out of the model."""
    rows = compressed if compressed is not None and len(compressed.place) else compress(histories, with_place=True)
    regular = np.stack([_part((1.0, 1.0, 1.0, 1.0), k).regular_part(histories) for k in GRID])
    interval = usual_interval(histories)
    usual = np.concatenate([np.log([1.0, interval, 0.7, 2.5]), np.zeros(len(GRID) - 1)])
    towards = prior(usual, len(histories))

    def slope(place: Real) -> tuple[float, Real]:
        return _slope(place, rows, regular, towards)

    top = climb(slope, usual, same=_ENOUGH)
    parameters, logs = _taken_apart(top.place)
    kept = logs > _UNUSUAL
    shares = np.exp(logs[kept])
    parts = [_part(parameters, k) for k, keep in zip(GRID, kept.tolist(), strict=True) if keep]
    model = Mixture(parts, shares / shares.sum())
    return Fit(model, float(model.log_likelihood(histories).sum()), len(histories), top.looks)


def _part(parameters: tuple[float, float, float, float], k: int) -> BetaGeometric:
    r, alpha, a, b = parameters
    return BetaGeometric(r, alpha / k, a, b, k=k)


def _taken_apart(place: Real) -> tuple[tuple[float, float, float, float], Real]:
    """Parameters, and the logarithms of the shares (the first k is what the others are told against)."""
    r, alpha, a, b = (float(one) for one in np.exp(place[:4]))
    weights = np.concatenate([[0.0], place[4:]])
    return (r, alpha, a, b), weights - np.logaddexp.reduce(weights)


def _slope(place: Real, rows: Compressed, regular: Real, towards: Prior) -> tuple[float, Real]:
    """Tell ln L of the average account; each k's slope counts for an account as much as that k explains it."""
    (r, alpha, a, b), logs = _taken_apart(place)
    told = [geometric.likelihood(rows.rows, (r, alpha / k, a, b), k, modified=True) for k in GRID]
    heights = regular.copy()
    for at, part in enumerate(told):
        heights[at] += logs[at] + part.height[rows.place]
    whole = np.logaddexp.reduce(heights, axis=0)
    heights -= whole
    owned = np.exp(heights)
    accounts = len(whole)
    gradient = np.zeros(len(place))
    scale = np.array([r, alpha, a, b])
    for at, part in enumerate(told):
        weights = np.bincount(rows.place, owned[at], minlength=len(rows.counts)).astype(np.float64)
        by = np.array([dot(weights, one) for one in part.slope])
        by[1] /= GRID[at]
        gradient[:4] += by * scale
    gradient[4:] = owned.sum(axis=1)[1:] - accounts * np.exp(logs[1:])
    pull, back = towards.pull(place)
    return float(whole.mean()) + pull, gradient / accounts + back
