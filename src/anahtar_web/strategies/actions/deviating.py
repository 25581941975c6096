"""An account is treated otherwise than its strategy says, or goes by it again."""

from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.holding import held
from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import differences, record
from anahtar_web.company.queries import today
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from anahtar_web.strategies.actions.meanwhile import meanwhile
from anahtar_web.strategies.models import Deviation
from anahtar_web.strategies.shipped import language_now
from anahtar_web.ui.templatetags.shown import day

_FARTHEST: Final = timedelta(days=3 * 366)


class UnableToDeviate(Refused):
    """The deviation is none, or rests on one that holds no more."""


@transaction.atomic
def deviate(*, account: Account, text: str, reason: str, until: date | None, seen: int | None, by: User) -> Deviation:
    """Say what we do with an account instead of what its strategy says; the deviation before it stays as history.

    Parameters
    ----------
    until
        The last day on which it holds; None: until somebody ends it.
    seen
        The deviation that stood there when the person looked; None: none did.

    Raises
    ------
    UnableToDeviate
        Nothing is said, nobody says why, the day is none, nothing would change, or the one that was seen has ended.
    EditedMeanwhile
        Somebody has written another one since; carries it.
    """
    _check(text, reason, until)
    fresh = held(account)
    before = _current(fresh, seen)
    fields = {"text": text.strip(), "until": until}
    if before is not None and fields == {"text": before.text, "until": before.until}:
        raise UnableToDeviate(_("That is what holds already. Change something, or leave it."))
    if before is not None:
        Deviation.objects.filter(pk=before.pk).update(current=False)
    made: Deviation = Deviation.objects.create(
        account=fresh, reason=reason.strip(), language=language_now(), by=by, **fields
    )
    was, now = differences(_told(before), _told(made))
    record("account.deviation_written", fresh, by=by, before=was, after=now, reason=made.reason, account=fresh.pk)
    return made


@transaction.atomic
def end_deviation(*, account: Account, seen: int | None, reason: str, by: User) -> Deviation:
    """Go back to what the strategy says.

    Raises
    ------
    UnableToDeviate
        There is nothing to end, nobody says why, or somebody has written another one since.
    """
    if not reason.strip():
        raise UnableToDeviate(_("Say why. Whoever reads it in a year was not there."))
    fresh = held(account)
    try:
        before = _current(fresh, seen)
    except EditedMeanwhile as refusal:
        raise UnableToDeviate(meanwhile(refusal)) from None
    if before is None:
        raise UnableToDeviate(_("There is nothing to end: %(account)s goes by its strategy.") % {"account": fresh})
    Deviation.objects.filter(pk=before.pk).update(
        current=False, ended_by=by, ended_at=timezone.now(), end_reason=reason.strip()
    )
    was, now = differences(_told(before), _told(None))
    record("account.deviation_ended", fresh, by=by, before=was, after=now, reason=reason.strip(), account=fresh.pk)
    before.refresh_from_db()
    return before


def _check(text: str, reason: str, until: date | None) -> None:
    if not text.strip():
        raise UnableToDeviate(_("Say what we do instead."))
    if not reason.strip():
        raise UnableToDeviate(_("Say why. Whoever reads it in a year was not there."))
    if until is not None and not today() <= until <= today() + _FARTHEST:
        raise UnableToDeviate(
            _("%(day)s is no last day: choose today or a later one, within three years.") % {"day": day(until)}
        )


def _current(account: Account, seen: int | None) -> Deviation | None:
    """Give the deviation of an account, if it is the one that was seen."""
    before: Deviation | None = Deviation.objects.filter(account=account, current=True).first()
    if (before.pk if before else None) == seen:
        return before
    if before is not None:
        raise EditedMeanwhile(before)
    raise UnableToDeviate(_("Somebody has ended the deviation meanwhile. Look at the account again."))


def _told(deviation: Deviation | None) -> dict[str, Any]:
    if deviation is None:
        return {"deviation": None, "holds_until": None}
    return {
        "deviation": deviation.text,
        "holds_until": deviation.until.isoformat() if deviation.until else None,
    }
