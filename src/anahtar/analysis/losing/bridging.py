"""The bridge from one period's revenue to another's, with the accounts in it and what was kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from anahtar.analysis.changes import UnableToCompare, year_before
from anahtar.analysis.dates import first_day, number
from anahtar.analysis.result import Analysis, Window
from anahtar.engine import DuckdbEngine, Engine
from anahtar.facts.facts import Facts
from anahtar.metrics.loss.bridge import BUCKETS, GAINS, LOSSES, bucket_totals, loss_bridge
from anahtar.metrics.loss.retention import Retention, retention
from anahtar.metrics.revenue import Months
from anahtar.words import Month, Refusal, say


class UnableToBridge(Refusal):
    """The two periods are not one after the other."""

    def __init__(self, before: Window, window: Window) -> None:
        super().__init__(
            say(
                "A bridge leads from an earlier period to a later one: the earlier one ends in {before}, the later one "
                "begins in {window}. Choose periods that do not overlap.",
                before=Month(before.end.year, before.end.month),
                window=Month(window.start.year, window.start.month),
            )
        )
        self.before, self.window = before, window


@dataclass(frozen=True, slots=True)
class Bucket:
    """The accounts of one bucket, added up.

    Parameters
    ----------
    accounts
        How many.
    credits_only
        Of them those that bought in neither period: only credit notes changed.
    revenue_before, revenue, amount
        Money units; the amount is their difference, below zero for what is lost.
    """

    accounts: int
    credits_only: int
    revenue_before: int
    revenue: int
    amount: int


@dataclass(frozen=True, slots=True)
class Bridge:
    """From the revenue of one period to that of another.

    Parameters
    ----------
    window, before
        The periods.
    revenue, revenue_before
        Of all accounts, in money units.
    buckets
        new, returned, expansion, contraction, lost, steady; their amounts come to the change of revenue.
    accounts
        code, bucket, revenue_before, revenue, amount, bought_before, bought: the greatest amount first, equal ones
        by code.
    retention
        Of the accounts that bought before.
    """

    window: Window
    before: Window
    revenue: int
    revenue_before: int
    buckets: Mapping[str, Bucket]
    accounts: pa.Table
    retention: Retention

    def balance(self) -> int:
        """Revenue before + new + returned + expansion - contraction - lost - revenue now: 0, or a bug."""
        gained = sum(self.buckets[name].amount for name in GAINS)
        lost = -sum(self.buckets[name].amount for name in LOSSES)
        return self.revenue_before + gained - lost - self.revenue


def bridge_of(facts: Facts, *, window: Window, before: Window | None = None) -> Bridge:
    """Lead from the revenue of one period to that of another (`anahtar.metrics.loss.bridge`).

    Parameters
    ----------
    facts
        Of the ledger as of a day, as accounts are to be told (`grouped`, `by_group`, `continued`).
    window, before
        Whole months; `before` None: the same months a year earlier.

    Raises
    ------
    UnableToCompare
        The ledger begins after the first month of `before`.
    UnableToBridge
        The periods overlap, or the later one is named first.
    """
    before = year_before(window) if before is None else before
    if before.end >= window.start:
        raise UnableToBridge(before, window)
    if facts.months and facts.months[0] > months_of(before).first:
        raise UnableToCompare(before, first_day(facts.months[0]))
    return _led(facts.engine, facts.account_month(), facts.accounts["code"], window, before)


def bridge_within(analysis: Analysis) -> Bridge | None:
    """Lead from the period before to the window of an analysis, by the months it holds: nothing is read again.

    Accounts that go on under another code are lost under the old and new under the new one: only
    `anahtar.analysis.losing.losses.losses` looks for them. None where there is nothing to compare.
    """
    periods = periods_of(analysis.window, analysis.ledger.first_date)
    if periods is None:
        return None
    table = analysis.months
    days = table["month"].combine_chunks()
    numbered = pc.add(pc.multiply(pc.year(days), 12), pc.subtract(pc.month(days), 1))
    months = table.set_column(table.column_names.index("month"), "month", numbered)
    own = analysis.standings.select(["account_id", "code"]).sort_by("account_id")
    with TemporaryDirectory(prefix="anahtar-") as folder, DuckdbEngine([], spill=Path(folder), threads=1) as engine:
        return _led(engine, engine.arrow(months, "account_months"), own["code"], *periods)


def _led(engine: Engine, months: ibis.Table, codes: pa.ChunkedArray, window: Window, before: Window) -> Bridge:
    now, earlier = months_of(window), months_of(before)
    kept = engine.keep(loss_bridge(months, window=now, before=earlier), "loss_bridge")
    rows = engine.rows(kept.order_by(kept.amount.abs().desc(), kept.account_id))
    totals = {row.pop("bucket"): row for row in engine.rows(bucket_totals(kept)).to_pylist()}
    # Not from the buckets: what they come to is held against it.
    sums = engine.rows(_revenues(months, now, earlier)).to_pylist()[0]
    engine.forget("loss_bridge")
    nothing = {"accounts": 0, "credits_only": 0, "revenue_before": 0, "revenue": 0, "amount": 0}
    return Bridge(
        window=window,
        before=before,
        revenue=sums["revenue"] or 0,
        revenue_before=sums["revenue_before"] or 0,
        buckets={name: Bucket(**totals.get(name, nothing)) for name in BUCKETS},
        accounts=pa.table(
            {
                "code": codes.take(rows["account_id"]),
                **{name: rows[name] for name in rows.column_names if name != "account_id"},
            }
        ),
        retention=_retention(rows),
    )


def months_of(window: Window) -> Months:
    """The months of a window as numbers."""
    return Months(number(window.start), number(window.end))


def periods_of(window: Window, first: date) -> tuple[Window, Window] | None:
    """The window and the same a year before; where the ledger is younger, its later and its earlier half.

    None where it holds less than two months up to the window's end: there is nothing to compare.
    """
    if number(year_before(window).start) >= number(first):
        return window, year_before(window)
    last, begin = number(window.end), number(first)
    length = (last - begin + 1) // 2
    if not length:
        return None
    middle = last - length + 1
    return Window(first_day(middle), window.end), Window(first_day(middle - length), _day_before(middle))


def _day_before(month: int) -> date:
    return date.fromordinal(first_day(month).toordinal() - 1)


def _revenues(months: ibis.Table, now: Months, earlier: Months) -> ibis.Table:
    inside = {
        name: (months.month >= span.first) & (months.month <= span.last)
        for name, span in (("revenue", now), ("revenue_before", earlier))
    }
    return months.aggregate(**{name: months.revenue.sum(where=where) for name, where in inside.items()})


def _retention(rows: pa.Table) -> Retention:
    # In the order of the ids: the accounts drawn for an interval must not depend on how rows came back.
    before = rows.filter(rows["bought_before"]).sort_by("account_id")
    return retention(
        before["revenue_before"].to_numpy(),
        before["revenue"].to_numpy(),
        before["bought"].to_numpy().astype(np.bool_),
    )
