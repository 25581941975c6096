"""After each analysis the ledger moves cases, once, and says why."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from anahtar.rules.lapse_state import State
from anahtar_web.accounts.models import Account
from anahtar_web.insight.alongside import steps
from anahtar_web.insight.models import Run
from anahtar_web.jobs.told import shown
from anahtar_web.people.models import User
from anahtar_web.risks.actions import move
from anahtar_web.risks.ledger import follow
from anahtar_web.risks.models import Case, Move, Stage
from tests.anahtar_web.risks.conftest import AS_OF, Opened, foresee, new_run

pytestmark = pytest.mark.django_db


def stands(case: Case, stage: Stage, *, since: date, **fields: object) -> Case:
    """Put a case where it has stood since a day."""
    Case.objects.filter(pk=case.pk).update(stage=stage, stage_since=since, **fields)
    moment = timezone.make_aware(datetime.combine(since, time(12)))
    Move.objects.filter(case=case).update(at=moment, after=stage)
    return Case.objects.get(pk=case.pk)


def stage_of(case: Case) -> str:
    return Case.objects.get(pk=case.pk).stage


@pytest.mark.parametrize(
    ("before", "state", "after"),
    [
        (Stage.EARLY, State.WATCH, Stage.COOLING),
        (Stage.EARLY, State.AT_RISK, Stage.AT_RISK),
        (Stage.COOLING, State.LAPSED, Stage.LAPSED),
        (Stage.AT_RISK, State.LOST, Stage.LAPSED),
        (Stage.LAPSED, State.WATCH, Stage.LAPSED),
        (Stage.AT_RISK, State.ACTIVE, Stage.AT_RISK),
        (Stage.EARLY, State.RETURNED, Stage.EARLY),
    ],
)
def test_a_case_cools_with_its_account_and_never_warms_by_itself(
    run: Run, acme: Account, opened: Opened, before: Stage, state: State, after: Stage
) -> None:
    case = opened(acme, stage=before)
    foresee(run, acme, state, last=AS_OF - timedelta(90))
    assert follow(run) == (before != after)
    assert stage_of(case) == after


def test_the_move_is_the_ledgers_and_says_why(run: Run, acme: Account, opened: Opened) -> None:
    case = opened(acme)
    foresee(run, acme, State.AT_RISK, last=AS_OF - timedelta(90))
    follow(run)
    last = Move.objects.filter(case=case).latest("pk")
    assert (last.by, shown(last.why)) == (None, "at risk beyond 80 days")


def test_a_case_of_a_direction_follows_the_direction(run: Run, acme: Account, opened: Opened) -> None:
    whole, part = opened(acme), opened(acme, direction="Rulman")
    foresee(run, acme, State.ACTIVE, last=AS_OF)
    foresee(run, acme, State.LAPSED, last=AS_OF - timedelta(200), direction="Rulman")
    assert follow(run) == 1
    assert (stage_of(whole), stage_of(part)) == (Stage.EARLY, Stage.LAPSED)


@pytest.mark.parametrize("stage", [Stage.LOST, Stage.OFFER, Stage.NEGOTIATION])
def test_who_buys_after_being_lost_is_won_back_on_probation(
    run: Run, acme: Account, opened: Opened, stage: Stage
) -> None:
    case = stands(opened(acme), stage, since=AS_OF - timedelta(100))
    foresee(run, acme, State.RETURNED, last=AS_OF - timedelta(5), gap_mean=60.0)
    assert follow(run) == 1
    case.refresh_from_db()
    assert case.stage == Stage.WON_BACK
    assert case.probation_until == AS_OF - timedelta(5) + timedelta(120)


def test_a_purchase_before_the_loss_wins_nothing_back(run: Run, acme: Account, opened: Opened) -> None:
    stands(opened(acme), Stage.LOST, since=AS_OF - timedelta(10))
    foresee(run, acme, State.ACTIVE, last=AS_OF - timedelta(10))
    assert follow(run) == 0


def test_the_day_of_a_loss_is_that_of_the_company(run: Run, acme: Account, opened: Opened) -> None:
    """At half past ten in the evening in London it is the next day in Istanbul."""
    day = AS_OF - timedelta(10)
    case = stands(opened(acme), Stage.LOST, since=day)
    entered = Move.objects.create(case=case, before=Stage.LAPSED, after=Stage.LOST)
    Move.objects.filter(pk=entered.pk).update(at=datetime.combine(day, time(22, 30), UTC))
    foresee(run, acme, State.RETURNED, last=day + timedelta(1))
    assert follow(run) == 0
    foresee(new_run(), acme, State.RETURNED, last=day + timedelta(2))
    assert follow(Run.objects.get(current=True)) == 1


def test_an_offer_made_since_does_not_hide_a_purchase(run: Run, acme: Account, ana: User, opened: Opened) -> None:
    case = stands(opened(acme), Stage.LOST, since=AS_OF - timedelta(100))
    move(case=case, stage=Stage.OFFER, by=ana)  # today, long after the purchase
    foresee(run, acme, State.RETURNED, last=AS_OF - timedelta(5))
    assert follow(run) == 1
    assert stage_of(case) == Stage.WON_BACK


@pytest.mark.parametrize(
    ("silence", "until", "state", "after"),
    [
        (41, 30, State.ACTIVE, Stage.AT_RISK),  # 60 / 1.5 = 40
        (40, 30, State.ACTIVE, Stage.WON_BACK),
        (40, 0, State.ACTIVE, Stage.WON_BACK),  # the last day still counts
        (40, -1, State.ACTIVE, Stage.RECOVERED),
        (40, -1, State.WATCH, Stage.WON_BACK),
        (41, -1, State.ACTIVE, Stage.AT_RISK),
    ],
)
def test_probation_ends_well_or_ill(
    run: Run, acme: Account, opened: Opened, silence: int, until: int, state: State, after: Stage
) -> None:
    ends = AS_OF + timedelta(until)
    case = stands(opened(acme), Stage.WON_BACK, since=AS_OF - timedelta(95), probation_until=ends)
    foresee(run, acme, state, last=AS_OF - timedelta(silence))
    follow(run)
    case.refresh_from_db()
    assert case.stage == after
    assert (case.closed_on is not None) == (after == Stage.RECOVERED)


def test_the_same_run_moves_a_case_once(run: Run, acme: Account, opened: Opened) -> None:
    case = stands(opened(acme), Stage.LOST, since=AS_OF - timedelta(300))
    # Bought since, and silent for long again: two runs say it one after the other, one run does not.
    foresee(run, acme, State.LAPSED, last=AS_OF - timedelta(200))
    assert [follow(run), follow(run)] == [1, 0]
    assert stage_of(case) == Stage.WON_BACK


def test_the_next_run_goes_on(run: Run, acme: Account, opened: Opened) -> None:
    case = opened(acme)
    foresee(run, acme, State.WATCH, last=AS_OF - timedelta(70))
    follow(run)
    later = new_run(AS_OF + timedelta(30))
    foresee(later, acme, State.AT_RISK, last=AS_OF - timedelta(70))
    assert follow(later) == 1
    assert stage_of(case) == Stage.AT_RISK


def test_the_step_follows_every_analysis() -> None:
    assert next(step for step in steps() if step.name == "risks").after is not None
