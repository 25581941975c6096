"""`anahtar explain`: why an account has its class, its type and its state, and what changed, with numbers."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anahtar.cli.analysing import Run
from anahtar.cli.progress import progress
from anahtar.cli.terminal import Terminal
from anahtar.words import Words, say

if TYPE_CHECKING:
    from anahtar.analysis import Analysis
    from anahtar.report.explain import Section


def add(commands: Any, words: Words) -> None:  # argparse keeps the type of its sub-parser table private
    """Register the command."""
    text = words(
        say("say why an account has its class, its type and its state, and what changed against a year before")
    )
    command = commands.add_parser("explain", help=text, description=text)
    command.add_argument("account", metavar=words(say("ACCOUNT")), help=words(say("the account's code, or its name")))
    command.add_argument(
        "--from",
        dest="report",
        type=Path,
        default=Path("anahtar-report"),
        metavar=words(say("FOLDER")),
        help=words(say("folder of the report to explain (anahtar-report)")),
    )
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Make the remembered analysis again and tell about one account."""
    from anahtar.report.explain import explain

    remembered = Run.recall(arguments.report)
    with progress(terminal) as bars:
        analysis = remembered.analyse(bars.step)
    for section in [*explain(analysis, arguments.account), _change(remembered, analysis, arguments.account)]:
        terminal.tell(section.title, "bold")
        for line in section.lines:
            terminal.tell(say("  {line}", line=line))


def _change(remembered: Run, analysis: "Analysis", account: str) -> "Section":
    """What changed against a year before, from the lines of the ledger."""
    from anahtar.analysis.changes import UnableToCompare, change_of, codes_of
    from anahtar.ledger.store.store import Ledger
    from anahtar.report.explain_change import change_section, refused_section
    from anahtar.report.find_account import find_account

    ledger = Ledger.open(remembered.ledger)
    batches = [(ledger.folder(manifest), manifest) for manifest in ledger.batches()]
    codes = codes_of(batches, analysis.options, find_account(analysis.standings, account)["code"])
    try:
        change = change_of(batches, codes, window=analysis.window, as_of=analysis.as_of)
    except UnableToCompare as refusal:
        return refused_section(refusal.message)
    return change_section(change, analysis.ledger.currency)
