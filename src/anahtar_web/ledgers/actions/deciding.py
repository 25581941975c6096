"""What a person decides about an import until it is in the ledger."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar.ledger.files.wire import options_from_json, options_to_json, peek_from_json
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.roles import Role
from anahtar_web.audit.actions import record
from anahtar_web.files.incoming import IncomingFile
from anahtar_web.gate.refusals import Refused
from anahtar_web.ledgers import storage
from anahtar_web.ledgers.actions.mappings import header_of, save_mapping
from anahtar_web.ledgers.actions.moving import UnableToMoveOn, ask, move, stop_job
from anahtar_web.ledgers.actions.uploading import keep_file
from anahtar_web.ledgers.models import UNDER_WAY, WAITING, Import, Purpose, State

_READ: Final = (State.OPEN, State.STOPPED, State.CHECKED)


@transaction.atomic
def open_anew(of: Import, *, version: int, by: Any, **how: Any) -> Import:
    """Have the files opened again, with what a person decided about how.

    Parameters
    ----------
    how
        `sheet`, `header_row`, `encoding`, `delimiter`, `decimal`, `date_order`; None leaves it to the evidence.
    """
    options = replace(options_from_json(of.options), **how)
    moved = move(of, version=version, when=WAITING, to=State.LOOKING, **_from_the_start(options))
    return ask(moved, "ledgers.peek", by=by)


@transaction.atomic
def check(of: Import, *, version: int, by: Any, columns: Mapping[Role, str], save_as: str = "", **signs: Any) -> Import:
    """Have the whole file read with these columns and signs; nothing is imported yet.

    Parameters
    ----------
    columns
        Role -> header; an empty header says that no column plays the role.
    save_as
        Name of the source under which to keep the mapping for its next export; empty: do not.
    signs
        `decimal` and `date_order`, where the evidence allows both.
    """
    options = replace(options_from_json(of.options), columns=dict(columns), **signs)
    moved = move(of, version=version, when=_READ, to=State.CHECKING, **_from_the_start(options, peek=of.peek))
    if save_as:
        header = header_of(peek_from_json(of.peek))
        moved.mapping = save_mapping(name=save_as, header=header, options=options, by=by)
        moved.save(update_fields=["mapping"])
    record("import.mapped", moved, by=by, after={"columns": {role.value: name for role, name in columns.items()}})
    return ask(moved, "ledgers.read", by=by)


@transaction.atomic
def read(of: Import, *, version: int, by: Any, save_as: str = "") -> Import:
    """Have the whole file read as it was opened, with the columns that were recognised or said before."""
    return check(of, version=version, by=by, columns=options_from_json(of.options).columns, save_as=save_as)


class UnableToReadAgain(Refused):
    """What was pulled of a table has no file to be read again."""

    def __init__(self) -> None:
        super().__init__(_("This came of a table: change the columns at its source, and refresh it again."))


@transaction.atomic
def check_anew(of: Import, *, version: int, by: Any, rates: IncomingFile | None = None, **how: Any) -> Import:
    """Have the file checked again, with other wishes about what becomes of its rows.

    Parameters
    ----------
    rates
        A file of exchange rates into the ledger's currency.
    how
        `duplicates`, `leave_out_products`, `currency`, `refuse_above`.

    Raises
    ------
    UnableToReadAgain
        It came of a table.
    """
    if of.is_pulled:
        raise UnableToReadAgain
    options = replace(options_from_json(of.options), **how)
    moved = move(of, version=version, when=_READ, to=State.CHECKING, **_from_the_start(options, peek=of.peek))
    if rates is not None:
        keep_file(moved, rates, Purpose.RATES)
    return ask(moved, "ledgers.read", by=by)


@transaction.atomic
def confirm(of: Import, *, version: int, by: Any) -> Import:
    """Say yes: a job makes what was checked part of the ledger."""
    moved = move(
        of,
        version=version,
        when=(State.CHECKED,),
        to=State.IMPORTING,
        refusal=None,
        asked_at=timezone.now(),
        imported_by=by,
    )
    return ask(moved, "ledgers.import", by=by)


class UnableToCancel(Refused):
    """It is too late, or it has been cancelled already."""


@transaction.atomic
def cancel(of: Import, *, by: Any) -> Import:
    """Stop an import that is not in the ledger; its files and what was read of them are deleted.

    Raises
    ------
    UnableToCancel
        It is being imported right now, or its way has ended.
    """
    stoppable = [state for state in UNDER_WAY if state != State.IMPORTING]
    try:
        moved = move(of, version=of.version, when=stoppable, to=State.CANCELLED, refusal=None)
    except UnableToMoveOn as late:
        sentence = _("%(name)s is %(state)s; it can no longer be cancelled. Once in the ledger it can be taken back.")
        raise UnableToCancel(sentence % {"name": of.number, "state": late.current.get_state_display()}) from late
    stop_job(moved, by=by)
    moved.files.update(removed_at=timezone.now())
    record("import.cancelled", moved, by=by)
    transaction.on_commit(lambda: _drop(moved))
    return moved


def _drop(of: Import) -> None:
    storage.drop_staging(of.pk)
    storage.drop_uploads(of)


def _from_the_start(options: ReadOptions, peek: Any = None) -> dict[str, Any]:
    """The fields of an import that is to be read (again) in this way."""
    return {
        "options": options_to_json(options),
        "peek": peek,
        "draft": None,
        "refusal": None,
        "rows": None,
        "accepted": None,
        "set_aside": None,
        "refused": None,
        "amount": None,
        "first_date": None,
        "last_date": None,
    }
