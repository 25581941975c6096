"""Histories of made accounts for the benches of foresight, with the parameters of the published CDNOW set.

Accounts begin within twelve weeks and are looked at after 27 to 39 weeks, in whole days.
"""

import numpy as np

from anahtar.forecast.histories import Histories
from anahtar.forecast.purchases import Purchases


def histories(accounts: int, *, seed: int = 1) -> Histories:
    """BG/NBD accounts: r .243, α 4.414 weeks, a .793, b 2.426."""
    dice = np.random.default_rng(seed)
    pace, leaves = dice.gamma(0.243, 1 / 4.414, accounts), dice.beta(0.793, 2.426, accounts)
    age = np.round(dice.uniform(27, 39, accounts) * 7)
    life = dice.geometric(np.maximum(leaves, 1e-12))
    repeats, recency, time = np.zeros(accounts, np.int64), np.zeros(accounts), np.zeros(accounts)
    rows, bought = np.arange(accounts), 0
    while len(rows):
        time[rows] += dice.exponential(1 / np.maximum(pace[rows], 1e-12)) * 7
        # After purchase number `life` nobody comes again.
        rows = rows[(time[rows] <= age[rows]) & (life[rows] > bought)]
        bought += 1
        repeats[rows], recency[rows] = bought, np.ceil(time[rows])
    return Histories.of(repeats, np.minimum(recency, age), age)


def purchases(accounts: int, *, seed: int = 1, days: int = 1095, k: int = 2) -> Purchases:
    """Business accounts over three years: Erlang-k gaps of some 45 days, a third of them there from the start."""
    dice = np.random.default_rng(seed)
    pace, leaves = dice.gamma(1.2, k / 50, accounts), dice.beta(0.5, 6.0, accounts)
    day = np.maximum(dice.integers(-days // 2, days, accounts), dice.integers(0, 30, accounts)).astype(np.int64)
    who, when, rows = [np.arange(accounts)], [day], np.arange(accounts)
    while len(rows):
        day = day + np.ceil(dice.gamma(k, 1 / np.maximum(pace[rows], 1e-6))).astype(np.int64)
        stays = (day < days) & (dice.random(len(rows)) >= leaves[rows])
        rows, day = rows[stays], day[stays]
        who.append(rows)
        when.append(day)
    account, days_of = np.concatenate(who), np.concatenate(when)
    order = np.lexsort((days_of, account))
    amount = np.exp(dice.normal(8, 1.2, len(order))) * 10_000
    return Purchases(account[order], days_of[order], amount.astype(np.int64))
