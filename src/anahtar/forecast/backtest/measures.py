"""How good a way of telling was: who stayed away against who was said to."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from anahtar.forecast.numbers import Real, Truth, Whole


class Ranking:
    """Accounts in the order of a score, sorted once, so that thousands of weighted draws of them cost little.

    Parameters
    ----------
    score
        The higher, the surer to stay away.
    truth
        Who did.
    """

    def __init__(self, score: Real, truth: Truth) -> None:
        self._order = np.argsort(score, kind="stable")
        ordered = score[self._order]
        new = np.ones(len(ordered), bool)
        new[1:] = np.diff(ordered) != 0
        self._starts = np.flatnonzero(new)
        self._truth = truth[self._order]

    def auc(self) -> float:
        """Probability that of two accounts the one that stayed away was ranked higher; ties count half.

        Nan where all stayed away, or none.
        """
        return float(self.aucs(np.ones((1, len(self._order))))[0])

    def aucs(self, weights: Real) -> Real:
        """The same for many draws: one row each, how often every account is in it."""
        here = weights[:, self._order]
        away = here * self._truth
        here -= away
        if len(self._starts) < len(self._order):
            away = np.add.reduceat(away, self._starts, axis=1)
            here = np.add.reduceat(here, self._starts, axis=1)
        both = away.sum(axis=1) * here.sum(axis=1)
        right = np.einsum("ij,ij->i", away, np.cumsum(here, axis=1)) - np.einsum("ij,ij->i", away, here) / 2
        told: Real = np.where(both > 0, right / np.where(both > 0, both, 1), np.nan)
        return told


def auc(score: Real, truth: Truth) -> float:
    """Area under the ROC curve (Mann-Whitney), ties counted half."""
    return Ranking(score, truth).auc()


class Alerts(NamedTuple):
    """What a list of the highest risks was worth."""

    length: int
    precision: float
    recall: float


def at_budget(score: Real, truth: Truth, budget: float) -> Alerts:
    """Call so large a part of the accounts, the surest first: how many were right, how many of all were found.

    Of equal scores at the end of the list the earlier account is called: every way of telling has the same luck.
    """
    length = max(1, round(budget * len(score)))
    called = np.argsort(-score, kind="stable")[:length]
    right = int(truth[called].sum())
    return Alerts(length, right / length, right / max(int(truth.sum()), 1))


def value_capture(score: Real, truth: Truth, value: Whole, part: float) -> float:
    """Share of the lost accounts' revenue that stands in the top part of the list by risk times revenue."""
    length = max(1, round(part * len(score)))
    called = np.argsort(-(score * value), kind="stable")[:length]
    lost = float(value[truth].sum())
    return float(value[called][truth[called]].sum()) / lost if lost else float("nan")


def brier(probability: Real, truth: Truth) -> float:
    """Mean squared distance between what was said and what happened."""
    return float(((probability - truth) ** 2).mean())


@dataclass(frozen=True, slots=True)
class Tenth:
    """A tenth of the accounts by what was said of them.

    Parameters
    ----------
    accounts
        How many.
    said, happened
        Mean probability of staying away, and the share that did.
    """

    accounts: int
    said: float
    happened: float


def calibration(probability: Real, truth: Truth, parts: int = 10) -> list[Tenth]:
    """What was said against what happened, tenth by tenth, the least at risk first."""
    order = np.argsort(probability, kind="stable")
    found = []
    for rows in np.array_split(order, parts):
        if len(rows):
            found.append(Tenth(len(rows), float(probability[rows].mean()), float(truth[rows].mean())))
    return found


def calibration_error(tenths: list[Tenth]) -> float:
    """How far what was said lies from what happened, averaged over the accounts."""
    total = sum(tenth.accounts for tenth in tenths)
    return sum(tenth.accounts * abs(tenth.said - tenth.happened) for tenth in tenths) / total if total else 0.0
