"""Computing a slice: the metrics of the analysis, over its window and the same months a year earlier."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from anahtar.analysis.classing import cell_of, xyz_of
from anahtar.analysis.collecting import collector_paused
from anahtar.analysis.dates import Dates, dates, first_day, last_day
from anahtar.analysis.measuring import choose
from anahtar.analysis.result import AnalysisOptions, Measure, Window
from anahtar.analysis.slicing.asked import UNDIRECTED, SliceAsked
from anahtar.analysis.slicing.ground import Ground
from anahtar.analysis.slicing.refusals import UnableToSlice
from anahtar.analysis.slicing.slice import SLICE, WORDS_OF, Numbers, Slice, Whole
from anahtar.analysis.standings import growth, trend
from anahtar.analysis.tables import periods
from anahtar.engine import DuckdbEngine, Engine
from anahtar.metrics.abc_class import abc_class
from anahtar.metrics.revenue import Months, spans_long, window_sums
from anahtar.metrics.xyz_class import Periods, regularity

_BELOW_ALL: Final = (-1.0, -1.0)
"""Cuts that no account meets: what is then said of it is its name beyond them."""

_MONEY: Final = ("revenue", "profit", "revenue_with_cost")


def compute(ground: Ground, asked: SliceAsked) -> Slice:
    """See `anahtar.analysis.slicing.slice_of`."""
    with collector_paused(), _engine(ground) as engine:
        return _compute(ground, asked, engine)


def compute_all(ground: Ground, asked: Iterable[SliceAsked]) -> Iterator[Slice]:
    """See `anahtar.analysis.slicing.slices_of`."""
    with _engine(ground) as engine:
        for one in asked:
            with collector_paused():
                found = _compute(ground, one, engine)
            yield found


def _engine(ground: Ground) -> Engine:
    return DuckdbEngine([ground.folder], spill=ground.folder, memory_limit="512MB", threads=1)


def _compute(ground: Ground, asked: SliceAsked, engine: Engine) -> Slice:
    options = AnalysisOptions(as_of=ground.as_of, window=asked.window, period=asked.period)
    frame = dates(options, ground.first_day, ground.as_of)
    measure, _ = choose(asked.measure, ground.coverage)
    months = _months(ground, engine, asked.direction)
    found = Work(engine, months, frame, measure, asked, periods(frame, options)).rows()
    return Slice(
        asked,
        ground.as_of,
        ground.currency,
        frame.window,
        None if frame.year_ago is None else _days(frame.year_ago),
        measure,
        ground.directions,
        _laid_out(found, ground.accounts, frame, measure, asked),
    )


def _days(months: Months) -> Window:
    return Window(first_day(months.first), last_day(months.last))


# The months ------------------------------------------------------------------------------------------------------


def _months(ground: Ground, engine: Engine, direction: str | None) -> ibis.Table:
    """One row per account and month of the lines asked for, with the columns that the metrics read."""
    codes = list(ground.directions)
    if direction and direction not in ground.directions:
        raise UnableToSlice.unknown_direction(direction)
    # Where no line names a direction, those that name none are all.
    if direction is None or not codes:
        ground.verify(ground.months)
        months = engine.files([ground.months], "months")
    else:
        ground.verify(ground.direction_months)
        table = engine.files([ground.direction_months], "direction_months")
        own = table.direction_id.isnull() if direction == UNDIRECTED else table.direction_id == codes.index(direction)
        months = _as_account_months(table.filter(own), every_cost=ground.coverage.complete)
    nothing = ibis.null("int64")
    return months.mutate(ordered=nothing, orders=nothing)


def _as_account_months(lines: ibis.Table, *, every_cost: bool) -> ibis.Table:
    """Months of one direction as months of accounts; a month of positive sum stands for a purchase day."""
    known = lines.profit.notnull().ifelse(lines.revenue, None) if every_cost else ibis.null("int64")
    bought = (lines.revenue > 0).ifelse(1, 0).cast("int64")
    return lines.drop("direction_id").mutate(revenue_with_cost=known, purchase_days=bought)


# The metrics -----------------------------------------------------------------------------------------------------


class Work:
    """The metrics of one slice, joined to one row per account."""

    def __init__(
        self, engine: Engine, months: ibis.Table, frame: Dates, measure: Measure, asked: SliceAsked, parts: Periods
    ) -> None:
        self._engine, self._months, self._frame = engine, months, frame
        self._measure, self._asked, self._periods = measure, asked, parts
        self._spans = [frame.months, *([] if frame.year_ago is None else [frame.year_ago])]
        self._bought = engine.keep(self._purchases(), "bought")

    def rows(self) -> pa.Table:
        """One row per account; columns of a year ago end in _year_ago, and are missing where that is unknown."""
        spans, months = self._spans, self._months
        since = min(self._frame.last12.first, *(span.first for span in spans))
        sums = self._engine.keep(self._sums(months.filter(months.month >= since), self._frame.months, spans), "sums")
        classes = self._engine.keep(
            abc_class(spans_long(sums, spans), cuts=self._asked.abc_cuts, by=("span",)), "classes"
        )
        parts = [
            self._bought.select("account_id", "first_month"),
            sums,
            classes.filter(classes.span == 0).drop("span", "value"),
            self._regularity(self._periods, "now"),
        ]
        if self._frame.year_ago is not None:
            parts += self._year_ago(self._frame.year_ago, classes)
        # Side by side here and not by the engine: joining and sorting rows so wide costs it more than all the sums.
        return _beside([self._engine.rows(part) for part in parts])

    def _year_ago(self, window: Months, classes: ibis.Table) -> list[ibis.Table]:
        months = self._months
        inside = months.filter(months.month >= window.first, months.month <= window.last)
        shifted = Periods(self._periods.first_month - 12, self._periods.last_month - 12, self._periods.span)
        return [
            _named(self._sums(inside, window, [])),
            _named(classes.filter(classes.span == 1).select("account_id", "abc")),
            _named(self._regularity(shifted, "then")),
        ]

    def _sums(self, months: ibis.Table, window: Months, spans: Sequence[Months]) -> ibis.Table:
        told = window_sums(months, window=window, full_to=self._frame.full_to, measure=self._measure.value, spans=spans)
        # What is not named is not summed.
        kept = [name for name in told.columns if spans and name.startswith(("month_", "span_"))]
        return told.select("account_id", *_MONEY, "lines", *kept)

    def _purchases(self) -> ibis.Table:
        """First month of each account, and its purchases up to now and up to the end of the window a year ago."""
        months, year_ago = self._months, self._frame.year_ago
        ends = {"now": None, **({} if year_ago is None else {"then": year_ago.last})}
        bought = months.purchase_days > 0
        columns = {"first_month": months.month.min()}
        for when, end in ends.items():
            inside = bought if end is None else bought & (months.month <= end)
            columns[f"first_{when}"] = months.month.min(where=inside)
            columns[f"days_{when}"] = months.purchase_days.sum(where=inside)
        return months.group_by("account_id").agg(**columns)

    def _regularity(self, parts: Periods, when: str) -> ibis.Table:
        """Regularity by what was known `now` or `then`: a purchase day lies in the month that is known of it."""
        first = self._bought[f"first_{when}"]
        rhythm = self._bought.select(
            "account_id",
            purchase_days=self._bought[f"days_{when}"],
            first_purchase=ibis.date(first // 12, first % 12 + 1, 1),
        )
        return regularity(
            self._months,
            rhythm,
            periods=parts,
            measure=self._measure.value,
            ledger_from=self._frame.ledger_from,
            cuts=_BELOW_ALL,
        )


def _named(table: ibis.Table) -> ibis.Table:
    return table.rename({f"{name}_year_ago": name for name in table.columns if name != "account_id"})


def _beside(parts: Sequence[pa.Table]) -> pa.Table:
    """Join tables by account_id to the rows of the first; by rank, then the unranked in the order of their ids."""
    ids = parts[0]["account_id"].to_numpy()
    ids = ids[np.lexsort((ids, _ranks(parts, ids)))]
    columns = {"account_id": pa.array(ids)}
    for part in parts:
        at = _rows_of(part, ids)
        rows = pa.array(at, mask=at < 0)
        columns |= {name: part[name].take(rows) for name in part.column_names if name != "account_id"}
    return pa.table(columns)


def _ranks(parts: Sequence[pa.Table], ids: Whole) -> Whole:
    """The rank of each account, the greatest number where it has none."""
    part = next(part for part in parts if "rank" in part.column_names)
    at = _rows_of(part, ids)
    ranks: Whole = part["rank"].take(pa.array(at, mask=at < 0)).fill_null(np.iinfo(np.int64).max).to_numpy()
    return ranks


def _rows_of(part: pa.Table, ids: Whole) -> Whole:
    """The row of each account in a table, -1 where it has none."""
    rows = np.full(ids.max(initial=-1) + 1, -1, np.int64)
    rows[part["account_id"].to_numpy()] = np.arange(part.num_rows)
    found: Whole = rows[ids]
    return found


# Laying out ------------------------------------------------------------------------------------------------------


def _laid_out(found: pa.Table, accounts: pa.Table, frame: Dates, measure: Measure, asked: SliceAsked) -> pa.Table:
    """The columns of `SLICE`."""
    for name in (f"month_{at:02}" for at in range(12)):
        # An account without a line since then bought for nothing.
        found = found.set_column(found.column_names.index(name), name, found[name].fill_null(0))
    columns = {name: found[name] for name in SLICE.names if name in found.column_names}
    columns |= {name: accounts[name].take(found["account_id"]) for name in ("code", "name")}
    columns |= _money_of_a_year_ago(found, frame)
    columns["value"] = found[measure.value]
    columns["change"] = growth(columns["value"], columns["value_year_ago"])
    columns["trend"] = trend(found, frame)
    columns |= _classes(found, asked)
    columns["last12"] = _twelve(found)
    return pa.table([_one(columns[name], SLICE.field(name)) for name in SLICE.names], schema=SLICE)


def _money_of_a_year_ago(found: pa.Table, frame: Dates) -> dict[str, pa.Array]:
    names = ("revenue_year_ago", "profit_year_ago", "revenue_with_cost_year_ago", "value_year_ago")
    if frame.year_ago is None:
        return {name: pa.nulls(found.num_rows, pa.int64()) for name in names}
    # Without a line then it bought for nothing; with lines but no cost its profit stays unknown.
    absent = found["lines_year_ago"].is_null()
    told = {name: pc.if_else(absent, 0, found[name]) for name in names[:3]}
    return {**told, "value_year_ago": found["span_1"].fill_null(0)}


def _classes(found: pa.Table, asked: SliceAsked) -> dict[str, pa.Array]:
    now = _judged(found, "", asked)
    if "abc_year_ago" in found.column_names:
        then = _judged(found, "_year_ago", asked)
    else:
        nothing = np.full(found.num_rows, -1, np.int8)
        then = {f"{name}_year_ago": nothing for name in ("abc", "xyz", "cell")}
    told = {name: _words(numbers, name) for name, numbers in {**now, **then}.items() if name in WORDS_OF}
    ranked = pa.array((now["abc"] >= 0) & (now["abc"] < 3))
    return {**told, "cv": pc.if_else(ranked, found["cv"], pa.scalar(None, pa.float64()))}


def _judged(found: pa.Table, when: str, asked: SliceAsked) -> dict[str, Numbers]:
    """Numbers of the words of abc, xyz, xyz_beyond and cell; ranked accounts alone have the last three."""
    abc = _numbers(found[f"abc{when}"], "abc")
    # Ranked, but with lines only in months that no whole period holds: there is nothing to judge.
    beyond = _numbers(found[f"xyz{when}"].fill_null("undefined"), "xyz")
    beyond = np.where((abc >= 0) & (abc < 3), beyond, -1).astype(np.int8)
    cv = found[f"cv{when}"].fill_null(float("nan")).to_numpy()
    xyz = xyz_of(beyond, cv, asked.xyz_cuts)
    return {
        f"abc{when}": abc,
        f"xyz{when}": xyz,
        f"xyz_beyond{when}": beyond,
        f"cell{when}": cell_of(abc, xyz),
    }


def _numbers(column: pa.ChunkedArray, name: str) -> Numbers:
    found = pc.index_in(column, value_set=pa.array(WORDS_OF[name]))
    numbers: Numbers = found.fill_null(-1).to_numpy().astype(np.int8)
    return numbers


def _words(numbers: Numbers, name: str) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(numbers, mask=numbers < 0), pa.array(WORDS_OF[name]))


def _twelve(found: pa.Table) -> pa.Array:
    months = np.stack([found[f"month_{at:02}"].to_numpy() for at in range(12)], axis=1)
    return pa.FixedSizeListArray.from_arrays(pa.array(months.reshape(-1)), 12)


def _one(column: pa.ChunkedArray | pa.Array, field: pa.Field) -> pa.Array:
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return whole if whole.type == field.type else whole.cast(field.type)
