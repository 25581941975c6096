"""Files are read in the core's child process, and what came of it is kept."""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from django.db import transaction

from anahtar.ledger.files import child, wire
from anahtar.ledger.files.wire import options_from_json
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.store import durable
from anahtar.words import Refusal
from anahtar_web.jobs.actions import enqueue
from anahtar_web.ledgers import problem_table, storage
from anahtar_web.ledgers.actions.mappings import header_of, recognised
from anahtar_web.ledgers.actions.moving import move
from anahtar_web.ledgers.correction_book import SHEETS
from anahtar_web.ledgers.models import Import, SavedMapping, State
from anahtar_web.ledgers.problem_table import Count
from anahtar_web.ledgers.queries import completed, rates_file, sales_files
from anahtar_web.ledgers.stored_text import storable

if TYPE_CHECKING:
    from anahtar.ledger.manifest import Draft
    from anahtar.ledger.peek import Peek

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
    with _called_by_their_names(of):
        return child.read(
            [storage.path_of(file) for file in files],
            completed(of, options_from_json(of.options)),
            staging,
            names=[file.name for file in files],
            on_progress=on_progress,
        )


MOST_PICKED: Final = 100_000
"""Rows that are picked out for correction; whoever has more corrects the source."""


def pick_refused(of: Import) -> None:
    """Copy the refused rows of an import as they stand, so that a workbook can be made of them.

    Raises
    ------
    Refusal
        The files can no longer be read.
    """
    problems = storage.problems_of(of)
    if problems is None:
        return
    files, wanted = sales_files(of), problem_table.refused_rows(problems, MOST_PICKED)
    folder = storage.picked_of(of)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    with _called_by_their_names(of):
        sheets = child.pick(
            [storage.path_of(file) for file in files],
            completed(of, options_from_json(of.options)),
            wanted,
            folder,
            names=[file.name for file in files],
        )
    # Last, and whole: where this file is, the rows are.
    durable.write_file(folder / SHEETS, json.dumps([[one.file, one.name, one.header] for one in sheets]).encode())


@contextmanager
def _called_by_their_names(of: Import) -> Iterator[None]:
    """Let refusals speak of a file of rates by its own name; the reader knows the random one."""
    try:
        yield
    except Refusal as refusal:
        rates = rates_file(of)
        if rates is None:
            raise
        path, told = storage.path_of(rates), refusal.message
        values = {
            name: value.replace(str(path), rates.name).replace(rates.stored, rates.name)
            if isinstance(value, str)
            else value
            for name, value in told.values.items()
        }
        raise Refusal(replace(told, values=values)) from refusal


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
    peek = glance(of, options, on_progress=on_progress)
    known = recognised(header_of(peek), options)
    if known is None:
        return Look(peek, options, None)
    saved, options = known
    return Look(glance(of, options, on_progress=on_progress), options, saved)


def glance(of: Import, options: ReadOptions, *, on_progress: Progress | None = None) -> "Peek":
    """Have a look at the files of an import with some decisions, and keep nothing of it.

    Raises
    ------
    Refusal
        The files cannot be opened at all.
    """
    files = sales_files(of)
    with _called_by_their_names(of):
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


def problems_of(of: Import) -> list[Count]:
    """Count what was not taken at face value in what was just read."""
    return problem_table.counts(storage.staging_of(of.pk, of.version) / "problems.parquet")


@transaction.atomic
def checked(of: Import, draft: "Draft", problems: Sequence[Count]) -> Import:
    """Keep what the whole reading came to; it waits for a person's word."""
    tally = draft.tally
    if tally.refused:
        enqueue(
            "ledgers.pick", by=of.imported_by or of.by, payload={"import": of.pk, "draft": of.version}, label=of.title
        )
    return move(
        of,
        version=of.version,
        when=(State.CHECKING,),
        to=State.CHECKED,
        draft=storable(wire.draft_to_json(draft)),
        draft_version=of.version,
        problems=[[count.kind, count.verdict, count.rows, count.amount] for count in problems],
        rows=tally.rows,
        accepted=tally.accepted,
        set_aside=tally.set_aside,
        refused=tally.refused,
        amount=tally.accepted_amount,
        currency=draft.currency[:20],
        first_date=draft.first_date,
        last_date=draft.last_date,
    )
