"""`anahtar ledger`: a ledger that grows import by import, and gives each of them back."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from anahtar.cli.intake import add_batch, add_table, files_of, one_table
from anahtar.cli.progress import progress
from anahtar.cli.reading import add_reading
from anahtar.cli.terminal import Terminal
from anahtar.money import Money
from anahtar.sources.address import source
from anahtar.words import Message, Words, say

FACTS: Final[dict[str, Message]] = {
    "columns not read": say("columns not read"),
    "date order": say("order of the date"),
    "delimiter": say("separator of cells"),
    "encoding": say("character set"),
    "error cells": say("cells with an error"),
    "format": say("format"),
    "formulas": say("formula cells"),
    "formulas without a value": say("formula cells without a value"),
    "header row": say("row of the headings"),
    "hidden sheets": say("hidden sheets"),
    "macros": say("macros"),
    "quote": say("quotation mark"),
    "second reading": say("second reading"),
    "sheet": say("sheet"),
    "short rows": say("rows that are too short"),
}
"""What a reader found of a file's form, in words; a fact not listed here is shown as it stands in the manifest."""

ANSWERS: Final[dict[str, Message]] = {
    "whole file": say("of the whole file"),
    "not made": say("not made"),
    "not run": say("not run"),
    "refused": say("refused"),
}

DECIMAL_SIGN: Final = "decimal sign of "


def _fact(what: str) -> Message | str:
    if what.startswith(DECIMAL_SIGN):
        return say("decimal sign of {role}", role=what.removeprefix(DECIMAL_SIGN))
    return FACTS.get(what, what)


def add(commands: Any, words: Words) -> None:  # argparse keeps the type of its sub-parser table private
    """Register the command and its four verbs."""
    text = words(say("keep a ledger: add exports, list and show them, take them back"))
    ledger = commands.add_parser("ledger", help=text, description=text)
    verbs = ledger.add_subparsers(required=True, metavar=words(say("VERB")))
    into = _verb(verbs, words, "add", words(say("read files into the ledger as one batch")), add_files)
    into.add_argument("source", nargs="+", metavar=words(say("FILE")))
    add_reading(into, words)
    _verb(verbs, words, "list", words(say("list the batches")), list_batches)
    show = _verb(verbs, words, "show", words(say("show one batch: files, mapping, sums, problems")), show_batch)
    show.add_argument("batch", metavar=words(say("BATCH")))
    remove = _verb(verbs, words, "remove", words(say("take a batch back, whole")), remove_batch)
    remove.add_argument("batch", metavar=words(say("BATCH")))


def _verb(verbs: Any, words: Words, name: str, text: str, run: Any) -> argparse.ArgumentParser:
    verb: argparse.ArgumentParser = verbs.add_parser(name, help=text, description=text)
    verb.add_argument("ledger", type=Path, metavar=words(say("LEDGER")), help=words(say("the ledger's folder")))
    verb.set_defaults(run=run)
    return verb


def add_files(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Read files, or what is new in a table, into the ledger; the folder becomes one where it is absent or empty."""
    from anahtar.ledger.store.store import Ledger, is_ledger

    sources = [source(text) for text in arguments.source]
    table = one_table(sources)
    ledger = Ledger.open(arguments.ledger) if is_ledger(arguments.ledger) else Ledger.create(arguments.ledger)
    with progress(terminal) as bars:
        if table is not None:
            add_table(ledger, table, arguments, terminal, bars.step)
            return
        manifest = add_batch(ledger, files_of(sources), arguments, terminal, bars.step)
    terminal.tell(say("Kept as batch {batch}.", batch=manifest.batch), "bold")


def list_batches(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Print the live batches, oldest first, two lines each: what it holds, and what it was read from."""
    from anahtar.ledger.store.store import Ledger

    for manifest in Ledger.open(arguments.ledger).batches():
        tally = manifest.tally
        terminal.tell(
            say(
                "{batch}  {n} line, {amount}",
                "{batch}  {n} lines, {amount}",
                batch=manifest.batch,
                n=tally.accepted,
                amount=Money(tally.accepted_amount, manifest.currency),
            ),
            "bold",
        )
        terminal.tell(
            say(
                "  {first} to {last}; {aside} set aside, {refused} refused; read on {day} from {files}",
                first=manifest.first_date or "",
                last=manifest.last_date or "",
                aside=tally.set_aside,
                refused=tally.refused,
                day=datetime.fromisoformat(manifest.made_at),
                files=", ".join(file.name for file in manifest.files),
            )
        )


def show_batch(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Print everything a batch says of itself."""
    from anahtar.ledger.problems import Kind
    from anahtar.ledger.store.store import Ledger

    words = terminal.words
    manifest = Ledger.open(arguments.ledger).batch(arguments.batch)
    terminal.tell(
        say("Batch {batch}, read on {when}", batch=manifest.batch, when=datetime.fromisoformat(manifest.made_at)),
        "bold",
    )
    for file in manifest.files:
        terminal.tell(say("{name}, {bytes} bytes, SHA-256 {sha}", name=file.name, bytes=file.bytes, sha=file.sha256))
        for what, how in file.facts.items():
            terminal.tell(say("  {what}: {how}", what=_fact(what), how=ANSWERS.get(how, how)))
    terminal.tell(say("Columns read as"), "bold")
    for role, column in manifest.mapping.items():
        terminal.tell(say("  {role} = {column}", role=role, column=column))
    terminal.tell(say("Problems"), "bold")
    for kind, (rows, amount) in manifest.kinds.items():
        terminal.tell(
            say(
                "  {kind}: {n} row, {amount}",
                "  {kind}: {n} rows, {amount}",
                kind=words(Kind(kind).label),
                n=rows,
                amount=Money(amount, manifest.currency),
            )
        )


def remove_batch(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Take a batch back; its entry stays in the chain of manifests."""
    from anahtar.ledger.store.store import Ledger

    manifest = Ledger.open(arguments.ledger).remove(arguments.batch, made_at=terminal.made_at)
    terminal.tell(say("Batch {batch} is taken back; no figure holds it any more.", batch=manifest.batch), "bold")
