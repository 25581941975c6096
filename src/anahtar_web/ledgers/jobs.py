"""What of an import is done in the background: opening, reading, adding to the ledger, taking back."""

from collections.abc import Callable
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar.ledger.files import wire
from anahtar_web.files.incoming import sweep_incoming
from anahtar_web.gate.refusals import Refused
from anahtar_web.jobs.registry import every, job
from anahtar_web.jobs.work import Work
from anahtar_web.ledgers import storage
from anahtar_web.ledgers.actions import reading
from anahtar_web.ledgers.actions.importing import add_to_ledger, finish, keep
from anahtar_web.ledgers.actions.settling import settle
from anahtar_web.ledgers.actions.taking_back import finish_taking_back, remove_from_ledger
from anahtar_web.ledgers.keepers import keeper_of
from anahtar_web.ledgers.models import UNDER_WAY, Import, State

_STAGES: Final = {
    "looking": gettext_lazy("Opening"),
    "reading": gettext_lazy("Reading rows"),
    "comparing": gettext_lazy("Comparing with a second count"),
    "checking": gettext_lazy("Checking sums and duplicates"),
}
"""What the reader is at (its own names), for people."""


class UnableToAnswer(Refused):
    """Nobody asks this any more: the import has moved on."""

    def __init__(self) -> None:
        super().__init__(_("This import has moved on meanwhile; its page shows where it stands."))


@job("ledgers.peek", title=gettext_lazy("Open a file"), ended=settle)
def peek(work: Work) -> None:
    """Have a first look at the files: sheets, headings, columns, signs."""
    of = _asked(work, State.LOOKING)
    found = reading.look(of, on_progress=_progress(work))
    with transaction.atomic():
        reading.looked(of, found)
        work.hold()


@job("ledgers.read", title=gettext_lazy("Check a file"), ended=settle)
def read(work: Work) -> None:
    """Read the files whole into the staging folder."""
    of = _asked(work, State.CHECKING)
    draft = reading.read_whole(of, on_progress=_progress(work))
    problems = reading.problems_of(of)
    with transaction.atomic():
        reading.checked(of, draft, problems)
        work.hold()


@job("ledgers.import", title=gettext_lazy("Import a file"), ended=settle)
def import_(work: Work) -> dict[str, Any]:
    """Make what was read part of the ledger."""
    of = _asked(work, State.IMPORTING)
    work.progress(gettext_lazy("into the ledger"))
    if (keeper := keeper_of(of.kind)) is not None:
        with transaction.atomic():
            done = keep(of, keeper, by=work.job.by)
            work.hold()
        return {"batch": done.batch}
    batch = add_to_ledger(of, wire.draft_from_json(of.draft))
    with transaction.atomic():
        finish(of, batch, by=work.job.by)
        work.hold()
    return {"batch": batch}


@job("ledgers.pick", title=gettext_lazy("Prepare refused rows for correction"))
def pick(work: Work) -> None:
    """Copy the refused rows of an import as they stand; nothing waits for it."""
    of = Import.objects.filter(pk=work.payload["import"], draft_version=work.payload["draft"]).first()
    if of is not None and of.state != State.CANCELLED:
        reading.pick_refused(of)


@job("ledgers.take_back", title=gettext_lazy("Take an import back"), ended=settle)
def take_back(work: Work) -> None:
    """Take a batch out of the ledger."""
    of = _asked(work, State.TAKING_BACK)
    work.progress(gettext_lazy("out of the ledger"))
    keeper = keeper_of(of.kind)
    if keeper is None:
        remove_from_ledger(of)
    with transaction.atomic():
        if keeper is not None:
            keeper.take_out(of, work.job.by)
        finish_taking_back(of, by=work.job.by)
        work.hold()


def _asked(work: Work, state: State) -> Import:
    """The import as the job was asked about it.

    Raises
    ------
    UnableToAnswer
        It has moved on since.
    """
    asked = Import.objects.filter(pk=work.payload["import"], version=work.payload["version"], state=state).first()
    if asked is None:
        raise UnableToAnswer
    return asked


def _progress(work: Work) -> Callable[[str, int, int], None]:
    def told(stage: str, done: int, total: int) -> None:
        work.progress(_STAGES.get(stage, stage), done, total or None)

    return told


@every(3600, "ledgers.sweep")
def sweep() -> None:
    """Delete what killed processes left: half uploads, and readings nobody waits for."""
    sweep_incoming()
    waited_for = set(Import.objects.filter(state__in=UNDER_WAY).values_list("pk", flat=True))
    for number in storage.staged():
        if number not in waited_for:
            storage.drop_staging(number)
