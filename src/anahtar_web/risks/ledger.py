"""The ledger moves cards: after each analysis open cases go where the figures say, each with its sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Max, Q

from anahtar.rules.lapse_state import State
from anahtar.rules.probation import bought_again, probation_ends, probation_passed, silent_again
from anahtar_web.company.queries import company, lapse_criterion, now
from anahtar_web.insight.models import Run
from anahtar_web.jobs.told import told
from anahtar_web.risks.actions import move
from anahtar_web.risks.models import AWAY, CLOSED, Case, Move, Stage
from anahtar_web.risks.queries import Silent, outlooks
from anahtar_web.risks.transitions import BEFORE_LOSS

COOLED: Final[Mapping[str, Stage]] = {
    State.WATCH: Stage.COOLING,
    State.AT_RISK: Stage.AT_RISK,
    State.LAPSED: Stage.LAPSED,
    # That an account is lost is said by a person, with reasons; the ledger says that it has lapsed, and since when.
    State.LOST: Stage.LAPSED,
}
"""State of what a case is about -> the stage it is at least at."""

BUYING: Final = (State.ACTIVE, State.RETURNED, State.NEW)


@dataclass(frozen=True, slots=True)
class Turn:
    """Where the ledger moves a case, and why (a stored sentence); `back_on`: the purchase that won it back."""

    stage: Stage
    why: Any
    back_on: date | None = None


def follow(run: Run) -> int:
    """Move the open cases by what a run foresees; returns how many. The same run moves a case once."""
    if run.as_of is None:
        return 0
    open_now = Case.objects.exclude(stage__in=CLOSED).filter(account__merged_into=None).select_related("account")
    cases = list(open_now.exclude(pk__in=_moved_by(run)).order_by("pk"))
    foreseen, gone = outlooks(cases), _gone_since(cases)
    flat = lapse_criterion(company()).flat_days
    moved = 0
    for case in cases:
        outlook = foreseen.get(case.pk)
        turn = turn_of(case, outlook, gone.get(case.pk), as_of=run.as_of, flat_days=flat) if outlook else None
        if turn is not None:
            move(case=case, stage=turn.stage, why=turn.why, by=None, back_on=turn.back_on)
            moved += 1
    return moved


def turn_of(case: Case, outlook: Silent, gone: date | None, *, as_of: date, flat_days: int) -> Turn | None:
    """Say where a case goes by what is foreseen of it; None: it stays.

    Parameters
    ----------
    gone
        The day on which the account came to be lost; None: it is not.
    """
    if case.stage in BEFORE_LOSS:
        return _cooled(case, outlook)
    if case.stage in AWAY:
        return _back(outlook, gone or case.stage_since)
    return _on_probation(case, outlook, as_of, flat_days) if case.stage == Stage.WON_BACK else None


def _cooled(case: Case, outlook: Silent) -> Turn | None:
    stage = COOLED.get(outlook.state)
    if stage is None or BEFORE_LOSS.index(stage) <= BEFORE_LOSS.index(Stage(case.stage)):
        return None
    return Turn(stage, outlook.why)


def _back(outlook: Silent, gone: date) -> Turn | None:
    if outlook.last_purchase <= gone:
        return None
    until = probation_ends(since=outlook.last_purchase, gap_mean=outlook.gap_mean)
    return Turn(Stage.WON_BACK, told(bought_again(on=outlook.last_purchase, until=until)), outlook.last_purchase)


def _on_probation(case: Case, outlook: Silent, as_of: date, flat_days: int) -> Turn | None:
    # Who was won back by a word has not bought yet: the silence counts from the day of the word.
    silence = (as_of - max(outlook.last_purchase, case.stage_since)).days
    found = silent_again(
        silence=silence, purchase_days=outlook.purchase_days, gap_p95=outlook.gap_p95, flat_days=flat_days
    )
    if found.met:
        return Turn(Stage.AT_RISK, told(found.sentence))
    if case.probation_until is None or as_of <= case.probation_until or outlook.state not in BUYING:
        return None
    return Turn(Stage.RECOVERED, told(probation_passed(until=case.probation_until, last=outlook.last_purchase)))


def _moved_by(run: Run) -> set[int]:
    """Cases the ledger has moved since the run was there: it has had its say."""
    since: datetime | None = run.finished_at
    moves = Move.objects.filter(by=None, at__gte=since).exclude(before="") if since else Move.objects.none()
    return set(moves.values_list("case", flat=True))


def _gone_since(cases: list[Case]) -> dict[int, date]:
    """Give the day on which each lost case came to be lost, which an offer made since does not move."""
    away = [case.pk for case in cases if case.stage in AWAY]
    entered = Move.objects.filter(~Q(before__in=AWAY), case__in=away, after__in=AWAY)
    latest = entered.order_by().values_list("case").annotate(Max("at"))
    zone = now().tzinfo
    return {case: at.astimezone(zone).date() for case, at in latest}
