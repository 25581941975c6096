"""Pages of cases: who sees them, what a form changes, what is refused, and how many questions they ask."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from anahtar.rules.lapse_state import State
from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.insight.models import Run
from anahtar_web.people.models import User
from anahtar_web.risks.actions import edit_case, edit_loss, move
from anahtar_web.risks.ledger import follow
from anahtar_web.risks.models import Case, LossRecord, Move, Reason, Stage
from anahtar_web.risks.panel import lost_for
from tests.anahtar_web.accounts.pages import asked, nothing_changes, send
from tests.anahtar_web.risks.conftest import AS_OF, Opened, foresee

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def address(account: Account, case: Case | None = None, do: str = "") -> str:
    return f"/accounts/{account.pk}/risks/" + (f"{case.pk}/" if case else "") + do


SAID = {"title": "Orders halve", "stage": "early", "severity": 4, "likelihood": 2}


def test_a_case_is_opened_by_its_form(acme: Account, ana: User, signed_in: SignedIn) -> None:
    answer = send(signed_in(ana), address(acme, do="new/"), **SAID)
    made = Case.objects.get()
    assert answer.url == address(acme, made)
    assert (made.title, made.severity, made.likelihood, made.opened_by) == ("Orders halve", 4, 2, ana)


def test_an_auditor_reads_and_writes_nothing(acme: Account, auditor: User, opened: Opened, signed_in: SignedIn) -> None:
    case, client = opened(acme), signed_in(auditor)
    page = client.get(address(acme, case)).content.decode()
    assert "Fewer orders" in page
    assert address(acme, case, "move/") not in page
    with nothing_changes():
        assert send(client, address(acme, do="new/"), **SAID).status_code == 403
        assert send(client, address(acme, case, "move/"), stage="cooling", version=1).status_code == 403


def test_a_stranger_finds_nothing(
    acme: Account, birch: Account, chen: User, opened: Opened, signed_in: SignedIn
) -> None:
    case, client = opened(acme), signed_in(chen)
    for place in (address(acme), address(acme, case), address(birch, case), address(acme, case, "move/")):
        assert client.get(place).status_code == 404
    with nothing_changes():
        assert send(client, address(birch, case, "move/"), stage="cooling", version=1).status_code == 404


def test_who_was_slower_sees_both_versions(acme: Account, ana: User, opened: Opened, signed_in: SignedIn) -> None:
    case = opened(acme)
    edit_case(case=Case.objects.get(pk=case.pk), seen=1, fields={"title": "All orders"}, by=ana)
    client = signed_in(ana)
    with nothing_changes():
        answer = send(client, address(acme, case, "edit/"), **SAID | {"title": "No orders", "version": 1})
    assert answer.status_code == 409
    assert Case.objects.get().title == "All orders"
    page = answer.content.decode()
    assert "All orders" in page
    assert "No orders" in page
    assert send(signed_in(ana), address(acme, case, "edit/"), **SAID | {"version": 2}).status_code == 302


def test_a_move_without_its_words_stays_in_the_form(
    acme: Account, ana: User, opened: Opened, signed_in: SignedIn
) -> None:
    case, client = opened(acme), signed_in(ana)
    with nothing_changes():
        answer = send(client, address(acme, case, "move/"), stage="lost", words="", version=1)
    assert answer.status_code == 422
    assert "Say why" in answer.content.decode()
    send(client, address(acme, case, "move/"), stage="lost", words="A competitor", version=1)
    assert Case.objects.get().stage == Stage.LOST


def test_the_page_says_who_moved_it_and_why(
    run: Run, acme: Account, ana: User, opened: Opened, signed_in: SignedIn
) -> None:
    case = opened(acme, by=ana, next_step="Call them", next_on=today() - timedelta(1))
    foresee(run, acme, State.AT_RISK, last=AS_OF - timedelta(90))
    follow(run)
    page = signed_in(ana).get(address(acme, case)).content.decode()
    for words in ("the ledger", "at risk beyond 80 days", "Ana Işık", "overdue", "500"):
        assert words in page


def test_an_early_case_is_told_of_a_purchase(
    run: Run, acme: Account, ana: User, opened: Opened, signed_in: SignedIn
) -> None:
    case = opened(acme)
    Case.objects.update(stage_since=AS_OF - timedelta(60))
    foresee(run, acme, State.ACTIVE, last=AS_OF - timedelta(60))
    assert "bought again" not in signed_in(ana).get(address(acme, case)).content.decode()
    Case.objects.update(stage_since=AS_OF - timedelta(61))
    assert "bought again" in signed_in(ana).get(address(acme, case)).content.decode()


def test_pages_ask_as_much_of_many_cases_and_moves_as_of_one(
    run: Run, acme: Account, ana: User, opened: Opened, signed_in: SignedIn
) -> None:
    client, case = signed_in(ana), opened(acme, owner=ana, direction="Rulman")
    opened(acme, owner=ana)
    asked(client, address(acme))
    few = asked(client, address(acme)), asked(client, address(acme, case))
    for place in range(9):
        opened(acme, owner=ana, direction="Rulman" if place % 2 else "")
    for stage in (Stage.COOLING, Stage.AT_RISK, Stage.LAPSED):
        move(case=case, stage=stage, by=ana)
    assert Move.objects.filter(case=case).count() == 4
    assert (asked(client, address(acme)), asked(client, address(acme, case))) == few


# Losses ------------------------------------------------------------------------------------------------------------


def lost(reasons: list[int], **said: object) -> dict[str, object]:
    return {"decided_on": today().isoformat(), "reasons": reasons, "words": "Too slow", "lessons": "Answer", **said}


def test_a_loss_is_written_down_and_shown_with_its_cost(
    run: Run, acme: Account, ana: User, marketing: User, opened: Opened, signed_in: SignedIn
) -> None:
    case, reasons = opened(acme), list(Reason.objects.order_by("place")[:2])
    answer = send(signed_in(ana), address(acme, case, "loss/"), **lost([one.pk for one in reasons]))
    assert answer.url == address(acme, case)
    record = LossRecord.objects.get()
    assert (set(record.reasons.all()), record.words, record.by) == (set(reasons), "Too slow", ana)
    assert Case.objects.get().stage == Stage.LOST
    page = signed_in(ana).get(address(acme, case)).content.decode()
    for words in (*(str(one) for one in reasons), "Too slow", "Answer", "Revenue lost", "Profit lost"):
        assert words in page
    assert "Profit lost" not in signed_in(marketing).get(address(acme, case)).content.decode()


def test_a_loss_without_a_reason_stays_in_the_form(
    run: Run, acme: Account, ana: User, opened: Opened, signed_in: SignedIn
) -> None:
    case, client = opened(acme), signed_in(ana)
    with nothing_changes():
        assert send(client, address(acme, case, "loss/"), **lost([])).status_code == 422


def test_a_loss_that_changed_meanwhile_is_not_overwritten(
    run: Run, acme: Account, ana: User, opened: Opened, signed_in: SignedIn
) -> None:
    case, reason = opened(acme), Reason.objects.earliest("place")
    client, place = signed_in(ana), address(acme, case, "loss/")
    send(client, place, **lost([reason.pk]))
    record = LossRecord.objects.get()
    edit_loss(loss=record, seen=record.version, fields={"words": "Mine"}, by=ana)
    with nothing_changes():
        answer = send(client, place, **lost([reason.pk], words="Yours", version=record.version - 1))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Mine" in page
    assert "Yours" in page
    now = LossRecord.objects.get().version
    assert send(client, place, **lost([reason.pk], words="Yours", version=now)).status_code == 302
    assert LossRecord.objects.get().words == "Yours"


# Moving -------------------------------------------------------------------------------------------------------------


def test_a_late_move_shows_where_the_case_stands_now(
    acme: Account, ana: User, opened: Opened, signed_in: SignedIn
) -> None:
    case, client = opened(acme), signed_in(ana)
    move(case=case, stage=Stage.AT_RISK, by=ana)
    with nothing_changes():
        answer = send(client, address(acme, case, "move/"), stage="lapsed", version=1)
    assert answer.status_code == 409
    assert "At risk" in answer.content.decode()


# Reasons -----------------------------------------------------------------------------------------------------------


def test_losses_are_counted_by_reason_of_the_accounts_one_sees(
    run: Run, acme: Account, birch: Account, head: User, ana: User, opened: Opened, signed_in: SignedIn
) -> None:
    price, service = Reason.objects.get(code="price"), Reason.objects.get(code="service")
    for account, reasons in ((acme, [price.pk]), (birch, [price.pk, service.pk])):
        case = opened(account)
        assert send(signed_in(head), address(account, case, "loss/"), **lost(reasons)).status_code == 302
    panel = lost_for(run, head)
    assert panel is not None
    assert [(line.text, line.accounts, line.part) for line in panel.lines] == [
        ("Price", 2, 1.0),
        ("Service level", 1, 0.5),
    ]
    own = lost_for(run, ana)
    assert own is not None
    assert [(line.text, line.accounts) for line in own.lines] == [("Price", 1)]
    assert signed_in(head).get(panel.lines[0].address).context["page"].found == 2
    assert signed_in(ana).get(panel.lines[0].address).context["page"].found == 1
    assert signed_in(head).get("/risks/?reason=999999").status_code == 404


def test_the_list_of_reasons_is_edited_by_who_may(head: User, ana: User, signed_in: SignedIn) -> None:
    client = signed_in(head)
    assert send(client, "/risks/reasons/", name="Moved abroad").status_code == 302
    made = Reason.objects.get(name="Moved abroad")
    with nothing_changes():
        assert send(client, "/risks/reasons/", name="moved ABROAD").status_code == 422
    send(client, f"/risks/reasons/{made.pk}/", name="Moved away", place=3, version=made.version)
    made.refresh_from_db()
    assert (made.name, made.place, made.offered) == ("Moved away", 3, False)
    kam = signed_in(ana)
    with nothing_changes():
        assert send(kam, "/risks/reasons/", name="Another").status_code == 403
