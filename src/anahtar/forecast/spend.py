"""What a purchase of an account is worth: Gamma-Gamma, and a value that a few huge orders cannot carry away."""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from anahtar.forecast.climbing import climb
from anahtar.forecast.numbers import Real, Whole, digamma, dot, log_gamma

_TWO_SIDED: Final = 1.959963984540054
_CAP: Final = 0.99


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """Spend per purchase: amounts Gamma(p, ν) for an account, ν ~ Gamma(q, γ) over the base.

    Its mean exists for q above 1, its variance for q above 2; business ledgers come out near 2, so its averages hang on
    a handful of orders: show `SteadyValue` beside it.

    References
    ----------
    Fader, Hardie and Lee, RFM and CLV, Journal of Marketing Research 42 (2005) 415-430.
    """

    p: float
    q: float
    gamma: float
    height: float

    def mean(self, purchases: Whole, average: Real) -> Real:
        """Tell the spend per purchase to expect of accounts.

        Parameters
        ----------
        purchases
            Purchases that count (repeats, in the convention of the literature); 0 gives the mean of the base.
        average
            Mean amount of those purchases; whatever stands where there is none.

        Returns
        -------
        Real
            In the unit of `average`; infinite where q is at most 1 and nothing is known.
        """
        below = self.p * purchases + self.q - 1
        known = np.where(purchases > 0, purchases * average, 0.0)
        told: Real = np.where(below > 0, self.p * (self.gamma + known) / np.where(below > 0, below, 1), np.inf)
        return told


def fit_gamma_gamma(purchases: Whole, average: Real) -> GammaGamma:
    """Fit Gamma-Gamma by maximum likelihood.

    Parameters
    ----------
    purchases, average
        As for `GammaGamma.mean`; accounts without a purchase or with an average of nothing or less say nothing of
        spend and are left out.

    Raises
    ------
    ValueError
        No account is left.
    """
    told = (purchases > 0) & (average > 0)
    if not told.any():
        raise ValueError("no account with a repeated purchase of positive amount")
    x, m = purchases[told].astype(np.float64), average[told]
    sizes, place = np.unique(x, return_inverse=True)
    counts = np.bincount(place).astype(np.float64)
    spent, log_mean = x * m, np.log(m)
    fixed = float((x * np.log(x)).sum())

    def slope(at: Real) -> tuple[float, Real]:
        p, q, gamma = (float(one) for one in np.exp(at))
        both = np.log(gamma + spent)
        one_q = np.array([q])
        height = (
            float(counts @ (log_gamma(p * sizes + q) - log_gamma(p * sizes)))
            - len(x) * float(log_gamma(one_q)[0] - q * np.log(gamma))
            + dot(p * x - 1, log_mean)
            - dot(p * x + q, both)
            + p * fixed
        )
        whole = digamma(p * sizes + q)
        in_p = float(counts @ (sizes * (whole - digamma(p * sizes)))) + dot(x, log_mean - both) + fixed
        in_q = float(counts @ whole) - len(x) * float(digamma(one_q)[0] - np.log(gamma)) - float(both.sum())
        in_gamma = len(x) * q / gamma - float(((p * x + q) / (gamma + spent)).sum())
        return height / len(x), np.array([in_p * p, in_q * q, in_gamma * gamma]) / len(x)

    # Began in units of the base's own spend, so that lira and kuruş end at the same place.
    top = climb(slope, np.log([2.0, 2.5, float(np.median(m))]))
    p, q, gamma = (float(one) for one in np.exp(top.place))
    return GammaGamma(p, q, gamma, top.height * len(x))


class Worth(NamedTuple):
    """What a purchase is worth: to expect, and within what the account's own mean lies 19 times out of 20."""

    mean: Real
    low: Real
    high: Real


@dataclass(frozen=True, slots=True)
class SteadyValue:
    """Spend per purchase where amounts are heavy-tailed: log-normal, each account drawn towards the base.

    Parameters
    ----------
    centre, between
        Mean and variance, over the base, of the accounts' own mean logarithms.
    within
        Variance of the logarithms of one account's purchases.
    cap
        No purchase is expected to be worth more: the 99th percentile of the base's purchases.
    """

    centre: float
    between: float
    within: float
    cap: float

    def worth(self, purchases: Whole, log_sum: Real) -> Worth:
        """Tell the spend per purchase to expect.

        Parameters
        ----------
        purchases
            Purchase days, the first included.
        log_sum
            Sum of the logarithms of their amounts.
        """
        own = self.between / (self.between + self.within / np.maximum(purchases, 1))
        own = np.where(purchases > 0, own, 0.0)
        average = np.where(purchases > 0, log_sum / np.maximum(purchases, 1), 0.0)
        centre = own * average + (1 - own) * self.centre
        spread = np.sqrt(self.between * (1 - own))
        half = self.within / 2
        mean = np.exp(centre + spread**2 / 2 + half)
        low, high = (np.exp(centre + side * spread + half) for side in (-_TWO_SIDED, _TWO_SIDED))
        return Worth(*(np.minimum(one, self.cap) for one in (mean, low, high)))


def fit_steady_value(account: Whole, amount: Real) -> SteadyValue:
    """Fit by moments: variance within accounts, and what the accounts' means vary beyond it.

    Parameters
    ----------
    account, amount
        One row per purchase day: whose, and its positive amount.

    Raises
    ------
    ValueError
        There is no purchase.
    """
    if not len(amount):
        raise ValueError("no purchase of positive amount")
    logs = np.log(amount)
    _, place, counts = np.unique(account, return_inverse=True, return_counts=True)
    means = np.bincount(place, logs) / counts
    degrees = len(logs) - len(counts)
    within = float(((logs - means[place]) ** 2).sum() / degrees) if degrees else float(logs.var())
    seen = float(means.var(ddof=1)) if len(means) > 1 else 0.0
    between = max(seen - within * float((1 / counts).mean()), 1e-6)
    return SteadyValue(float(means.mean()), between, within, float(np.quantile(amount, _CAP)))
