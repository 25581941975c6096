"""Files into a ledger: read by the child, told to the person, kept as a batch."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from anahtar.cli.progress import Step
from anahtar.cli.reading import read_options, save_mapping
from anahtar.cli.terminal import Terminal
from anahtar.ledger.intake.notes import notes_on
from anahtar.ledger.roles import Role
from anahtar.money import Money
from anahtar.sources.address import TableAddress
from anahtar.words import Message, Refusal, say

if TYPE_CHECKING:
    from anahtar.ledger.manifest import Draft, Manifest
    from anahtar.ledger.store.store import Ledger
    from anahtar.sources.pulling import Pulled


class UnableToMixSources(Refusal):
    """A table of a database is named among other sources."""

    def __init__(self) -> None:
        super().__init__(say("A table of a database is a source of its own: name it alone, without files beside it."))


def one_table(sources: Sequence[Path | TableAddress]) -> TableAddress | None:
    """The table that is named; None where files are.

    Raises
    ------
    UnableToMixSources
        Both are.
    """
    tables = [source for source in sources if isinstance(source, TableAddress)]
    if tables and len(sources) > 1:
        raise UnableToMixSources
    return tables[0] if tables else None


def files_of(sources: Sequence[Path | TableAddress]) -> list[Path]:
    """The files and folders that are named."""
    return [source for source in sources if isinstance(source, Path)]


def add_table(
    ledger: "Ledger", table: TableAddress, arguments: argparse.Namespace, terminal: Terminal, step: Step
) -> None:
    """Bring a ledger up to what a table of a database holds, month by month, and tell what was done."""
    from anahtar.sources.pulling import pull

    options = read_options(arguments, today=terminal.today)
    pulled = pull(ledger, table, options, made_at=terminal.made_at, on_progress=step)
    for draft in [*pulled.drafts.values()][:1]:
        save_mapping(arguments, options, {Role(role): column for role, column in draft.mapping.items()}, terminal)
        terminal.tell(say("Columns read as"), "bold")
        for role, column in draft.mapping.items():
            terminal.tell(_chosen(role, column, pulled.because.get(role)))
    _tell_months(pulled, terminal)


def _tell_months(pulled: "Pulled", terminal: Terminal) -> None:
    drafts = pulled.drafts.values()
    terminal.tell(
        say(
            "Months of the table: {read} read, {unchanged} unchanged, {gone} taken back. Counts and sums are those "
            "that the database tells.",
            read=len(drafts),
            unchanged=pulled.unchanged,
            gone=len(pulled.gone),
        ),
        "bold",
    )
    for month, draft in pulled.drafts.items():
        tally = draft.tally
        terminal.tell(
            say(
                "  {month}: {rows} rows = {accepted} accepted + {aside} set aside + {refused} refused; {amount}",
                month=month or "–",
                rows=tally.rows,
                accepted=tally.accepted,
                aside=tally.set_aside,
                refused=tally.refused,
                amount=Money(tally.amount, draft.currency),
            )
        )
        for note in notes_on(draft):
            terminal.tell(note)


def add_batch(
    ledger: "Ledger", sources: Sequence[Path], arguments: argparse.Namespace, terminal: Terminal, step: Step
) -> "Manifest":
    """Read files in the limited child process and keep them as one batch of a ledger.

    Everything the reader decided and set aside is told; a mapping is saved where `--save-mapping` asks for it.
    """
    from anahtar.ledger.files.child import read
    from anahtar.ledger.files.limits import Limits

    options = read_options(arguments, today=terminal.today)
    if options.sheet is None:  # another sheet of a known workbook is another import
        ledger.refuse_known(sources)
    limits = Limits.for_files(sources, memory_mb=arguments.reader_memory)
    with ledger.staging() as staging:
        draft = read(sources, options, staging, limits=limits, on_progress=step)
        manifest = ledger.add(draft, staging, made_at=terminal.made_at)
    columns = {Role(role): column for role, column in draft.mapping.items()}
    save_mapping(arguments, options, columns, terminal)
    tell(draft, terminal)
    return manifest


def tell(draft: "Draft", terminal: Terminal) -> None:
    """Print how the files were understood: what was read, the mapping used, and the reconciliation."""
    terminal.tell(say("Files read"), "bold")
    for file in draft.files:
        terminal.tell(_read(file.name, file.sheet))
    terminal.tell(say("Columns read as"), "bold")
    for role, column in draft.mapping.items():
        terminal.tell(_chosen(role, column, draft.because.get(role)))
    tally, currency = draft.tally, draft.currency
    terminal.tell(
        say(
            "Rows: {rows} in the files = {accepted} accepted + {aside} set aside + {refused} refused",
            rows=tally.rows,
            accepted=tally.accepted,
            aside=tally.set_aside,
            refused=tally.refused,
        )
    )
    terminal.tell(
        say(
            "Sum: {amount} = {accepted} accepted + {aside} set aside + {refused} refused",
            amount=Money(tally.amount, currency),
            accepted=Money(tally.accepted_amount, currency),
            aside=Money(tally.set_aside_amount, currency),
            refused=Money(tally.refused_amount, currency),
        )
    )
    for note in notes_on(draft):
        terminal.tell(note)


def _read(name: str, sheet: str) -> Message:
    # Every sheet that looks like a ledger is added up: a person must see which ones those were.
    return say("  {file}, sheet {sheet}", file=name, sheet=sheet) if sheet else say("  {file}", file=name)


def _chosen(role: str, column: str, because: Message | None) -> Message:
    if because is None:
        return say("  {role} = {column}", role=role, column=column)
    return say("  {role} = {column}   ({because})", role=role, column=column, because=because)
