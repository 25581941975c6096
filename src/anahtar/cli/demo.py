"""`anahtar demo`: the invented company, to try everything on."""

import argparse
from pathlib import Path
from typing import Any

from anahtar.cli.terminal import Terminal
from anahtar.words import Words, say


def add(commands: Any, words: Words) -> None:  # argparse keeps the type of its sub-parser table private
    """Register the command."""
    text = words(say("write the ledger of an invented company, to try everything on"))
    command = commands.add_parser("demo", help=text, description=text)
    command.add_argument(
        "--out",
        type=Path,
        default=Path("demo-company"),
        metavar=words(say("FOLDER")),
        help=words(say("folder to write into (demo-company)")),
    )
    command.add_argument(
        "--seed", type=int, default=2025, metavar="N", help=words(say("another seed is another company"))
    )
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Write the files and name them."""
    from anahtar.demo.files import write_demo

    written = write_demo(arguments.out, seed=arguments.seed)
    terminal.tell(say("The ledger of an invented company, three years:"), "bold")
    for path in written:
        terminal.wrote(path)
