"""What each rule would have warned of, silence by silence, among the accounts that matter most."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np

from anahtar.forecast.backtest.cuts import Frame, median_interval
from anahtar.forecast.backtest.silences import Raised, Silence, raised, silences_of
from anahtar.forecast.backtest.standing import Stand
from anahtar.forecast.fitting import Model
from anahtar.forecast.histories import Histories
from anahtar.forecast.models import Kind
from anahtar.forecast.numbers import Real, Whole
from anahtar.forecast.purchases import Purchases
from anahtar.forecast.shutdowns import BusyDays
from anahtar.rules.lapse_state import DEFAULT_INTERVAL, FLOOR_DAYS, borders
from anahtar.words import Message, Share, say

LARGEST: Final = 40
"""Accounts looked at where nobody names the key ones."""

_YEAR: Final = 365
_LONGEST: Final = 730
"""Days of silence after which no rule need be asked any more."""


class Rule(StrEnum):
    """Rules that warn of an account on some day of its silence."""

    RHYTHM = "own_rhythm"
    TWICE = "twice_own_mean"
    FLAT_60 = "flat_60"
    FLAT_90 = "flat_90"
    FLAT_180 = "flat_180"
    LIKELY_30 = "probability_30"
    LIKELY_50 = "probability_50"


RULE_NAMES: Final[dict[Rule, Message]] = {
    Rule.RHYTHM: say("beyond 95 % of its own gaps (30 days at least)"),
    Rule.TWICE: say("beyond twice its own mean gap (30 days at least)"),
    Rule.FLAT_60: say("60 days of silence"),
    Rule.FLAT_90: say("90 days of silence"),
    Rule.FLAT_180: say("180 days of silence"),
    Rule.LIKELY_30: say("staying away likely to {share}", share=Share(0.3, 0)),
    Rule.LIKELY_50: say("staying away likely to {share}", share=Share(0.5, 0)),
}
"""What the rules are called."""

_DAYS: Final = {Rule.FLAT_60: 60.0, Rule.FLAT_90: 90.0, Rule.FLAT_180: 180.0}
_LIKELY: Final = {Rule.LIKELY_30: 0.3, Rule.LIKELY_50: 0.5}


@dataclass(frozen=True, slots=True)
class WarnedAccount:
    """The warnings of one rule about one account."""

    account: int
    right: int
    wrong: int
    days: float | None


@dataclass(frozen=True, slots=True)
class Warned:
    """What one rule would have warned of.

    Parameters
    ----------
    rule
        Which.
    right, wrong
        Warnings after which the account bought nothing within the horizon, and after which it did.
    open
        Warnings within the last horizon whose account is silent still: nobody can say yet.
    days
        Median days from the last purchase to a right warning; None without one.
    before_flat
        Median days by which right warnings came before the 90-day rule would have spoken, shutdowns taken out; None
        without one.
    accounts
        Of each account that was warned of, the most right warnings first, then the most wrong ones.
    """

    rule: Rule
    right: int
    wrong: int
    open: int
    days: float | None
    before_flat: float | None
    accounts: Sequence[WarnedAccount]


def warnings_of(
    purchases: Purchases, stands: Sequence[Stand], asked: Frame, chosen: Kind, key_accounts: Whole | None
) -> list[Warned]:
    """Warn as each rule would have, from the first day of the backtest to one horizon before the last day known.

    A warning is raised on the first day beyond the rule's border, with nothing known but the gaps before and models
    fitted before, and is right if the account then buys nothing within the horizon. One silence has one warning. Days
    are counted as states count them (`anahtar.forecast.backtest.silences.raised`).
    """
    accounts = _largest(purchases, asked.cuts[0]) if key_accounts is None else key_accounts
    busy = BusyDays.of(purchases)
    silences = silences_of(purchases, accounts, asked, busy)
    borders = {rule: _borders(rule, silences, purchases, stands, asked, chosen, busy) for rule in Rule}
    when = raised(borders, silences, purchases, asked, busy)
    return [_judged(rule, silences, when[rule], asked) for rule in Rule]


class _Told(NamedTuple):
    """A warning of which it is known whether it was right."""

    account: int
    days: int
    silent: int
    right: bool


def _judged(rule: Rule, silences: Sequence[Silence], when: Raised, asked: Frame) -> Warned:
    """Hold the warnings of one rule against what the accounts did."""
    last_day = asked.as_of - asked.horizon
    told, undecided = list[_Told](), 0
    for silence, day, silent in zip(silences, when.day.tolist(), when.silent.tolist(), strict=True):
        if day < asked.cuts[0]:
            continue
        if day > last_day:
            undecided += silence.ended is None
            continue
        right = silence.ended is None or silence.ended - day > asked.horizon
        told.append(_Told(silence.account, day - silence.began, silent, right))
    return _warned(rule, told, undecided)


def _warned(rule: Rule, told: Sequence[_Told], undecided: int) -> Warned:
    accounts = []
    for account in sorted({one.account for one in told}):
        own = [one for one in told if one.account == account]
        lasted = [one.days for one in own if one.right]
        accounts.append(WarnedAccount(account, len(lasted), len(own) - len(lasted), _median(lasted)))
    accounts.sort(key=lambda one: (-one.right, -one.wrong, one.account))
    hits, flat = [one for one in told if one.right], _DAYS[Rule.FLAT_90] + 1
    return Warned(
        rule=rule,
        right=len(hits),
        wrong=len(told) - len(hits),
        open=undecided,
        days=_median([one.days for one in hits]),
        before_flat=_median([flat - one.silent for one in hits]),
        accounts=accounts,
    )


def _median(values: Sequence[float]) -> float | None:
    return float(np.median(values)) if values else None


def _largest(purchases: Purchases, day: int) -> Whole:
    accounts = np.unique(purchases.account)
    spent = purchases.spent(accounts, day - _YEAR + 1, day)
    order = np.lexsort((accounts, -spent))
    return accounts[order[: min(LARGEST, int((spent > 0).sum()))]]


def _borders(
    rule: Rule,
    silences: Sequence[Silence],
    purchases: Purchases,
    stands: Sequence[Stand],
    asked: Frame,
    chosen: Kind,
    busy: BusyDays,
) -> Real:
    """The longest silence, in days without shutdowns, of which the rule does not warn."""
    if rule in _DAYS:
        return np.full(len(silences), _DAYS[rule])
    if rule is Rule.TWICE:
        return _real(max(FLOOR_DAYS, 2 * float(one.gaps.mean())) if len(one.gaps) else _LONGEST for one in silences)
    if rule is Rule.RHYTHM:
        base = {one.day: _base_interval(purchases, one.day, busy) for one in stands}
        return _real(_own_border(one, base[_before(one, stands, asked).day]) for one in silences)
    models = [_before(one, stands, asked).fits[chosen].model for one in silences]
    return _likely_borders(silences, models, asked.horizon, _LIKELY[rule])


def _real(values: Iterable[float]) -> Real:
    """As numbers; from `_LONGEST` on nobody is warned of."""
    found: Real = np.array([*values], float)
    found[found >= _LONGEST] = np.inf
    return found


def _base_interval(purchases: Purchases, day: int, busy: BusyDays) -> float:
    seen = purchases.up_to(day)
    opened = Purchases(seen.account, busy.known_on(day).opened(seen.day), seen.amount)
    return median_interval(opened) or DEFAULT_INTERVAL


def _own_border(silence: Silence, base_interval: float) -> float:
    gaps = silence.gaps
    return borders(
        purchase_days=len(gaps) + 1,
        gap_mean=float(gaps.mean()) if len(gaps) else None,
        gap_p95=float(np.quantile(gaps, 0.95)) if len(gaps) else None,
        base_interval=base_interval,
    ).watch


def _before(silence: Silence, stands: Sequence[Stand], asked: Frame) -> Stand:
    """The last day of the backtest that lies before any warning of this silence: its models know nothing later."""
    latest = max(silence.began, asked.cuts[0])
    return next((one for one in reversed(stands) if one.day <= latest), stands[0])


def _likely_borders(silences: Sequence[Silence], models: Sequence[Model], horizon: int, likely: float) -> Real:
    """The day of silence before the probability first reaches so much; `_LONGEST` where it never does."""
    found = [float(_LONGEST)] * len(silences)
    days = np.arange(FLOOR_DAYS + 1, _LONGEST + 1)
    for one_model in {id(model): model for model in models}.values():
        rows = [at for at, one in enumerate(models) if one is one_model]
        repeats = np.array([len(silences[at].gaps) for at in rows])
        recency = np.array([float(silences[at].recency) for at in rows])
        many = Histories.of(
            np.repeat(repeats, len(days)),
            np.repeat(recency, len(days)),
            (recency[:, None] + days[None, :]).ravel(),
            np.repeat([float(np.log(silences[at].gaps).sum()) for at in rows], len(days)),
        )
        reached = (one_model.none_within(many, horizon) >= likely).reshape(len(rows), len(days))
        for at, row in zip(rows, reached, strict=True):
            if row.any():
                found[at] = float(days[int(row.argmax())] - 1)
    return _real(found)
