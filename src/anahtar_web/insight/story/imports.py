"""The ledger comes in as an ERP gives it: three files of three kinds; one of them is taken back and brought again."""

import hashlib
import shutil
import tempfile
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from django.conf import settings

from anahtar.demo.files import write_demo
from anahtar_web.files.incoming import IncomingFile
from anahtar_web.gate.rights import Role
from anahtar_web.insight.actions.analysing import KIND, analyse
from anahtar_web.insight.story.house import who
from anahtar_web.jobs.models import Job
from anahtar_web.jobs.models import State as JobState
from anahtar_web.jobs.running import run
from anahtar_web.ledgers.actions import deciding, taking_back, uploading
from anahtar_web.ledgers.models import WORKING, Import, State
from anahtar_web.people.models import User

_WHY_BACK: Final = "Ekim kurlarıyla aktarılmıştı; yıl sonu kur dosyasıyla yeniden aktarılacak."
_STEPS: Final = 12
"""More than an import has; a story that does not move on is a fault, not an endless loop."""


class StoryStuck(Exception):
    """An import does not go on: the reader or its actions have changed, and the story has to follow."""


def bring_all() -> None:
    """Import the three files; the newest goes back once."""
    with tempfile.TemporaryDirectory(prefix="anahtar-demo-") as folder:
        *sales, rates = write_demo(Path(folder))
        oldest, middle, newest = sales
        head, analyst = who(Role.HEAD), who(Role.ANALYST)
        bring(oldest, rates, by=head)
        bring(middle, rates, by=analyst)
        if not Import.objects.filter(state=State.TAKEN_BACK).exists():
            take_back(bring(newest, rates, by=analyst), by=analyst)
        bring(newest, rates, by=analyst)


def bring(file: Path, rates: Path, *, by: User) -> Import:
    """Go the way of the wizard with a file, up to the ledger; goes on where an interrupted story left it."""
    gone = (State.TAKEN_BACK, State.TAKING_BACK, State.CANCELLED)
    of = Import.objects.filter(files__name=file.name).exclude(state__in=gone).first()
    of = of or uploading.upload(files=[incoming(file)], by=by)
    for _step in range(_STEPS):
        of.refresh_from_db()
        if of.state == State.IMPORTED:
            return of
        _go_on(of, rates, by=by)
    raise StoryStuck(f"{file.name}: {of.state}, {of.refusal}")


def _go_on(of: Import, rates: Path, *, by: User) -> None:
    if of.state in WORKING:
        do(of)
    elif of.state == State.OPEN and of.mapping is None:
        deciding.check(of, version=of.version, by=by, columns={}, save_as="Netsis satış ekstresi")
    elif not of.files.filter(purpose="rates").exists():
        # The file has sales in euro: the ledger's currency and the rates into it are a person's to say.
        deciding.check_anew(of, version=of.version, by=by, rates=incoming(rates), currency="TRY")
    elif of.state == State.CHECKED:
        deciding.confirm(of, version=of.version, by=by)
    else:
        raise StoryStuck(f"{of.title}: {of.state}, {of.refusal}")


def take_back(of: Import, *, by: User) -> None:
    """Take an import back, with a reason."""
    do(taking_back.take_back(of, version=of.version, reason=_WHY_BACK, by=by))


def do(of: Import) -> None:
    """Do the job of an import here; the analysis that follows each import waits until all are there."""
    of.refresh_from_db()
    job: Any = of.job
    if job is not None and not job.ended:
        run(job.pk, job.task_id)


def incoming(file: Path) -> IncomingFile:
    """Give a file as the upload would hand it over."""
    path = Path(settings.FILE_UPLOAD_TEMP_DIR) / uuid4().hex
    shutil.copyfile(file, path)
    return IncomingFile(path, file.name, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())


def analyse_now() -> None:
    """Do here what a worker would: the one analysis that everything before has asked for."""
    waiting = list(Job.objects.filter(kind=KIND, state=JobState.QUEUED).order_by("pk"))
    for job in waiting:
        run(job.pk, job.task_id)  # type: ignore[arg-type]  # a waiting job has a task
    if not waiting:
        analyse(by=who(Role.HEAD))
