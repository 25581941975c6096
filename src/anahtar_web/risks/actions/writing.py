"""A case is opened, and what is written of it changes."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.holding import held
from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import differences, record
from anahtar_web.company.queries import today
from anahtar_web.gate.refusals import Refused
from anahtar_web.people.models import User
from anahtar_web.risks.actions.moving import note_move, tell
from anahtar_web.risks.models import CLOSED, Case, Reason, Stage

EDITED: Final = (
    "title",
    "direction",
    "reason",
    "severity",
    "likelihood",
    "owner",
    "next_step",
    "next_on",
    "notes",
)
"""What the form has; the stage changes by a move."""

_TRAILED: Final = ("direction", "severity", "likelihood", "next_on")
"""What the trail keeps word for word; of the rest it says only that it changed: it outlives an erasure."""


class UnableToWriteCase(Refused):
    """What was said of the case cannot be so."""


@transaction.atomic
def open_case(
    *,
    account: Account,
    title: str,
    stage: str = Stage.EARLY,
    direction: str = "",
    reason: Reason | None = None,
    severity: int = 3,
    likelihood: int = 3,
    owner: User | None = None,
    next_step: str = "",
    next_on: date | None = None,
    notes: str = "",
    by: User | None,
) -> Case:
    """Open a case of an account.

    Parameters
    ----------
    by
        None: the ledger.

    Raises
    ------
    UnableToWriteCase
        It says nothing, is weighed otherwise than from 1 to 5, or would be opened closed.
    UnableToChangeMerged
        The account goes on under another.
    """
    home = held(account)
    if stage in CLOSED:
        raise UnableToWriteCase(_("A case is opened where something can be done. Choose an open stage."))
    said: dict[str, Any] = {
        "title": title,
        "direction": direction,
        "reason": reason,
        "severity": severity,
        "likelihood": likelihood,
        "owner": owner,
        "next_step": next_step,
        "next_on": next_on,
        "notes": notes,
    }
    day = today()
    made: Case = Case.objects.create(
        account=home, stage=Stage(stage).value, stage_since=day, opened_on=day, opened_by=by, **_clean(said)
    )
    moved = note_move(made, "", words="", why=None, by=by)
    told = {name: value for name, value in _told(made).items() if value not in (None, "")}
    record("case.opened", made, by=by, after={"stage": made.stage, **told}, account=home.pk)
    tell(moved)
    return made


@transaction.atomic
def edit_case(*, case: Case, seen: int, fields: Mapping[str, Any], by: User) -> Case:
    """Change what is written of a case.

    Raises
    ------
    EditedMeanwhile
        Somebody has changed it since `seen`; carries it as it is now.
    UnableToWriteCase
        It cannot be so.
    UnableToChangeMerged
        The account goes on under another.
    """
    home = held(case.account)
    clean = _clean({name: value for name, value in fields.items() if name in EDITED})
    before, was = _told(case), {name: getattr(case, name) for name in clean}
    case.save_over(seen, clean)
    changed = [name for name in clean if clean[name] != was[name] and name not in _TRAILED]
    former, now = differences(before, _told(case))
    if changed:
        now = {**now, "case_written": changed}
    if now:
        record("case.edited", case, by=by, before=former, after=now, account=home.pk)
    return case


def _clean(said: Mapping[str, Any]) -> dict[str, Any]:
    clean: dict[str, Any] = {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
    if "title" in clean and not clean["title"]:
        raise UnableToWriteCase(_("Say in a few words what is at risk."))
    if any(not 1 <= clean.get(name, 3) <= 5 for name in ("severity", "likelihood")):
        raise UnableToWriteCase(_("Severity and likelihood are numbers from 1 to 5."))
    return clean


def _told(case: Case) -> dict[str, Any]:
    day = case.next_on
    return {name: getattr(case, name) for name in _TRAILED} | {"next_on": day.isoformat() if day else None}
