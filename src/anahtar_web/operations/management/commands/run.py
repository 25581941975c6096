"""`anahtar-web run`: everything on this machine, in one terminal."""

import ipaddress
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import get_commands
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar_web.operations.preparing import prepare
from anahtar_web.operations.serving import children, refuse_taken, serve
from anahtar_web.operations.starting import first_page
from anahtar_web.operations.terminal import SpokenCommand


class Command(SpokenCommand):
    """Serve the application and run its jobs until Ctrl-C."""

    help = gettext_lazy("serve the application and run its jobs on this machine, until Ctrl-C")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--host", default="127.0.0.1", help=_("address to listen on (127.0.0.1: only this machine)")
        )
        parser.add_argument("--port", type=int, default=8000, help=_("port to listen on (8000)"))
        parser.add_argument("--workers", type=int, default=2, help=_("processes that answer pages (2)"))
        parser.add_argument(
            "--import",
            dest="file",
            type=Path,
            metavar=_("FILE"),
            help=_("import a file as soon as there is an administrator"),
        )
        parser.add_argument("--demo", action="store_true", help=_("show the demo company, made on the first start"))

    def handle(self, *, host: str, port: int, workers: int, demo: bool, file: Path | None, **options: Any) -> None:
        demo = demo or settings.DEMO
        refuse_taken(host, port)
        if file is not None and not file.is_file():
            raise SystemExit(_("There is no file %(file)s.") % {"file": file})
        for sentence in prepare(now=timezone.localtime()):
            self.say(sentence)
        started = children(host, port, workers=workers, demo=demo, file=file)
        if demo and "demo" in get_commands():
            subprocess.run([sys.executable, "-m", "anahtar_web", "demo"], env=dict(started[0].environment), check=True)
        serve(host, port, started, on_ready=lambda: self._greet(host, port, demo=demo, file=file))
        self.say(_("Stopped. Nothing was lost."))

    def _greet(self, host: str, port: int, *, demo: bool, file: Path | None) -> None:
        site = f"http://{_named(host)}:{port}"
        self.say()
        self.say(_("Anahtar runs at %(address)s") % {"address": site})
        for sentence in first_page(site, demo=demo):
            self.say(sentence)
        if not _only_here(host):
            self.say(
                _(
                    "Other machines can reach it without encryption. Use it like this in a network you trust; "
                    "docs/how-to/production.md shows how to put it behind HTTPS."
                )
            )
        if file is not None:
            self.say(_("%(file)s is imported as soon as there is an administrator.") % {"file": file})
        self.say(_("Ctrl-C ends it."))


def _named(host: str) -> str:
    if host in ("0.0.0.0", "::"):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _only_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
