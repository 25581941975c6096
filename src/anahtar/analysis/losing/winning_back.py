"""Whom to win back first: the chance that a silent account returns, what that would bring, and what trying costs."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from anahtar.analysis.dates import last_full_month, number
from anahtar.analysis.result import Analysis, Measure
from anahtar.facts.facts import Facts
from anahtar.metrics.loss.returns import HORIZON, Chance, ReturnCurve
from anahtar.metrics.loss.second_life import Recovery, recovered, second_lifetime_value

SHOWN_SILENCES: Final = (30, 60, 90, 180, 270, 365, 545, 730, 1095)
"""Days of silence at which the chance of a return is shown."""

_EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What people say of an attempt to win accounts back.

    Parameters
    ----------
    cost
        Of one attempt, in money units.
    costs
        Code -> cost of this account's, in place of it.
    margin_ppm
        Profit in revenue, in millionths, where a cost is not known; None: an account whose cost is partly unknown has
        no worth, and in a ledger without any cost revenue stands for itself, and says so.
    horizon
        Days within which a return counts; its margin is that of a year.
    closed
        Codes of accounts that are no more (closed, insolvent, not wanted): not to be won back.
    """

    cost: int = 0
    costs: Mapping[str, int] = field(default_factory=dict)
    margin_ppm: int | None = None
    horizon: int = HORIZON
    closed: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class WinBack:
    """One account that stands lost.

    Parameters
    ----------
    code, name
        The account.
    last_purchase, silence
        The last day it bought, and days since.
    times_lost
        Of its whole history, this time included.
    revenue
        Of the twelve months up to its last purchase, in money units.
    margin
        The profit in it, by cost or by the stated margin; revenue where there is neither. None: cost partly unknown.
    chance
        That it returns by itself.
    cost
        Of the attempt, in money units.
    value, low, high
        P(return) x expected margin - cost, with the bounds of the chance; None where margin or chance is not known.
    """

    code: str
    name: str
    last_purchase: date
    silence: int
    times_lost: int
    revenue: int
    margin: int | None
    chance: Chance
    cost: int
    value: int | None
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class WinningBack:
    """The ranking, and what it rests on.

    Parameters
    ----------
    accounts
        The greatest value first; those whose value is not known last, by revenue; equal ones by code.
    curve
        Chances of return by silence.
    shown
        The same at `SHOWN_SILENCES`, as far as enough lapses lasted so long.
    recovery
        How much of their business returned accounts brought back.
    in_profit
        False where margins are revenue: the ledger knows no cost and no margin was stated.
    closed
        Accounts left out because people said they are no more.
    """

    accounts: Sequence[WinBack]
    curve: ReturnCurve
    shown: Mapping[int, Chance]
    recovery: Recovery
    in_profit: bool
    closed: Sequence[str]


def winning_back(analysis: Analysis, facts: Facts, valued: pa.Table, attempt: Attempt | None = None) -> WinningBack:
    """Rank the accounts that stand lost by what winning them back is worth.

    Accounts that go on under another code are not among them where `facts` are `continued`.

    Parameters
    ----------
    analysis
        Of the same ledger and day.
    facts
        As accounts are to be told.
    valued
        `anahtar.analysis.losing.months.lapses_of` of these facts.
    attempt
        What people say of it; None: it costs nothing and nobody is closed.
    """
    ranking = _Ranking(analysis, facts, valued, attempt or Attempt())
    rows = valued.filter(pc.is_null(valued["returned_on"])).to_pylist()
    found = [ranking.told(row) for row in rows if not ranking.is_closed(row)]
    found.sort(key=lambda one: (one.value is None, -(one.revenue if one.value is None else one.value), one.code))
    return WinningBack(
        accounts=found,
        curve=ranking.curve,
        shown=ranking.shown(),
        recovery=ranking.recovery,
        in_profit=ranking.by_cost or ranking.attempt.margin_ppm is not None,
        closed=sorted(ranking.code(row) for row in rows if ranking.is_closed(row)),
    )


class _Ranking:
    """What every account of the ranking is told from."""

    def __init__(self, analysis: Analysis, facts: Facts, valued: pa.Table, attempt: Attempt) -> None:
        self.attempt, self._as_of = attempt, analysis.as_of
        self.by_cost = analysis.measure is Measure.PROFIT
        self.curve = _curve(valued, analysis.as_of)
        self.recovery = _recovery(facts, valued, analysis.as_of)
        self._margins = _margins(facts, valued) if self.by_cost else {}
        self._codes, self._names = (facts.accounts[name].to_pylist() for name in ("code", "name"))
        self._chances: dict[int, Chance] = {}
        self._times = Counter(valued["account_id"].to_pylist())

    def code(self, row: Mapping[str, Any]) -> str:
        """The account's."""
        told: str = self._codes[row["account_id"]]
        return told

    def is_closed(self, row: Mapping[str, Any]) -> bool:
        """Whether people said that the account is no more."""
        return self.code(row) in self.attempt.closed

    def shown(self) -> dict[int, Chance]:
        """Chances at some silences, as far as enough of the ledger's lasted so long."""
        found = {days: self._chance(days) for days in SHOWN_SILENCES}
        return {days: chance for days, chance in found.items() if chance.value is not None}

    def told(self, row: Mapping[str, Any]) -> WinBack:
        """One account that stands lost."""
        account, code = row["account_id"], self.code(row)
        silence = (self._as_of - row["bought_on"]).days
        margin, chance = self._margin(row), self._chance(silence)
        cost = self.attempt.costs.get(code, self.attempt.cost)
        worths = [self._worth(margin, share, cost) for share in (chance.value, chance.low, chance.high)]
        # A margin below zero turns the bounds round.
        bounds = sorted(worth for worth in worths[1:] if worth is not None)
        return WinBack(
            code=code,
            name=self._names[account],
            last_purchase=row["bought_on"],
            silence=silence,
            times_lost=self._times[account],
            revenue=row["revenue"],
            margin=margin,
            chance=chance,
            cost=cost,
            value=worths[0],
            low=bounds[0] if bounds else None,
            high=bounds[-1] if bounds else None,
        )

    def _chance(self, silence: int) -> Chance:
        # Of thousands of lost accounts many have been silent for the same days, and each is asked of all lapses.
        if silence not in self._chances:
            self._chances[silence] = self.curve.chance(silence, horizon=self.attempt.horizon)
        return self._chances[silence]

    def _margin(self, row: Mapping[str, Any]) -> int | None:
        known = self._margins.get(row["account_id"])
        if known is None and self.by_cost and self.attempt.margin_ppm is None:
            return None
        return _stated(row["revenue"], self.attempt) if known is None else known

    def _worth(self, margin: int | None, share: float | None, cost: int) -> int | None:
        if margin is None or share is None:
            return None
        return second_lifetime_value(margin=margin, chance=share, recovery_ppm=self.recovery.share_ppm, cost=cost)


def _stated(revenue: int, attempt: Attempt) -> int:
    if attempt.margin_ppm is None:
        return revenue
    told = (2 * abs(revenue) * attempt.margin_ppm + 1_000_000) // 2_000_000
    return told if revenue >= 0 else -told


def _curve(valued: pa.Table, as_of: date) -> ReturnCurve:
    """Learn from every lapse of the ledger, the running ones too."""
    bought, lost, back = (
        valued[name].cast(pa.int32()).fill_null((as_of - _EPOCH).days).to_numpy().astype(np.int64)
        for name in ("bought_on", "lost_on", "returned_on")
    )
    return ReturnCurve(back - bought, pc.is_valid(valued["returned_on"]).to_numpy(), lost - bought)


def _recovery(facts: Facts, valued: pa.Table, as_of: date) -> Recovery:
    table = facts.engine.arrow(valued, "recovered_lapses")
    first = facts.months[0] if facts.months else 0
    asked = recovered(table, facts.account_month(), ledger_from=first, full_to=last_full_month(as_of))
    row = facts.engine.rows(asked).to_pylist()[0]
    return Recovery(row["accounts"] or 0, row["before"] or 0, row["after"] or 0)


def _margins(facts: Facts, valued: pa.Table) -> dict[int, int | None]:
    """The profit of each lost account's last twelve months; None where a cost in them is unknown."""
    months = facts.account_month()
    lost = valued.filter(pc.is_null(valued["returned_on"]))
    until = {
        account: number(bought)
        for account, bought in zip(lost["account_id"].to_pylist(), lost["bought_on"].to_pylist(), strict=True)
    }
    table = facts.engine.arrow(
        pa.table({"owner": pa.array(until.keys(), pa.int32()), "until": pa.array(until.values(), pa.int32())}),
        "lost_until",
    )
    joined = months.join(table, months.account_id == table.owner)
    year = joined.filter((joined.month > joined.until - 12) & (joined.month <= joined.until))
    summed = year.group_by("owner").agg(profit=year.profit.sum(), unknown=year.lines_without_cost.sum())
    return {row["owner"]: None if row["unknown"] else row["profit"] for row in facts.engine.rows(summed).to_pylist()}
