"""From the ledger to the standings that pages show."""

import fcntl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anahtar.words import Refusal
from anahtar_web.accounts.queries import merged_codes, said_groups
from anahtar_web.company.queries import analysis_options, company, lapse_criterion
from anahtar_web.insight import alongside, publishing, slices
from anahtar_web.insight.foreseeing import Foreseen, foresee_all
from anahtar_web.insight.models import Run
from anahtar_web.insight.portfolio.periods import offered
from anahtar_web.insight.suspecting import suspect
from anahtar_web.jobs.actions import enqueue
from anahtar_web.jobs.models import Job
from anahtar_web.jobs.told import Sentence, told_of
from anahtar_web.ledgers.queries import ledger

if TYPE_CHECKING:
    from anahtar.analysis import Analysis
    from anahtar.ledger.manifest import Manifest

KIND: Final = "insight.analyse"

Progress = Callable[[Sentence, int | None, int | None], None]

_STAGES: Final[Mapping[str, Any]] = {
    "facts": _("adding up the months"),
    "analysing": _("analysing"),
    "backtest": _("testing on earlier days who would have been foreseen to stay away"),
    "foresight": _("foreseeing who may stay away"),
    "directions": _("foreseeing which directions may fall silent"),
}


def ask_for_analysis(*, by: Any) -> Job:
    """Have the worker analyse the ledger; one request that waits already is enough."""
    return enqueue(KIND, by=by, unless_waiting=True)


def analyse(*, by: Any, on_progress: Progress | None = None, hold: Callable[[], None] | None = None) -> Run | None:
    """Analyse the ledger as it stands and show what was found; None where the ledger holds nothing.

    Until the very end the run before stays the current one, and it stays that when this one is refused or killed.

    Parameters
    ----------
    by
        On whose behalf; None for the program itself.
    on_progress
        Called with a sentence, what is done and its total.
    hold
        Called right before the run takes over; raises where another worker has the job.

    Raises
    ------
    Refusal
        The ledger is damaged or leaves nothing to analyse. The refusal is kept as a run without figures.
    """
    progress = on_progress or _silent
    with _alone():
        publishing.sweep()
        run = Run.objects.create(started_at=timezone.now(), by=by)
        try:
            shown = _run(run, progress, hold or _nothing)
        except Refusal as refusal:
            _keep_refusal(run, refusal)
            raise
        if shown is not None:
            _follow(shown, progress)
        return shown


@dataclass(frozen=True, slots=True)
class _Found:
    """What was reckoned before a row is written."""

    analysis: "Analysis"
    foreseen: Foreseen
    batches: "list[tuple[Path, Manifest]]"
    workspace: Path


def _run(run: Run, progress: Progress, hold: Callable[[], None]) -> Run | None:
    progress(_("checking every byte of the ledger"), None, None)
    opened = ledger()
    opened.verify()
    batches = [(opened.folder(manifest), manifest) for manifest in opened.batches()]
    if not any(manifest.tally.accepted for _folder, manifest in batches):
        _without_ledger(run)
        return None
    found = _analysis(batches, run, progress)
    progress(_("following the ledger's accounts"), None, None)
    publishing.follow_ledger({manifest.batch: folder for folder, manifest in batches}, by=run.by)
    progress(_("comparing accounts that may be one"), None, None)
    suspect(batches, found.analysis)
    hold()

    def beside(accounts: dict[str, int]) -> None:
        _reckon(found, run, accounts, progress)
        hold()

    publishing.publish(
        found.analysis,
        run,
        on_rows=lambda done, total: progress(_("writing the standings"), done, total),
        beside=beside,
    )
    publishing.sweep()
    return run


def _analysis(batches: "list[tuple[Path, Manifest]]", run: Run, progress: Progress) -> _Found:
    from anahtar.analysis import analyze, keeping
    from anahtar.analysis.lapsing import by_criterion
    from anahtar.analysis.slicing import make_ground

    workspace = publishing.runs_folder().parent / "facts"
    workspace.mkdir(exist_ok=True, mode=0o700)

    def on_stage(stage: str, done: int, total: int) -> None:
        progress(_STAGES[stage], done, total)

    # Kept inside the block: the file of criteria is copied into the run's folder, and is gone behind it.
    with analysis_options(company()) as asked:
        by_rhythm = analyze(
            batches,
            replace(asked, merged=merged_codes(), groups=said_groups()),
            workspace=workspace,
            on_progress=on_stage,
        )
        foreseen = foresee_all(
            batches,
            by_rhythm.options,
            as_of=by_rhythm.as_of,
            workspace=workspace,
            criterion=lapse_criterion(company()),
            on_progress=on_stage,
        )
        analysis = by_criterion(by_rhythm, foreseen.accounts, foreseen.codes, criterion=foreseen.criterion)
        folder = publishing.folder_of(run)
        keeping.save(analysis, folder)
    progress(_("adding up for the portfolio"), None, None)
    ground = make_ground(batches, analysis.options, workspace=workspace, folder=slices.ground_of(folder))
    run.first_date, run.as_of = analysis.ledger.first_date, analysis.as_of
    slices.prepare(folder, ground, analysis, [one.window for one in offered(run)])
    return _Found(analysis, foreseen, batches, workspace)


def _reckon(found: _Found, run: Run, accounts: dict[str, int], progress: Progress) -> None:
    """Let the apps above write what they show of this run."""
    for step in alongside.steps():
        if step.reckon is not None:
            progress(step.title, None, None)
            step.reckon(
                alongside.Analysed(
                    run=run,
                    analysis=found.analysis,
                    foreseen=found.foreseen,
                    batches=found.batches,
                    workspace=found.workspace,
                    folder=publishing.folder_of(run),
                    accounts=accounts,
                    on_progress=partial(progress, step.title),
                )
            )


def _follow(run: Run, progress: Progress) -> None:
    """Let the apps above do what follows from the figures now shown; a refusal of theirs is not one of the run."""
    for step in alongside.steps():
        if step.after is not None:
            progress(step.title, None, None)
            step.after(run)


def _without_ledger(run: Run) -> None:
    """The last import was taken back: there is nothing to show any more, and accounts follow."""
    publishing.follow_ledger({}, by=run.by)
    Run.objects.filter(current=True).update(current=False)
    run.delete()
    publishing.sweep()


def _keep_refusal(run: Run, refusal: Refusal) -> None:
    run.refusal = told_of(refusal)
    run.damaged_batch = getattr(refusal, "batch", "")
    run.finished_at = timezone.now()
    run.save()


@contextmanager
def _alone() -> Iterator[None]:
    """Let one analysis follow the other: each takes half the machine's memory, and the last one has to win."""
    with (publishing.runs_folder() / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _silent(sentence: Sentence, done: int | None, total: int | None) -> None:
    """Nobody watches."""


def _nothing() -> None:
    """Nobody else can have it."""
