"""What becomes of an import whose job ended without an answer: refused, broken down, or stopped by somebody."""

from typing import TYPE_CHECKING, Any

from django.db import transaction

from anahtar.words import Refusal
from anahtar_web.jobs.models import Job
from anahtar_web.jobs.models import State as JobState
from anahtar_web.ledgers.actions.importing import batch_of, finish
from anahtar_web.ledgers.actions.moving import move
from anahtar_web.ledgers.actions.pulling import is_given_back, left_of, note_batches
from anahtar_web.ledgers.actions.taking_back import finish_taking_back
from anahtar_web.ledgers.models import WORKING, Import, State
from anahtar_web.ledgers.queries import ledger

if TYPE_CHECKING:
    from anahtar.ledger.manifest import Manifest

_BACK_TO = {
    State.LOOKING: State.UNREADABLE,
    State.CHECKING: State.STOPPED,
    State.IMPORTING: State.CHECKED,
    State.TAKING_BACK: State.IMPORTED,
}
"""Where a person finds the import again, with the sentence that ended the work."""


@transaction.atomic
def settle(job: Job) -> None:
    """Bring an import back into a person's hands after its job failed or was cancelled.

    A worker that was killed may have changed the ledger and not lived to say so: the ledger is asked first.
    """
    if job.state == JobState.DONE:
        return
    of = Import.objects.filter(pk=job.payload["import"], version=job.payload["version"], state__in=WORKING).first()
    if of is None:
        return
    # Who keeps other files than sales does so in one transaction with the state: nothing can be half done.
    live = _live() if of.is_sales else None
    if of.state == State.IMPORTING and live is not None and (batch := _made_of(of, live)):
        finish(of, batch, by=job.by)
    elif of.state == State.TAKING_BACK and live is not None and _is_gone(of, live):
        finish_taking_back(of, by=job.by)
    else:
        _give_back(of, job.message)


def _is_gone(of: Import, live: "list[Manifest]") -> bool:
    if of.is_pulled:
        return is_given_back(of, live)
    return of.batch not in {batch.batch for batch in live}


def _made_of(of: Import, live: "list[Manifest]") -> str:
    """Name what an import became in the ledger; empty where it is not there, or not all of it."""
    if of.is_pulled:
        left = left_of(of, live)
        return "" if left.drafts or left.gone else note_batches(of, live)
    batch = batch_of(of, live)
    return batch.batch if batch is not None else ""


def _live() -> "list[Manifest] | None":
    """The batches that count; None where the ledger is damaged, which the job's own message tells."""
    try:
        return ledger().batches()
    except Refusal:
        return None


def _give_back(of: Import, message: Any) -> None:
    fields: dict[str, Any] = {"refusal": message}
    if of.state == State.TAKING_BACK:
        fields["reason"] = ""
    move(of, version=of.version, when=(State(of.state),), to=_BACK_TO[State(of.state)], **fields)
