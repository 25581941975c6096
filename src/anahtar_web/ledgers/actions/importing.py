"""An import becomes part of the ledger."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar.ledger.files import wire
from anahtar_web.audit.actions import record
from anahtar_web.gate.refusals import Refused
from anahtar_web.jobs.actions import enqueue
from anahtar_web.ledgers import storage
from anahtar_web.ledgers.actions.moving import move
from anahtar_web.ledgers.actions.pulling import bring
from anahtar_web.ledgers.keepers import Keeper
from anahtar_web.ledgers.models import Import, State
from anahtar_web.ledgers.queries import ledger

if TYPE_CHECKING:
    from anahtar.ledger.manifest import Draft, Manifest


class UnableToImport(Refused):
    """What was read is gone from the disk."""

    def __init__(self) -> None:
        super().__init__(_("What was read of these files is no longer on the disk. Have them checked again."))


def add_to_ledger(of: Import, draft: "Draft") -> str:
    """Make a checked import part of the ledger, unless an earlier run of the same job has done so.

    Raises
    ------
    UnableToAdd
        These lines, or this file, are in the ledger by another import; or the currencies differ.
    DamagedLedger, DamagedBatch
        The ledger, or what was read, is not what was written.
    """
    if of.is_pulled:
        return bring(of, made_at=made_at(of))
    opened = ledger()
    ours = batch_of(of, opened.batches())
    if ours is not None:
        return ours.batch
    staging = storage.staging_of(of.pk, of.draft_version)
    if not staging.is_dir():
        raise UnableToImport
    return opened.add(draft, staging, made_at=made_at(of)).batch


def keep(of: Import, keeper: Keeper, *, by: Any) -> Import:
    """Let the app above keep what was read of an import that is no part of the ledger; all of it or nothing.

    Raises
    ------
    UnableToImport
        What was read is gone from the disk.
    """
    staging = storage.staging_of(of.pk, of.draft_version)
    if not staging.is_dir():
        raise UnableToImport
    storage.keep_problems(of)
    keeper.bring_in(of, staging, by)
    done = move(
        of,
        version=of.version,
        when=(State.IMPORTING,),
        to=State.IMPORTED,
        batch=f"{of.kind}-{of.pk}",
        imported_at=timezone.now(),
        imported_by=by,
        refusal=None,
    )
    told = {"rows": of.rows, "accepted": of.accepted, "set_aside": of.set_aside, "refused": of.refused}
    record("import.imported", done, by=by, after={"batch": done.batch, "files": of.title.split(", "), **told})
    transaction.on_commit(lambda: storage.drop_staging(of.pk))
    return done


def made_at(of: Import) -> str:
    """Say when an import was asked for, as its batch's manifest carries it: to the microsecond, so it is unique."""
    assert of.asked_at is not None
    return timezone.localtime(of.asked_at).isoformat()


def batch_of(of: Import, live: "list[Manifest]") -> "Manifest | None":
    """Find the batch that an earlier run made of this import: the moment it carries is ours."""
    if of.asked_at is None:
        return None
    return next((batch for batch in live if datetime.fromisoformat(batch.made_at) == of.asked_at), None)


@transaction.atomic
def finish(of: Import, batch: str, *, by: Any) -> Import:
    """Say that an import is in the ledger, and have the accounts analysed anew.

    What the schedule had pulled is analysed by the schedule, which asked for it before its analysis.
    """
    done = move(
        of,
        version=of.version,
        when=(State.IMPORTING,),
        to=State.IMPORTED,
        batch=batch,
        imported_at=timezone.now(),
        imported_by=by,
        refusal=None,
    )
    record("import.imported", done, by=by, after=_told(done))
    if by is not None or not done.is_pulled:
        enqueue("insight.analyse", by=by, label=batch, unless_waiting=True)
    transaction.on_commit(lambda: storage.drop_staging(of.pk))
    return done


def _told(of: Import) -> dict[str, Any]:
    told = {"rows": of.rows, "accepted": of.accepted, "set_aside": of.set_aside, "refused": of.refused}
    return {"batch": of.batch, "files": [of.title] if of.is_pulled else names_of(of), **told}


def names_of(of: Import) -> list[str]:
    """Name what an import was read from, as its batch's manifest does."""
    return [file.name for file in wire.draft_from_json(of.draft).files] if of.draft is not None else []
