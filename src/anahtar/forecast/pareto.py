"""Pareto/NBD: buyers with a pace of their own who may leave at any moment, purchase or not.

Purchases come with rate λ ~ Gamma(r, α), the account leaves with rate μ ~ Gamma(s, β). With both integrated out,

    L = α^r β^s Γ(r+x)/Γ(r) { (α+T)^-(r+x) (β+T)^-s + s ∫ (α+t)^-(r+x) (β+t)^-(s+1) dt },  t from t_x to T.

The literature writes the integral as a difference of two hypergeometric functions, which for regular buyers are equal
in all digits a computer has: everybody seems alive. Here it is added up (Gauss-Legendre) over
y = ((α+t_x)/(α+t))^m, m being how fast it falls at t_x, in which it is all but constant; nothing is subtracted.

References
----------
Schmittlein, Morrison and Colombo, Counting Your Customers, Management Science 33 (1987) 1-24;
Fader and Hardie, A note on deriving the Pareto/NBD model (2005).
"""

from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

import numpy as np

from anahtar.forecast.histories import Histories
from anahtar.forecast.numbers import Real, running

_NODES: Final = 24
_STRAIGHT: Final = 1e-3


class _Told(NamedTuple):
    height: Real
    gone: Real
    slope: tuple[Real, Real, Real, Real]  # by r, α, s, β


@dataclass(frozen=True, slots=True)
class ParetoNbd:
    """The model with its parameters; r and s are bare numbers, α and β have the unit of the histories."""

    r: float
    alpha: float
    s: float
    beta: float

    def log_likelihood(self, of: Histories) -> Real:
        """Tell ln L of each account."""
        return self._told(of).height

    def alive(self, of: Histories) -> Real:
        """Tell the probability of not having left."""
        return 1 - self._told(of).gone

    def none_within(self, of: Histories, time: float) -> Real:
        """Tell the probability of no purchase within some time from now: L(x, t_x, T + t) / L(x, t_x, T)."""
        later = self._told(of.later(time)).height - self._told(of).height
        told: Real = np.exp(np.minimum(later, 0))
        return told

    def expected(self, of: Histories, time: float) -> Real:
        """Tell how many purchases to expect within some time from now, leaving included."""
        beyond = np.log1p(time / (self.beta + of.age))
        fewer = 1 - self.s
        # (1 - exp((1-s) L)) / (s - 1), which is L at s = 1.
        lasting = np.expm1(fewer * beyond) / fewer if abs(fewer) > 1e-9 else beyond
        pace = (self.r + of.repeats) / (self.alpha + of.age)
        expected: Real = self.alive(of) * pace * (self.beta + of.age) * lasting
        return expected

    def _told(self, of: Histories) -> _Told:
        return likelihood(of, (self.r, self.alpha, self.s, self.beta), slope=False)


def likelihood(
    of: Histories, parameters: tuple[float, float, float, float], *, slope: bool = True, nodes: int = _NODES
) -> _Told:
    """Tell ln L of rows, the probability of having left, and the slopes by r, α, s, β."""
    r, alpha, s, beta = parameters
    x = of.repeats
    steps = r + np.arange(int(x.max(initial=0)) + 1, dtype=np.float64)
    n = x.astype(np.float64) + r
    lived, lasted = np.log(alpha + of.age), np.log(beta + of.age)
    within = _left_before(of, n, alpha, s, beta, slope=slope, nodes=nodes)
    living, left = -n * lived - s * lasted, np.log(s) + within.height
    whole = np.logaddexp(living, left)
    gone = np.exp(left - whole)
    height = running(np.log(steps))[x] + r * np.log(alpha) + s * np.log(beta) + whole
    if not slope:
        return _Told(height, gone, (gone, gone, gone, gone))
    here = 1 - gone
    in_r = running(1 / steps)[x] + np.log(alpha) - here * lived - gone * within.log_seen
    in_alpha = r / alpha - n * (here / (alpha + of.age) + gone * within.seen)
    in_s = np.log(beta) - here * lasted + gone * (1 / s - within.log_stood)
    in_beta = s / beta - here * s / (beta + of.age) - gone * (s + 1) * within.stood
    return _Told(height, gone, (in_r, in_alpha, in_s, in_beta))


class _Within(NamedTuple):
    """The integral as a logarithm, and averages under it: of ln(α+t), 1/(α+t), ln(β+t), 1/(β+t)."""

    height: Real
    log_seen: Real
    seen: Real
    log_stood: Real
    stood: Real


def _left_before(of: Histories, n: Real, alpha: float, s: float, beta: float, *, slope: bool, nodes: int) -> _Within:
    start, stood_at = np.log(alpha + of.recency), np.log(beta + of.recency)
    # About how fast the integrand falls where it is largest; at 0 (a straight line) the substitution would be none.
    power = n - 1 + (s + 1) * np.exp(np.minimum(start - stood_at, 0))
    power = np.where(np.abs(power) < _STRAIGHT, _STRAIGHT, power)
    # 1 - y at T: below zero where the integrand rises, empty where the last purchase was today.
    end = -np.expm1(-power * (np.log(alpha + of.age) - start))
    sums = [np.zeros(len(n)) for _ in range(5)]
    for place, weight in _nodes(nodes):
        ahead = -np.log1p(-end * place) / power
        log_seen = start + ahead
        seen = np.exp(log_seen)
        stood = seen + (beta - alpha)
        log_stood = np.log(stood)
        height = weight * np.exp((1 - n + power) * ahead - (s + 1) * (log_stood - stood_at))
        sums[0] += height
        if slope:
            sums[1] += height * log_seen
            sums[2] += height / seen
            sums[3] += height * log_stood
            sums[4] += height / stood
    with np.errstate(divide="ignore"):
        width = np.log(end / power)
    whole = width + (1 - n) * start - (s + 1) * stood_at + np.log(sums[0])
    return _Within(whole, *(one / sums[0] for one in sums[1:]))


@cache
def _nodes(count: int) -> tuple[tuple[float, float], ...]:
    """Gauss-Legendre on 0 to 1."""
    places, weights = np.polynomial.legendre.leggauss(count)
    return tuple(zip(((places + 1) / 2).tolist(), (weights / 2).tolist(), strict=True))
