"""`anahtar metrics`: the catalogue of every number, what it means and where it is computed."""

import argparse
from typing import Any

from rich.table import Table

from anahtar.cli.terminal import Terminal
from anahtar.words import Words, say


def add(commands: Any, words: Words) -> None:  # argparse keeps the type of its sub-parser table private
    """Register the command."""
    text = words(say("list every metric: what it is, its unit, its source"))
    command = commands.add_parser("metrics", help=text, description=text)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Print the catalogue as a table."""
    from anahtar.catalogue import METRICS

    words = terminal.words
    table = Table(box=None, pad_edge=False, show_lines=False)
    for heading in (say("Metric"), say("Meaning"), say("Unit"), say("Source")):
        table.add_column(words(heading), overflow="fold")
    for metric in METRICS:
        table.add_row(metric.slug, words(metric.label), words(metric.unit), words(metric.source))
    terminal.screen.print(table)
