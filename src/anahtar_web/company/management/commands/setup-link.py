"""`anahtar-web setup-link`: the address of the first start, with its code."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from anahtar_web.company import setup_code
from anahtar_web.people.queries import anybody


class Command(BaseCommand):
    help = "Print the address where the first administrator is made. It works once, and only while nobody is there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--address", default="", help="address people use; default ANAHTAR_ORIGIN, else http://127.0.0.1:8000"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        base = options["address"] or settings.ORIGIN or "http://127.0.0.1:8000"
        if anybody():
            raise CommandError(f"Anahtar is set up already. Sign in at {base.rstrip('/')}/login/.")
        self.stdout.write(setup_code.link(base))
