"""`anahtar-web restore`: fill an empty installation from a backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar_web.operations.backups.manifest import Manifest
from anahtar_web.operations.backups.passphrases import passphrase_in
from anahtar_web.operations.backups.restoring import check, restore
from anahtar_web.operations.preparing import prepare
from anahtar_web.operations.terminal import SpokenCommand
from anahtar_web.privacy import journal
from anahtar_web.ui.templatetags.shown import words


class Command(SpokenCommand):
    """Restore, bring to this version, and ask the doctor."""

    help = gettext_lazy("fill an empty data folder and database from a backup, after checking every byte of it")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar=_("FILE"), help=_("what `anahtar-web backup` wrote"))
        parser.add_argument("--passphrase-file", type=Path, metavar=_("FILE"), help=_("of a sealed backup"))
        parser.add_argument(
            "--erasures",
            type=Path,
            action="append",
            default=[],
            metavar=_("FILE"),
            help=_("a journal of erased persons that is younger than the backup"),
        )
        parser.add_argument("--check", action="store_true", help=_("only read it and compare every digest"))

    def handle(
        self, *, file: Path, passphrase_file: Path | None, erasures: list[Path], check: bool, **options: Any
    ) -> None:
        passphrase = passphrase_in(passphrase_file)
        if check:
            self._tell(_check(file, passphrase))
            return
        # Read first: a journal that makes no sense is found before anything is put in its place.
        lines = [line for path in erasures for line in journal.read(path)]
        self._tell(restore(file, passphrase=passphrase))
        journal.merge(lines)
        for sentence in prepare(now=timezone.localtime()):
            self.say(sentence)
        call_command("erase_again", stdout=self.stdout)
        call_command("doctor", stdout=self.stdout)

    def _tell(self, told: Manifest) -> None:
        rows = sum(table.rows for table in told.tables.values())
        self.say(
            _("Backup of %(at)s, version %(version)s: every byte is as written; %(rows)s rows, %(files)s files.")
            % {
                "at": told.made_at,
                "version": told.program,
                "rows": words().number(rows),
                "files": words().number(len(told.members) - 1),
            }
        )


def _check(file: Path, passphrase: str) -> Manifest:
    return check(file, passphrase=passphrase)
