"""Contracts, reference rights and demands are written, changed and taken out; every version stays readable."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, TypeVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.holding import held
from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import differences, record
from anahtar_web.dossier.models import Kept
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User

Sheet = TypeVar("Sheet", bound=Kept)

_OURS: Final = {"id", "account", "root", "by", "recorded_at", "ended_at", "removed_by", "remove_reason"}


class UnableToKeep(Refused):
    """The sheet cannot be written as it is asked for."""


def fields_of(model: type[Kept]) -> list[str]:
    """Give the names of what people write on a sheet."""
    return [field.name for field in model._meta.concrete_fields if field.name not in _OURS]


@transaction.atomic
def keep(
    *,
    model: type[Sheet],
    account: Account,
    fields: Mapping[str, Any],
    by: User,
    seen: Sheet | None = None,
    at: datetime | None = None,
) -> Sheet:
    """Write a sheet, or its next version.

    Parameters
    ----------
    seen
        The version that stood there when the person looked; None: a new sheet.
    at
        When it was written down elsewhere; None: now.

    Raises
    ------
    UnableToKeep
        Nothing would change, or a person or file of another account is named.
    EditedMeanwhile
        Another version has followed since; carries it.
    """
    fresh, moment = held(account), at or timezone.now()
    said = {name: fields[name] for name in fields_of(model) if name in fields}
    _check(fresh, said)
    before = _told(model, {name: getattr(seen, name) for name in said}) if seen else {}
    if seen is not None:
        if before == _told(model, said):
            raise UnableToKeep(_("That is what holds already. Change something, or leave it."))
        _end(seen, moment)
    made = model(
        account=fresh, root_id=seen.item if seen else None, by=by, recorded_at=moment, **_whole(model, said, seen)
    )
    made.save(force_insert=True)
    was, now = differences(before, _told(model, said))
    noun = model._meta.model_name
    record(f"{noun}.changed" if seen else f"{noun}.written", made, by=by, before=was, after=now, account=fresh.pk)
    return made


@transaction.atomic
def remove(*, account: Account, sheet: Kept, reason: str, by: User) -> None:
    """Take a sheet out: it holds no more; its versions stay readable.

    Raises
    ------
    UnableToKeep
        Nobody says why, or it holds no more already.
    """
    if not reason.strip():
        raise UnableToKeep(_("Say why. Whoever reads it in a year was not there."))
    fresh = held(account)
    try:
        _end(sheet, timezone.now(), removed_by=by, remove_reason=reason.strip())
    except EditedMeanwhile:
        raise UnableToKeep(_("Somebody has changed it meanwhile. Look at it, and decide again.")) from None
    record(f"{sheet._meta.model_name}.removed", sheet, by=by, reason=reason.strip(), account=fresh.pk)


def _end(sheet: Kept, moment: datetime, **why: Any) -> None:
    rows = type(sheet)._default_manager
    if not rows.filter(pk=sheet.pk, ended_at=None).update(ended_at=moment, **why):
        last = rows.filter(models.Q(pk=sheet.item) | models.Q(root=sheet.item)).order_by("-recorded_at", "-pk")[0]
        if last.ended_at is not None:
            raise UnableToKeep(_("Somebody has taken it out meanwhile. Look at the dossier again."))
        raise EditedMeanwhile(last)


def _whole(model: type[Kept], said: Mapping[str, Any], seen: Kept | None) -> dict[str, Any]:
    kept = {name: getattr(seen, name) for name in fields_of(model)} if seen else {}
    return {**kept, **said}


def _check(account: Account, said: Mapping[str, Any]) -> None:
    for name in ("document", "granted_by", "raised_by"):
        of = said.get(name)
        if of is not None and not type(of)._default_manager.of(account).filter(pk=of.pk).exists():
            raise UnableToKeep(_("The person or file you named belongs to another account."))


def _told(model: type[Kept], said: Mapping[str, Any]) -> dict[str, Any]:
    """Write what a sheet says as plain values: people and files by name, days as days."""
    told = {}
    for name, value in said.items():
        if isinstance(value, models.Model):
            told[name] = str(value)
        else:
            told[name] = value.isoformat() if isinstance(value, date) else value
    return told
