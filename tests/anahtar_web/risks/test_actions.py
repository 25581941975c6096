"""Cases are opened, edited, moved, closed and opened again; losses keep what they cost."""

from datetime import date, timedelta

import pytest

from anahtar.rules.lapse_state import State
from anahtar_web.accounts.models import Account
from anahtar_web.audit.models import Entry
from anahtar_web.company.queries import today
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.insight.models import Run, Standing
from anahtar_web.people.models import User
from anahtar_web.risks import actions
from anahtar_web.risks.actions import moving
from anahtar_web.risks.models import CLOSED, Case, LossRecord, Move, Reason, Stage
from anahtar_web.risks.queries import board, cases_of, open_cases
from anahtar_web.risks.transitions import ALLOWED
from tests.anahtar_web.accounts.pages import nothing_changes
from tests.anahtar_web.conftest import account
from tests.anahtar_web.risks.conftest import AS_OF, Opened, foresee

pytestmark = pytest.mark.django_db


def reason(code: str) -> Reason:
    return Reason.objects.get(code=code)


def test_a_case_is_opened_with_its_first_move(acme: Account, ana: User) -> None:
    made = actions.open_case(account=acme, title="  Orders halve ", severity=4, notes="Ayşe left", by=ana)
    assert (made.title, made.stage, made.opened_on, made.opened_by) == ("Orders halve", Stage.EARLY, today(), ana)
    first = Move.objects.get(case=made)
    assert (first.before, first.after, first.by) == ("", Stage.EARLY, ana)
    entry = Entry.objects.get(verb="case.opened")
    assert entry.account_id == acme.pk
    assert "Ayşe" not in str(entry.after)


@pytest.mark.parametrize("wrong", [{"title": " "}, {"severity": 6}, {"likelihood": 0}, {"stage": Stage.RECOVERED}])
def test_a_case_that_cannot_be_so_is_refused(acme: Account, ana: User, wrong: dict[str, object]) -> None:
    with nothing_changes(), pytest.raises(actions.UnableToWriteCase):
        actions.open_case(account=acme, by=ana, **{"title": "Orders halve"} | wrong)  # type: ignore[arg-type]  # on purpose


def test_who_has_not_seen_the_other_version_saves_nothing(
    acme: Account, ana: User, boris: User, opened: Opened
) -> None:
    case = opened(acme)
    other = Case.objects.get(pk=case.pk)
    actions.edit_case(case=other, seen=1, fields={"title": "All orders"}, by=boris)
    with nothing_changes(), pytest.raises(EditedMeanwhile) as refusal:
        actions.edit_case(case=case, seen=1, fields={"title": "No orders"}, by=ana)
    assert str(refusal.value.current) == "All orders"


def test_the_trail_says_of_notes_only_that_they_changed(acme: Account, ana: User, opened: Opened) -> None:
    actions.edit_case(case=opened(acme), seen=1, fields={"notes": "Ayşe is angry", "severity": 5}, by=ana)
    entry = Entry.objects.get(verb="case.edited")
    assert entry.after == {"severity": 5, "case_written": ["notes"]}


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_leads_somewhere_and_nowhere_else(acme: Account, opened: Opened, stage: Stage) -> None:
    case = opened(acme)
    Case.objects.filter(pk=case.pk).update(stage=stage, closed_on=today() if stage in CLOSED else None)
    case.refresh_from_db()
    assert ALLOWED[stage]
    for other in set(Stage) - set(ALLOWED[stage]):
        with nothing_changes(), pytest.raises(actions.UnableToMoveCase):
            actions.move(case=case, stage=other, words="x", by=None)


@pytest.mark.parametrize("stage", [Stage.LOST, Stage.RECOVERED])
def test_a_person_says_why(acme: Account, ana: User, opened: Opened, stage: Stage) -> None:
    case = opened(acme)
    with nothing_changes(), pytest.raises(actions.UnableToMoveCase):
        actions.move(case=case, stage=stage, words="  ", by=ana)


def test_closing_keeps_day_and_words_and_opening_again_takes_them_out(acme: Account, ana: User, opened: Opened) -> None:
    case = opened(acme, stage=Stage.LOST)
    closed = actions.move(case=case, stage=Stage.WRITTEN_OFF, words="They build it themselves", by=ana)
    assert (closed.closed_on, closed.resolution) == (today(), "They build it themselves")
    again = actions.move(case=closed, stage=Stage.OFFER, by=ana)
    assert (again.closed_on, again.resolution, again.stage) == (None, "", Stage.OFFER)


def test_won_back_begins_a_probation(run: Run, acme: Account, ana: User, opened: Opened) -> None:
    foresee(run, acme, State.LOST, last=AS_OF - timedelta(400), gap_mean=60.0)
    case = actions.move(case=opened(acme, stage=Stage.LOST), stage=Stage.WON_BACK, by=ana)
    assert case.probation_until == today() + timedelta(120)


def test_apps_above_hear_of_moves_and_can_refuse_them(
    acme: Account, ana: User, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, heard = opened(acme), []

    def refuse(move: Move) -> None:
        heard.append((move.case.stage, move.before))
        raise actions.UnableToMoveCase("not now")

    monkeypatch.setattr(moving, "_LISTENERS", [])
    actions.listen_moves(refuse)
    with nothing_changes(), pytest.raises(actions.UnableToMoveCase):
        actions.move(case=case, stage=Stage.COOLING, by=ana)
    assert heard == [(Stage.COOLING, Stage.EARLY)]


def test_a_move_over_another_version_is_refused(acme: Account, ana: User, opened: Opened) -> None:
    case = opened(acme)
    actions.edit_case(case=Case.objects.get(pk=case.pk), seen=1, fields={"severity": 5}, by=ana)
    with nothing_changes(), pytest.raises(EditedMeanwhile):
        actions.move(case=case, stage=Stage.COOLING, by=ana, seen=1)


def stand(run: Run, of: Account, revenue: int, profit: int | None = None) -> None:
    Standing.objects.create(run=run, account=of, revenue=revenue, profit=profit)


def test_a_loss_keeps_what_it_cost(run: Run, acme: Account, birch: Account, ana: User, opened: Opened) -> None:
    stand(run, acme, 6_000, 900)
    stand(run, birch, 2_000)
    stand(run, account("C", "Cedar"), 2_000)
    case = opened(acme, stage=Stage.AT_RISK)
    loss = actions.record_loss(
        case=case, decided_on=date(2026, 3, 1), reasons=[reason("price"), reason("service")], by=ana
    )
    # 6 + 2 + 2 = 10: 0.36 + 0.04 + 0.04; without it two halves.
    assert (loss.revenue, loss.profit, loss.share) == (6_000, 900, 0.6)
    assert [loss.hhi_before, loss.hhi_after] == pytest.approx([0.44, 0.5])
    case.refresh_from_db()
    assert case.stage == Stage.LOST
    assert case.moves.count() == 2
    Standing.objects.update(revenue=1)
    assert LossRecord.objects.get(pk=loss.pk).revenue == 6_000


def test_the_loss_of_a_direction_costs_the_direction(
    run: Run, acme: Account, birch: Account, ana: User, opened: Opened
) -> None:
    stand(run, acme, 6_000, 900)
    stand(run, birch, 4_000)
    foresee(run, acme, State.LAPSED, last=AS_OF - timedelta(200), direction="Rulman", at_stake=2_000)
    loss = actions.record_loss(
        case=opened(acme, direction="Rulman"), decided_on=date(2026, 3, 1), reasons=[reason("price")], by=ana
    )
    # Of 10 two go: 0.36 + 0.16 before, two halves after. Profit of a direction is not known.
    assert (loss.revenue, loss.profit, loss.share) == (2_000, None, 0.2)
    assert [loss.hhi_before, loss.hhi_after] == pytest.approx([0.52, 0.5])


def test_without_figures_a_loss_costs_nothing_that_is_known(acme: Account, ana: User, opened: Opened) -> None:
    loss = actions.record_loss(case=opened(acme), decided_on=date(2026, 3, 1), reasons=[reason("price")], by=ana)
    assert (loss.revenue, loss.profit, loss.share, loss.hhi_before) == (0, None, None, None)


def test_a_loss_that_cannot_be_so_moves_nothing(acme: Account, ana: User, opened: Opened) -> None:
    case = opened(acme)
    wrongs: list[dict[str, object]] = [
        {"reasons": []},
        {"decided_on": today() + timedelta(1)},
        {"grade": "confirmed"},
    ]
    for wrong in wrongs:
        said = {"decided_on": date(2026, 3, 1), "reasons": [reason("price")]} | wrong
        with nothing_changes(), pytest.raises(actions.UnableToRecordLoss):
            actions.record_loss(case=case, by=ana, **said)  # type: ignore[arg-type]  # on purpose


def test_a_loss_is_written_once_and_then_changed(acme: Account, ana: User, opened: Opened) -> None:
    case = opened(acme)
    loss = actions.record_loss(case=case, decided_on=date(2026, 3, 1), reasons=[reason("price")], by=ana)
    with nothing_changes(), pytest.raises(actions.UnableToRecordLoss):
        actions.record_loss(case=case, decided_on=date(2026, 3, 1), reasons=[reason("price")], by=ana)
    actions.edit_loss(loss=loss, seen=1, fields={"reasons": [reason("quality")], "lessons": "Ask earlier"}, by=ana)
    assert [one.code for one in loss.reasons.all()] == ["quality"]
    assert Entry.objects.get(verb="case.loss_edited").after == {"loss_written": ["lessons", "reasons"]}


def test_cases_are_seen_by_whoever_sees_the_account(
    acme: Account, birch: Account, ana: User, chen: User, auditor: User, opened: Opened
) -> None:
    mine, done = opened(acme), opened(acme, stage=Stage.LOST)
    other = opened(birch)
    actions.move(case=done, stage=Stage.WRITTEN_OFF, words="x", by=ana)
    assert list(open_cases(ana)) == [mine]
    assert list(open_cases(chen)) == [other]
    assert set(open_cases(auditor)) == {mine, other}
    assert cases_of(acme) == [mine, done]
    assert set(board(ana, {})) == {mine, done}
    assert list(board(ana, {"stage": Stage.EARLY})) == [mine]
