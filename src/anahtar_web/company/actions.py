"""What can happen to the company's settings."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.audit.actions import differences, record
from anahtar_web.company.criteria import flat
from anahtar_web.company.models import Company
from anahtar_web.gate.refusals import Refused
from anahtar_web.people.actions import make_first_administrator
from anahtar_web.people.models import User

LAPSE: Final = ("lapse", "lapse_days", "lapse_at_risk", "lapse_lapsed")
COMPANY: Final = ("name", "currency", "fiscal_year_start", "time_zone", "language")
THRESHOLDS: Final = ("window", "measure", "abc_a", "abc_b", "xyz_x", "xyz_y", "period", *LAPSE)

on_thresholds_changed: Final[list[Callable[[Company, Any], None]]] = []
"""Called with the company and who changed it, in the transaction that changes thresholds or criteria."""


class UnableToChangeLogo(Refused):
    """Somebody else has changed the logo since the page was read."""

    def __init__(self) -> None:
        super().__init__(_("The logo was changed meanwhile. Look at the one that is there now, and try again."))


class UnableToChangeWithoutReason(Refused):
    """Standings move when a threshold moves; whoever asks later must find why."""

    def __init__(self) -> None:
        super().__init__(_("Say why the thresholds change: it stays on the trail beside the change."))


@transaction.atomic
def set_up(*, administrator: Mapping[str, Any], company: Mapping[str, Any]) -> User:
    """Make the first administrator and write the company's first settings.

    Raises
    ------
    UnableToSetUp
        Somebody is there already.
    """
    made = make_first_administrator(**administrator)
    row = _row()
    before = _values(row, tuple(company))
    row.save_over(row.version, dict(company))
    was, now = differences(before, _values(row, tuple(company)))
    record("company.set_up", row, by=made, before=was, after=now)
    return made


def _row() -> Company:
    """Give the row to write to, made now if nobody has set anything yet."""
    return Company.objects.get_or_create(pk=1)[0]


def _values(row: Company, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


@transaction.atomic
def change_company(*, version: int, fields: Mapping[str, Any], by: User) -> Company:
    """Write name, currency, fiscal year, time zone and language.

    Raises
    ------
    EditedMeanwhile
        Somebody has saved since `version` was read.
    """
    row = _row()
    before = _values(row, COMPANY)
    row.save_over(version, {name: fields[name] for name in COMPANY})
    was, now = differences(before, _values(row, COMPANY))
    if now:
        record("company.edited", row, by=by, before=was, after=now)
    return row


@transaction.atomic
def change_logo(*, was: str, now: str, by: User) -> None:
    """Say which picture stands on the letterhead; the other settings keep their version.

    Parameters
    ----------
    was, now
        Digests of the picture that the page showed, and of the one to come; empty for none.

    Raises
    ------
    UnableToChangeLogo
        Another one is there by now.
    """
    row = _row()
    if not Company.objects.filter(pk=row.pk, logo=was).update(logo=now):
        raise UnableToChangeLogo
    if was != now:
        verb = "company.logo_changed" if now else "company.logo_removed"
        record(verb, row, by=by, before=_short(was), after=_short(now))


def _short(digest: str) -> dict[str, Any]:
    return {"logo": digest[:12]} if digest else {}


@transaction.atomic
def change_thresholds(*, version: int, fields: Mapping[str, Any], reason: str, by: User) -> Company:
    """Write by what accounts are judged, and have the ledger analysed anew.

    Parameters
    ----------
    fields
        Those of `THRESHOLDS` that are meant; the others stay as they are.

    Raises
    ------
    UnableToChangeWithoutReason
        Nobody says why.
    EditedMeanwhile
        Somebody has saved since `version` was read.
    """
    row = _row()
    before = _values(row, THRESHOLDS)
    row.save_over(version, {name: fields[name] for name in THRESHOLDS if name in fields})
    was, now = differences(before, _values(row, THRESHOLDS))
    _moved(row, "company.thresholds_changed", was, now, reason, by)
    return row


@transaction.atomic
def change_criteria(*, version: int, text: str, reason: str, by: User) -> Company:
    """Write what makes an account key, and have the ledger analysed anew.

    Parameters
    ----------
    text
        TOML that `anahtar.rules.criteria` has read without complaint; empty for its defaults.

    Raises
    ------
    UnableToChangeWithoutReason
        Nobody says why.
    EditedMeanwhile
        Somebody has saved since `version` was read.
    """
    row = _row()
    before = flat(row.criteria)
    row.save_over(version, {"criteria": text})
    was, now = differences(before, flat(text))
    _moved(row, "company.criteria_changed", was, now, reason, by)
    return row


def _moved(row: Company, verb: str, was: dict[str, Any], now: dict[str, Any], reason: str, by: User) -> None:
    if not now:
        return
    if not reason.strip():
        raise UnableToChangeWithoutReason
    record(verb, row, by=by, before=was, after=now, reason=reason.strip())
    for tell in on_thresholds_changed:
        tell(row, by)
