"""A competitor comes to an account, is met there otherwise than before, or gives it up."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Self

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.holding import held
from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import differences, record
from anahtar_web.company.queries import today
from anahtar_web.competitors.models import TOLD, Competitor, Presence, PresenceVersion
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import Stakeholder
from anahtar_web.ui.templatetags.shown import day

EDITED: Final = tuple(name for name in TOLD if name not in ("left_on", "why_left"))
"""What the form has; leaving is an action of its own."""

_TRAILED: Final = ("direction", "site", "offering", "since", "strength", "left_on")
"""What the trail keeps word for word. It outlives an erasure: of notes and people it says only that they changed."""


class UnableToWriteAttack(Refused):
    """What was written of a competitor at an account cannot be so; `field` names what it is about."""

    field: str | None = None

    def about(self, field: str) -> Self:
        """Say which field it is about."""
        self.field = field
        return self


@transaction.atomic
def enter(*, account: Account, competitor: Competitor, fields: Mapping[str, Any], by: User) -> Presence:
    """Write down that a competitor attacks an account.

    Raises
    ------
    UnableToWriteAttack
        It is written down for that place already, or cannot be so.
    """
    home = held(account)
    clean = _clean(fields, home)
    _check_new(home, competitor, clean)
    made: Presence = Presence.objects.create(account=home, competitor=competitor, by=by)
    version = PresenceVersion.objects.create(presence=made, number=1, by=by, **clean)
    _trail("competitor.entered", made, {}, told(version), by=by)
    return made


@transaction.atomic
def edit_attack(*, presence: Presence, seen: int, fields: Mapping[str, Any], by: User) -> PresenceVersion:
    """Write it anew; the version before stays as history.

    Parameters
    ----------
    seen
        Number of the version that was read.

    Raises
    ------
    EditedMeanwhile
        Somebody has written another one since; carries it.
    UnableToWriteAttack
        It cannot be so.
    """
    home = held(presence.account)
    before = _current(presence, seen)
    clean = _clean(fields, home)
    if all(getattr(before, name) == value for name, value in clean.items()):
        return before
    return _follow(before, clean, "competitor.attack_edited", by=by)


@transaction.atomic
def leave(*, presence: Presence, seen: int, left_on: date | None, why: str, by: User) -> PresenceVersion:
    """Write down that a competitor has given an account up, or (without a day) that they are there again.

    Raises
    ------
    EditedMeanwhile
        Somebody has written another version since; carries it.
    UnableToWriteAttack
        The day is to come, or nobody says why they left.
    """
    held(presence.account)
    before = _current(presence, seen)
    if left_on is not None and left_on > today():
        raise UnableToWriteAttack(_("%(day)s is to come: say the day once they have left.") % {"day": day(left_on)})
    if left_on is not None and not why.strip():
        raise UnableToWriteAttack(_("Say why they left: it is what the next account learns from."))
    if left_on == before.left_on:
        raise UnableToWriteAttack(_("That is what is written already. Change something, or leave it."))
    clean = {"left_on": left_on, "why_left": why.strip() if left_on else ""}
    verb = "competitor.left" if left_on else "competitor.came_back"
    return _follow(before, clean, verb, by=by)


def told(version: PresenceVersion) -> dict[str, Any]:
    """Give what is written, for both versions beside each other."""
    values = {name: getattr(version, name) for name in TOLD}
    return values | {"through": str(version.through) if version.through else None}


def _current(presence: Presence, seen: int) -> PresenceVersion:
    rows = PresenceVersion.objects.select_for_update(of=("self",)).select_related("presence__account", "by")
    current: PresenceVersion = rows.get(presence=presence, current=True)
    if current.number != seen:
        raise EditedMeanwhile(current)
    return current


def _follow(before: PresenceVersion, changes: Mapping[str, Any], verb: str, *, by: User) -> PresenceVersion:
    kept = {name: getattr(before, name) for name in TOLD}
    PresenceVersion.objects.filter(pk=before.pk).update(current=False)
    made: PresenceVersion = PresenceVersion.objects.create(
        presence=before.presence, number=before.number + 1, by=by, **kept | dict(changes)
    )
    _trail(verb, before.presence, told(before), told(made), by=by)
    return made


def _clean(fields: Mapping[str, Any], home: Account) -> dict[str, Any]:
    clean: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in fields.items() if name in EDITED
    }
    through = clean.get("through")
    if through is not None and not Stakeholder.objects.of(home).filter(pk=through.pk).exists():
        raise UnableToWriteAttack(_("This person is not at the account. Choose somebody of it.")).about("through")
    since = clean.get("since")
    if since is not None and since > today():
        raise UnableToWriteAttack(_("%(day)s is to come: say a day that has been.") % {"day": day(since)}).about(
            "since"
        )
    return clean


def _check_new(home: Account, competitor: Competitor, clean: Mapping[str, Any]) -> None:
    if competitor.merged_into_id is not None:
        raise UnableToWriteAttack(
            _("%(name)s goes on as %(other)s in the directory.") % {"name": competitor, "other": competitor.merged_into}
        ).about("competitor")
    there = PresenceVersion.objects.filter(
        presence__in=Presence.objects.of(home).filter(competitor=competitor).values("pk"),
        current=True,
        left_on=None,
        direction=clean.get("direction", ""),
        site=clean.get("site", ""),
    )
    if there.exists():
        raise UnableToWriteAttack(
            _("%(name)s is written down here already. Change that, or say in which other direction or at which site.")
            % {"name": competitor}
        ).about("competitor")


def _trail(verb: str, presence: Presence, before: Mapping[str, Any], after: Mapping[str, Any], *, by: User) -> None:
    was, now = differences(before, after)
    changed = [name for name in now if name not in _TRAILED and now[name]]
    plain = {name: _plain(value) for name, value in now.items() if name in _TRAILED and (value or was.get(name))}
    record(
        verb,
        presence.account,
        by=by,
        before={name: _plain(was.get(name)) for name in plain if was.get(name)},
        after={"competitor": str(presence.competitor), **plain, **({"attack_written": changed} if changed else {})},
        account=presence.account_id,
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
