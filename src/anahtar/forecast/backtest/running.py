"""Running a backtest: rolling days, no look ahead, live accounts only."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import date
from typing import Final

import numpy as np

from anahtar.forecast.backtest.bootstrap import Draws, draw
from anahtar.forecast.backtest.cuts import UnableToBacktest, frame
from anahtar.forecast.backtest.measures import (
    Tenth,
    at_budget,
    auc,
    brier,
    calibration,
    calibration_error,
    value_capture,
)
from anahtar.forecast.backtest.results import BUDGET, Backtest, Score
from anahtar.forecast.backtest.standing import Stand, score_of_value, stand
from anahtar.forecast.backtest.warnings import warnings_of
from anahtar.forecast.backtest.ways import Plain, Way
from anahtar.forecast.models import Kind, UnableToForesee, UnableToForeseeMonths
from anahtar.forecast.numbers import Whole
from anahtar.forecast.priors import LEAST_ACCOUNTS
from anahtar.forecast.purchases import Purchases

Progress = Callable[[str, int, int], None]

OFTEN: Final = 2
"""Repeats from which an account counts as one that buys often: three purchase days."""

_AT_ONCE: Final = 2


def backtest(
    purchases: Purchases,
    *,
    as_of: date,
    horizon: int | None = None,
    key_accounts: Whole | None = None,
    kinds: Sequence[Kind] = tuple(Kind),
    on_progress: Progress | None = None,
) -> Backtest:
    """Hold every way of telling who will stay away against what happened on this ledger.

    On some days of the later half of the history (`anahtar.forecast.backtest.cuts.frame`) every model is fitted to
    what was known on the day, all accounts; asked of the accounts that had bought within the year before, it says the
    probability of no purchase within the horizon. The days are apart by half a horizon, so an account appears on
    several; the bootstrap draws accounts, not rows.

    Parameters
    ----------
    purchases
        All purchase days of the ledger.
    as_of
        The last day known; later purchases do not exist.
    horizon
        Days looked ahead; None: see `usual_horizon`.
    key_accounts
        Accounts whose warnings are told one by one; None: the 40 that spent most in the year before the first day.
    kinds
        The models that compete.
    on_progress
        Called with `backtest`, the days done and the days to do.

    Raises
    ------
    UnableToBacktest
        The history is shorter than four horizons, or nothing can be told apart.
    UnableToForesee
        On no day had 30 accounts bought.
    UnableToForeseeMonths
        The ledger tells months, not days of purchase.

    References
    ----------
    Mirkovic et al., Applied Sciences 12 (2022) 5001, for many days instead of one.
    """
    known = purchases.up_to((as_of - date(1970, 1, 1)).days)
    if known.are_months():
        raise UnableToForeseeMonths
    asked = frame(known, as_of=as_of, horizon=horizon)
    stands = _stands(known, asked.cuts, asked.horizon, kinds, on_progress or _silent)
    ways: list[Way] = [*kinds, *Plain]
    draws = draw(stands, ways)
    scores = [_score(way, stands, draws) for way in ways]
    chosen, equals = _choice(scores, draws, kinds)
    warned = warnings_of(known, stands, asked, chosen, key_accounts)
    live = sum(len(one.live.account) for one in stands)
    lost = sum(int(one.stayed_away.sum()) for one in stands)
    return Backtest(asked, live, lost, scores, draws, chosen, equals, warned, stands)


def _stands(
    purchases: Purchases, cuts: Sequence[int], horizon: int, kinds: Sequence[Kind], on_progress: Progress
) -> list[Stand]:
    """Stand on every day on which enough accounts had bought and some stayed away, others not."""
    firsts = np.sort(purchases.day[np.unique(purchases.account, return_index=True)[1]])
    days = [day for day in cuts if int(np.searchsorted(firsts, day, side="right")) >= LEAST_ACCOUNTS]
    if not days:
        raise UnableToForesee(len(firsts))
    found: list[Stand] = []
    # Two days side by side: numpy lets go of the interpreter while it reckons.
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        try:
            standing = [threads.submit(stand, purchases, day, horizon, kinds) for day in days]
            for done, one in enumerate(as_completed(standing), 1):
                found.append(one.result())
                on_progress("backtest", done, len(days))
        finally:
            threads.shutdown(cancel_futures=True)
    told = [one for one in found if one.stayed_away.any() and not one.stayed_away.all()]
    if not told:
        raise UnableToBacktest.nothing_to_tell()
    return sorted(told, key=lambda one: one.day)


def _score(way: Way, stands: Sequence[Stand], draws: Draws) -> Score:
    listed = [at_budget(one.scores[way], one.stayed_away, BUDGET) for one in stands]
    captured = [
        [value_capture(score_of_value(way, one.scores[way], one.value), one.stayed_away, one.value, part)
         for one in stands]
        for part in (0.1, 0.2)
    ]  # fmt: skip
    tenths, distance, error = _probabilities(way, stands)
    return Score(
        way=way,
        auc=draws.auc(way),
        against_recency=draws.difference(way, Plain.RECENCY),
        precision=_mean([one.precision for one in listed]),
        recall=_mean([one.recall for one in listed]),
        capture_10=_mean(captured[0]),
        capture_20=_mean(captured[1]),
        brier=distance,
        calibration_error=error,
        tenths=tenths,
        often_auc=_mean([_often_auc(one, way) for one in stands]),
    )


def _probabilities(way: Way, stands: Sequence[Stand]) -> tuple[list[Tenth], float | None, float | None]:
    """Calibration over all days together; nothing for ways that say no probability."""
    if not isinstance(way, Kind):
        return [], None, None
    said = np.concatenate([one.scores[way] for one in stands])
    happened = np.concatenate([one.stayed_away for one in stands])
    tenths = calibration(said, happened)
    return tenths, _mean([brier(one.scores[way], one.stayed_away) for one in stands]), calibration_error(tenths)


def _often_auc(one: Stand, way: Way) -> float:
    often = one.live.histories.repeats >= OFTEN
    return auc(one.scores[way][often], one.stayed_away[often]) if often.any() else float("nan")


def _choice(scores: Sequence[Score], draws: Draws, kinds: Sequence[Kind]) -> tuple[Kind, list[Kind]]:
    """The model of highest AUC; of those that luck alone may put behind it, the one whose probabilities hold best."""
    models = {kind: score for score in scores for kind in kinds if score.way == kind}
    best = max(models, key=lambda kind: models[kind].auc.value)
    equals = [kind for kind in models if kind == best or not draws.difference(best, kind).above_zero]
    return min(equals, key=lambda kind: models[kind].brier or 0.0), equals


def _mean(values: Sequence[float]) -> float:
    told = [value for value in values if value == value]
    return sum(told) / len(told) if told else float("nan")


def _silent(stage: str, done: int, total: int) -> None:
    """Nobody watches."""
