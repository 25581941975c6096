"""`anahtar-web demo`: the demo company, with its people, its ledger and its story."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from anahtar_web.gate.refusals import Refused
from anahtar_web.insight.story import tell


class Command(BaseCommand):
    help = "Fill an empty house with the demo company: its people, three imports, teams and decisions. Once is enough."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="say nothing while it goes on")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(_("This house is not a demo. Set ANAHTAR_DEMO=True, with a data folder of its own."))
        began = time.monotonic()
        try:
            told = tell(on_chapter=lambda title: None if options["quiet"] else self.stdout.write(f"{title} …"))
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if told:
            seconds = round(time.monotonic() - began)
            self.stdout.write(_("The demo company is ready (%(n)s s).") % {"n": seconds})
