"""Bases made by known habits, so that what a model finds can be held against the truth."""

import numpy as np

from anahtar.forecast.histories import Histories
from anahtar.forecast.numbers import Truth
from anahtar.forecast.purchases import Purchases


def made_base(
    accounts: int,
    *,
    k: int,
    seed: int,
    pace: float = 0.8,
    every: float = 60.0,
    leaves: tuple[float, float] = (0.5, 2.5),
) -> Purchases:
    """Accounts that began on some day of two years and buy Erlang-k gaps until they leave, for three years."""
    dice = np.random.default_rng(seed)
    rate, leaving = dice.gamma(pace, k / every, accounts), dice.beta(*leaves, accounts)
    day = dice.integers(0, 730, accounts)
    who, bought = [np.arange(accounts)], [day.copy()]
    rows = np.flatnonzero(dice.random(accounts) >= leaving)
    day = day[rows]
    while len(rows):
        day = day + np.ceil(dice.gamma(k, 1 / np.maximum(rate[rows], 1e-9))).astype(np.int64)
        rows, day = rows[day < 1095], day[day < 1095]
        who.append(rows)
        bought.append(day)
        stays = dice.random(len(rows)) >= leaving[rows]
        rows, day = rows[stays], day[stays]
    account, days = np.concatenate(who), np.concatenate(bought)
    order = np.lexsort((days, account))
    return Purchases(account[order], days[order], np.full(len(order), 1_000_000))


def seen(base: Purchases, *, at: int, horizon: int) -> tuple[Histories, Truth]:
    """What was known on a day, and who did not come in the days after."""
    known = base.known(at)
    return known.histories, ~base.came(known.account, at + 1, at + horizon)
