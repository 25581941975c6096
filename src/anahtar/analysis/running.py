"""Running an analysis, step by step."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from anahtar.analysis import totals
from anahtar.analysis.asking import Background
from anahtar.analysis.collecting import collector_paused
from anahtar.analysis.dates import Dates, dates, first_day
from anahtar.analysis.measuring import Coverage, choose
from anahtar.analysis.method import method
from anahtar.analysis.notes import notes, unlisted
from anahtar.analysis.result import (
    KEY_BAND,
    Analysis,
    AnalysisOptions,
    Base,
    Choice,
    ClassTotal,
    Concentration,
    LedgerTotals,
)
from anahtar.analysis.standings import figures, standings
from anahtar.analysis.tables import Tables, build_tables, periods
from anahtar.analysis.traits import surroundings
from anahtar.analysis.verdicts import NAMED, large_year, states, verdicts
from anahtar.engine import HERE, holding, start
from anahtar.facts.building import build_facts
from anahtar.facts.facts import Facts
from anahtar.ledger.manifest import Manifest
from anahtar.ledger.schema import PROBLEMS
from anahtar.metrics.revenue import cost_coverage
from anahtar.rules.criteria import Criteria, read_criteria
from anahtar.words import Message

Progress = Callable[[str, int, int], None]

_STEPS = 3


def run(
    batches: Sequence[tuple[Path, Manifest]],
    options: AnalysisOptions,
    *,
    workspace: Path,
    on_progress: Progress,
    where: str = HERE,
) -> Analysis:
    """See `anahtar.analysis.analyze`."""
    with collector_paused(), holding(where):
        return _run(batches, options, workspace, on_progress, where)


def _run(
    batches: Sequence[tuple[Path, Manifest]],
    options: AnalysisOptions,
    workspace: Path,
    on_progress: Progress,
    where: str,
) -> Analysis:
    # First what can be refused without reading a line.
    criteria = read_criteria(options.criteria) if options.criteria is not None else Criteria()
    folders = [folder for folder, _ in batches]
    manifests = [manifest for _, manifest in batches]
    ledger = totals.ledger_totals(manifests, customers=0)
    frame = dates(options, ledger.first_date, ledger.last_date)
    # One thread for each statement: a second one costs a third more, and the facts run statements side by side.
    with start([*folders, workspace], spill=workspace / "spill", where=where, threads=1) as engine:
        facts = build_facts(
            folders,
            workspace / "facts",
            as_of=frame.as_of,
            engine=engine,
            on_month=lambda done, total: on_progress("facts", done, total),
            merged=options.merged,
        )
    # A second engine: what the first holds on to after the lines is a tenth of the peak, starting one costs nothing.
    with start([workspace], spill=workspace / "spill", where=where, threads=1) as engine:
        facts = replace(facts, engine=engine).grouped(options.groups)
        ledger = totals.ledger_totals(manifests, customers=facts.accounts.num_rows)
        if options.by_group:
            facts = facts.by_group()
        settled = _Run(options, criteria, frame, ledger, manifests, facts, on_progress)
        tables = build_tables(facts, frame, settled.measure, options)
        settled.step(1)
    # The engine's memory is given back before the rules take theirs.
    return _analysis(settled, tables, _problems(folders))


class _Run:
    """What is settled before the metrics run."""

    def __init__(
        self,
        options: AnalysisOptions,
        criteria: Criteria,
        frame: Dates,
        ledger: LedgerTotals,
        manifests: Sequence[Manifest],
        facts: Facts,
        on_progress: Progress,
    ) -> None:
        self.options, self.criteria, self.frame = options, criteria, frame
        self.ledger, self.manifests, self.facts, self.on_progress = ledger, manifests, facts, on_progress
        self.coverage = Coverage.of(facts.engine.rows(cost_coverage(facts.account_month())))
        self.measure, self.measure_reason = choose(options.measure, self.coverage)
        self.periods = periods(frame, options)

    def step(self, done: int) -> None:
        self.on_progress("analysing", done, _STEPS)


def _analysis(run: _Run, tables: Tables, problems: pa.Table) -> Analysis:
    frame, options, facts = run.frame, run.options, run.facts
    columns = figures(tables.accounts, facts.accounts, frame, run.measure)
    found = tables.accounts
    for name in ("code", "name", "change"):
        found = found.append_column(name, columns[name])
    said = verdicts(found, _background(run, tables))
    run.step(2)
    table = standings(columns, {**states(found, frame, tables.base_interval), **said.columns})
    concentration = totals.concentration(
        tables.concentration.to_pylist()[0], _named(tables.dependences, facts.accounts["code"].to_pylist())
    )
    abc = totals.class_totals(table)
    analysis = Analysis(
        options=options,
        as_of=frame.as_of,
        window=frame.window,
        measure=run.measure,
        measure_reason=run.measure_reason,
        ledger=run.ledger,
        batches=run.manifests,
        problems=problems,
        standings=table,
        months=_months(tables.months),
        directions=_directions(tables.directions, facts.directions),
        abc=abc,
        xyz=totals.regularities(table),
        cells=totals.cells(table),
        migration=totals.moves(tables.moves, frame),
        concentration=concentration,
        group_concentration=_group_concentration(tables),
        key_share=totals.key_share(table),
        key_band=KEY_BAND,
        key_accounts=said.accounts,
        silence=totals.silences(table),
        base=Base(tables.base_interval, totals.value_year_ago(table)),
        notes=[*_notes(run, abc, concentration), *unlisted(len(said.further), NAMED)],
        method=_method(run, tables),
        further_accounts=said.further,
    )
    run.step(3)
    return analysis


def _background(run: _Run, tables: Tables) -> Background:
    facts = run.facts
    return Background(
        dates=run.frame,
        measure=run.measure,
        criteria=run.criteria,
        currency=run.ledger.currency,
        large=large_year(tables.accounts, run.criteria.prospective_percentile),
        surroundings=surroundings(
            tables.accounts, facts.accounts, tables.directions, facts.directions["name"].to_pylist()
        ),
    )


def _notes(run: _Run, abc: Mapping[str, ClassTotal], concentration: Concentration) -> Sequence[Message]:
    return notes(
        dates=run.frame,
        months=run.facts.months,
        ledger=run.ledger,
        coverage=run.coverage,
        measure=run.measure,
        concentration=concentration,
        periods=run.periods,
        nonpositive=abc["N"].customers,
        customers=sum(one.customers for one in abc.values()),
    )


def _method(run: _Run, tables: Tables) -> Sequence[Choice]:
    return method(
        options=run.options,
        dates=run.frame,
        ledger=run.ledger,
        measure_reason=run.measure_reason,
        measure=run.measure,
        periods=run.periods,
        criteria=run.criteria,
        base_interval=tables.base_interval,
    )


def _problems(folders: Sequence[Path]) -> pa.Table:
    paths = [path for folder in folders if (path := folder / "problems.parquet").exists()]
    return pa.concat_tables([PROBLEMS.empty_table(), *(pq.read_table(path, schema=PROBLEMS) for path in paths)])


def _months(months: pa.Table) -> pa.Table:
    numbers = months["month"].combine_chunks().dictionary_encode()
    days = pa.array([first_day(number) for number in numbers.dictionary.to_pylist()], pa.date32())
    return months.set_column(months.column_names.index("month"), "month", days.take(numbers.indices))


def _directions(directions: pa.Table, names: pa.Table) -> pa.Table:
    """Names in place of ids; lines without a direction keep an empty name."""
    said = pa.array([*names["name"].to_pylist(), ""], pa.string())
    places = directions["direction_id"].fill_null(names.num_rows)
    return pa.table(
        {
            "account_id": directions["account_id"],
            "direction": said.take(places.combine_chunks()),
            "revenue": directions["revenue"],
            "revenue_year_ago": directions["revenue_year_ago"],
        }
    )


def _group_concentration(tables: Tables) -> Concentration | None:
    if tables.group_concentration is None or tables.group_dependences is None:
        return None
    return totals.concentration(
        tables.group_concentration.to_pylist()[0], _named(tables.group_dependences, tables.group_codes)
    )


def _named(dependences: pa.Table, codes: Sequence[str]) -> list[tuple[str, float]]:
    ids, shares = dependences["account_id"].to_pylist(), dependences["share"].to_pylist()
    return [(codes[account], share) for account, share in zip(ids, shares, strict=True)]
