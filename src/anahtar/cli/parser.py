"""The commands and their options, said in the reader's language."""

import argparse
from collections.abc import Iterator
from typing import Final

from rich_argparse import RichHelpFormatter

import anahtar
from anahtar.cli import analyze, backtest, criteria, demo, explain, ledger, losses, metrics
from anahtar.words import LANGUAGES, Words, say

COMMANDS: Final = (analyze, losses, explain, backtest, ledger, demo, metrics, criteria)
"""Modules with `add(commands, words)`, which registers a command that calls their `run`; in the order of the help."""


class _Help(RichHelpFormatter):
    """Help whose headings stay as translated instead of being put into title case."""

    group_name_formatter = str


def parser(words: Words) -> argparse.ArgumentParser:
    """Build the parser of the whole command line.

    Parameters
    ----------
    words
        The language of the help.
    """
    whole = argparse.ArgumentParser(
        prog="anahtar",
        description=words(say("Find the customers you cannot afford to lose, from your own sales ledger.")),
        epilog=words(
            say("First steps: anahtar demo; anahtar analyze demo-company/sales --rates demo-company/rates.csv")
        ),
        formatter_class=_Help,
        allow_abbrev=False,
    )
    whole.add_argument(
        "--version",
        action="version",
        version=f"anahtar {anahtar.__version__}",
        help=words(say("print the version")),
    )
    add_language(whole, words)
    commands = whole.add_subparsers(required=True, metavar=words(say("COMMAND")), title=words(say("commands")))
    for command in COMMANDS:
        command.add(commands, words)
    for command_parser in commands_of(whole):
        command_parser.formatter_class = _Help
        command_parser.allow_abbrev = False
        add_language(command_parser, words)
    return whole


def commands_of(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yield every command and verb below a parser, in the order of the help."""
    for action in parser._actions:  # argparse offers no public way to its sub-commands
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield command
                yield from commands_of(command)


def add_language(to: argparse.ArgumentParser, words: Words) -> None:
    """Add `--lang`, which every command takes."""
    to.add_argument(
        "--lang",
        choices=LANGUAGES,
        help=words(say("language of texts, numbers and reports; without it, the terminal's, Turkish where unsure")),
    )
