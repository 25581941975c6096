"""The analysis of a ledger: `analyze` makes it, `Analysis` is all it found.

Importing this package is cheap; the engine and the metrics are imported when an analysis runs.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from anahtar.analysis.refusals import UnableToAnalyze
from anahtar.analysis.result import (
    STANDINGS,
    Analysis,
    AnalysisOptions,
    Asked,
    Base,
    Cell,
    Choice,
    ClassTotal,
    Concentration,
    KeyAccount,
    LedgerTotals,
    Measure,
    Move,
    Span,
    Window,
)
from anahtar.ledger.manifest import Manifest

__all__ = [
    "STANDINGS",
    "Analysis",
    "AnalysisOptions",
    "Asked",
    "Base",
    "Cell",
    "Choice",
    "ClassTotal",
    "Concentration",
    "KeyAccount",
    "LedgerTotals",
    "Measure",
    "Move",
    "Span",
    "UnableToAnalyze",
    "Window",
    "analyze",
]


def analyze(
    batches: Sequence[tuple[Path, Manifest]],
    options: AnalysisOptions,
    *,
    workspace: Path,
    on_progress: Callable[[str, int, int], None] | None = None,
    where: str = "duckdb",
) -> Analysis:
    """Answer of a ledger: who is key, how regular and how stable, who is silent, and on how few it all hangs.

    Parameters
    ----------
    batches
        Folder and manifest of every batch that counts, in the order of the imports. Their checksums are not asked
        for here (`anahtar.ledger.store.store.Ledger.verify` does).
    options
        What the reader of the analysis decided.
    workspace
        A folder for facts and spilled tables. Kept, it makes the next analysis of the same ledger cheaper.
    on_progress
        Called with a stage (`facts`, `analysing`), what is done of it and its total.
    where
        The engine that reckons, by its address (`anahtar.engine.start`); every engine answers alike.

    Raises
    ------
    UnableToStart
        No engine goes by this address, or what it needs is not installed.
    UnableToAnalyze
        There is nothing to analyse, or the options leave nothing of it.
    UnableToReadCriteria
        The criteria file of the options says something that cannot be meant.
    UnableToMerge
        The merges of the options lead in a circle.
    """
    from anahtar.analysis.running import run

    return run(batches, options, workspace=workspace, on_progress=on_progress or _silent, where=where)


def _silent(stage: str, done: int, total: int) -> None:
    """Nobody watches."""
