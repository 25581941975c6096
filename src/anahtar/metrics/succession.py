"""Succession: which new account buys what another one bought until it stopped.

A firm that changes its legal form, is bought, or is entered in the ERP anew goes on under another code: the old
account looks lost and the new one won, and neither is true.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from anahtar.facts.baskets import Baskets, Numbers

Similarities = npt.NDArray[np.float64]

EARLIEST: Final = -60
LATEST: Final = 180
"""Days from the last purchase of the old account to the first of the new one."""

LEAST_PRODUCTS: Final = 5
"""Different products of a basket worth comparing: two accounts that bought one screw are no successors."""

UNUSUAL: Final = 0.99
"""A basket is alike when it is more so than this part of the unrelated pairs."""

CHANCE: Final = 0.05
"""The greatest number of such coincidences that chance may be expected to bring to an account."""

LEAST_PAIRS: Final = 100
"""Unrelated pairs from which anything can be said of chance."""

_SAMPLE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Succession:
    """An account that may go on under another code.

    Parameters
    ----------
    old, new
        Their codes.
    gap_days
        From the last purchase of the old to the first of the new one; below zero where they overlap.
    similarity
        Cosine of their baskets, 0 to 1.
    usual
        The similarity that one in a hundred unrelated pairs reaches.
    by_chance
        How many new accounts would be as alike and begin as near by chance.
    """

    old: str
    new: str
    gap_days: int
    similarity: float
    usual: float
    by_chance: float


def successions(baskets: Baskets, *, stopped: Mapping[str, date], begun: Mapping[str, date]) -> list[Succession]:
    """Find the successors among new accounts, at most one for each account that stopped.

    Baskets are compared by the cosine of their products, each weighed by how often it was bought (logarithm of the
    lines) and how rare it is among the accounts looked at (inverse document frequency). Unrelated pairs, the same old
    accounts with accounts that began outside the window, tell how alike baskets are anyway.

    Parameters
    ----------
    baskets
        Of all accounts in question, those that began first and in the order of their first purchase (`in_order`).
    stopped
        Code -> last purchase.
    begun
        Code -> first purchase.

    Returns
    -------
    list[Succession]
        The least likely by chance first; none where there are too few unrelated pairs.

    References
    ----------
    Salton, G., Buckley, C. (1988): Term-weighting approaches in automatic text retrieval.
    Fisher, R. A. (1932): Statistical Methods for Research Workers, 4th ed., 21.1: the combination of probabilities.
    """
    if not (stopped and begun):
        return []
    compared = _Compared(baskets, stopped, begun)
    unrelated = np.sort(np.concatenate([np.empty(0), *map(compared.unrelated, compared.old)]))
    if len(unrelated) < LEAST_PAIRS:
        return []
    usual = float(np.quantile(unrelated, UNUSUAL))
    found = [one for old in compared.old for one in compared.candidates(old, unrelated, usual)]
    return _one_each(sorted(found, key=lambda one: (one.by_chance, one.old, one.new)))


def in_order(*, stopped: Mapping[str, date], begun: Mapping[str, date]) -> list[str]:
    """The accounts in the order in which their baskets are to be given."""
    return [*sorted(begun, key=lambda code: (begun[code], code)), *sorted(stopped.keys() - begun.keys())]


class _Compared:
    """The baskets as vectors of length one, and the days on which accounts began."""

    def __init__(self, baskets: Baskets, stopped: Mapping[str, date], begun: Mapping[str, date]) -> None:
        self._baskets, self._stopped = baskets, stopped
        sizes = np.diff(baskets.starts)
        self._owners = np.repeat(np.arange(len(sizes)), sizes)
        self._weights = _weights(baskets, self._owners)
        self._enough = sizes >= LEAST_PRODUCTS
        self._first_days = np.array([begun[code].toordinal() for code in baskets.codes[: len(begun)]], np.int64)
        place = {code: at for at, code in enumerate(baskets.codes)}
        self.old = [place[code] for code in sorted(stopped) if self._enough[place[code]]]
        self._sample = np.arange(0, len(begun), max(1, len(begun) // _SAMPLE))
        rows = np.isin(self._owners, self._sample)
        self._sampled = self._owners[rows], baskets.products[rows], self._weights[rows]

    def unrelated(self, old: int) -> Similarities:
        """How alike the basket is to those of accounts that began outside the window."""
        owners, products, weights = self._sampled
        alike = np.bincount(owners, self._spread(old)[products] * weights, len(self._first_days))[self._sample]
        gaps = self._gaps(old)[self._sample]
        outside = (gaps < EARLIEST) | (gaps > LATEST)
        return np.asarray(alike[outside & self._enough[self._sample] & (self._sample != old)])

    def candidates(self, old: int, unrelated: Similarities, usual: float) -> list[Succession]:
        """The accounts that began in the window and are more alike, and nearer, than chance makes likely."""
        gaps = self._gaps(old)
        low, high = int(np.searchsorted(gaps, EARLIEST)), int(np.searchsorted(gaps, LATEST, side="right"))
        asked = self._enough[low:high] & (np.arange(low, high) != old)
        alike = self._alike(old, low, high)
        unusual = np.flatnonzero(asked & (alike >= usual))
        reached = len(unrelated) - np.searchsorted(unrelated, alike[unusual])
        as_alike = (1 + reached) / (1 + len(unrelated))
        as_near = np.minimum(1, (2 * np.abs(gaps[low:high][unusual]) + 1) / (LATEST - EARLIEST + 1))
        both = as_alike * as_near
        # Of two independent chances the product falls below p with the chance p (1 - log p), as Fisher found.
        by_chance = int(asked.sum()) * both * (1 - np.log(both))
        codes = self._baskets.codes
        return [
            Succession(codes[old], codes[low + at], int(gaps[low + at]), float(alike[at]), usual, chance)
            for at, chance in zip(unusual.tolist(), by_chance.tolist(), strict=True)
            if chance <= CHANCE
        ]

    def _gaps(self, old: int) -> Numbers:
        gaps: Numbers = self._first_days - self._stopped[self._baskets.codes[old]].toordinal()
        return gaps

    def _alike(self, old: int, low: int, high: int) -> Similarities:
        """Similarity to the accounts from one place to another, which stand side by side."""
        rows = slice(self._baskets.starts[low], self._baskets.starts[high])
        shared = self._spread(old)[self._baskets.products[rows]] * self._weights[rows]
        return np.asarray(np.bincount(self._owners[rows] - low, shared, high - low))

    def _spread(self, old: int) -> Similarities:
        """The basket with a place for every product."""
        rows = slice(self._baskets.starts[old], self._baskets.starts[old + 1])
        spread = np.zeros(self._baskets.product_count)
        spread[self._baskets.products[rows]] = self._weights[rows]
        return spread


def _weights(baskets: Baskets, owners: Numbers) -> Similarities:
    accounts = len(baskets.codes)
    holders = np.bincount(baskets.products, minlength=baskets.product_count)
    rare = np.log(accounts / np.maximum(holders, 1))
    weights = (1 + np.log(baskets.lines)) * rare[baskets.products]
    lengths = np.sqrt(np.bincount(owners, weights * weights, accounts))[owners]
    return np.asarray(np.divide(weights, lengths, out=np.zeros_like(weights), where=lengths > 0))


def _one_each(found: list[Succession]) -> list[Succession]:
    """Each account in one pair, the least likely by chance."""
    taken: set[str] = set()
    kept = []
    for one in found:
        if one.old not in taken and one.new not in taken:
            taken |= {one.old, one.new}
            kept.append(one)
    return kept
