"""`anahtar explain`: why an account has its class, its type and its state, with numbers and borders."""

import argparse
from pathlib import Path
from typing import Any

from anahtar.cli.analysing import Run
from anahtar.cli.progress import progress
from anahtar.cli.terminal import Terminal
from anahtar.words import Words, say


def add(commands: Any, words: Words) -> None:  # argparse keeps the type of its sub-parser table private
    """Register the command."""
    text = words(say("say why an account has its class, its type and its state"))
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

    with progress(terminal) as bars:
        analysis = Run.recall(arguments.report).analyse(bars.step)
    for section in explain(analysis, arguments.account):
        terminal.tell(section.title, "bold")
        for line in section.lines:
            terminal.tell(say("  {line}", line=line))
