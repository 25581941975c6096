"""Making the ground of slices out of the facts of a ledger."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from anahtar.analysis import totals
from anahtar.analysis.dates import Dates, dates
from anahtar.analysis.measuring import Coverage
from anahtar.analysis.result import AnalysisOptions
from anahtar.analysis.slicing.ground import ACCOUNTS, Ground, UnableToKeepGround, keep
from anahtar.engine import DuckdbEngine, Engine
from anahtar.facts.building import build_facts
from anahtar.facts.facts import Facts
from anahtar.facts.months import sums
from anahtar.ledger.manifest import Manifest
from anahtar.ledger.store import durable
from anahtar.metrics.revenue import cost_coverage

_MONTHS = ("account_id", "month", "revenue", "profit", "revenue_with_cost", "purchase_days", "lines")


def make(
    batches: Sequence[tuple[Path, Manifest]], options: AnalysisOptions, *, workspace: Path, folder: Path
) -> Ground:
    """See `anahtar.analysis.slicing.make_ground`."""
    if folder.exists():
        raise UnableToKeepGround(folder)
    ledger = totals.ledger_totals([manifest for _, manifest in batches], customers=0)
    frame = dates(options, ledger.first_date, ledger.last_date)
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    try:
        ground = _written([batch for batch, _ in batches], options, frame, ledger.currency, workspace, unfinished)
        durable.move_folder(unfinished, folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return replace(ground, folder=folder)


def _written(
    batches: Sequence[Path], options: AnalysisOptions, frame: Dates, currency: str, workspace: Path, folder: Path
) -> Ground:
    with DuckdbEngine([*batches, workspace, folder], spill=workspace / "spill", threads=1) as engine:
        facts = build_facts(
            batches, workspace / "facts", as_of=frame.as_of, engine=engine, merged=options.merged
        ).grouped(options.groups)
        if options.by_group:
            facts = facts.by_group()
        ground = Ground(
            folder,
            facts.accounts.select(ACCOUNTS.names).cast(ACCOUNTS),
            dict(zip(*(facts.directions[name].to_pylist() for name in ("code", "name")), strict=True)),
            frame.first_day,
            frame.as_of,
            currency,
            Coverage.of(engine.rows(cost_coverage(facts.account_month()))),
        )
        _write_months(facts, engine, ground)
    return keep(ground)


def _write_months(facts: Facts, engine: Engine, ground: Ground) -> None:
    # By account: its months are then read one after the other, and summing them stays in the processor's cache.
    months = facts.account_month().select(*_MONTHS).order_by("account_id", "month")
    engine.write(engine.statement(months), ground.months)
    directed = facts.direction_month()
    if directed is not None:
        # Added up also where a row is an account's already: under groups several may be one account's.
        keys = ("direction_id", "account_id", "month")
        told = directed.group_by(*keys).agg(**sums(directed, "revenue", "profit", "lines")).order_by(*keys)
        engine.write(engine.statement(told), ground.direction_months)
