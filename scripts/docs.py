"""The documents that are generated from the code: docs/cli.md and docs/metrics.md.

python scripts/docs.py write    write them
python scripts/docs.py check    fail where they are not what the code says
"""

import argparse
import os
import sys
from pathlib import Path

from anahtar.catalogue import metrics_page
from anahtar.cli.language import speak
from anahtar.cli.parser import commands_of, parser
from anahtar.words import Words

DOCS = Path(__file__).parent.parent / "docs"


def cli_page() -> str:
    """Every command's help, as the terminal prints it, in Markdown."""
    os.environ["COLUMNS"] = "100"
    speak("en")
    whole = parser(Words("en"))
    pages = ["# The command line\n\nMade from `--help` by `make docs`. `--lang tr` says the same in Turkish.\n"]
    for command in (whole, *commands_of(whole)):
        command.formatter_class = argparse.HelpFormatter
        pages.append(f"## {command.prog}\n\n```text\n{command.format_help().rstrip()}\n```\n")
    return "\n".join(pages)


def pages() -> dict[Path, str]:
    """Every generated document."""
    return {DOCS / "cli.md": cli_page(), DOCS / "metrics.md": metrics_page()}


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["write"]:
            for path, text in pages().items():
                path.write_text(text, encoding="utf-8")
        case ["check"]:
            stale = [path for path, text in pages().items() if path.read_text(encoding="utf-8") != text]
            for path in stale:
                print(f"docs/{path.name} is not what the code says: make docs")
            sys.exit(1 if stale else 0)
        case _:
            sys.exit(__doc__)
