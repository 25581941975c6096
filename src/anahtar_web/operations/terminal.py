"""Commands at a terminal, said in its reader's language."""

import os
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from anahtar.cli.language import language_of
from anahtar.words import Refusal
from anahtar_web.gate.refusals import Refused
from anahtar_web.ui.templatetags.shown import words


class SpokenCommand(BaseCommand):
    """A command whose help, words and refusals are in the language of the terminal."""

    help: Any = ""
    """A lazy text, said when the parser is made."""
    requires_system_checks: Any = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Choose the language before the arguments are read, because the help itself is said in it."""
        with translation.override(language_of(argv[2:], os.environ)):
            super().run_from_argv(argv)

    def create_parser(self, *args: Any, **options: Any) -> Any:
        """Say the help now: argparse takes no lazy text."""
        self.help = str(self.help)
        return super().create_parser(*args, **options)

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Turn what is refused into one sentence on stderr and exit code 1."""
        try:
            return super().execute(*args, **options)
        except Refused as refused:
            raise SystemExit(str(refused)) from refused
        except Refusal as refusal:
            raise SystemExit(words()(refusal.message)) from refusal

    def say(self, sentence: str = "") -> None:
        """Print a line at once, also into a pipe."""
        self.stdout.write(sentence)
        self.stdout.flush()
