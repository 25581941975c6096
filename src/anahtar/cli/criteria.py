"""`anahtar criteria`: the file with which a company says what makes an account key, ready to be edited."""

import argparse
from typing import Any

from anahtar.cli.terminal import Terminal
from anahtar.words import Words, say


def add(commands: Any, words: Words) -> None:  # argparse keeps the type of its sub-parser table private
    """Register the command."""
    text = words(say("print the default criteria of key accounts, to be saved, edited and given to --criteria"))
    command = commands.add_parser("criteria", help=text, description=text)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Print the default criteria file, its comments in the reader's language."""
    from anahtar.rules.criteria import default_file

    terminal.screen.print(default_file(terminal.words), soft_wrap=True, end="")
