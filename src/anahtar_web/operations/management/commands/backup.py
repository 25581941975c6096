"""`anahtar-web backup`: everything people have put in, in one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar_web.operations.backups.passphrases import passphrase_in
from anahtar_web.operations.backups.taking import back_up
from anahtar_web.operations.terminal import SpokenCommand
from anahtar_web.ui.templatetags.shown import size, words


class Command(SpokenCommand):
    """Write a backup while people work."""

    help = gettext_lazy("write everything people have put in into one file, while they work")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", type=Path, metavar=_("FILE"), help=_("new file, or a folder to put one into"))
        parser.add_argument("--passphrase-file", type=Path, metavar=_("FILE"), help=_("seal it; first line of FILE"))

    def handle(self, *, target: Path, passphrase_file: Path | None, **options: Any) -> None:
        made = back_up(target, now=timezone.localtime(), passphrase=passphrase_in(passphrase_file))
        rows = sum(table.rows for table in made.manifest.tables.values())
        self.say(
            _("%(path)s: %(size)s, %(rows)s rows of the database and %(files)s files.")
            % {
                "path": made.path,
                "size": size(made.bytes),
                "rows": words().number(rows),
                "files": words().number(len(made.manifest.members) - 1),
            }
        )
        if passphrase_file is None:
            self.say(_("It is not sealed: whoever reads it reads every customer and the people's password hashes."))
