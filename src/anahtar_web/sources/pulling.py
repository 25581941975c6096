"""The work itself, in the worker: a look at a table, and what is new of it brought to the imports."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar.ledger.files.wire import options_from_json, options_to_json, peek_to_json
from anahtar.ledger.roles import Role
from anahtar_web.gate.refusals import Refused
from anahtar_web.ledgers.actions.pulling import keep_haul
from anahtar_web.ledgers.models import Import
from anahtar_web.ledgers.pulled import held_by
from anahtar_web.ledgers.queries import ledger
from anahtar_web.ledgers.stored_text import storable
from anahtar_web.sources.addresses import is_allowed
from anahtar_web.sources.models import Source
from anahtar_web.sources.queries import open_import, options_of, was_taken_back

if TYPE_CHECKING:
    from anahtar.sources.pulling import Glance, Haul
    from anahtar_web.jobs.work import Work

_STAGES: Final = {
    "pulling": gettext_lazy("Copying months"),
    "reading": gettext_lazy("Reading months"),
}


class UnableToReach(Refused):
    """The operator does not let this program speak with the server (any more)."""

    def __init__(self, host: str) -> None:
        super().__init__(
            _("The server %(host)s is not among those the operator allows (ANAHTAR_SOURCE_HOSTS).") % {"host": host}
        )


class UnableToKeep(Refused):
    """Something else of the table came in while this was pulled."""

    def __init__(self) -> None:
        super().__init__(_("The source has moved on meanwhile. Nothing was kept; refresh it again."))


def look(source: Source, work: "Work") -> None:
    """Ask a table for its columns, first rows and months, and keep what it says."""
    from anahtar.sources.pulling import glance

    _refuse_server(source)
    work.progress(gettext_lazy("Asking the database"))
    found = glance(source.address, options_of(source))
    with transaction.atomic():
        _keep(
            source,
            peek=storable(peek_to_json(found.peek)),
            months=_months(found),
            looked_at=timezone.now(),
        )
        work.hold()


def _months(found: "Glance") -> list[list[Any]]:
    amount = found.peek.sheets[0].mapping.get(Role.AMOUNT, "")
    return [[month, told.rows, told.sums.get(amount)] for month, told in found.months.items()]


def refresh(source: Source, work: "Work") -> dict[str, Any]:
    """Pull what is new or differs, and make an import of it; nothing is kept where nothing is new.

    Returns
    -------
    dict
        The import, where one was made, and how many months stayed as they are.
    """
    from anahtar.sources.pulling import fetch

    _refuse_server(source)
    work.progress(gettext_lazy("Asking the database"))

    def told(stage: str, done: int, total: int) -> None:
        work.progress(_STAGES.get(stage, stage), done, total or None)

    with _folder(source) as staging:
        haul = fetch(ledger(), source.address, options_of(source), staging, on_progress=told)
        with transaction.atomic():
            made = _make(source, haul, staging, work)
            _keep(source, refreshed_at=timezone.now(), unchanged=haul.unchanged, brought=made)
            work.hold()
    return {"import": made.pk if made is not None else None, "unchanged": haul.unchanged}


def _make(source: Source, haul: "Haul", staging: Path, work: "Work") -> Import | None:
    if not haul.months and not haul.gone:
        return None
    Source.objects.select_for_update().get(pk=source.pk)
    live, table = ledger().batches(), source.address.source
    names = {manifest.batch for manifest in live}
    known = [*haul.gone.values(), *(one.replaces for one in haul.months.values() if one.replaces is not None)]
    if open_import(source) is not None or any(manifest.batch not in names for manifest in known):
        raise UnableToKeep
    options = options_from_json(source.options)
    if not options.columns and haul.months:
        # From now on these are the columns: one that goes is told, and none that comes changes what was read.
        mapping = next(iter(haul.months.values())).draft.mapping
        options = replace(options, columns={Role(role): name for role, name in mapping.items()})
        Source.objects.filter(pk=source.pk).update(options=options_to_json(options))
    return keep_haul(
        haul=haul,
        table=table,
        title=f"{source.name}: {source.shown}",
        staging=staging,
        options=options_to_json(options),
        held=held_by(haul, live, table, taken_back=was_taken_back(source) is not None),
        owner=work.job.by or source.by,
        by=work.job.by,
    )


def _keep(source: Source, **found: Any) -> None:
    Source.objects.filter(pk=source.pk).update(refusal=None, **found)


def _refuse_server(source: Source) -> None:
    """See that the operator still allows the server: the list may be shorter than when the source was named."""
    if not is_allowed(source.host):
        raise UnableToReach(source.host)


@contextmanager
def _folder(source: Source) -> Iterator[Path]:
    """Give an empty folder beside the ledger; what killed runs left of this source is deleted."""
    home = settings.DATA / "staging"
    home.mkdir(exist_ok=True, mode=0o700)
    for left in home.glob(f"source-{source.pk}-*"):
        shutil.rmtree(left, ignore_errors=True)
    name = tempfile.mkdtemp(prefix=f"source-{source.pk}-", dir=home)
    try:
        yield Path(name)
    finally:
        shutil.rmtree(name, ignore_errors=True)
