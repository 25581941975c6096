"""Slices: one row per account for one filter, on which a whole screen stands.

An analysis answers once for all accounts, with one window and one measure. A screen asks for others: other months,
profit instead of revenue, one line of business. A *slice* is the answer: what `analyze` says of each account with
those options, the same months a year earlier beside it, in one file that several processes map into memory.

    make_ground(batches, options, workspace=workspace, folder=folder)  # once per analysis, by who may build facts
    ...
    ground = open_ground(folder)  # cheap, in any process
    found = slice_of(ground, SliceAsked.of(options, direction="valves"))
    save(found, file)
    found = load(file)

From a slice follow `anahtar.analysis.portfolio` and `anahtar.analysis.reclassing`. Importing this package is cheap;
the engine and the metrics are imported when a slice is computed.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from anahtar.analysis.result import AnalysisOptions
from anahtar.analysis.slicing.asked import UNDIRECTED, SliceAsked
from anahtar.analysis.slicing.files import UnableToLoadSlice, load, save
from anahtar.analysis.slicing.ground import Ground, UnableToKeepGround, UnableToOpenGround, open_ground
from anahtar.analysis.slicing.refusals import UnableToSlice
from anahtar.analysis.slicing.slice import SLICE, Slice
from anahtar.ledger.manifest import Manifest

__all__ = [
    "SLICE",
    "UNDIRECTED",
    "Ground",
    "Slice",
    "SliceAsked",
    "UnableToKeepGround",
    "UnableToLoadSlice",
    "UnableToOpenGround",
    "UnableToSlice",
    "load",
    "make_ground",
    "open_ground",
    "save",
    "slice_of",
    "slices_of",
    "warm_up",
]


def make_ground(
    batches: Sequence[tuple[Path, Manifest]], options: AnalysisOptions, *, workspace: Path, folder: Path
) -> Ground:
    """Bring together what every slice of an analysis reads: its monthly sums, accounts and directions.

    Parameters
    ----------
    batches, options, workspace
        As for `analyze`. Of the options `as_of`, `merged`, `groups` and `by_group` count. After `analyze` with the
        same nothing is left to build; otherwise months that are missing are built and those that no longer count
        removed, which only one process may do at a time.
    folder
        Where the ground is kept; it appears whole or not at all, and belongs to this analysis. The folder above must
        exist.

    Raises
    ------
    UnableToKeepGround
        The folder exists.
    UnableToAnalyze
        There is nothing to analyse.
    UnableToMerge
        The merges of the options lead in a circle.
    """
    from anahtar.analysis.slicing.making import make

    return make(batches, options, workspace=workspace, folder=folder)


def slice_of(ground: Ground, asked: SliceAsked) -> Slice:
    """Say of every account what an analysis with these options says, and what it said a year earlier.

    Parameters
    ----------
    ground
        What `make_ground` or `open_ground` gave.
    asked
        The filter.

    Returns
    -------
    Slice
        One row per account with any line up to the as-of day (of the direction, where one is asked for), by rank,
        then the unranked by code; columns as in `SLICE`.

        Of a direction the facts know months and no days: a month in which the account's lines of that direction
        come to more than zero counts as its purchase. So `one_off` is an account that bought of it in one month,
        `new` one that began to. Whether a year ago is known depends on the whole ledger: a direction that is younger
        than the ledger sold nothing then.

    Raises
    ------
    UnableToAnalyze
        The window lies outside the ledger.
    UnableToSlice
        The ledger has no such direction.
    UnableToOpenGround
        The monthly sums were damaged since they were made.
    """
    from anahtar.analysis.slicing.computing import compute

    return compute(ground, asked)


def slices_of(ground: Ground, asked: Iterable[SliceAsked]) -> Iterator[Slice]:
    """Give the slice of each filter as `slice_of` does, with one start of the engine for all of them."""
    from anahtar.analysis.slicing.computing import compute_all

    return compute_all(ground, asked)


def warm_up() -> None:
    """Pay once what the first slice of a process takes beside its sums: the compiler, imported and used for once.

    Of a hundred thousand accounts that is a third of the first slice. A server does it before it forks its workers.
    """
    from anahtar.analysis.slicing.warming import rehearse

    rehearse()
