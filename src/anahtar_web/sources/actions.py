"""Naming a source, saying how it is read, having it looked at and refreshed, and forgetting it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar.ledger.files.wire import options_from_json, options_to_json
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.roles import Role
from anahtar_web.audit.actions import differences, record
from anahtar_web.gate.refusals import Refused
from anahtar_web.jobs.actions import enqueue
from anahtar_web.jobs.models import Job
from anahtar_web.people.models import User
from anahtar_web.sources.addresses import is_allowed
from anahtar_web.sources.models import Source
from anahtar_web.sources.queries import open_import

PLACE: Final = ("host", "port", "database", "schema", "table", "user")
FIELDS: Final = ("name", *PLACE, "scheduled")


class UnableToName(Refused):
    """The table cannot become a source."""


class UnableToAsk(Refused):
    """The source is at work already, or waits for somebody."""


def values(source: Source) -> dict[str, Any]:
    """Give what people say of a source, by its names."""
    return {name: getattr(source, name) for name in FIELDS}


@transaction.atomic
def name_source(*, fields: Mapping[str, Any], by: User) -> Source:
    """Name a table as a source, and have a first look at it.

    Raises
    ------
    UnableToName
        The operator does not allow the server, or the table or the name is here already.
    """
    _refuse(fields, None)
    made = Source.objects.create(
        **{name: fields[name] for name in FIELDS}, options=options_to_json(ReadOptions()), by=by
    )
    record("source.named", made, by=by, after=values(made))
    return _ask(made, "sources.look", by=by)


@transaction.atomic
def change_source(source: Source, *, version: int, fields: Mapping[str, Any], by: User) -> Source:
    """Say otherwise where a source is, what it is called, or whether the schedule refreshes it.

    Raises
    ------
    UnableToName
        As for `name_source`; or it is at work.
    EditedMeanwhile
        Somebody has saved since `version` was read.
    """
    _refuse(fields, source)
    said = {name: fields[name] for name in FIELDS}
    was, now = differences(values(source), said)
    moved = any(name in now for name in PLACE)
    if moved:
        _refuse_busy(source)
        said |= {"peek": None, "months": [], "looked_at": None, "refusal": None, "refreshed_at": None}
        said |= {"unchanged": None, "brought": None}
    source.save_over(version, said)
    if now:
        record("source.changed", source, by=by, before=was, after=now)
    return _ask(source, "sources.look", by=by) if moved else source


@transaction.atomic
def choose_columns(source: Source, *, version: int, columns: Mapping[Role, str], by: User, **signs: Any) -> Source:
    """Say which column plays which role; the next refresh reads every month in this way.

    Raises
    ------
    UnableToAsk
        It is at work.
    EditedMeanwhile
        Somebody has saved since `version` was read.
    """
    _refuse_busy(source)
    options = replace(options_from_json(source.options), columns=dict(columns), **signs)
    source.save_over(version, {"options": options_to_json(options)})
    record("source.mapped", source, by=by, after={"columns": {role.value: name for role, name in columns.items()}})
    return _ask(source, "sources.look", by=by)


@transaction.atomic
def ask_for_look(source: Source, *, by: User) -> Source:
    """Have a table tell its columns, first rows and months; nothing is copied.

    Raises
    ------
    UnableToAsk
        It is at work.
    """
    _refuse_busy(source)
    return _ask(source, "sources.look", by=by)


@transaction.atomic
def ask_for_refresh(source: Source, *, by: User | None, due_at: datetime | None = None) -> Source:
    """Have the new and changed months of a table pulled.

    Parameters
    ----------
    by
        Who asks; None for the schedule.
    due_at
        The scheduled analysis that waits for it.

    Raises
    ------
    UnableToAsk
        It is at work, or what was pulled before waits for somebody.
    """
    _refuse_busy(source)
    waiting = open_import(source)
    if waiting is not None:
        raise UnableToAsk(
            _("Import %(number)s of this source is %(state)s. Go on with it or cancel it, then refresh.")
            % {"number": waiting.number, "state": waiting.get_state_display()}
        )
    if due_at is not None:
        Source.objects.filter(pk=source.pk).update(asked_for=due_at)
    return _ask(source, "sources.refresh", by=by)


@transaction.atomic
def forget_source(source: Source, *, by: User) -> None:
    """Remove a source; what was pulled of it stays in the ledger, and can be taken back there.

    Raises
    ------
    UnableToAsk
        It is at work.
    """
    _refuse_busy(source)
    record("source.forgotten", source, by=by, before=values(source))
    source.delete()


def _refuse(fields: Mapping[str, Any], source: Source | None) -> None:
    if not is_allowed(fields["host"]):
        raise UnableToName(
            _("The server %(host)s is not among those the operator allows (ANAHTAR_SOURCE_HOSTS).")
            % {"host": fields["host"]}
        )
    others = Source.objects.exclude(pk=source.pk) if source is not None else Source.objects.all()
    if others.filter(name=fields["name"]).exists():
        raise UnableToName(_("There is a source of this name already. Choose another name."))
    same = others.filter(**{name: fields[name] for name in PLACE if name != "user"}).first()
    if same is not None:
        raise UnableToName(_("This table is a source already: %(name)s.") % {"name": same.name})


def _refuse_busy(source: Source) -> None:
    """Lock a source and see that nothing is at work on it: of two who ask, one is told so."""
    held = Source.objects.select_for_update(of=("self",)).select_related("job").get(pk=source.pk)
    if held.job is not None and not held.job.ended:
        raise UnableToAsk(_("The source is at work already; its page shows how far it is."))


def _ask(source: Source, kind: str, *, by: User | None) -> Source:
    job: Job = enqueue(kind, by=by, payload={"source": source.pk}, subject=source, label=source.name)
    Source.objects.filter(pk=source.pk).update(job=job)
    source.refresh_from_db()
    return source
