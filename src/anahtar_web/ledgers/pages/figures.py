"""Whether the figures of the accounts count an import, or count no longer what was taken back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from anahtar_web.jobs.models import Job
from anahtar_web.jobs.models import State as JobState
from anahtar_web.ledgers.analysed import counted
from anahtar_web.ledgers.models import Import, State
from anahtar_web.ledgers.queries import live_batches, names_of_batches

_KIND: Final = "insight.analyse"


@dataclass(frozen=True, slots=True)
class FiguresPart:
    """What the page of an import says of the figures.

    Parameters
    ----------
    settled
        The figures say what the ledger says: they count what is in it, and no longer what was taken back.
    since
        When they counted it for the first time.
    shown_at
        When the figures were made that are shown now; None: there are none.
    at_work
        The analysis that waits or runs.
    failed
        The last analysis, where it did not come to its end.
    """

    settled: bool
    since: datetime | None
    shown_at: datetime | None
    at_work: Job | None
    failed: Job | None

    @property
    def superseded(self) -> bool:
        """Whether a later analysis, that counts it too, is the one shown."""
        return self.since is not None and self.since != self.shown_at

    @classmethod
    def of(cls, of: Import) -> Self | None:
        """Tell it of an import that is in the ledger or was; None for others."""
        if not of.is_sales or of.state not in (State.IMPORTED, State.TAKEN_BACK):
            return None
        batch = _asked_for(of)
        if not batch:
            return None
        told = counted(batch, of.imported_at)
        settled = told.now == (of.state == State.IMPORTED)
        last = None if settled else Job.objects.filter(kind=_KIND).order_by("-pk").first()
        return cls(
            settled,
            told.since,
            told.shown_at,
            at_work=last if last is not None and not last.ended else None,
            failed=last if last is not None and last.state in (JobState.FAILED, JobState.CANCELLED) else None,
        )


def _asked_for(of: Import) -> str:
    """Name the batch by which analyses are asked; of several one that still counts, empty where none does."""
    if not of.is_pulled:
        return of.batch
    ours = names_of_batches(of)
    if of.state == State.IMPORTED:
        ours &= {manifest.batch for _folder, manifest in live_batches()}
    return max(ours, default="")
