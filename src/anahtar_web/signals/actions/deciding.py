"""What people decide on a signal: it waits, it is nothing, or it is taken up again."""

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.holding import held
from anahtar_web.accounts.queries import managers_of
from anahtar_web.audit.actions import record
from anahtar_web.company.queries import today
from anahtar_web.gate.refusals import Refused
from anahtar_web.people.models import User
from anahtar_web.risks.actions import open_case
from anahtar_web.risks.models import Case, Stage
from anahtar_web.signals.finding import horizon_of
from anahtar_web.signals.models import Reason, Signal, SignalDecision, State

LONGEST: Final = 90
"""Days for which a signal may be put off."""

What = SignalDecision.What


class UnableToDecide(Refused):
    """The signal cannot be decided on like that."""


@transaction.atomic
def snooze(*, signal: Signal, until: date, words: str, by: User) -> SignalDecision:
    """Put a signal off until a day; it comes back then, or as soon as the silence has come further.

    Raises
    ------
    UnableToDecide
        Nobody says why, the day is past or too far, or the signal is not open any more.
    """
    fresh = _open(signal)
    first, last = today() + timedelta(days=1), today() + timedelta(days=LONGEST)
    if not first <= until <= last:
        raise UnableToDecide(_("Choose a day from tomorrow on, at most %(n)s days ahead.") % {"n": LONGEST})
    if not words.strip():
        raise UnableToDecide(_("Say what you are waiting for."))
    return _decided(fresh, What.SNOOZE, State.SNOOZED, words=words, until=until, by=by)


@transaction.atomic
def dismiss(*, signal: Signal, reason: str, words: str = "", by: User) -> SignalDecision:
    """Dismiss a signal for this silence: it is nothing, and why.

    Raises
    ------
    UnableToDecide
        Another reason has no words, or the signal is not open any more.
    """
    fresh = _open(signal)
    if reason not in Reason.values:
        raise UnableToDecide(_("Choose one of the reasons."))
    if reason == Reason.OTHER and not words.strip():
        raise UnableToDecide(_("Say in words what the other reason is."))
    return _decided(fresh, What.DISMISS, State.DISMISSED, reason=reason, words=words, by=by)


@transaction.atomic
def make_case(*, signal: Signal, title: str, by: User) -> Case:
    """Open a case of what a signal tells of; the signal is a case from then on.

    Raises
    ------
    UnableToDecide
        The signal is not open any more.
    UnableToWriteCase
        The case cannot be so.
    """
    fresh = _open(signal)
    manager = managers_of([fresh.account_id], today()).get(fresh.account_id)
    case = open_case(
        account=fresh.account,
        title=title,
        stage=_STAGES.get(fresh.level, Stage.EARLY),
        direction=fresh.direction,
        owner=manager or by,
        by=by,
    )
    fresh.case = case
    fresh.save(update_fields=["case"])
    _decided(fresh, What.CASE, State.CASE, by=by)
    return case


_STAGES: Final = {"watch": Stage.COOLING, "at_risk": Stage.AT_RISK, "lapsed": Stage.LAPSED}
"""How far a silence has come -> where its case begins."""


@transaction.atomic
def take_up(*, signal: Signal, by: User) -> SignalDecision:
    """Take a signal up again that was put off or dismissed.

    Raises
    ------
    UnableToDecide
        It is neither.
    """
    fresh = _locked(signal)
    if fresh.state not in (State.SNOOZED, State.DISMISSED):
        raise UnableToDecide(_("This signal is not put off or dismissed any more. Look at it again."))
    SignalDecision.objects.filter(signal=fresh, holds=True).update(holds=False)
    return _decided(fresh, What.UNDO, State.OPEN, by=by)


def _locked(signal: Signal) -> Signal:
    held(signal.account)
    fresh: Signal = (
        Signal.objects.select_for_update(of=("self",)).select_related("account", "last_run").get(pk=signal.pk)
    )
    return fresh


def _open(signal: Signal) -> Signal:
    fresh = _locked(signal)
    waits = fresh.state == State.SNOOZED and fresh.snoozed_until is not None and fresh.snoozed_until > today()
    if fresh.state not in (State.OPEN, State.SNOOZED) or waits:
        raise UnableToDecide(_("This signal is not open any more: somebody decided on it, or the account bought."))
    return fresh


def _decided(
    signal: Signal,
    what: SignalDecision.What,
    state: State,
    *,
    reason: str = "",
    words: str = "",
    until: date | None = None,
    by: User,
) -> SignalDecision:
    before = signal.state
    signal.state, signal.snoozed_until = state, until
    signal.save(update_fields=["state", "snoozed_until"])
    made = SignalDecision.objects.create(
        signal=signal,
        what=what,
        reason=reason,
        words=words.strip(),
        until=until,
        by=by,
        as_of=signal.last_seen,
        horizon=horizon_of(signal.last_run),
    )
    # The words may name a person, and the trail outlives an erasure.
    after = {"signal": signal.kind, "signal_state": state.value}
    told = {"direction": signal.direction, "signal_until": until.isoformat() if until else "", "signal_reason": reason}
    record(
        _VERBS[what],
        signal.account,
        by=by,
        before={"signal_state": before},
        after=after | {name: value for name, value in told.items() if value},
        account=signal.account_id,
    )
    return made


_VERBS: Final = {
    What.SNOOZE: "signal.snoozed",
    What.DISMISS: "signal.dismissed",
    What.UNDO: "signal.taken_up",
    What.CASE: "signal.made_case",
}
