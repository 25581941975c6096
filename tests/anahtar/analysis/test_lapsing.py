"""States by the company's criterion: taken from a foresight, whatever the order of its rows, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from anahtar.analysis import Analysis, AnalysisOptions, analyze
from anahtar.analysis.lapsing import by_criterion
from anahtar.engine import DuckdbEngine
from anahtar.forecast.foresight import Foresight, foresee
from anahtar.forecast.ledger import ledger_purchases
from anahtar.forecast.models import Kind
from anahtar.forecast.shutdowns import Shutdowns
from anahtar.ledger.manifest import Manifest
from anahtar.rules.lapse_criterion import Criterion, LapseCriterion
from anahtar.words import Words
from tests.anahtar.ledgers import manifest_of, rows_of, write_batch

Batches = list[tuple[Path, Manifest]]
RHYTHM = LapseCriterion(Criterion.RHYTHM)
TAKEN = {"state", "expected_by", "days_late"}


@dataclass(frozen=True)
class Found:
    """An analysis by the rhythm, and where its ledger is."""

    analysis: Analysis
    batches: Batches
    workspace: Path

    def foresight(self, by: LapseCriterion, closed: Shutdowns | None = None) -> tuple[Foresight, Sequence[str]]:
        as_of = self.analysis.as_of
        known = ledger_purchases(self.batches, as_of=as_of, workspace=self.workspace)
        with DuckdbEngine([self.workspace], spill=self.workspace / "spill", threads=1) as engine:
            told = foresee(known.purchases, as_of=as_of, engine=engine, criterion=by, kind=Kind.MBG, closed=closed)
        return told, known.accounts["code"].to_pylist()

    def by(self, criterion: LapseCriterion) -> Analysis:
        told, codes = self.foresight(criterion)
        return by_criterion(self.analysis, told, codes, criterion=criterion)


def found(batches: Batches, folder: Path) -> Found:
    return Found(analyze(batches, AnalysisOptions(), workspace=folder), batches, folder)


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Forty accounts buying all through two years, somebody every day, some of them silent since; one of returns.

    So there is neither a shutdown nor a season, and a model is fitted.
    """
    folder = tmp_path_factory.mktemp("steady")
    lines = [
        (date.fromordinal(day).isoformat(), f"c{who:02}", f"{100 + who}.00")
        for who in range(40)
        for day in range(date(2023, 1, 1).toordinal() + who, date(2024, 12, 31).toordinal() - 9 * (who % 13), 5 + who)
    ]
    lines.append(("2024-03-03", "never", "-50.00"))
    text = "sold_on customer amount\n" + "\n".join(" ".join(line) for line in lines)
    batch = write_batch(folder / "batch", rows_of(text))
    return found([(batch, manifest_of(batch))], folder / "work")


@pytest.fixture(scope="module")
def demo(demo_batches: Batches, tmp_path_factory: pytest.TempPathFactory) -> Found:
    return found(demo_batches, tmp_path_factory.mktemp("work"))


def rest(table: pa.Table) -> pa.Table:
    return table.drop_columns(sorted(TAKEN))


def test_by_the_rhythm_it_is_the_very_same_analysis_where_nothing_was_shut_and_nobody_has_a_season(
    steady: Found,
) -> None:
    told, _codes = steady.foresight(RHYTHM)
    assert not told.closed.runs
    assert not pc.any(told.table["seasonal"]).as_py()
    again = steady.by(RHYTHM)
    assert len({state for state, n in again.silence.items() if n}) >= 4
    for field in fields(Analysis):
        if field.name in ("lapse", "silences"):
            continue
        assert getattr(again, field.name) == getattr(steady.analysis, field.name), field.name


@pytest.mark.long
def test_on_the_demo_only_shutdowns_and_seasons_make_the_rhythm_say_otherwise(demo: Found) -> None:
    """Shutdowns told as none, the only accounts that stand otherwise are those with a season."""
    told, codes = demo.foresight(RHYTHM, closed=Shutdowns(()))
    again = by_criterion(demo.analysis, told, codes, criterion=RHYTHM)
    own, new = demo.analysis.standings, again.standings
    seasonal = {codes[row["account_id"]] for row in told.table.to_pylist() if row["seasonal"]}
    otherwise = {
        code
        for name in TAKEN
        for code, before, after in zip(
            own["code"].to_pylist(), own[name].to_pylist(), new[name].to_pylist(), strict=True
        )
        if before != after
    }
    assert otherwise
    assert otherwise <= seasonal


def test_the_order_of_the_foresight_changes_nothing(steady: Found) -> None:
    by = LapseCriterion(Criterion.COMBINED)
    told, codes = steady.foresight(by)
    order = np.random.default_rng(7).permutation(told.table.num_rows)
    mixed = replace(told, table=told.table.take(pa.array(order)), evidence=[told.evidence[at] for at in order])
    one, other = (by_criterion(steady.analysis, this, codes, criterion=by) for this in (told, mixed))
    assert one.standings == other.standings
    assert one.silence == other.silence


@pytest.mark.parametrize("kind", list(Criterion))
def test_states_are_those_of_the_foresight_and_all_else_stays(steady: Found, kind: Criterion) -> None:
    by = LapseCriterion(kind)
    told, codes = steady.foresight(by)
    again = by_criterion(steady.analysis, told, codes, criterion=by)
    rows = {codes[row["account_id"]]: row for row in told.table.to_pylist()}
    for row in again.standings.to_pylist():
        if row["code"] == "never":
            assert (row["state"], row["expected_by"]) == ("never", None)
        else:
            assert {name: row[name] for name in TAKEN} == {name: rows[row["code"]][name] for name in TAKEN}
    assert rest(again.standings) == rest(steady.analysis.standings)
    assert again.standings.schema == steady.analysis.standings.schema
    assert sum(again.silence.values()) == again.standings.num_rows == 41


def test_each_criterion_says_in_the_method_how_it_tells_states(steady: Found) -> None:
    english = Words("en")
    said = {}
    for kind in Criterion:
        lines = {
            english(one.topic): english(one.setting) for one in steady.by(LapseCriterion(kind, 60, 0.4, 0.7)).method
        }
        said[kind] = lines["State"]
    assert said[Criterion.FLAT].startswith("60 days of silence are allowed to everybody: lapsed beyond them")
    assert said[Criterion.FLAT].endswith("watch beyond 30, at risk beyond 40, lost beyond 365")
    assert "at risk from 40 %, lapsed from 70 %" in said[Criterion.PROBABILITY]
    assert "lapsed from 70 % or beyond 3 expected intervals" in said[Criterion.COMBINED]
    assert said[Criterion.RHYTHM].startswith("watch beyond the own 95th percentile (30 days at least)")


@pytest.mark.long
def test_the_days_on_which_nobody_bought_are_said_in_notes_and_method(demo: Found) -> None:
    again = demo.by(RHYTHM)
    notes = [str(note) for note in again.notes[len(demo.analysis.notes) :]]
    assert notes
    assert all(note.startswith("Nobody bought from") for note in notes)
    assert str(again.method[-1].topic) == "Shutdowns and seasons"
