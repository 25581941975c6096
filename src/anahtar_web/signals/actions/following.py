"""A run has taken over: signals it tells are opened or brought up to date, those it no longer tells are over."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db import transaction

from anahtar_web.company.queries import today
from anahtar_web.foresight.models import DirectionOutlook, Outlook
from anahtar_web.insight.models import Run
from anahtar_web.signals.finding import Found, Key, find, horizon_of
from anahtar_web.signals.models import OF_A_SILENCE, Signal, SignalDecision, State

_AT_ONCE: Final = 500
_WORSE: Final = {"new": 0, "returned": 0, "active": 0, "watch": 1, "at_risk": 2, "lapsed": 3}
_KEPT: Final = ("level", "last_purchase", "days_late", "at_stake", "none_ahead", "why", "figures")
_UPDATED: Final = (*_KEPT, "state", "snoozed_until", "last_run", "last_seen")


def follow(run: Run) -> None:
    """Bring the signals into step with a run; a second time it changes nothing."""
    found = find(run)
    with transaction.atomic():
        _follow(run, found)
        _notice_purchases(run)


def _follow(run: Run, found: list[Found]) -> None:
    known = {_key(one): one for one in Signal.objects.exclude(state=State.GONE).select_for_update()}
    over, kept, new, woken = [], [], [], []
    for one in found:
        signal = known.pop(one.key, None)
        if signal is not None and one.kind in OF_A_SILENCE and one.last_purchase != signal.last_purchase:
            over.append(signal)
            signal = None
        if signal is None:
            new.append(_opened(run, one))
            continue
        if _wakes(signal, one.level):
            signal.state, signal.snoozed_until = State.OPEN, None
            woken.append(signal)
        for name in _KEPT:
            setattr(signal, name, getattr(one, name))
        signal.last_run, signal.last_seen = run, _as_of(run)
        kept.append(signal)
    _close(run, [*over, *known.values()])
    Signal.objects.bulk_update(kept, _UPDATED, batch_size=_AT_ONCE)
    Signal.objects.bulk_create(new, batch_size=_AT_ONCE)
    SignalDecision.objects.bulk_create(
        [_decided(run, signal) for signal in woken],
        batch_size=_AT_ONCE,
    )


def _key(signal: Signal) -> Key:
    return (signal.account_id, signal.kind, signal.dimension, signal.direction)


def _as_of(run: Run) -> date:
    assert run.as_of is not None
    return run.as_of


def _opened(run: Run, one: Found) -> Signal:
    return Signal(
        account_id=one.account,
        kind=one.kind,
        dimension=one.dimension,
        direction=one.direction,
        first_run=run,
        last_run=run,
        first_seen=_as_of(run),
        last_seen=_as_of(run),
        **{name: getattr(one, name) for name in _KEPT},
    )


def _wakes(signal: Signal, level: str) -> bool:
    """A signal put off comes back when its day has passed, or when the silence has come further."""
    if signal.state != State.SNOOZED or signal.snoozed_until is None:
        return False
    return signal.snoozed_until <= today() or _WORSE.get(level, 0) > _WORSE.get(signal.level, 0)


def _decided(run: Run, signal: Signal) -> SignalDecision:
    return SignalDecision(signal=signal, what=SignalDecision.What.WOKE, as_of=_as_of(run), horizon=horizon_of(run))


def _close(run: Run, over: Iterable[Signal]) -> None:
    closed = list(over)
    for signal in closed:
        signal.state, signal.snoozed_until, signal.closed_on = State.GONE, None, _as_of(run)
    Signal.objects.bulk_update(closed, ["state", "snoozed_until", "closed_on"], batch_size=_AT_ONCE)


def _notice_purchases(run: Run) -> None:
    """Note of every decision the first purchase after it that an analysis sees."""
    open_ones = SignalDecision.objects.filter(
        bought_on=None, holds=True, what__in=[SignalDecision.What.DISMISS, SignalDecision.What.CASE]
    ).select_related("signal")
    waiting = list(open_ones)
    accounts = {one.signal.account_id for one in waiting}
    last = {
        (account, "", ""): day
        for account, day in Outlook.objects.filter(run=run, account__in=accounts).values_list(
            "account", "last_purchase"
        )
    } | {
        (account, dimension, direction): day
        for account, dimension, direction, day in DirectionOutlook.objects.filter(
            run=run, account__in=accounts
        ).values_list("account", "dimension", "direction", "last_purchase")
    }
    bought = []
    for one in waiting:
        day = last.get((one.signal.account_id, one.signal.dimension, one.signal.direction))
        if day is not None and day > one.as_of:
            one.bought_on = day
            bought.append(one)
    SignalDecision.objects.bulk_update(bought, ["bought_on"], batch_size=_AT_ONCE)
