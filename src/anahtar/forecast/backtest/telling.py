"""What a backtest found, in words."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import reduce

from anahtar.forecast.backtest.bootstrap import Interval
from anahtar.forecast.backtest.results import Backtest
from anahtar.forecast.backtest.warnings import RULE_NAMES, Rule, Warned
from anahtar.forecast.backtest.ways import WAY_NAMES, Plain
from anahtar.forecast.models import NAMES, Kind, told_regularity
from anahtar.words import Message, Share, say


def told(found: Backtest) -> list[Message]:
    """Say which model was chosen and why, and what warnings there would have been, sentence by sentence."""
    return [*told_of_models(found), *_warned(found)]


def told_of_models(found: Backtest) -> list[Message]:
    """Say which model was chosen and why: nothing of this names or counts single accounts."""
    return [
        found.frame.sentence(),
        _asked(found),
        _chosen(found),
        *_equals(found),
        *(_against(found, way) for way in (Plain.RECENCY, Plain.RATIO)),
        *_regularity(found),
        *_calibrated(found),
    ]


def three(value: float) -> Decimal:
    """A measure to three places, as it is printed everywhere."""
    return Decimal(f"{value:.3f}")


def _asked(found: Backtest) -> Message:
    return say(
        "{n} time an account that had bought within the year before was asked about; {lost} ({share}) bought nothing "
        "within {horizon} days.",
        "{n} times an account that had bought within the year before was asked about; {lost} ({share}) bought nothing "
        "within {horizon} days.",
        n=found.live,
        lost=found.lost,
        share=Share(found.lost / found.live),
        horizon=found.frame.horizon,
    )


def _chosen(found: Backtest) -> Message:
    score = found.score(found.chosen)
    return say(
        "Chosen for this ledger: {model}. Of two accounts, one of which stayed away, it names the right one {share} of "
        "the time (AUC {auc}, 95 % interval {low} to {high}).",
        model=NAMES[found.chosen],
        share=Share(score.auc.value, 0),
        auc=three(score.auc.value),
        low=three(score.auc.low),
        high=three(score.auc.high),
    )


def _equals(found: Backtest) -> Iterator[Message]:
    others = [kind for kind in found.equals if kind is not found.chosen]
    if others:
        yield say(
            "As good in telling accounts apart, as far as this ledger can show: {models}. Among them what {model} says "
            "lies nearest to what happened.",
            models=_listed([NAMES[kind] for kind in others]),
            model=NAMES[found.chosen],
        )


def _listed(names: Sequence[Message]) -> Message:
    return reduce(lambda before, name: say("{before}, {name}", before=before, name=name), names)


def _against(found: Backtest, way: Plain) -> Message:
    difference, other = found.draws.difference(found.chosen, way), found.score(way)
    values: dict[str, Message | Decimal] = {
        "way": WAY_NAMES[way],
        "auc": three(other.auc.value),
        "better": three(difference.value),
        "low": three(difference.low),
        "high": three(difference.high),
    }
    return _verdict(difference, values)


def _verdict(difference: Interval, values: dict[str, Message | Decimal]) -> Message:
    if difference.low > 0:
        return say("Against {way} (AUC {auc}) it gains {better} ({low} to {high}): more than luck explains.", **values)
    if difference.high < 0:
        return say(
            "Against {way} (AUC {auc}) it loses: {better} ({low} to {high}). On this ledger trust {way} for ranking.",
            **values,
        )
    return say(
        "Against {way} (AUC {auc}) it gains {better} ({low} to {high}): that may be luck, the ledger is too small to "
        "say.",
        **values,
    )


def _regularity(found: Backtest) -> Iterator[Message]:
    """Whether k matters here: the regular model against the one that takes everybody for a random buyer."""
    fits = found.stands[-1].fits
    if Kind.REGULAR not in fits or Kind.MBG not in fits:
        return
    k = told_regularity(fits[Kind.REGULAR].model) or 1.0
    gain = found.draws.difference(Kind.REGULAR, Kind.MBG)
    if k < 2:
        yield say("Purchases come at random (k = 1): how regular an account buys does not help to foresee it here.")
        return
    values: dict[str, int | Decimal] = {
        "k": round(k),
        "gain": three(gain.value),
        "low": three(gain.low),
        "high": three(gain.high),
    }
    if gain.low > 0:
        yield say(
            "Purchases come more evenly than at random (k = {k}), and knowing it helps: AUC {gain} more ({low} to "
            "{high}) than a model that takes everybody for a random buyer.",
            **values,
        )
    else:
        yield say(
            "Purchases come more evenly than at random (k = {k}); for ranking it changes little (AUC {gain}, {low} to "
            "{high}), for the probabilities see the Brier scores.",
            **values,
        )


def _calibrated(found: Backtest) -> Iterator[Message]:
    tenths = found.score(found.chosen).tenths
    if tenths:
        yield say(
            "Of the tenth it held for safest {safe} stayed away (it said {said_safe}), of the tenth at greatest risk "
            "{risky} (it said {said_risky}).",
            safe=Share(tenths[0].happened, 0),
            said_safe=Share(tenths[0].said, 0),
            risky=Share(tenths[-1].happened, 0),
            said_risky=Share(tenths[-1].said, 0),
        )


def _warned(found: Backtest) -> Iterator[Message]:
    rhythm = next(one for one in found.warned if one.rule is Rule.RHYTHM)
    flat = next(one for one in found.warned if one.rule is Rule.FLAT_90)
    if rhythm.right and (rhythm.before_flat or 0) > 0:
        yield _would_have(rhythm, flat)


def _would_have(one: Warned, flat: Warned) -> Message:
    return say(
        "With a warning {rule}, among the largest accounts: {right} right, {wrong} wrong, half of the right ones "
        "{days} days or more before your 90-day rule; that rule: {flat_right} right, {flat_wrong} wrong.",
        rule=RULE_NAMES[one.rule],
        right=one.right,
        wrong=one.wrong,
        days=round(one.before_flat or 0),
        flat_right=flat.right,
        flat_wrong=flat.wrong,
    )
