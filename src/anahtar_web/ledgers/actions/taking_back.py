"""An import leaves the ledger, whole."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar.ledger.store.store import UnableToFindBatch
from anahtar_web.audit.actions import record
from anahtar_web.gate.refusals import Refused
from anahtar_web.jobs.actions import enqueue
from anahtar_web.ledgers.actions.moving import ask, move
from anahtar_web.ledgers.actions.pulling import give_back
from anahtar_web.ledgers.models import Import, State
from anahtar_web.ledgers.queries import ledger


class UnableToTakeBack(Refused):
    """There is no reason given."""

    def __init__(self) -> None:
        super().__init__(_("Say why it is taken back; the reason stays in the history."))


@transaction.atomic
def take_back(of: Import, *, version: int, reason: str, by: Any) -> Import:
    """Ask for an import to leave the ledger; a job does it.

    Raises
    ------
    UnableToTakeBack
        No reason is given.
    UnableToMoveOn
        It is not in the ledger (any more).
    """
    if not reason.strip():
        raise UnableToTakeBack
    moved = move(
        of,
        version=version,
        when=(State.IMPORTED,),
        to=State.TAKING_BACK,
        reason=reason.strip(),
        taken_back_by=by,
        refusal=None,
    )
    return ask(moved, "ledgers.take_back", by=by)


def remove_from_ledger(of: Import) -> None:
    """Take the batch out of the ledger; nothing happens where an earlier run has done so."""
    if of.is_pulled:
        give_back(of)
        return
    opened = ledger()
    try:
        opened.remove(of.batch, made_at=timezone.localtime().isoformat())
    except UnableToFindBatch:
        return


@transaction.atomic
def finish_taking_back(of: Import, *, by: Any) -> Import:
    """Say that an import has left the ledger, and have the accounts analysed anew where figures hang on it."""
    done = move(
        of,
        version=of.version,
        when=(State.TAKING_BACK,),
        to=State.TAKEN_BACK,
        taken_back_at=timezone.now(),
    )
    record("import.taken_back", done, by=by, reason=done.reason, before={"batch": done.batch, "rows": done.accepted})
    if not done.is_sales:
        return done
    enqueue("insight.analyse", by=by, label=done.batch, unless_waiting=True)
    return done
