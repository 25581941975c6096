"""`anahtar-web erase_again`: erase everybody again whom the journal names and a restore brought back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anahtar_web.privacy import journal
from anahtar_web.privacy.actions import replay
from anahtar_web.privacy.journal import UnableToReadJournal


class Command(BaseCommand):
    """Read the journal, and others that are named, and erase."""

    help = gettext_lazy(  # type: ignore[assignment]  # written when it is asked for
        "erase everybody again whom the journal of erasures names and a restore brought back"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("journals", nargs="*", type=Path, metavar=_("FILE"), help=_("further journals"))

    def handle(self, *, journals: list[Path], **options: Any) -> None:
        try:
            for path in journals:
                journal.merge(journal.read(path))
            count = replay(journal.read(journal.file()))
        except UnableToReadJournal as refusal:
            raise CommandError(str(refusal)) from refusal
        said = ngettext("%(n)s person was erased again.", "%(n)s persons were erased again.", count) % {"n": count}
        self.stdout.write(said)
