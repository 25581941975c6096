"""`anahtar-web setup`: the first administrator, from a terminal."""

import getpass
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from anahtar_web.company import setup_code
from anahtar_web.company.actions import set_up
from anahtar_web.company.forms import SetupForm
from anahtar_web.company.queries import company
from anahtar_web.gate.refusals import Refused
from anahtar_web.people.queries import anybody


class Command(BaseCommand):
    help = "Make the first administrator and the company. The password is asked for, or read from a file or a pipe."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True, help="address the administrator signs in with")
        parser.add_argument("--name", required=True, help="the administrator's name")
        parser.add_argument("--company", default="", help="the company's name")
        parser.add_argument("--currency", default="", help="ISO code, e.g. TRY; default: what the first import says")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], help="default: tr")
        parser.add_argument("--time-zone", help="default: Europe/Istanbul")
        parser.add_argument("--password-file", type=Path, help="file whose first line is the password")

    def handle(self, *args: Any, **options: Any) -> None:
        if anybody():
            raise CommandError("Anahtar is set up already; its administrator invites all others.")
        password = _password(options["password_file"])
        with translation.override("en"):
            form = SetupForm(_said(options, password))
            if not form.is_valid():
                raise CommandError("\n".join(_complaints(form)))
            try:
                person = set_up(administrator=form.administrator(), company=form.company_fields())
            except Refused as refusal:
                raise CommandError(str(refusal)) from refusal
        setup_code.forget()
        self.stdout.write(f"{person.email} is the administrator.")


def _password(file: Path | None) -> str:
    """Read the password; never from the command line, which every user of the machine can see."""
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    if sys.stdin.isatty():
        return getpass.getpass("Password: ")
    return sys.stdin.readline().rstrip("\r\n")


def _said(options: dict[str, Any], password: str) -> dict[str, Any]:
    # Whoever runs commands on the server may read the code as well.
    code = setup_code.kept()
    now = company()
    return {
        "email": options["email"],
        "name": options["name"],
        "company": options["company"] or options["email"].rpartition("@")[2],
        "currency": options["currency"],
        "language": options["language"] or now.language,
        "time_zone": options["time_zone"] or now.time_zone,
        "code": code,
        "password": password,
        "again": password,
    }


def _complaints(form: SetupForm) -> list[str]:
    return [f"{form.fields[name].label}: {' '.join(map(str, errors))}" for name, errors in form.errors.items()]
