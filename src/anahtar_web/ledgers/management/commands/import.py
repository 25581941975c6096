"""`anahtar-web import FILE…`: what the pages of an import do, at the terminal and without a worker."""

import os
import sys
import time
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from anahtar.cli.intake import tell
from anahtar.cli.language import language_of
from anahtar.cli.reading import add_reading, read_options
from anahtar.ledger.files.wire import draft_from_json, peek_from_json
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.roles import FileKind
from anahtar.words import Message, Refusal
from anahtar_web.company.queries import today
from anahtar_web.files.incoming import IncomingFile, UnableToTakeIn, take_in
from anahtar_web.gate.refusals import Refused
from anahtar_web.jobs.models import Job
from anahtar_web.jobs.models import State as JobState
from anahtar_web.jobs.running import run
from anahtar_web.jobs.told import shown
from anahtar_web.ledgers.actions import deciding
from anahtar_web.ledgers.actions.mappings import applied
from anahtar_web.ledgers.actions.uploading import upload
from anahtar_web.ledgers.models import Import, Kind, SavedMapping, State
from anahtar_web.ledgers.queries import hindrance
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import words

_ANALYSIS: Final = "insight.analyse"


class Command(BaseCommand):
    """Import files here and now."""

    help = "Import files into the ledger, here and now, without a worker; refuses what a person has to decide."

    def run_from_argv(self, argv: list[str]) -> None:
        """Choose the language before the arguments are read, because the help itself is said in it."""
        with translation.override(language_of(argv[2:], os.environ)):
            super().run_from_argv(argv)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar=_("FILE"), help=_("files of one import"))
        parser.add_argument("--yes", action="store_true", help=_("import without asking, once the checks are passed"))
        parser.add_argument("--by", default="", metavar=_("E-MAIL"), help=_("in whose name; the first administrator"))
        parser.add_argument("--kind", choices=Kind.values, default="sales", help=_("what the rows are; sales"))
        parser.add_argument("--again", action="store_true", help=_("also a file that is here already"))
        add_reading(parser, words())

    def handle(self, *args: Any, **options: Any) -> None:
        arguments = Namespace(**options)
        try:
            self._import(arguments, _person(arguments.by))
        except Refusal as refusal:
            raise CommandError(words()(refusal.message)) from refusal
        except Refused as refused:
            raise CommandError(str(refused)) from refused

    def _import(self, arguments: Namespace, by: User) -> None:
        files = [_taken(path) for path in arguments.files]
        rates = _taken(arguments.rates) if arguments.rates else None
        try:
            options, mapping = _options(arguments)
            of = upload(files=files, by=by, again=arguments.again, options=options, rates=rates, kind=arguments.kind)
        finally:
            for file in (*files, *([rates] if rates else [])):
                file.close()
        if mapping is not None:
            Import.objects.filter(pk=of.pk).update(mapping=mapping)
        try:
            self._finish(of, arguments, by)
        except BaseException:
            _give_up(of, by)
            raise

    def _finish(self, of: Import, arguments: Namespace, by: User) -> None:
        of = _done(of)
        if of.state != State.OPEN:
            raise CommandError(shown(of.refusal))
        self._refuse_questions(of)
        of = _done(deciding.read(of, version=of.version, by=by, save_as=str(arguments.save_mapping or "")))
        if of.state != State.CHECKED:
            raise CommandError(shown(of.refusal))
        draft = draft_from_json(of.draft)
        tell(draft, _Voice(self.stdout))  # type: ignore[arg-type]  # all it asks of a terminal is to tell
        if against := hindrance(draft, of.kind):
            raise CommandError(against)
        if not arguments.yes and not self._agreed():
            raise CommandError(_("Nothing was imported. Say --yes to import what passes the checks."))
        of = _done(deciding.confirm(of, version=of.version, by=by))
        if of.state != State.IMPORTED:
            raise CommandError(shown(of.refusal))
        told = {"batch": of.batch, "number": of.number}
        self.stdout.write(_("Imported as batch %(batch)s (import %(number)s).") % told)
        self._analyse()

    def _refuse_questions(self, of: Import) -> None:
        peek = peek_from_json(of.peek)
        asked = [*peek.questions, *(question for sheet in peek.sheets for question in sheet.questions)]
        if asked:
            raise CommandError("\n".join(words()(question.sentence) for question in asked))

    def _agreed(self) -> bool:
        if not sys.stdin.isatty():
            return False
        self.stdout.write(_("Import this? [y/N] "), ending="")
        return input().strip().lower() in {"y", "yes", "e", "evet"}

    def _analyse(self) -> None:
        for job in Job.objects.filter(kind=_ANALYSIS, state=JobState.QUEUED).order_by("pk"):
            _run(job)


class _Voice:
    """The part of a terminal that `tell` speaks to."""

    def __init__(self, out: Any) -> None:
        self._out = out

    def tell(self, message: Message, style: str = "") -> None:
        self._out.write(words()(message))


def _taken(path: Path) -> IncomingFile:
    try:
        return take_in(path)
    except UnableToTakeIn as refusal:
        raise CommandError(str(refusal)) from refusal
    except OSError as error:
        raise CommandError(_("%(file)s cannot be read: %(why)s") % {"file": path, "why": error.strerror}) from error


def _person(email: str) -> User:
    people = User.objects.filter(is_active=True)
    found = people.filter(email=email.lower()).first() if email else people.filter(role="administrator").first()
    if found is None:
        raise CommandError(_("There is no such person. Name one who may import: --by E-MAIL."))
    return found


def _options(arguments: Namespace) -> tuple[ReadOptions, SavedMapping | None]:
    """Give what the terminal decides; `--mapping` names a saved mapping of the application, or a file of one."""
    named = SavedMapping.objects.filter(name=str(arguments.mapping)).first() if arguments.mapping else None
    if named is not None:
        arguments.mapping = None
    arguments.rates = None
    options = replace(read_options(arguments, today=today()), kind=FileKind(arguments.kind))
    return (applied(named, options) if named else options), named


def _done(of: Import) -> Import:
    """Do the work an import waits for, here; where a worker was faster, wait for it."""
    if of.job is not None:
        _run(of.job)
    return Import.objects.get(pk=of.pk)


def _run(job: Job) -> None:
    if job.task_id is not None:
        run(job.pk, job.task_id)
    while not Job.objects.get(pk=job.pk).ended:
        time.sleep(0.2)


def _give_up(of: Import, by: User) -> None:
    now = Import.objects.get(pk=of.pk)
    try:
        deciding.cancel(now, by=by)
    except Refused:
        # It is in the ledger, or on its way there: nothing is left behind.
        return
