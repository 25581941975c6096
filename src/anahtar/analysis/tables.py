"""Running the metrics: from facts to Arrow tables, one row per account, month, direction or move."""

from dataclasses import dataclass

import ibis
import pyarrow as pa

from anahtar.analysis.dates import Dates
from anahtar.analysis.result import AnalysisOptions, Measure
from anahtar.analysis.spans import Spans
from anahtar.engine import Engine
from anahtar.facts.facts import Facts
from anahtar.metrics import concentration as concentrations
from anahtar.metrics.abc_class import abc_class, class_borders, letter
from anahtar.metrics.demand import demand_pattern
from anahtar.metrics.directions import directions
from anahtar.metrics.migration import ends, migration
from anahtar.metrics.revenue import group_values, largest_orders, spans_long, window_sums
from anahtar.metrics.rhythm import base_interval, rhythm
from anahtar.metrics.stability import stability
from anahtar.metrics.xyz_class import Periods, regularity


@dataclass(frozen=True, slots=True)
class Tables:
    """What the metrics found, as Arrow tables; columns are described with the metrics.

    Parameters
    ----------
    accounts
        One row per account with a line up to the as-of day, by rank, then the unranked by code.
    months
        account_id, month (number), revenue, profit, orders; oldest first.
    directions
        account_id, direction_id, revenue, revenue_year_ago; without rows where the ledger names no directions.
    moves
        step, before, after, customers, amount.
    concentration, group_concentration
        One row each; the latter None where the ledger names no groups.
    dependences
        account_id, share of the accounts the company depends on.
    group_dependences
        The same for groups: account_id is the place of the group in `group_codes`.
    base_interval
        Median of the accounts' own mean gaps, in days; None where nobody bought on three days.
    """

    accounts: pa.Table
    months: pa.Table
    directions: pa.Table
    moves: pa.Table
    concentration: pa.Table
    dependences: pa.Table
    group_concentration: pa.Table | None
    group_dependences: pa.Table | None
    group_codes: list[str]
    base_interval: float | None


def build_tables(facts: Facts, dates: Dates, measure: Measure, options: AnalysisOptions) -> Tables:
    """Run every metric of the analysis on the facts of a ledger."""
    work = _Work(facts, dates, measure, options)
    groups = _groups(facts.accounts)
    # Small results first; the tables they need are dropped before the large ones are fetched.
    moves = work.moves()
    concentration = work.rows(concentrations.concentration(work.window_classes))
    dependences = work.rows(concentrations.dependences(work.window_classes))
    group_concentration = work.group_rows(groups, "concentration")
    group_dependences = work.group_rows(groups, "dependences")
    interval = work.rows(base_interval(work.rhythm))["days"][0].as_py()
    accounts = work.accounts()
    work.forget()
    return Tables(
        accounts=accounts,
        months=work.shown_months(),
        directions=work.directions(),
        moves=moves,
        concentration=concentration,
        dependences=dependences,
        group_concentration=group_concentration,
        group_dependences=group_dependences,
        group_codes=groups[1],
        base_interval=interval,
    )


def periods(dates: Dates, options: AnalysisOptions) -> Periods:
    """The periods of regularity: the window's whole months (a cut last month is no period)."""
    whole = dates.full_to if dates.full_to >= dates.months.first else dates.months.last
    return Periods(dates.months.first, min(dates.months.last, whole), options.period.value)


def _groups(accounts: pa.Table) -> tuple[pa.Table, list[str]]:
    """Account id and the place of its group among the group codes; an account without group is one of its own."""
    own = zip(accounts["code"].to_pylist(), accounts["group_code"].to_pylist(), strict=True)
    codes = [group if group is not None else code for code, group in own]
    distinct = sorted(set(codes))
    place = {code: at for at, code in enumerate(distinct)}
    ids = pa.array([place[code] for code in codes], pa.int32())
    return pa.table({"account_id": accounts["account_id"], "group_id": ids}), distinct


class _Work:
    """The tables that several results read, each kept once in the engine."""

    def __init__(self, facts: Facts, dates: Dates, measure: Measure, options: AnalysisOptions) -> None:
        self._facts, self._dates, self._measure, self._options = facts, dates, measure, options
        self._engine: Engine = facts.engine
        self._spans = Spans.of(dates)
        self._months = facts.account_month()
        keep = self._engine.keep
        self.rhythm = keep(rhythm(facts.account_day(), as_of=dates.as_of), "rhythm")
        self._sums = keep(self._window_sums(), "sums")
        long = spans_long(self._sums, self._spans.all)
        self._classes = keep(abc_class(long, cuts=options.abc_cuts, by=("span",)), "classes")
        self.window_classes = keep(self._classes.filter(self._classes.span == 0), "window_classes")
        self._placed = keep(self._place(), "placed")
        self._engine.forget("sums", "classes")

    def rows(self, expression: ibis.Table) -> pa.Table:
        return self._engine.rows(expression)

    def forget(self) -> None:
        """Drop what was kept: its accounts are fetched."""
        self._engine.forget("rhythm", "window_classes", "placed")

    def accounts(self) -> pa.Table:
        placed = self._placed
        rhythm = self.rhythm.rename(all_purchase_days="purchase_days")
        parts = [
            rhythm,
            self._regularity(),
            self._demand(),
            class_borders(self.window_classes),
            stability(placed, cuts=self._options.abc_cuts, shifts=self._spans.shifts),
            largest_orders(self._facts.account_day(), since=self._dates.last12.last - 5, until=self._dates.last12.last),
        ]
        # One flat join and one selection: a selection after each join is compiled eight times over, which costs a
        # small ledger more than all its figures.
        joined = placed
        for at, part in enumerate(parts):
            joined = joined.left_join(part, placed.account_id == part.account_id, rname=f"{{name}}_of_{at}")
        # Of the spans the standings show the window's own and the one a year ago.
        spans = {f"span_{at}" for at in range(1, len(self._spans.all)) if at != self._spans.year_ago}
        names = [name for name in placed.columns if name not in spans]
        names += [name for part in parts for name in part.columns if name != "account_id"]
        told = joined.select(*names)
        return self.rows(told.order_by(told["rank"].isnull(), told["rank"], told.account_id))

    def shown_months(self) -> pa.Table:
        months = self._months
        return self.rows(
            months.select("account_id", "month", "revenue", "profit", "orders").order_by("month", "account_id")
        )

    def directions(self) -> pa.Table:
        table = self._facts.direction_month()
        if table is None:
            return pa.table(
                {
                    "account_id": pa.array([], pa.int32()),
                    "direction_id": pa.array([], pa.int32()),
                    "revenue": pa.array([], pa.int64()),
                    "revenue_year_ago": pa.array([], pa.int64()),
                }
            )
        return self.rows(directions(table, window=self._dates.months, year_ago=self._dates.year_ago))

    def moves(self) -> pa.Table:
        return self.rows(migration(self._placed, spans=self._spans.month_ends).order_by("step", "before", "after"))

    def group_rows(self, groups: tuple[pa.Table, list[str]], name: str) -> pa.Table | None:
        if not self._facts.accounts["group_code"].null_count < self._facts.accounts.num_rows:
            return None
        table = self._engine.arrow(groups[0], "account_groups")
        values = group_values(self.window_classes.select("account_id", "value"), table)
        classes = abc_class(values, cuts=self._options.abc_cuts)
        measured = {"concentration": concentrations.concentration, "dependences": concentrations.dependences}
        return self.rows(measured[name](classes))

    def _window_sums(self) -> ibis.Table:
        return window_sums(
            self._months,
            window=self._dates.months,
            full_to=self._dates.full_to,
            measure=self._measure.value,
            spans=self._spans.all,
        )

    def _place(self) -> ibis.Table:
        """One row per account: its sums, its place in the window, and its class in every span."""
        classes, spans = self._classes, self._spans
        own = classes.span == 0
        columns = {name: classes[name].max(where=own) for name in ("rank", "share", "cumulative_share")}
        columns |= {f"above_{at}": classes.share_above.max(where=classes.span == at) for at in range(len(spans.all))}
        if spans.year_ago is not None:
            columns["share_year_ago"] = classes.share.max(where=classes.span == spans.year_ago)
        wide = classes.group_by("account_id").agg(**columns)
        joined = self._sums.left_join(wide, "account_id").drop("account_id_right")
        # The class follows from value and share: told anew, not laid out, which costs three times as much for texts.
        letters = {
            f"abc_{at}": letter(joined[f"span_{at}"], joined[f"above_{at}"], self._options.abc_cuts)
            for at in range(len(spans.all))
        }
        classed = joined.mutate(**letters)
        told = classed.mutate(**ends(classed, spans=spans.month_ends, last_month=self._dates.full_to))
        hidden = {f"abc_{at}" for at in range(1, len(spans.all)) if at != spans.year_ago}
        hidden |= {f"above_{at}" for at in range(len(spans.all)) if at not in spans.shifts.values()}
        return told.drop(*hidden)

    def _regularity(self) -> ibis.Table:
        return regularity(
            self._months,
            self.rhythm,
            periods=periods(self._dates, self._options),
            measure=self._measure.value,
            ledger_from=self._dates.ledger_from,
            cuts=self._options.xyz_cuts,
        )

    def _demand(self) -> ibis.Table:
        told = periods(self._dates, self._options)
        return demand_pattern(
            self._months, first_month=told.first_month, last_month=told.last_month, measure=self._measure.value
        ).select("account_id", "demand")
