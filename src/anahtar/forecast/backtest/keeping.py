"""Keeping what a backtest found: plain values that JSON can hold, and what pages read of them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from anahtar.forecast.backtest.bootstrap import Interval
from anahtar.forecast.backtest.measures import Tenth
from anahtar.forecast.backtest.results import BUDGET, Backtest, Score
from anahtar.forecast.backtest.telling import told_of_models
from anahtar.forecast.backtest.warnings import Rule, Warned
from anahtar.forecast.backtest.ways import Plain, Way
from anahtar.forecast.models import Kind
from anahtar.forecast.purchases import day_of
from anahtar.ledger.files.wire import message_from_json, message_to_json
from anahtar.words import Message

FORMAT: Final = 1
"""Raised when what was kept before can no longer be read as it is now."""

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KeptWarning:
    """The warnings of one rule about one account; `code` is the account's in the ledger."""

    code: str
    right: int
    wrong: int
    days: float | None


@dataclass(frozen=True, slots=True)
class KeptWarned:
    """What one rule would have warned of; fields as in `anahtar.forecast.backtest.warnings.Warned`."""

    rule: Rule
    right: int
    wrong: int
    open: int
    days: float | None
    before_flat: float | None
    accounts: Sequence[KeptWarning]


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept of a backtest.

    Parameters
    ----------
    cuts
        Days stood on, oldest first.
    horizon
        Days looked ahead from each.
    budget
        Part of the accounts that `precision` and `recall` of the scores are of.
    live, lost, scores, chosen, equals
        As in `Backtest`.
    warned
        What each rule would have warned of, account by account.
    sentences
        Which model was chosen and why.
    """

    cuts: Sequence[date]
    horizon: int
    budget: float
    live: int
    lost: int
    scores: Sequence[Score]
    chosen: Kind
    equals: Sequence[Kind]
    warned: Sequence[KeptWarned]
    sentences: Sequence[Message]

    def score(self, way: Way) -> Score:
        """The score of one way."""
        return next(one for one in self.scores if one.way == way)


class UnableToReadBacktest(ValueError):
    """What is kept is of another version, or was never written by this program."""


def to_json(found: Backtest, codes: Sequence[str]) -> dict[str, Any]:
    """Write what a backtest found.

    Parameters
    ----------
    codes
        Of the accounts, by their number in the purchases.
    """
    return {
        "format": FORMAT,
        "cuts": [day_of(cut).isoformat() for cut in found.frame.cuts],
        "horizon": found.frame.horizon,
        "budget": BUDGET,
        "live": found.live,
        "lost": found.lost,
        "scores": [_score(one) for one in found.scores],
        "chosen": found.chosen.value,
        "equals": [kind.value for kind in found.equals],
        "warned": [_warned(one, codes) for one in found.warned],
        "sentences": [message_to_json(sentence) for sentence in told_of_models(found)],
    }


def from_json(kept: Json) -> Kept:
    """Read it.

    Raises
    ------
    UnableToReadBacktest
        It is of another version, or something else.
    """
    try:
        if kept["format"] != FORMAT:
            raise UnableToReadBacktest(f"format {kept['format']}")
        return Kept(
            cuts=[date.fromisoformat(cut) for cut in kept["cuts"]],
            horizon=kept["horizon"],
            budget=kept["budget"],
            live=kept["live"],
            lost=kept["lost"],
            scores=[_read_score(one) for one in kept["scores"]],
            chosen=Kind(kept["chosen"]),
            equals=[Kind(kind) for kind in kept["equals"]],
            warned=[_read_warned(one) for one in kept["warned"]],
            sentences=[message_from_json(sentence) for sentence in kept["sentences"]],
        )
    except (LookupError, TypeError) as error:
        raise UnableToReadBacktest(str(error)) from error


def _score(one: Score) -> dict[str, Any]:
    return {
        "way": one.way.value,
        "auc": _interval(one.auc),
        "against_recency": _interval(one.against_recency),
        **{name: _number(getattr(one, name)) for name in _NUMBERS},
        "tenths": [[tenth.accounts, tenth.said, tenth.happened] for tenth in one.tenths],
    }


_NUMBERS: Final = (
    *("precision", "recall", "capture_10", "capture_20"),
    *("brier", "calibration_error", "often_auc"),
)
_NOT_SAID: Final = ("brier", "calibration_error")
"""Unknown ones are None; all others are nan, as the backtest has them."""


def _read_score(one: Json) -> Score:
    numbers = {name: math.nan if one[name] is None and name not in _NOT_SAID else one[name] for name in _NUMBERS}
    return Score(
        way=_way(one["way"]),
        auc=_read_interval(one["auc"]),
        against_recency=_read_interval(one["against_recency"]),
        tenths=[Tenth(*tenth) for tenth in one["tenths"]],
        **numbers,
    )


def _way(name: str) -> Way:
    return Plain(name) if name in Plain.__members__.values() else Kind(name)


def _interval(one: Interval) -> list[float | None]:
    return [_number(one.value), _number(one.low), _number(one.high)]


def _read_interval(one: Sequence[float | None]) -> Interval:
    return Interval(*(math.nan if value is None else value for value in one))


def _number(value: float | None) -> float | None:
    """JSON knows no nan."""
    return None if value is None or math.isnan(value) else float(value)


def _warned(one: Warned, codes: Sequence[str]) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in ("right", "wrong", "open", "days", "before_flat")},
        "rule": one.rule.value,
        "accounts": [[codes[of.account], of.right, of.wrong, of.days] for of in one.accounts],
    }


def _read_warned(one: Json) -> KeptWarned:
    values = {name: one[name] for name in ("right", "wrong", "open", "days", "before_flat")}
    return KeptWarned(rule=Rule(one["rule"]), accounts=[KeptWarning(*of) for of in one["accounts"]], **values)
