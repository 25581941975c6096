"""What a backtest found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from anahtar.forecast.backtest.bootstrap import Draws, Interval
from anahtar.forecast.backtest.cuts import Frame
from anahtar.forecast.backtest.measures import Tenth
from anahtar.forecast.backtest.standing import Stand
from anahtar.forecast.backtest.warnings import Warned
from anahtar.forecast.backtest.ways import Way
from anahtar.forecast.models import Kind

BUDGET: Final = 0.10
"""Part of the accounts one has time to call, the surest to stay away first."""


@dataclass(frozen=True, slots=True)
class Score:
    """How good one way of telling was, averaged over the days.

    Parameters
    ----------
    auc
        Probability that of two accounts the one that stayed away was ranked higher.
    against_recency
        Its AUC less that of days of silence.
    precision, recall
        Of the called part (`BUDGET`) of the accounts: how many stayed away; and of all who did, how many were called.
    capture_10, capture_20
        Share of the lost revenue among the first 10 and 20 % by risk times revenue.
    brier, calibration_error
        Distance of what was said from what happened; None for what says no probability.
    tenths
        What was said against what happened; empty for what says no probability.
    often_auc
        AUC among the accounts with three purchase days or more; nan where there are none.
    """

    way: Way
    auc: Interval
    against_recency: Interval
    precision: float
    recall: float
    capture_10: float
    capture_20: float
    brier: float | None
    calibration_error: float | None
    tenths: Sequence[Tenth]
    often_auc: float


@dataclass(frozen=True, slots=True)
class Backtest:
    """Every way of telling held against what happened.

    Parameters
    ----------
    frame
        The days and the horizon.
    live, lost
        Accounts asked about over all days, and how many of those stayed away.
    scores
        Models first, each kind of way in a fixed order.
    draws
        For differences between any two ways.
    chosen
        The model to use on this ledger.
    equals
        Models whose AUC luck alone may explain against the best.
    warned
        What each lapse criterion would have warned of: among the accounts named as key, or the largest.
    stands
        Day by day, the last one last.
    """

    frame: Frame
    live: int
    lost: int
    scores: Sequence[Score]
    draws: Draws
    chosen: Kind
    equals: Sequence[Kind]
    warned: Sequence[Warned]
    stands: Sequence[Stand]

    def score(self, way: Way) -> Score:
        """The score of one way."""
        return next(one for one in self.scores if one.way == way)
