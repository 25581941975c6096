"""What each rule would have warned of, silence by silence, among the accounts that matter most."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from anahtar.forecast.backtest.cuts import Frame, median_interval
from anahtar.forecast.backtest.standing import Stand
from anahtar.forecast.fitting import Model
from anahtar.forecast.histories import Histories
from anahtar.forecast.models import Kind
from anahtar.forecast.numbers import Whole
from anahtar.forecast.purchases import Purchases
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
        Median days by which right warnings came before the 90-day rule would have spoken; None without one.
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


@dataclass(frozen=True, slots=True)
class _Silence:
    """The days after one purchase, and what was known of the account when they began."""

    account: int
    began: int
    ended: int | None
    first: int
    gaps: Whole


def warnings_of(
    purchases: Purchases, stands: Sequence[Stand], asked: Frame, chosen: Kind, key_accounts: Whole | None
) -> list[Warned]:
    """Warn as each rule would have, from the first day of the backtest to one horizon before the last day known.

    A warning is raised on the first day beyond the rule's border, with nothing known but the gaps before and models
    fitted before, and is right if the account then buys nothing within the horizon. One silence has one warning.
    """
    accounts = _largest(purchases, asked.cuts[0]) if key_accounts is None else key_accounts
    silences = _silences(purchases, accounts, asked)
    last_day = asked.as_of - asked.horizon
    found = []
    for rule in Rule:
        told: list[tuple[_Silence, int, bool]] = []
        undecided = 0
        for silence, border in zip(silences, _borders(rule, silences, purchases, stands, asked, chosen), strict=True):
            raised = silence.began + int(border) + 1 if border < _LONGEST else None
            if raised is None or not asked.cuts[0] <= raised <= asked.as_of:
                continue
            if raised > last_day:
                undecided += silence.ended is None
                continue
            if silence.ended is None or silence.ended > raised:
                right = silence.ended is None or silence.ended - raised > asked.horizon
                told.append((silence, raised, right))
        found.append(_warned(rule, told, undecided))
    return found


def _warned(rule: Rule, told: Sequence[tuple[_Silence, int, bool]], undecided: int) -> Warned:
    days = [raised - silence.began for silence, raised, right in told if right]
    accounts = []
    for account in sorted({silence.account for silence, _, _ in told}):
        own = [(raised - silence.began, right) for silence, raised, right in told if silence.account == account]
        hits = [lasted for lasted, right in own if right]
        accounts.append(WarnedAccount(account, len(hits), len(own) - len(hits), _median(hits)))
    accounts.sort(key=lambda one: (-one.right, -one.wrong, one.account))
    flat = _DAYS[Rule.FLAT_90] + 1
    wrong = len(told) - len(days)
    before_flat = _median([flat - one for one in days])
    return Warned(rule, len(days), wrong, undecided, _median(days), before_flat, accounts)


def _median(values: Sequence[float]) -> float | None:
    return float(np.median(values)) if values else None


def _largest(purchases: Purchases, day: int) -> Whole:
    accounts = np.unique(purchases.account)
    spent = purchases.spent(accounts, day - _YEAR + 1, day)
    order = np.lexsort((accounts, -spent))
    return accounts[order[: min(LARGEST, int((spent > 0).sum()))]]


def _silences(purchases: Purchases, accounts: Whole, asked: Frame) -> list[_Silence]:
    found = []
    for account in accounts.tolist():
        first, beyond = np.searchsorted(purchases.account, [account, account + 1])
        days = purchases.day[first:beyond]
        for at, began in enumerate(days.tolist()):
            ended = int(days[at + 1]) if at + 1 < len(days) else None
            # Silences over before the first day, or too short for any rule, cannot be warned of.
            if ended is not None and (ended <= asked.cuts[0] or ended - began <= FLOOR_DAYS):
                continue
            found.append(_Silence(account, began, ended, int(days[0]), np.diff(days[: at + 1])))
    return found


def _borders(
    rule: Rule,
    silences: Sequence[_Silence],
    purchases: Purchases,
    stands: Sequence[Stand],
    asked: Frame,
    chosen: Kind,
) -> Sequence[float]:
    """The longest silence, in days, of which the rule does not warn."""
    if rule in _DAYS:
        return [_DAYS[rule]] * len(silences)
    if rule is Rule.TWICE:
        return [max(FLOOR_DAYS, 2 * float(one.gaps.mean())) if len(one.gaps) else _LONGEST for one in silences]
    if rule is Rule.RHYTHM:
        base = {one.day: median_interval(purchases.up_to(one.day)) or DEFAULT_INTERVAL for one in stands}
        return [_own_border(one, base[_before(one, stands, asked).day]) for one in silences]
    models = [_before(one, stands, asked).fits[chosen].model for one in silences]
    return _likely_borders(silences, models, asked.horizon, _LIKELY[rule])


def _own_border(silence: _Silence, base_interval: float) -> float:
    gaps = silence.gaps
    return borders(
        purchase_days=len(gaps) + 1,
        gap_mean=float(gaps.mean()) if len(gaps) else None,
        gap_p95=float(np.quantile(gaps, 0.95)) if len(gaps) else None,
        base_interval=base_interval,
    ).watch


def _before(silence: _Silence, stands: Sequence[Stand], asked: Frame) -> Stand:
    """The last day of the backtest that lies before any warning of this silence: its models know nothing later."""
    latest = max(silence.began, asked.cuts[0])
    return next((one for one in reversed(stands) if one.day <= latest), stands[0])


def _likely_borders(
    silences: Sequence[_Silence], models: Sequence[Model], horizon: int, likely: float
) -> Sequence[float]:
    """The day of silence before the probability first reaches so much; `_LONGEST` where it never does."""
    found = [float(_LONGEST)] * len(silences)
    days = np.arange(FLOOR_DAYS + 1, _LONGEST + 1)
    for one_model in {id(model): model for model in models}.values():
        rows = [at for at, one in enumerate(models) if one is one_model]
        repeats = np.array([len(silences[at].gaps) for at in rows])
        recency = np.array([float(silences[at].began - silences[at].first) for at in rows])
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
    return found
