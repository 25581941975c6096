"""The analyses there were: when, of what, asked how, and why one was refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from anahtar.analysis import keeping
from anahtar.analysis.keeping import UnableToLoadAnalysis
from anahtar.words import Message
from anahtar_web.gate.rights import Right
from anahtar_web.insight.models import Run
from anahtar_web.insight.publishing import KEPT, folder_of
from anahtar_web.insight.queries import runs
from anahtar_web.jobs.models import Job
from anahtar_web.jobs.told import shown

if TYPE_CHECKING:
    from anahtar_web.people.models import User

SHOWN = 2 * KEPT


@dataclass(frozen=True, slots=True)
class RunLine:
    """One analysis; `reason`: why it was refused."""

    run: Run
    reason: str
    seconds: float


@dataclass(frozen=True, slots=True)
class RunsPage:
    """The template's contract; notes and method are those of the current run."""

    lines: Sequence[RunLine]
    notes: Sequence[Message]
    method: Sequence[tuple[Message, Message]]
    at_work: Job | None
    may_run: bool

    @classmethod
    def build(cls, user: "User") -> Self:
        """Read the runs and what the current one says of itself."""
        listed = list(runs()[:SHOWN])
        current = next((run for run in listed if run.current), None)
        notes, method = _told(current) if current else ((), ())
        at_work = Job.objects.under_way().filter(kind="insight.analyse").order_by("-pk").first()
        return cls([_line(run) for run in listed], notes, method, at_work, user.may(Right.IMPORT))


def _line(run: Run) -> RunLine:
    took = (run.finished_at - run.started_at).total_seconds() if run.finished_at else 0.0
    return RunLine(run, shown(run.refusal), took)


def _told(run: Run) -> tuple[Sequence[Message], Sequence[tuple[Message, Message]]]:
    try:
        analysis = keeping.load(folder_of(run), accounts=[])
    except UnableToLoadAnalysis as refusal:
        return [refusal.message], ()
    return analysis.notes, [(choice.topic, choice.setting) for choice in analysis.method]
