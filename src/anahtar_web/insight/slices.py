"""The figures of every account under one filter: files in the folder of a run, mapped into memory by each process.

The analysis leaves the ground and the filters most people look through; any other is computed when somebody asks for
it first, and kept beside them.
"""

import logging
import threading
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from anahtar.analysis.slicing import (
    Ground,
    Slice,
    SliceAsked,
    UnableToLoadSlice,
    UnableToOpenGround,
    load,
    open_ground,
    save,
    slice_of,
    slices_of,
)
from anahtar_web.insight.models import Run
from anahtar_web.insight.publishing import SLICES, folder_of
from anahtar_web.insight.recent import Recent
from anahtar_web.ui.afterwards import later

if TYPE_CHECKING:
    from anahtar.analysis import Analysis
    from anahtar.analysis.result import Window

log = logging.getLogger("anahtar.insight")

LOADED: Final = 24
"""Slices a process keeps mapped."""

KEPT: Final = 60
"""Files of one run: at a hundred thousand accounts one is 30 MB, and anybody may ask for any months."""

_loaded: Final[Recent[Slice]] = Recent(LOADED)
_computing: Final = threading.Lock()
"""One at a time in a process: each takes half a gigabyte, and the others find its file."""


class FiguresMissing(Exception):
    """A run has nothing to compute a slice from.

    Parameters
    ----------
    damaged
        It was there once; otherwise the run is older than slices are.
    """

    def __init__(self, *, damaged: bool) -> None:
        super().__init__("damaged" if damaged else "never made")
        self.damaged = damaged


def ground_of(folder: Path) -> Path:
    """Where the folder of a run keeps the monthly sums."""
    return folder / "ground"


def file_of(folder: Path, asked: SliceAsked) -> Path:
    """Where the folder of a run keeps a slice."""
    return folder / SLICES / f"{asked.stamp}.arrow"


def asked_of(run: Run, *, window: Any, measure: str, direction: str | None) -> SliceAsked:
    """Give the filter with the cuts of a run."""
    from anahtar.analysis.result import Measure, Span

    told = run.options
    return SliceAsked(
        window=window,
        measure=Measure(measure),
        direction=direction,
        abc_cuts=(told["abc_cuts"][0], told["abc_cuts"][1]),
        xyz_cuts=(told["xyz_cuts"][0], told["xyz_cuts"][1]),
        period=Span(told["period"]),
    )


def usual(run: Run) -> SliceAsked:
    """Give the filter that everybody may look through: the last twelve months by revenue."""
    return asked_of(run, window="last12", measure="revenue", direction=None)


def judged(run: Run) -> Slice:
    """Give the slice by which a run has classed every account: its own months and measure, all lines.

    Raises
    ------
    FiguresMissing
        There is neither file nor ground, or both are damaged.
    """
    from anahtar.analysis.result import Window

    found = read(run, asked_of(run, window="last12", measure=run.measure, direction=None))
    start, end = run.window_start, run.window_end
    if start is None or end is None or (found.window.start, found.window.end) == (start, end):
        return found
    return read(run, asked_of(run, window=Window(start, end), measure=run.measure, direction=None))


def prepare(
    folder: Path,
    ground: Ground,
    analysis: "Analysis",
    windows: "Sequence[Literal['last12'] | Window]" = ("last12",),
) -> None:
    """Keep the slices that most people look through in the folder of a run: all lines, by every measure.

    Parameters
    ----------
    windows
        Months that the filter offers at one touch.
    """
    from anahtar.analysis.result import Measure

    options = analysis.options
    measures = [Measure.REVENUE, *([Measure.PROFIT] if ground.coverage.any_cost else [])]
    asked = [
        SliceAsked(window, measure, None, options.abc_cuts, options.xyz_cuts, options.period)
        for window, measure in product(windows, measures)
    ]
    for one, found in zip(asked, slices_of(ground, asked), strict=True):
        _save(found, file_of(folder, one))


def read(run: Run, asked: SliceAsked) -> Slice:
    """Give a slice: mapped already, kept in a file, or computed now.

    Raises
    ------
    FiguresMissing
        There is neither file nor ground, or both are damaged.
    UnableToAnalyze, UnableToSlice
        The months lie outside the ledger, or it has no such direction.
    """
    file = file_of(folder_of(run), asked)
    return _loaded.get(str(file), lambda: _read(run, asked, file))


def directions(run: Run) -> Mapping[str, str]:
    """Give the lines of business of a run's ledger, by code.

    Raises
    ------
    FiguresMissing
        The run has nothing to tell them from.
    """
    return read(run, usual(run)).directions


def directions_of_ledger() -> list[str]:
    """Name the lines of business of the current run's ledger; none where it cannot tell them."""
    run = Run.objects.filter(current=True).first()
    try:
        return [] if run is None else list(directions(run).values())
    except FiguresMissing:
        return []


def forget() -> None:
    """Let go of every slice that is mapped."""
    _loaded.clear()


def _read(run: Run, asked: SliceAsked, file: Path) -> Slice:
    found = _load(file)
    if found is None:
        with _computing:
            found = _load(file) or _computed(run, asked, file)
    return found


def _load(file: Path) -> Slice | None:
    if not file.exists():
        return None
    try:
        return load(file)
    except UnableToLoadSlice as refusal:
        log.error("%s", refusal)
        return None


def _computed(run: Run, asked: SliceAsked, file: Path) -> Slice:
    folder = ground_of(folder_of(run))
    try:
        found = slice_of(open_ground(folder), asked)
    except UnableToOpenGround as refusal:
        damaged = folder.exists()
        if damaged:
            log.error("run %s: %s", run.pk, refusal)
        raise FiguresMissing(damaged=damaged) from refusal
    # A fifth of the time, and nothing that the page shows depends on it.
    later(lambda: _keep(run, found, file))
    return found


def _keep(run: Run, found: Slice, file: Path) -> None:
    try:
        _save(found, file)
    except OSError:
        # A full disk: the figures are right all the same, and the next reader computes them again.
        log.exception("run %s: %s", run.pk, file)


def _save(found: Slice, file: Path) -> None:
    file.parent.mkdir(exist_ok=True, mode=0o700)
    save(found, file)
    files = sorted(file.parent.glob("*.arrow"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in files[KEPT:]:
        old.unlink(missing_ok=True)
