"""A next step is agreed, done, moved to another day or person, or dropped; every step of it stays."""

from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.holding import held
from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import record
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Right
from anahtar_web.interactions.actions.refusals import UnableToAgree, UnableToStep
from anahtar_web.interactions.actions.touching import recount
from anahtar_web.interactions.models import Interaction, NextTouch, Step, StepState
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import day

FARTHEST: Final = timedelta(days=3 * 366)


@transaction.atomic
def agree(
    *, account: Account, what: str, due_on: date, owner: User, by: User, interaction: Interaction | None = None
) -> NextTouch:
    """Agree on a next step.

    Raises
    ------
    UnableToAgree
        Nothing is said, its day has passed or lies too far ahead, or who is to do it does not see the account.
    """
    fresh = held(account)
    if not what.strip():
        raise UnableToAgree(_("Say what is to be done."))
    _check(fresh, due_on, owner)
    made: NextTouch = NextTouch.objects.create(
        account=fresh, interaction=interaction, what=" ".join(what.split())[:300], due_on=due_on, owner=owner, by=by
    )
    _step(made, StepState.OPEN, "", by)
    record("next_step.agreed", made, by=by, after=_told(made), account=fresh.pk)
    recount([fresh.pk])
    return made


@transaction.atomic
def move(*, touch: NextTouch, seen: int, due_on: date, owner: User, reason: str, by: User) -> NextTouch:
    """Move a next step to another day, or give it to somebody else.

    Raises
    ------
    UnableToAgree
        The new day or person is none.
    UnableToStep
        Nobody says why, nothing would change, or it stands otherwise than when it was seen.
    """
    if not reason.strip():
        raise UnableToStep(_("Say why: an agreed day was given to somebody."))
    fresh = _open(touch, seen)
    if (fresh.due_on, fresh.owner_id) == (due_on, owner.pk):
        raise UnableToStep(_("That is its day and its person already."))
    _check(fresh.account, due_on, owner)
    before = _told(fresh)
    fresh.due_on, fresh.owner = due_on, owner
    return _went_on(fresh, StepState.MOVED, reason, by, "next_step.moved", before)


@transaction.atomic
def finish(*, touch: NextTouch, seen: int, by: User, note: str = "") -> NextTouch:
    """Say that a next step is done.

    Raises
    ------
    UnableToStep
        It stands otherwise than when it was seen.
    """
    fresh = _open(touch, seen)
    before, fresh.is_open = _told(fresh), False
    return _went_on(fresh, StepState.DONE, note, by, "next_step.done", before)


@transaction.atomic
def drop(*, touch: NextTouch, seen: int, reason: str, by: User) -> NextTouch:
    """Say that a next step will not be done, and why.

    Raises
    ------
    UnableToStep
        Nobody says why, or it stands otherwise than when it was seen.
    """
    if not reason.strip():
        raise UnableToStep(_("Say why: an agreed step was expected by somebody."))
    fresh = _open(touch, seen)
    before, fresh.is_open = _told(fresh), False
    return _went_on(fresh, StepState.DROPPED, reason, by, "next_step.dropped", before)


def _went_on(fresh: NextTouch, state: str, reason: str, by: User, verb: str, before: dict[str, Any]) -> NextTouch:
    fresh.save(update_fields=["due_on", "owner", "is_open"])
    _step(fresh, state, reason, by)
    after = {name: value for name, value in _told(fresh).items() if before[name] != value}
    was = {name: before[name] for name in after}
    record(verb, fresh, by=by, before=was, after=after, reason=reason.strip(), account=fresh.account_id)
    recount([fresh.account_id])
    return fresh


def _open(touch: NextTouch, seen: int) -> NextTouch:
    """Lock a next step that stands as it was seen: by the number of its last step."""
    held(touch.account)
    fresh: NextTouch = NextTouch.objects.select_for_update(of=("self",)).select_related("account").get(pk=touch.pk)
    last = fresh.steps.select_related("by").order_by("-pk")[0]
    if last.pk != seen or not fresh.is_open:
        raise UnableToStep(
            _("%(person)s was first: it is %(state)s. Look at it again.")
            % {"person": last.by, "state": last.get_state_display()}
        )
    return fresh


def _step(touch: NextTouch, state: str, reason: str, by: User) -> None:
    Step.objects.create(
        touch=touch, state=state, due_on=touch.due_on, owner=touch.owner, reason=reason.strip()[:1000], by=by
    )


def _check(account: Account, due_on: date, owner: User) -> None:
    if not today() <= due_on <= today() + FARTHEST:
        raise UnableToAgree(
            _("%(day)s is no day for a next step: choose today or a later one, within three years.")
            % {"day": day(due_on)}
        )
    sees = Account.objects.visible_to(owner, among=[account.pk]).filter(pk=account.pk)
    if not owner.may(Right.WRITE_DOSSIER) or not sees.exists():
        raise UnableToAgree(
            _("%(person)s does not work on %(account)s. Put them on its team first, or choose somebody else.")
            % {"person": owner, "account": account}
        )


def _told(touch: NextTouch) -> dict[str, Any]:
    return {"due_on": touch.due_on.isoformat(), "owner": str(touch.owner)}
