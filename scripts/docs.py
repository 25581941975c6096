"""The documents that are generated: docs/cli.md, docs/metrics.md, docs/settings.md, docs/performance.md.

The last, with its pictures, from what was measured (bench/results); the others from the code.

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
from anahtar_web.config.environment import PREFIX, SETTINGS, Setting

DOCS = Path(__file__).parent.parent / "docs"
sys.path.insert(0, str(DOCS.parent))  # bench is no installed package

from bench import page  # noqa: E402  # found only now


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


def settings_page() -> str:
    """Every variable of the web application, in Markdown."""
    lines = [
        "# Settings of the web application",
        "",
        "Made from `src/anahtar_web/config/environment.py` by `make docs`.",
        "",
        "Set from outside, as environment variables. A variable that begins with `ANAHTAR_` and is not in this table",
        "stops the start: a misspelled safety setting is worse than none. So does a value that makes no sense.",
        "A secret may also stand in a file: `ANAHTAR_SECRET_KEY_FILE=/etc/anahtar/secret.key` instead of",
        "`ANAHTAR_SECRET_KEY`.",
        "",
        "| variable | without it | what it does |",
        "|---|---|---|",
        *(_setting_line(setting) for setting in SETTINGS),
    ]
    return "\n".join(lines) + "\n"


def _setting_line(setting: Setting) -> str:
    name = f"`{PREFIX}{setting.name}`" + (f" or `{PREFIX}{setting.name}_FILE`" if setting.secret else "")
    return f"| {name} | {f'`{setting.default}`' if setting.default else 'empty'} | {setting.help} |"


def pages() -> dict[Path, str]:
    """Every generated document."""
    return {
        DOCS / "cli.md": cli_page(),
        DOCS / "metrics.md": metrics_page(),
        DOCS / "settings.md": settings_page(),
        **page.files(),
    }


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["write"]:
            for path, text in pages().items():
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")
        case ["check"]:
            stale = [path for path, text in pages().items() if not path.exists() or path.read_text("utf-8") != text]
            for path in stale:
                print(f"{path.relative_to(DOCS.parent)} is not what the code says: make docs")
            sys.exit(1 if stale else 0)
        case _:
            sys.exit(__doc__)
