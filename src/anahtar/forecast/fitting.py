"""Fitting: the parameters under which a base's histories are likeliest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

import numpy as np

from anahtar.forecast import geometric, pareto
from anahtar.forecast.climbing import Slope, climb
from anahtar.forecast.geometric import BetaGeometric
from anahtar.forecast.histories import Compressed, Histories, compress
from anahtar.forecast.numbers import Real, dot
from anahtar.forecast.pareto import ParetoNbd
from anahtar.forecast.priors import Prior, prior, usual_interval

MOST_REGULAR: Final = 12
"""The grid of k ends here: beyond it gaps are so even that no ledger of days tells them apart."""


class Model(Protocol):
    """What every model of this room can tell of accounts."""

    def log_likelihood(self, of: Histories) -> Real:
        """Tell ln L of each account."""

    def alive(self, of: Histories) -> Real:
        """Tell the probability of not having left for good."""

    def none_within(self, of: Histories, time: float) -> Real:
        """Tell the probability of no purchase within some time from now."""

    def expected(self, of: Histories, time: float) -> Real:
        """Tell how many purchases to expect within some time from now."""


M = TypeVar("M", bound=Model, covariant=True)


@dataclass(frozen=True, slots=True)
class Fit(Generic[M]):
    """A model fitted to a base.

    Parameters
    ----------
    model
        With its parameters.
    height
        ln L of the whole base, comparable between all models of one base; without the pull of a prior.
    accounts
        How many accounts it was fitted to.
    looks
        How often the likelihood was asked for.
    """

    model: M
    height: float
    accounts: int
    looks: int


def fit_geometric(
    histories: Histories,
    *,
    k: int = 1,
    modified: bool = True,
    compressed: Compressed | None = None,
    near: BetaGeometric | None = None,
) -> Fit[BetaGeometric]:
    """Fit BG/NBD (`modified=False`), MBG/NBD or MBG/CNBD-k.

    Parameters
    ----------
    histories
        The whole base, those who bought once included. Below `SMALL_BASE` accounts usual parameters are mixed in.
    k, modified
        Which of the models.
    compressed, near
        What `compress` returned and a model to begin at, where several models are fitted to one base.
    """
    rows = compressed or compress(histories)
    usual = _usual_geometric(histories, k)
    start = usual if near is None else np.log([near.r, near.alpha * near.k / k, near.a, near.b])

    def slope(place: Real) -> tuple[float, Real]:
        r, alpha, a, b = (float(one) for one in np.exp(place))
        told = geometric.likelihood(rows.rows, (r, alpha, a, b), k, modified=modified)
        return _average(told.height, told.slope, (r, alpha, a, b), rows.counts)

    top = climb(_pulled(slope, prior(usual, len(histories))), start)
    r, alpha, a, b = (float(one) for one in np.exp(top.place))
    model = BetaGeometric(r, alpha, a, b, k=k, modified=modified)
    height = _height(model, rows) + float(model.regular_part(histories).sum())
    return Fit(model, height, len(histories), top.looks)


def fit_regular(histories: Histories, *, compressed: Compressed | None = None) -> Fit[BetaGeometric]:
    """Fit MBG/CNBD-k with the k under which the base is likeliest, 1 to `MOST_REGULAR`."""
    return max(fits_by_regularity(histories, compressed=compressed), key=lambda fit: fit.height)


def fits_by_regularity(histories: Histories, *, compressed: Compressed | None = None) -> Sequence[Fit[BetaGeometric]]:
    """Fit MBG/CNBD-k for k = 1, 2 …; the likelihood rises to its k and falls after it, so two falls end the row."""
    rows = compressed or compress(histories)
    fits: list[Fit[BetaGeometric]] = []
    for k in range(1, MOST_REGULAR + 1):
        near = fits[-1].model if fits else None
        fits.append(fit_geometric(histories, k=k, compressed=rows, near=near))
        if k > 2 and fits[-1].height < fits[-2].height < fits[-3].height:
            break
    return fits


def fit_pareto(histories: Histories, *, compressed: Compressed | None = None) -> Fit[ParetoNbd]:
    """Fit Pareto/NBD."""
    rows = compressed or compress(histories)
    interval = usual_interval(histories)
    usual = np.log([1.0, interval, 0.6, 4 * interval])

    def slope(place: Real) -> tuple[float, Real]:
        r, alpha, s, beta = (float(one) for one in np.exp(place))
        told = pareto.likelihood(rows.rows, (r, alpha, s, beta))
        return _average(told.height, told.slope, (r, alpha, s, beta), rows.counts)

    top = climb(_pulled(slope, prior(usual, len(histories))), usual)
    model = ParetoNbd(*(float(one) for one in np.exp(top.place)))
    return Fit(model, _height(model, rows), len(histories), top.looks)


def _usual_geometric(histories: Histories, k: int) -> Real:
    usual: Real = np.log([1.0, usual_interval(histories) / k, 0.7, 2.5])
    return usual


def _height(model: Model, rows: Compressed) -> float:
    return dot(rows.counts, model.log_likelihood(rows.rows)) - (
        dot(rows.counts, model.regular_part(rows.rows)) if isinstance(model, BetaGeometric) else 0.0
    )


def _average(height: Real, slopes: Sequence[Real], parameters: Sequence[float], counts: Real) -> tuple[float, Real]:
    """Of the average account, the slopes by the logarithms of the parameters."""
    total = counts.sum()
    gradient = np.array([dot(counts, one) for one in slopes]) * np.asarray(parameters)
    return dot(counts, height) / total, gradient / total


def _pulled(slope: Slope, towards: Prior) -> Slope:
    if not towards.weight:
        return slope

    def told(place: Real) -> tuple[float, Real]:
        (height, gradient), (pull, back) = slope(place), towards.pull(place)
        return height + pull, gradient + back

    return told
