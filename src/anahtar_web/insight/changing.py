"""What the change of an account against the year before is made of, read from the lines and remembered for a while."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from anahtar_web.insight.counted import batches_of
from anahtar_web.insight.models import Run
from anahtar_web.insight.recent import Recent
from anahtar_web.jobs.told import shown, told_of

if TYPE_CHECKING:
    from anahtar.metrics.change import Change
    from anahtar.words import Message

KEPT: Final = 200
"""Changes a process keeps: of an account with a hundred products one is a tenth of a megabyte."""

_changes: Final[Recent["Change"]] = Recent(KEPT)


@dataclass(frozen=True, slots=True)
class Told:
    """What was read.

    Parameters
    ----------
    change
        None where it cannot be told.
    refused
        Why: the ledger does not reach back so far.
    unreadable
        Why: the ledger or one of its files is damaged.
    older
        Files were imported or taken back since the run.
    """

    change: "Change | None" = None
    refused: "Message | None" = None
    unreadable: str = ""
    older: bool = False


def read(run: Run, codes: Sequence[str]) -> Told:
    """Read the change of the accounts of some codes together; the same lines never say anything else."""
    from anahtar.analysis.changes import UnableToCompare, change_of
    from anahtar.analysis.result import Window
    from anahtar.ledger.store.integrity import DamagedBatch, DamagedLedger

    if run.window_start is None or run.window_end is None:
        return Told()
    window = Window(run.window_start, run.window_end)
    try:
        batches = batches_of(run)
        key = (run.pk, run.finished_at, batches.names, tuple(codes))
        change = _changes.get(key, lambda: change_of(batches.folders, codes, window=window, as_of=run.as_of))
    except UnableToCompare as refusal:
        return Told(refused=refusal.message)
    except (DamagedBatch, DamagedLedger) as refusal:
        return Told(unreadable=shown(told_of(refusal)))
    return Told(change, older=batches.older)


def forget() -> None:
    """Let go of every change."""
    _changes.clear()
