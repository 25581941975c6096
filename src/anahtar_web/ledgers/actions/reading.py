"""Files are read in the core's child process, and what came of it is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.db import transaction

from anahtar.ledger.files import child, wire
from anahtar.ledger.files.wire import options_from_json
from anahtar.ledger.options import ReadOptions
from anahtar_web.ledgers import storage
from anahtar_web.ledgers.actions.mappings import recognised
from anahtar_web.ledgers.actions.moving import move
from anahtar_web.ledgers.models import Import, SavedMapping, State
from anahtar_web.ledgers.queries import completed, sales_files
from anahtar_web.ledgers.stored_text import storable

if TYPE_CHECKING:
    from anahtar.ledger.files.peeking import Peek

    from anahtar.ledger.manifest import Draft

Progress: TypeAlias = Callable[[str, int, int], None]


def read_whole(of: Import, *, on_progress: Progress) -> "Draft":
    """Read the files of an import into its staging folder.

    Raises
    ------
    Refusal
        What the reader refused, in its words.
    """
    files = sales_files(of)
    staging = storage.fresh_staging(of.pk, of.version)
    return child.read(
        [storage.path_of(file) for file in files],
        completed(of, options_from_json(of.options)),
        staging,
        names=[file.name for file in files],
        on_progress=on_progress,
    )


@dataclass(frozen=True, slots=True)
class Look:
    """What a first look found, and with which decisions it was made.

    Parameters
    ----------
    mapping
        The saved mapping that was recognised by the headings; None where there is none, or a person had decided.
    """

    peek: "Peek"
    options: ReadOptions
    mapping: SavedMapping | None


def look(of: Import, *, on_progress: Progress) -> Look:
    """Have a first look at the files of an import; a mapping saved for these headings is used at once.

    Raises
    ------
    Refusal
        The files cannot be opened at all.
    """
    options = options_from_json(of.options)
    peek = _peek(of, options, on_progress)
    known = recognised(peek.header, options)
    if known is None:
        return Look(peek, options, None)
    saved, options = known
    return Look(_peek(of, options, on_progress), options, saved)


def _peek(of: Import, options: ReadOptions, on_progress: Progress) -> "Peek":
    files = sales_files(of)
    return child.peek(
        [storage.path_of(file) for file in files],
        completed(of, options),
        names=[file.name for file in files],
        on_progress=on_progress,
    )


@transaction.atomic
def looked(of: Import, found: Look) -> Import:
    """Keep what a first look found; it waits for a person's word about the columns."""
    return move(
        of,
        version=of.version,
        when=(State.LOOKING,),
        to=State.OPEN,
        peek=storable(wire.peek_to_json(found.peek)),
        options=wire.options_to_json(found.options),
        mapping=found.mapping or of.mapping,
    )


@transaction.atomic
def checked(of: Import, draft: "Draft") -> Import:
    """Keep what the whole reading came to; it waits for a person's word."""
    tally = draft.tally
    return move(
        of,
        version=of.version,
        when=(State.CHECKING,),
        to=State.CHECKED,
        draft=storable(wire.draft_to_json(draft)),
        draft_version=of.version,
        rows=tally.rows,
        accepted=tally.accepted,
        set_aside=tally.set_aside,
        refused=tally.refused,
        amount=tally.accepted_amount,
        currency=draft.currency[:20],
        first_date=draft.first_date,
        last_date=draft.last_date,
    )
