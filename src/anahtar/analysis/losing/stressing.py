"""What if: what is left of the company when accounts, or directions of them, are gone, and who could fill the gap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from anahtar.analysis.result import Analysis, Concentration
from anahtar.analysis.totals import concentration
from anahtar.engine import Engine
from anahtar.metrics import concentration as concentrations
from anahtar.metrics.abc_class import abc_class
from anahtar.metrics.loss.stress import LatePayment, Refill, late_payment, left_over, refill
from anahtar.rules.account_type import AccountType
from anahtar.words import Refusal, say


class UnableToStress(Refusal):
    """What is to be taken away is not there."""

    def __init__(self, code: str, direction: str | None = None) -> None:
        message = say("{code} has no revenue in the window, so nothing of it can be lost.", code=code)
        if direction is not None:
            message = say(
                "{code} bought nothing of {direction} in the window. Name one of its directions as the ledger does.",
                code=code,
                direction=direction,
            )
        super().__init__(message)
        self.code, self.direction = code, direction


@dataclass(frozen=True, slots=True)
class Shock:
    """What is gone: an account, or what it buys of one direction (its name in the ledger)."""

    code: str
    direction: str | None = None


@dataclass(frozen=True, slots=True)
class Stress:
    """The company after it.

    Parameters
    ----------
    shocks
        What is gone.
    revenue, lost
        Of the window before, and what is gone of it; money units.
    profit_lost
        The profit that went with it; None where it is not known, or only a direction is gone.
    before, after
        Concentration over accounts of positive revenue, before and after.
    refill
        By how much the prospective accounts that remain would have to grow.
    """

    shocks: Sequence[Shock]
    revenue: int
    lost: int
    profit_lost: int | None
    before: Concentration
    after: Concentration
    refill: Refill

    @property
    def share_lost(self) -> float | None:
        """Of the window's revenue; None where that is not above zero."""
        return self.lost / self.revenue if self.revenue > 0 else None


def what_if(analysis: Analysis, shocks: Sequence[Shock], *, engine: Engine, most_ppm: int | None = None) -> Stress:
    """Take accounts, or directions of them, away and see what is left.

    Parameters
    ----------
    analysis
        A run; revenue is that of its window, whatever accounts are ranked by.
    shocks
        What is gone; an account named whole and by a direction is gone whole.
    engine
        Where the metrics run.
    most_ppm
        The most that a prospective account may grow by, in millionths (`anahtar.metrics.loss.stress.refill`).

    Raises
    ------
    UnableToStress
        A code is no account with revenue above zero in the window, or buys nothing of the direction.
    """
    rows = {row["code"]: row for row in analysis.standings.select(_ASKED).to_pylist()}
    taken = _taken(analysis, rows, shocks)
    whole = {shock.code for shock in shocks if shock.direction is None}
    profits = [rows[code]["profit"] if code in whole else None for code in taken]
    lost = sum(taken.values())
    able = {
        row["code"]: row["revenue"]
        for row in rows.values()
        if AccountType.PROSPECTIVE in row["types"] and row["revenue"] is not None and row["code"] not in whole
    }
    values = _values(analysis.standings)
    ids = [rows[code]["account_id"] for code in taken]
    gone = pa.table({"account_id": pa.array(ids, pa.int32()), "amount": pa.array(list(taken.values()), pa.int64())})
    kept, away = engine.arrow(values, "stressed_values"), engine.arrow(gone, "taken_away")
    return Stress(
        shocks=shocks,
        revenue=pc.sum(values["value"], min_count=0).as_py(),
        lost=lost,
        profit_lost=None if None in profits else sum(profit for profit in profits if profit is not None),
        before=_concentration(engine, kept, analysis),
        after=_concentration(engine, left_over(kept, away), analysis),
        refill=refill(lost, {code: value - taken.get(code, 0) for code, value in able.items()}, most_ppm=most_ppm),
    )


@dataclass(frozen=True, slots=True)
class Later:
    """That an account pays so many days later than today, and what capital costs by the year, in millionths."""

    code: str
    days: int
    interest_ppm: int


def pays_later(analysis: Analysis, later: Later) -> LatePayment:
    """Say what it ties up that an account pays later, by its revenue of the last twelve full months.

    Raises
    ------
    UnableToStress
        It is no account with revenue in them.
    """
    rows = analysis.standings.filter(pc.equal(analysis.standings["code"], later.code))["last12"].to_pylist()
    revenue = sum(rows[0]) if rows else 0
    if revenue <= 0:
        raise UnableToStress(later.code)
    return late_payment(revenue=revenue, days=later.days, interest_ppm=later.interest_ppm)


_ASKED = ("account_id", "code", "revenue", "profit", "types")


def _values(standings: pa.Table) -> pa.Table:
    inside = standings.filter(pc.is_valid(standings["revenue"]))
    return pa.table({"account_id": inside["account_id"], "value": inside["revenue"]})


def _taken(analysis: Analysis, rows: Mapping[str, Mapping[str, object]], shocks: Sequence[Shock]) -> dict[str, int]:
    """Code -> money units that are gone; every shock must find something."""
    taken: dict[str, int] = {}
    whole = {shock.code for shock in shocks if shock.direction is None}
    for shock in shocks:
        row = rows.get(shock.code, {})
        revenue = row.get("revenue")
        if not isinstance(revenue, int) or revenue <= 0:
            raise UnableToStress(shock.code)
        part = revenue if shock.direction is None else _of_direction(analysis, row["account_id"], shock)
        taken[shock.code] = revenue if shock.code in whole else taken.get(shock.code, 0) + part
    return taken


def _of_direction(analysis: Analysis, account: object, shock: Shock) -> int:
    directions = analysis.directions
    own = directions.filter(
        pc.and_(pc.equal(directions["account_id"], account), pc.equal(directions["direction"], shock.direction))
    )
    revenue: int = pc.sum(own["revenue"], min_count=0).as_py()
    if revenue <= 0:
        raise UnableToStress(shock.code, shock.direction)
    return revenue


def _concentration(engine: Engine, values: ibis.Table, analysis: Analysis) -> Concentration:
    kept = engine.keep(abc_class(values), "stressed_classes")
    row = engine.rows(concentrations.concentration(kept)).to_pylist()[0]
    dependences = engine.rows(concentrations.dependences(kept))
    codes = dict(zip(analysis.standings["account_id"].to_pylist(), analysis.standings["code"].to_pylist(), strict=True))
    engine.forget("stressed_classes")
    return concentration(
        row,
        [
            (codes[account], share)
            for account, share in zip(
                dependences["account_id"].to_pylist(), dependences["share"].to_pylist(), strict=True
            )
        ],
    )
