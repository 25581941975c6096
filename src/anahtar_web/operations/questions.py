"""The questions of `anahtar-web doctor` besides the trail: is all that is kept there, whole, and looked after."""

import hashlib
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anahtar.ledger.store.store import Ledger, is_ledger
from anahtar.words import Refusal
from anahtar_web.audit.doctor import register
from anahtar_web.insight.models import Run, Standing
from anahtar_web.jobs.models import Job, State
from anahtar_web.ledgers import storage
from anahtar_web.ledgers.models import UNDER_WAY, Import, StoredFile
from anahtar_web.operations import durability
from anahtar_web.operations.preparing import pending, unknown
from anahtar_web.ui.templatetags.shown import words

_A_DAY: Final = 86_400.0
_UNHEARD: Final = timedelta(minutes=2)
"""A worker looks every second and renews its lease every few: after two minutes nobody is there."""


@register("database", gettext_lazy("Database"))
def database() -> Iterator[str]:
    """Have the database look through its own pages and indexes."""
    query, well = {
        "sqlite": ("PRAGMA integrity_check(20)", "ok"),
        "postgresql": ("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid", ""),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = [str(row[0]) for row in cursor.fetchall()]
        for fault in found:
            if fault != well:
                yield _("The database is damaged: %(fault)s. Restore a backup.") % {"fault": fault}
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_key_check")
            for table, row, parent, _key in cursor.fetchall()[:20]:
                yield _("Row %(row)s of %(table)s refers to a row of %(parent)s that is not there.") % {
                    "row": row,
                    "table": table,
                    "parent": parent,
                }


@register("durability", gettext_lazy("Acknowledged means stored"))
def durable() -> Iterator[str]:
    """Ask the connection whether it waits for the disk."""
    yield from durability.faults()


@register("version", gettext_lazy("Version of the database"))
def version() -> Iterator[str]:
    """Compare the database with this program."""
    if names := unknown():
        yield _("The database was written by a newer version: %(names)s.") % {"names": ", ".join(names)}
    if names := pending():
        yield _("The database is of an older version; run anahtar-web prepare: %(names)s.") % {
            "names": ", ".join(names)
        }


@register("ledger", gettext_lazy("Sales ledger, every byte"))
def ledger() -> Iterator[str]:
    """Hash every part of every batch, and compare with what the imports say is in it."""
    folder = settings.DATA / "ledger"
    live: set[str] = set()
    if is_ledger(folder):
        try:
            opened = Ledger.open(folder)
            opened.verify()
            live = {manifest.batch for manifest in opened.batches()}
        except Refusal as refusal:
            yield words()(refusal.message)
            return
    said = Import.objects.filter(state="imported", kind="sales", table="").order_by("pk").values_list("pk", "batch")
    for number, batch in said:
        if batch not in live:
            yield _("Import %(number)s says it is in the ledger as %(batch)s, which is not there.") % {
                "number": number,
                "batch": batch,
            }


@register("standings", gettext_lazy("Standings"))
def standings() -> Iterator[str]:
    """Compare what the pages show with the run it comes from, and the run with the ledger."""
    run = Run.objects.filter(current=True).first()
    if run is None:
        return
    rows = Standing.objects.filter(run=run).count()
    if rows < run.customers:
        yield _("Run %(run)s has figures of %(wanted)s accounts and shows %(rows)s.") % {
            "run": run.pk,
            "wanted": words().number(run.customers),
            "rows": words().number(rows),
        }
    yield from _kept(run)
    yield from _behind(run)


def _kept(run: Run) -> Iterator[str]:
    from anahtar.analysis import keeping
    from anahtar_web.insight.publishing import folder_of

    try:
        keeping.load(folder_of(run))
    except Refusal as refusal:
        yield words()(refusal.message)


def _behind(run: Run) -> Iterator[str]:
    folder = settings.DATA / "ledger"
    if not is_ledger(folder) or Job.objects.under_way().filter(kind="insight.analyse").exists():
        return
    try:
        batches = [manifest.batch for manifest in Ledger.open(folder).batches()]
    except Refusal:
        return  # told by the question about the ledger
    if batches != run.batches:
        yield _("The ledger has changed since the last analysis, and no job waits to analyse it again.")


@register("files", gettext_lazy("Uploaded files, every byte"))
def files() -> Iterator[str]:
    """Hash every file that was uploaded and is still kept."""
    for file in StoredFile.objects.filter(removed_at=None).order_by("pk").iterator():
        path = storage.path_of(file)
        if not path.is_file():
            yield _("%(name)s of import %(number)s is not in the uploads folder.") % _named(file)
        elif _sha256(path) != file.sha256:
            yield _("%(name)s of import %(number)s is not what was uploaded.") % _named(file)


def _named(file: StoredFile) -> dict[str, object]:
    return {"name": file.name, "number": file.of_id}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@register("jobs", gettext_lazy("Jobs"))
def jobs() -> Iterator[str]:
    """Find jobs that nobody is at."""
    waiting = Job.objects.filter(state=State.QUEUED, created_at__lt=Now() - _UNHEARD).count()
    alive = Job.objects.filter(state=State.RUNNING, lease_until__gt=Now()).exists()
    if waiting and not alive:
        yield ngettext(
            "A job waits and no worker takes it. Start one: anahtar-web work",
            "%(n)s jobs wait and no worker takes them. Start one: anahtar-web work",
            waiting,
        ) % {"n": waiting}
    for job in Job.objects.filter(state=State.RUNNING, lease_until__lt=Now() - _UNHEARD).order_by("pk"):
        yield _(
            "Job %(number)s (%(job)s) runs, and its worker has given no sign of life. A worker will take it over."
        ) % {
            "number": job.pk,
            "job": job,
        }


@register("disk", gettext_lazy("Free disk"))
def disk() -> Iterator[str]:
    """Compare what is free with what imports need to be left."""
    from shutil import disk_usage

    free = disk_usage(settings.DATA).free
    if free < settings.FREE_DISK_BYTES:
        yield _("%(free)s MB are free in the data folder; below %(wanted)s MB imports are refused.") % {
            "free": words().number(free >> 20),
            "wanted": words().number(settings.FREE_DISK_BYTES >> 20),
        }


@register("leftovers", gettext_lazy("Leftovers"))
def leftovers() -> Iterator[str]:
    """Find what killed processes left and no sweep has taken: more than a day old, and nobody waits for it."""
    waited_for = set(Import.objects.filter(state__in=UNDER_WAY).values_list("pk", flat=True))
    before = time.time() - _A_DAY
    folders = [settings.DATA / "staging" / str(number) for number in storage.staged() if number not in waited_for]
    incoming = Path(settings.FILE_UPLOAD_TEMP_DIR)
    for path in [*folders, *sorted(incoming.iterdir()), *sorted(settings.DATA.glob(".backup-*"))]:
        if path.exists() and path.stat().st_mtime < before:
            yield _("%(path)s was left behind; it may be deleted.") % {"path": path}
