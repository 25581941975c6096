"""BG/NBD, MBG/NBD and MBG/CNBD-k: buyers with a pace of their own who may leave after each purchase.

While an account lives, the times between its purchases are Erlang-k with rate λ ~ Gamma(r, α): k = 1 buys at random,
k = 12 like a clock. After a purchase it leaves for good with probability p ~ Beta(a, b). In BG/NBD that may happen
after every purchase but the first; in the modified models after the first as well, without which everybody who bought
once would live for ever.

One likelihood serves all of them. With n = kx, d chances to leave (x in BG/NBD, x + 1 in the others):

    L = α^r Γ(r+n)/Γ(r) (α+T)^-(r+n) B(a, b+d)/B(a, b) { S + [d > 0] a/(b+d-1) ((α+T)/(α+t_x))^(r+n) }
    S = Σ_{j<k} Γ(r+n+j)/Γ(r+n) z^j / j!,  z = (T-t_x)/(α+T)

References
----------
Fader, Hardie and Lee, "Counting Your Customers" the Easy Way, Marketing Science 24 (2005) 275-284;
Batislam, Denizel and Filiztekin, IJRM 24 (2007) 201-209; Hoppe and Wagner, Schmalenbach 59 (2007) 75-90;
Reutterer, Platzer and Schröder, Leveraging purchase regularity …, IJRM 38 (2021) 194-215.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from anahtar.forecast.histories import Histories
from anahtar.forecast.numbers import Real, Whole, running

_REST: float = 1e-9
"""Part of the future's possibilities that may stay uncounted."""


class _Told(NamedTuple):
    """The likelihood of rows, and what its slope and the rest are made from."""

    height: Real
    gone: Real  # probability of having left by the day of looking
    slope: tuple[Real, Real, Real, Real]  # by r, α, a, b


@dataclass(frozen=True, slots=True)
class BetaGeometric:
    """The model with its parameters; r, a, b are bare numbers, α has the unit of the histories.

    Parameters
    ----------
    r, alpha
        The pace: λ ~ Gamma(r, α), in k-ths of a purchase for each unit of time.
    a, b
        Leaving: p ~ Beta(a, b).
    k
        Regularity: Erlang-k gaps.
    modified
        Whether one may leave right after the first purchase.
    """

    r: float
    alpha: float
    a: float
    b: float
    k: int = 1
    modified: bool = True

    def log_likelihood(self, of: Histories) -> Real:
        """Tell ln L of each account, comparable between models of any k."""
        return self._told(of).height + self.regular_part(of)

    def regular_part(self, of: Histories) -> Real:
        """Tell the part of ln L that no parameter changes: (k-1) Σ ln gap - x ln (k-1)!."""
        factorial = float(np.log(np.arange(1, self.k)).sum())
        told: Real = (self.k - 1) * of.log_gaps - of.repeats * factorial
        return told

    def alive(self, of: Histories) -> Real:
        """Tell the probability of not having left. For BG/NBD it is 1 for who bought once: show it to nobody."""
        return 1 - self._told(of).gone

    def none_within(self, of: Histories, time: float) -> Real:
        """Tell the probability of no purchase within some time from now: L(x, t_x, T + t) / L(x, t_x, T)."""
        later = self._told(of.later(time)).height - self._told(of).height
        told: Real = np.exp(np.minimum(later, 0))
        return told

    def expected(self, of: Histories, time: float) -> Real:
        """Tell how many purchases to expect within some time from now, leaving included.

        Exact for every k: the steps (k to a purchase) are counted by the negative binomial of the account's pace,
        and the m-th purchase happens if the account survived the m - 1 before.
        """
        x, d = of.repeats, of.repeats + self.modified
        told = self._told(of)
        n = x.astype(np.float64) * self.k + self.r
        ahead: Real = time / (self.alpha + of.age)
        total = np.zeros(len(of))
        for j, weight in enumerate(_phases(self, of)):
            total += weight * _counted(self, n + j, ahead, d, j)
        # The weights sum to 1 over the phases of the living.
        expected: Real = total * (1 - told.gone)
        return expected

    def _told(self, of: Histories) -> _Told:
        return likelihood(of, (self.r, self.alpha, self.a, self.b), self.k, modified=self.modified, slope=False)


def likelihood(
    of: Histories, parameters: tuple[float, float, float, float], k: int, *, modified: bool, slope: bool = True
) -> _Told:
    """Tell ln L of rows without `regular_part`, the probability of having left, and the slopes by r, α, a, b."""
    r, alpha, a, b = parameters
    x, d = of.repeats, of.repeats + modified
    most = int(x.max(initial=0)) + 1
    steps, chances = r + np.arange(k * most, dtype=np.float64), np.arange(most + 1, dtype=np.float64)
    lived, seen = alpha + of.age, alpha + of.recency
    log_lived = np.log(lived)
    stretch = log_lived - np.log(seen)
    n = x.astype(np.float64) * k + r
    base = (running(np.log(steps))[: k * most : k] + r * np.log(alpha))[x]
    stay = running(np.log((b + chances) / (a + b + chances)))
    phases, by_r, by_z = _phase_sum(n, (of.age - of.recency) / lived, k, slope=slope)
    last = np.concatenate([[b], b + chances])
    leaving = np.log(a / last)
    # Where there was no chance to leave, ln 0 says so.
    leaving[0] = -np.inf
    left = leaving[d] + n * stretch
    whole = np.logaddexp(np.log(phases) if k > 1 else 0.0, left)
    gone = np.exp(left - whole)
    height = base - n * log_lived + stay[d] + whole
    if not slope:
        return _Told(height, gone, (gone, gone, gone, gone))
    here = 1 - gone
    in_r = (running(1 / steps)[: k * most : k] + np.log(alpha))[x] - log_lived + gone * stretch + here * by_r / phases
    in_alpha = r / alpha - n * (here / lived + gone / seen) - here * by_z / (phases * lived)
    in_a = -running(1 / (a + b + chances))[d] + gone / a
    in_b = running(1 / (b + chances) - 1 / (a + b + chances))[d] - gone / last[d]
    return _Told(height, gone, (in_r, in_alpha, in_a, in_b))


def _phase_sum(n: Real, z: Real, k: int, *, slope: bool) -> tuple[Real, Real, Real]:
    """S over the steps since the last purchase, its slope by r, and Σ j c_j (z times its slope by z)."""
    term, total = np.ones_like(z), np.ones_like(z)
    term_r, total_r, weighted = np.zeros_like(z), np.zeros_like(z), np.zeros_like(z)
    for j in range(k - 1):
        up = z / (j + 1)
        if slope:
            term_r = (term_r * (n + j) + term) * up
            total_r += term_r
        term = term * (n + j) * up
        total += term
        weighted += (j + 1) * term
    return total, total_r, weighted


def _phases(model: BetaGeometric, of: Histories) -> list[Real]:
    """Probability of each number of steps since the last purchase, given the account lives."""
    n, z = model.r + model.k * of.repeats, (of.age - of.recency) / (model.alpha + of.age)
    terms = [np.ones_like(z)]
    for j in range(model.k - 1):
        terms.append(terms[-1] * (n + j) * z / (j + 1))
    total = np.sum(terms, axis=0)
    return [term / total for term in terms]


def _counted(model: BetaGeometric, size: Real, time: Real, chances: Whole, phase: int) -> Real:
    """Purchases to expect of an account that lives and has made `phase` of k steps towards its next one.

    `time` is in units of α + T, so the number of steps is negative binomial with `size` and odds `time`.
    """
    result = np.zeros(len(size))
    rows = np.arange(len(size))
    odds = time / (1 + time)
    some, left = np.exp(-size * np.log1p(time)), np.ones(len(size))
    counted, survives = np.zeros(len(size)), np.ones(len(size))
    stays, leaves = model.b + chances, model.a + model.b + chances
    purchases = 0
    for step in range(1, 100_000):
        left = left - some
        some = some * odds * (size + step - 1) / step
        if (phase + step) % model.k == 0:
            # One more purchase: everything still possible has it.
            counted = counted + survives * np.maximum(left, 0)
            survives = survives * (stays + purchases) / (leaves + purchases)
            purchases += 1
        if step % 16 == 0:
            open_ = (left > _REST) & (some > 0) if step > 4096 else left > _REST
            if not open_.all():
                result[rows[~open_]] = counted[~open_]
                rows, odds, some, left = rows[open_], odds[open_], some[open_], left[open_]
                counted, survives, size = counted[open_], survives[open_], size[open_]
                stays, leaves = stays[open_], leaves[open_]
            if not len(rows):
                break
    result[rows] = counted
    return result
