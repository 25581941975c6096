"""Retention: how many of the accounts, and how much of their revenue, were still there a period later."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from anahtar.intervals import wilson

Units = npt.NDArray[np.int64]

SEED: Final = 20_260_101
TIMES: Final = 1_000
"""Bases drawn for the interval of a share of revenue, and their seed: the same ledger has the same bounds."""

_LEAST: Final = 2
"""Accounts from which drawing them again says anything."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A share and the bounds within which it lies with 95 %; None where it is a share of nothing.

    `low` and `high` alone are None where there are too few accounts to say.
    """

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Retention:
    """What was kept of the accounts that bought before.

    Parameters
    ----------
    accounts, kept
        How many bought before, and of them now.
    revenue_before, revenue_kept
        Of those accounts, in money units: all of it before, and what they bring now.
    logos
        kept / accounts, with Wilson's interval.
    gross
        Revenue kept without what anybody bought more, over revenue before.
    net
        Revenue of now over revenue before: above 1 where those who stayed grew by more than was lost.
    """

    accounts: int
    kept: int
    revenue_before: int
    revenue_kept: int
    logos: Rate
    gross: Rate
    net: Rate


def retention(before: Units, now: Units, kept: npt.NDArray[np.bool_]) -> Retention:
    """Measure what was kept of the accounts that bought before.

    In the words of the bridge, over these accounts alone: gross is (revenue before - lost - contraction) / revenue
    before, and net adds their expansion. The bounds of both are those of a bootstrap over accounts (percentiles of
    1,000 bases drawn with replacement, always with the same seed): revenue is carried by few, and a formula that
    counts on many alike accounts would be too sure.

    Parameters
    ----------
    before, now
        Revenue of each account that bought before, in both periods; money units.
    kept
        Whether it bought now.

    References
    ----------
    B. Efron, R. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13: percentile intervals.
    """
    gross, net = _ratios((np.minimum(before, now), now), before)
    return Retention(
        accounts=len(before),
        kept=int(kept.sum()),
        revenue_before=int(before.sum()),
        revenue_kept=int(now.sum()),
        logos=counted(int(kept.sum()), len(before)),
        gross=gross,
        net=net,
    )


def counted(hits: int, of: int) -> Rate:
    """A share of accounts, with Wilson's interval."""
    sure = wilson(hits, of)
    return Rate(None) if sure is None else Rate(hits / of, sure.low, sure.high)


def _ratios(parts: Sequence[Units], whole: Units) -> list[Rate]:
    total = int(whole.sum())
    if total <= 0:
        return [Rate(None) for _ in parts]
    found = _drawn(parts, whole)
    if found is None:
        return [Rate(int(part.sum()) / total) for part in parts]
    low, high = np.quantile(found, [0.025, 0.975], axis=0)
    return [Rate(int(part.sum()) / total, float(low[at]), float(high[at])) for at, part in enumerate(parts)]


def _drawn(parts: Sequence[Units], whole: Units) -> npt.NDArray[np.float64] | None:
    """The ratios of bases drawn anew, a row each; None where a base can come to nothing, or is one account."""
    accounts = len(whole)
    if accounts < _LEAST:
        return None
    random, found = np.random.default_rng(SEED), np.empty((TIMES, len(parts)))
    for time in range(TIMES):
        drawn = random.integers(0, accounts, accounts)
        # Whole numbers as long as they are money; only what a share is made of is divided.
        told = int(whole[drawn].sum())
        if told <= 0:
            return None
        found[time] = [int(part[drawn].sum()) / told for part in parts]
    return found
