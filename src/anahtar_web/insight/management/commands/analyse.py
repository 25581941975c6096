"""`anahtar-web analyse`: the ledger is analysed here and now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from anahtar.words import Refusal
from anahtar_web.insight.actions import analyse
from anahtar_web.jobs.told import Sentence, shown, told, told_of


class Command(BaseCommand):
    help = "Analyse the ledger now, without a worker. Until it is done, the pages show the analysis before."

    def handle(self, *args: Any, **options: Any) -> None:
        self._said = ""
        try:
            run = analyse(by=None, on_progress=self._tell)
        except Refusal as refusal:
            raise CommandError(shown(told_of(refusal))) from refusal
        if run is None:
            self.stdout.write(_("The ledger is empty; there is nothing to analyse."))
        else:
            self.stdout.write(_("%(n)s accounts as of %(day)s.") % {"n": run.customers, "day": run.as_of})

    def _tell(self, sentence: Sentence, done: int | None, total: int | None) -> None:
        said = shown(told(sentence))
        if said != self._said:
            self.stdout.write(f"{said} …")
            self._said = said
