"""What people write of somebody at an account: a new person, a gap, or what has become known since."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.holding import held
from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from anahtar_web.stakeholders.actions.keeping import UnableToWritePerson, check_superior, hold, keep, save, tell
from anahtar_web.stakeholders.models import TOLD, Grade, Stakeholder, StakeholderVersion

EDITED: Final = tuple(name for name in TOLD if name not in ("left_on", "went_to", "place"))
"""What the form has; leaving and moving are actions of their own."""


@transaction.atomic
def add(*, account: Account, fields: Mapping[str, Any], by: User) -> Stakeholder:
    """Write somebody down; without a name it is a gap: a place for which we do not know who.

    Raises
    ------
    UnableToWritePerson
        Neither name nor position nor role is said, or nobody may report to that superior.
    """
    home = held(account)
    clean = _clean({name: fields[name] for name in EDITED if name in fields}, None)
    check_superior(home, None, clean.get("reports_to"))
    made: Stakeholder = Stakeholder.objects.create(account=home, by=by, **clean)
    keep(made, by=by)
    tell("stakeholder.added", made, by=by)
    return made


@transaction.atomic
def edit(*, who: Stakeholder, version: int, fields: Mapping[str, Any], by: User) -> Stakeholder:
    """Write what changed, over the version that was read.

    Raises
    ------
    EditedMeanwhile
        Somebody has saved since; carries the person as now written.
    UnableToWritePerson
        It cannot be so.
    """
    home = hold(who)
    fresh: Stakeholder = Stakeholder.objects.select_related("account").get(pk=who.pk)
    asked = {name: fields[name] for name in EDITED if name in fields}
    clean = _clean(asked, fresh)
    changes = {name: value for name, value in clean.items() if value != getattr(fresh, name)}
    if not changes and fresh.version == version:
        return fresh
    check_superior(home, fresh, changes.get("reports_to"))
    return save(fresh, version, changes, by=by, verb="stakeholder.edited")


@transaction.atomic
def edit_one(*, who: Stakeholder, version: int, field: str, value: Any, by: User) -> Stakeholder:
    """Write one field; that others have changed other fields since is no matter.

    Raises
    ------
    EditedMeanwhile
        Somebody has changed this very field since.
    UnableToWritePerson
        It cannot be so.
    """
    hold(who)
    fresh = Stakeholder.objects.select_related("account").get(pk=who.pk)
    seen = StakeholderVersion.objects.filter(stakeholder=fresh, number=version).first()
    if seen is None or getattr(seen, field) != getattr(fresh, field):
        raise EditedMeanwhile(fresh)
    return edit(who=fresh, version=fresh.version, fields={field: value}, by=by)


def told(who: Stakeholder) -> dict[str, Any]:
    """Give what is written of somebody, for both versions beside each other."""
    values = {name: getattr(who, name) for name in EDITED}
    return values | {"reports_to": who.reports_to.shown if who.reports_to else None}


def _clean(asked: dict[str, Any], before: Stakeholder | None) -> dict[str, Any]:
    """Complete what was said: a stance has a grade and a day, further roles are others than the main one."""
    values = {name: value.strip() if isinstance(value, str) else value for name, value in asked.items()}

    def now(name: str, empty: Any = "") -> Any:
        return values.get(name, getattr(before, name, empty) if before else empty)

    _complete_stance(values, before)
    if {"role", "more_roles"} & values.keys():
        others = [role for role in now("more_roles").split() if role != now("role")]
        values["more_roles"] = f" {' '.join(dict.fromkeys(others))} " if others else ""
    if not (now("name") or now("position") or now("role")):
        raise UnableToWritePerson(
            _("Say at least one of name, position and role: without a name it stands on the map as a gap.")
        ).about("name")
    return values


def _complete_stance(values: dict[str, Any], before: Stakeholder | None) -> None:
    if not {"stance", "stance_grade"} & values.keys():
        return
    stance = values.get("stance", before.stance if before else "")
    grade = values.get("stance_grade", before.stance_grade if before else "")
    grade = (grade or Grade.ASSUMED) if stance else ""
    changed = before is None or (before.stance, before.stance_grade) != (stance, grade)
    values.update(stance=stance, stance_grade=grade)
    if not stance:
        values["stance_since"] = None
    elif values.get("stance_since") is None and changed:
        values["stance_since"] = today()
    elif changed and before is not None and values["stance_since"] == before.stance_since:
        # Left as it stood in the form: the day belongs to the stance before.
        values["stance_since"] = today()
