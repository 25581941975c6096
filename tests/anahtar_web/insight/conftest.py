"""A house with a ledger and an analysis: read and computed once for all tests, published anew in each."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.utils import timezone

from anahtar.analysis import Analysis, AnalysisOptions, Measure, analyze, keeping
from anahtar.analysis.slicing import make_ground
from anahtar.ledger.files.child import read
from anahtar.ledger.files.limits import Limits
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.store.store import Ledger
from anahtar_web.company.models import Company
from anahtar_web.insight import publishing, slices
from anahtar_web.insight.models import Run
from anahtar_web.insight.portfolio import reckoning
from tests.anahtar_web import reckoned
from tests.anahtar_web.insight import sales
from tests.shared import made_once


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> Path:
    """The data folder, and no count of another test."""
    folder = tmp_path / "data"
    folder.mkdir()
    settings.DATA = folder
    caches["process"].clear()
    return folder


@dataclass(frozen=True)
class Kept:
    """A ledger's folder and its analysis, kept on disk."""

    ledger: Path
    analysis: Analysis
    run: Path


def add(ledger: Ledger, file: Path, options: ReadOptions | None = None) -> None:
    """Import a file."""
    with ledger.staging() as staging:
        draft = read([file], options or ReadOptions(), staging, limits=Limits.for_files([file]))
        ledger.add(draft, staging, made_at="2026-01-05T09:00:00")


def kept(folder: Path, file: Path, options: AnalysisOptions | None = None, *, currency: str = "TRY") -> Kept:
    """Import a file into a ledger of its own and analyse it."""
    ledger = Ledger.create(folder / "ledger")
    add(ledger, file, ReadOptions(currency=currency))
    (folder / "facts").mkdir()
    batches = [(ledger.folder(manifest), manifest) for manifest in ledger.batches()]
    analysis = analyze(batches, options or AnalysisOptions(), workspace=folder / "facts")
    keep(analysis, folder, batches)
    return Kept(folder / "ledger", analysis, folder / "run")


def keep(analysis: Analysis, folder: Path, batches: Any) -> None:
    """Keep all that a run leaves in its folder."""
    keeping.save(analysis, folder / "run")
    ground = make_ground(batches, analysis.options, workspace=folder / "facts", folder=slices.ground_of(folder / "run"))
    slices.prepare(folder / "run", ground, analysis)


@pytest.fixture(scope="session")
def firm(shared_by_all: Path) -> Kept:
    """The small firm of `sales.py`, ranked by profit."""
    return made_once(shared_by_all, "small-firm", _firm)


def _firm(folder: Path) -> Kept:
    (folder / "satis.csv").write_bytes(sales.text())
    return kept(folder, folder / "satis.csv", AnalysisOptions(measure=Measure.PROFIT))


@pytest.fixture(scope="session")
def firm_by_revenue(firm: Kept, shared_by_all: Path) -> Kept:
    """The same firm, ranked by revenue."""
    return made_once(shared_by_all, "small-firm-by-revenue", partial(_by_revenue, firm))


def _by_revenue(firm: Kept, folder: Path) -> Kept:
    ledger = Ledger.open(firm.ledger)
    batches = [(ledger.folder(manifest), manifest) for manifest in ledger.batches()]
    (folder / "facts").mkdir()
    analysis = analyze(batches, AnalysisOptions(measure=Measure.REVENUE), workspace=folder / "facts")
    keep(analysis, folder, batches)
    return replace(firm, analysis=analysis, run=folder / "run")


Publish = Callable[[Kept], Run]


@pytest.fixture
def publish(db: None, data: Path) -> Publish:
    """Show an analysis that was computed before: `run = publish(firm)`."""

    def publish(of: Kept) -> Run:
        shutil.copytree(of.ledger, data / "ledger", dirs_exist_ok=True)
        run = Run.objects.create(started_at=timezone.now())
        shutil.copytree(of.run, publishing.folder_of(run))
        folders = {manifest.batch: data / "ledger" / "batches" / manifest.batch for manifest in of.analysis.batches}
        publishing.follow_ledger(folders, by=None)
        publishing.publish(of.analysis, run, on_rows=lambda done, total: None)
        return run

    return publish


@pytest.fixture
def run(publish: Publish, firm: Kept) -> Run:
    """The firm's run, shown."""
    return publish(firm)


@pytest.fixture
def reckoned_once(shared_by_all: Path) -> Iterator[None]:
    """What a ledger comes to is reckoned by the first test of a run that asks for it (see `reckoned`)."""
    with reckoned.once(shared_by_all / "reckoned"):
        yield


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """Nothing of another test is remembered."""
    yield
    slices.forget()
    reckoning.forget()


@pytest.fixture
def house(db: None) -> Company:
    """The row of the settings, with the thresholds the run was made with."""
    return Company.objects.get_or_create(pk=1)[0]
