"""Moving an import from one state to the next, once, by whoever saw it where it stands."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.gate.refusals import Refused
from anahtar_web.jobs.actions import UnableToCancel, enqueue
from anahtar_web.jobs.actions import cancel as cancel_job
from anahtar_web.ledgers.models import Import, State


class UnableToMoveOn(Refused):
    """The import is not where the page showed it: somebody else, or the same person in another window, was faster."""

    def __init__(self, current: Import) -> None:
        sentence = _("%(name)s has moved on meanwhile: it is %(state)s. Nothing was changed.")
        super().__init__(sentence % {"name": current.number, "state": current.get_state_display()})
        self.current = current


def move(of: Import, *, version: int, when: Collection[State], to: State, **fields: Any) -> Import:
    """Change state and fields if the import is still as it was seen.

    Raises
    ------
    UnableToMoveOn
        It is not; carries it as it is now.
    """
    rows = Import.objects.filter(pk=of.pk, version=version, state__in=when)
    if not rows.update(state=to, version=version + 1, **fields):
        raise UnableToMoveOn(Import.objects.get(pk=of.pk))
    return Import.objects.get(pk=of.pk)


@transaction.atomic
def ask(of: Import, kind: str, *, by: Any) -> Import:
    """Have a job do the next step of an import; one still at work on an earlier question is stopped."""
    stop_job(of, by=by)
    of.job = enqueue(kind, by=by, payload={"import": of.pk, "version": of.version}, subject=of, label=of.title)
    of.save(update_fields=["job"])
    return of


def stop_job(of: Import, *, by: Any) -> None:
    """Stop the job that is at work on an import, if there is one; its answer would be dropped anyway."""
    if of.job is None or of.job.ended:
        return
    try:
        cancel_job(job=of.job, by=by)
    except UnableToCancel:
        # It ended between the question and the answer.
        return
