"""From a table of a database to batches of a ledger: one for each month, and only those that are new or changed."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Final, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from anahtar.engine.table import Copied, SourceTable, Told
from anahtar.ledger.files.child import peek, read
from anahtar.ledger.intake.checks import UnableToFindLines
from anahtar.ledger.manifest import Draft, Manifest, Tally
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.peek import Peek, PeekedSheet
from anahtar.ledger.roles import Role
from anahtar.ledger.store.store import Ledger
from anahtar.sources.address import TableAddress, batches_of
from anahtar.sources.opening import open_table
from anahtar.words import Message, Refusal, say

Progress: TypeAlias = Callable[[str, int, int], None]

_LOOKED_AT: Final = 1_000
"""Rows by which columns are recognised; as many as of a file."""

_UNITS: Final = 10_000

WHOLE: Final = "whole"
"""Name of the folder of a table that has no months."""


class UnableToPull(Refusal):
    """What came of a table is not what the database says it holds, or nothing can come of it."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull did.

    Parameters
    ----------
    drafts
        Month -> what was read of it.
    because
        Role -> why that column was chosen.
    unchanged
        How many months are in the ledger already, as they stand in the table.
    gone
        Months that were in the ledger and are in the table no more.
    """

    drafts: Mapping[str, Draft]
    because: Mapping[str, Message]
    unchanged: int
    gone: Sequence[str]


@dataclass(frozen=True, slots=True)
class Glance:
    """What a table says of itself before anything is copied.

    Parameters
    ----------
    peek
        Its columns and first rows, as they would be read.
    months
        Month -> what the database counts and adds up; empty while a question about the columns is open.
    """

    peek: Peek
    months: Mapping[str, Told]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A month that was copied and read, and waits in a folder of its own.

    Parameters
    ----------
    draft, folder
        What was read, and its parts.
    replaces
        The live batch of the same month; None where it is a new one.
    """

    draft: Draft
    folder: Path
    replaces: Manifest | None


@dataclass(frozen=True, slots=True)
class Haul:
    """What a table holds that a ledger does not, read and waiting; nothing of it counts yet.

    Parameters
    ----------
    months
        Month -> what was read of it.
    gone
        Month -> the live batch of a month that the table holds no more.
    because
        Role -> why that column was chosen.
    unchanged
        How many months are in the ledger already, as they stand in the table.
    """

    months: Mapping[str, Fetched]
    gone: Mapping[str, Manifest]
    because: Mapping[str, Message]
    unchanged: int


def pull(ledger: Ledger, address: TableAddress, options: ReadOptions, *, made_at: str, on_progress: Progress) -> Pulled:
    """Bring a ledger up to what a table holds: `fetch`, and all of it into the ledger at once.

    Parameters
    ----------
    ledger, address, options, on_progress
        As for `fetch`.
    made_at
        ISO time of the import.

    Raises
    ------
    UnableToReadTable, UnableToPull, Refusal
        As for `fetch`.
    UnableToAdd
        The ledger does not take what was read; it is as it was.
    """
    with ledger.staging() as staging:
        haul = fetch(ledger, address, options, staging, on_progress=on_progress)
        known = [*haul.gone.values(), *(one.replaces for one in haul.months.values() if one.replaces is not None)]
        ledger.exchange(
            [manifest.batch for manifest in known],
            [(one.draft, one.folder) for one in haul.months.values()],
            made_at=made_at,
        )
    drafts = {month: one.draft for month, one in haul.months.items()}
    return Pulled(drafts, haul.because, haul.unchanged, sorted(haul.gone))


def glance(address: TableAddress, options: ReadOptions) -> Glance:
    """Ask a table for its columns, first rows and months; nothing is copied but the first rows.

    Raises
    ------
    UnableToReadTable, UnableToPull, Refusal
        As for `fetch`; what an option can still decide is a question in the peek.
    """
    with tempfile.TemporaryDirectory(prefix="anahtar-pull-") as name, open_table(address) as table:
        found = _peek(table, address, options, Path(name))
        day = _day(table, found.sheets[0]) if found.ready else None
        return Glance(found, table.months(day) if found.ready else {})


def fetch(ledger: Ledger, address: TableAddress, options: ReadOptions, staging: Path, *, on_progress: Progress) -> Haul:
    """Copy and read what a table holds and a ledger does not; the ledger stays as it is.

    Where the database can, every question is asked of one snapshot, by a session that cannot write. Each month is told
    by its number of rows, the sums of its columns and a checksum over its cells; where all are those of a batch of the
    ledger that was read with the same columns, it is not copied. What is copied is held against the same numbers, and
    read as a file is read (mapping, checks, reconciliation), also where not one of its rows can be accepted: its
    problems are told with the others.

    Parameters
    ----------
    ledger
        What is there already.
    address
        Where from.
    options
        As for files.
    staging
        An existing folder; each month gets a folder in it.
    on_progress
        Called with `pulling` or `reading`, what is done and what there is to do.

    Raises
    ------
    UnableToStart, UnableToReadTable
        The database cannot be reached, or does not give the table.
    UnableToPull
        The table is empty, or what came is not what was told.
    UnableToFindLines
        Not one of its rows can be accepted.
    Refusal
        What the reader of files refuses.
    """
    with tempfile.TemporaryDirectory(prefix="anahtar-pull-") as name:
        folder = Path(name)
        with open_table(address) as table:
            sheet = _look(table, address, options, folder)
            settled = replace(options, columns={**sheet.mapping, **options.columns})
            columns = {role.value: column for role, column in settled.columns.items() if column}
            day = _day(table, sheet)
            months, known = table.months(day), batches_of(ledger.batches(), address.source)
            wanted = {month: told for month, told in months.items() if not _is_same(told, known.get(month), columns)}
            for at, (month, told) in enumerate(wanted.items()):
                on_progress("pulling", at, len(wanted))
                path = _part(folder, month)
                _hold_against(path, table.pull(day, month, path), told, address)
        settled = replace(settled, may_be_empty=True)
        came: dict[str, Draft] = {}
        for at, (month, told) in enumerate(wanted.items()):
            on_progress("reading", at, len(wanted))
            parts = staging / (month or WHOLE)
            parts.mkdir(parents=True)
            draft = _read(_part(folder, month), settled, parts, address, month)
            _hold_draft_against(draft, told, address)
            came[month] = _signed(draft, address, month, told)
    kept = [manifest for month, manifest in known.items() if month in months and month not in wanted]
    fetched = {
        month: Fetched(draft, staging / (month or WHOLE), known.get(month))
        for month, draft in _with_lines(came, kept).items()
    }
    gone = {month: manifest for month, manifest in sorted(known.items()) if month not in months}
    because = {role.value: why for role, why in sheet.because.items()}
    return Haul(fetched, gone, because, len(months) - len(wanted))


def _part(folder: Path, month: str) -> Path:
    # Not by the table's name: a table may be called `a/b`, or worse.
    return folder / f"month {month}.parquet"


def _look(table: SourceTable, address: TableAddress, options: ReadOptions, folder: Path) -> PeekedSheet:
    found = _peek(table, address, options, folder)
    questions = [*found.questions, *(question for sheet in found.sheets for question in sheet.questions)]
    if questions:
        raise UnableToPull(questions[0].sentence)
    return found.sheets[0]


def _peek(table: SourceTable, address: TableAddress, options: ReadOptions, folder: Path) -> Peek:
    path = folder / "sample.parquet"
    if not table.sample(_LOOKED_AT, path):
        raise UnableToPull(say("{table} holds no rows.", table=address.shown))
    return peek([path], options, names=[address.shown])


def _day(table: SourceTable, sheet: PeekedSheet) -> str | None:
    """The column whose months part the table; None where days are texts: then it is copied whole."""
    name = sheet.mapping[Role.DATE]
    return name if any(column.name == name and column.is_day for column in table.columns) else None


def _signs(told: Told) -> dict[str, str]:
    sums = ", ".join(f"{name} {total}" for name, total in told.sums.items())
    return {"rows of the table": str(told.rows), "sums of the table": sums, "checksum of the table": told.checksum}


def _is_same(told: Told, manifest: Manifest | None, columns: Mapping[str, str]) -> bool:
    """Whether a month was read already, as it stands in the table and with the same columns."""
    return (
        manifest is not None
        and dict(manifest.mapping) == columns
        and all(manifest.files[0].facts.get(name) == sign for name, sign in _signs(told).items())
    )


def _signed(draft: Draft, address: TableAddress, month: str, told: Told) -> Draft:
    """The draft with what the database said of it; no word of who asked, or how."""
    facts = {"table": address.source, "month": month, **_signs(told)}
    return replace(draft, files=tuple(replace(file, facts={**file.facts, **facts}) for file in draft.files))


def _read(path: Path, options: ReadOptions, staging: Path, address: TableAddress, month: str) -> Draft:
    return read([path], options, staging, names=[f"{address.shown} {month}".strip()])


def _with_lines(drafts: Mapping[str, Draft], kept: Sequence[Manifest]) -> Mapping[str, Draft]:
    """The drafts; those without a line are of the currency of the others, for nothing in them tells another.

    Raises
    ------
    UnableToFindLines
        The whole table holds none.
    """
    both: list[Draft | Manifest] = [*kept, *drafts.values()]
    found = [one for one in both if one.tally.accepted]
    if drafts and not found:
        tallies = [draft.tally for draft in drafts.values()]
        raise UnableToFindLines(Tally(*(sum(parts) for parts in zip(*map(astuple, tallies), strict=True))))
    return {
        month: draft if draft.tally.accepted else replace(draft, currency=found[0].currency)
        for month, draft in drafts.items()
    }


def _hold_against(path: Path, came: Copied, told: Told, address: TableAddress) -> None:
    """What was copied is what the database counted and added up."""
    if came.rows != told.rows:
        raise _differs(address, told.rows, came.rows)
    if came.checksum is not None and came.checksum != told.checksum:
        raise UnableToPull(
            say("{table} was written to while it was copied. Nothing was kept; try again.", table=address.shown)
        )
    table = pq.read_table(path, columns=list(told.sums)) if told.sums else None
    for name, total in told.sums.items():
        column = table[name] if table is not None else pa.chunked_array([], pa.int64())
        added = pc.sum(column.cast(pa.decimal256(60, _places(column.type)))).as_py() or 0
        if Decimal(added) != Decimal(total):
            raise _differs(address, total, added)


def _places(kind: pa.DataType) -> int:
    return int(kind.scale) if pa.types.is_decimal(kind) else 0


def _hold_draft_against(draft: Draft, told: Told, address: TableAddress) -> None:
    """What was read is what the database counted and added up."""
    totals = draft.oddities.get("total_rows", 0)
    if draft.tally.rows + totals != told.rows:
        raise _differs(address, told.rows, draft.tally.rows + totals)
    column = draft.mapping.get(Role.AMOUNT.value, "")
    # Amounts of several currencies are converted, and rows that only add others up are in no sum.
    if column in told.sums and not totals and Role.CURRENCY.value not in draft.mapping:
        exact = Decimal(told.sums[column]) * _UNITS
        if abs(exact - draft.tally.amount) > Decimal(told.rows) / 2 or (
            exact == exact.to_integral_value() and _is_whole(told.sums[column]) and exact != draft.tally.amount
        ):
            raise _differs(address, told.sums[column], Decimal(draft.tally.amount) / _UNITS)


def _is_whole(total: str) -> bool:
    """Whether the column has no more places than money has; else each line is rounded."""
    return -int(Decimal(total).as_tuple().exponent) <= 4


def _differs(address: TableAddress, told: object, came: object) -> UnableToPull:
    return UnableToPull(
        say(
            "{table}: the database says {told}, and {came} came. Nothing was kept; try again.",
            table=address.shown,
            told=str(told),
            came=str(came),
        )
    )
