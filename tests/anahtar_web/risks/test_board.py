"""The board: columns with count and sum, cards that move or stay and say why, filters, rights, and few questions."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from anahtar.rules.lapse_state import State
from anahtar_web.accounts.actions import assign
from anahtar_web.accounts.models import Account, Part
from anahtar_web.company.queries import today
from anahtar_web.insight.models import Run
from anahtar_web.people.models import User
from anahtar_web.risks.actions import edit_case, move, record_loss
from anahtar_web.risks.ledger import follow
from anahtar_web.risks.models import Case, Reason, Stage
from anahtar_web.risks.pages import board
from anahtar_web.risks.stakes import Stake, together
from tests.anahtar_web.accounts.pages import asked, nothing_changes, send
from tests.anahtar_web.risks.conftest import AS_OF, Opened, foresee

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def page_of(client: Client, query: str = "") -> Any:
    return client.get(f"/risks/{query}").context["page"]


def filled(page: Any) -> list[tuple[str, int, int]]:
    return [(lane.stage, lane.total, lane.at_stake) for lane in page.lanes if lane.total]


def on_board(page: Any) -> list[Case]:
    return [card.row.case for lane in page.lanes for card in lane.cards]


def address(case: Case, do: str = "place/") -> str:
    return f"/accounts/{case.account_id}/risks/{case.pk}/{do}"


def swap(client: Client, place: str, **form: Any) -> Any:
    """Post a form as htmx sends it."""
    return client.post(place, {"once": str(uuid.uuid4()), **form}, headers={"HX-Request": "true"})


def drop(client: Client, case: Case, stage: str, **said: Any) -> Any:
    told = {"stage": stage, "version": case.version, "asked": "?"} | said
    return swap(client, address(case), **told)


def test_the_board_sums_the_cases_of_a_stage(
    run: Run, acme: Account, birch: Account, head: User, ana: User, opened: Opened, signed_in: SignedIn
) -> None:
    foresee(run, acme, State.AT_RISK, last=AS_OF - timedelta(90))
    foresee(run, birch, State.AT_RISK, last=AS_OF - timedelta(90), at_stake=20_000_000)
    foresee(run, birch, State.LAPSED, last=AS_OF - timedelta(90), at_stake=3_000_000, direction="Rulman")
    opened(acme, owner=ana, next_step="Call", next_on=today() - timedelta(1))
    opened(birch)
    opened(birch, direction="Rulman", stage=Stage.LOST)
    page = page_of(signed_in(head))
    assert filled(page) == [("early", 2, 25_000_000), ("lost", 1, 3_000_000)]
    assert [case.account for case in on_board(page)] == [birch, acme, birch]
    assert [(phase.total, phase.at_stake, phase.overdue) for phase in page.phases] == [
        # The direction of birch is a part of its whole.
        (3, 25_000_000, 1),
        (2, 25_000_000, 1),
        (1, 3_000_000, 0),
        (0, 0, 0),
    ]
    table = page_of(signed_in(head), "?view=table")
    assert filled(table) == filled(page)
    assert [row.case.account for row in table.lanes[0].rows] == [birch, acme]
    assert page_of(signed_in(ana)).found == 1
    assert page_of(signed_in(head), "?mine=yes").found == 0
    assert page_of(signed_in(head), "?overdue=yes").found == 1


def test_money_of_one_account_is_counted_once() -> None:
    assert together([]) == 0
    # Two cases of the whole, one of a part of it: 5. Of another account two parts, one of them twice: 1 + 2.
    whole = [Stake(1, "", 5), Stake(1, "", 5), Stake(1, "Rulman", 2)]
    parts = [Stake(2, "Rulman", 1), Stake(2, "Yağ", 2), Stake(2, "Yağ", 2)]
    assert together([*whole, *parts]) == 8


def test_closed_cases_are_folded_and_have_a_table(
    acme: Account, head: User, opened: Opened, signed_in: SignedIn
) -> None:
    move(case=opened(acme), stage=Stage.RECOVERED, words="They order again", by=head)
    page = page_of(signed_in(head))
    assert page.found == 0
    assert [(lane.stage, lane.is_folded) for lane in page.lanes if lane.total] == [("recovered", True)]
    assert page_of(signed_in(head), "?closed=yes").found == 1


def test_a_column_shows_the_weightiest_and_leads_to_the_others(
    run: Run, acme: Account, head: User, opened: Opened, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board, "CARDS", 2)
    foresee(run, acme, State.AT_RISK, last=AS_OF - timedelta(90), direction="Rulman")
    most = opened(acme, direction="Rulman")
    grave, light = opened(acme, severity=5), opened(acme, severity=1)
    page = page_of(signed_in(head))
    assert on_board(page) == [most, grave]
    assert page.lanes[0].hidden == 1
    table = page_of(signed_in(head), page.lanes[0].more)
    assert [row.case for lane in table.lanes for row in lane.rows] == [most, grave, light]


def test_filters_stand_in_the_address(
    acme: Account, birch: Account, head: User, ana: User, opened: Opened, signed_in: SignedIn
) -> None:
    one = opened(acme, title="Şikayet", owner=ana, direction="Rulman", severity=5)
    other = opened(birch, severity=2)
    assign(accounts=[birch], to=head, part=Part.MANAGER, by=head, on=today())
    for query, found in (
        (f"owner={ana.pk}", [one]),
        ("owner=-", [other]),
        ("direction=Rulman", [one]),
        ("direction=-", [other]),
        ("severity=3", [one]),
        ("severity=2", [one, other]),
        ("q=ACME", [one]),
        ("q=şikayet", [one]),
        ("q=rulm", [one]),
        ("q=zzz", []),
        (f"kam={ana.pk}", [one]),
        (f"kam={head.pk}", [other]),
        ("kam=-", []),
        ("owner=1%27&severity=9&stage=nowhere&view=x", [one, other]),
    ):
        page = page_of(signed_in(head), f"?{query}")
        assert set(on_board(page)) == set(found), query
        assert page.found == len(found)
    assert signed_in(head).get("/risks/?owner__name=x").status_code == 400


def test_a_card_is_moved_and_the_board_is_given_as_it_is_then(
    acme: Account, ana: User, opened: Opened, signed_in: SignedIn
) -> None:
    case = opened(acme, severity=2)
    answer = drop(signed_in(ana), case, "at_risk", asked="?severity=3")
    assert answer.status_code == 200
    assert Case.objects.get().stage == Stage.AT_RISK
    page = answer.context["page"]
    assert (page.moved, page.asked.severity, page.found) == (case.pk, "3", 0)
    assert "<html" not in answer.content.decode()
    assert "At risk" in answer.content.decode()


def test_without_a_script_a_move_leads_back_to_the_board(
    acme: Account, ana: User, opened: Opened, signed_in: SignedIn
) -> None:
    case = opened(acme)
    answer = send(signed_in(ana), address(case), stage="at_risk", version=1, asked="?severity=3")
    assert answer.url == "/risks/?severity=3"


@pytest.mark.parametrize(
    ("stage", "why"), [("offer", "It can go to"), ("recovered", "Say why"), ("nowhere", "Choose a stage")]
)
def test_a_refused_move_says_why_and_changes_nothing(
    acme: Account, ana: User, opened: Opened, signed_in: SignedIn, stage: str, why: str
) -> None:
    case, client = opened(acme), signed_in(ana)
    with nothing_changes():
        answer = drop(client, case, stage)
    assert answer.status_code == 409
    assert why in answer.content.decode()


def test_who_drops_a_card_that_was_changed_meanwhile_sees_both_versions(
    acme: Account, ana: User, boris: User, opened: Opened, signed_in: SignedIn
) -> None:
    case, client = opened(acme), signed_in(ana)
    move(case=case, stage=Stage.COOLING, by=boris)
    with nothing_changes():
        answer = drop(client, case, "at_risk")
    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == "#question"
    page = answer.content.decode()
    assert "Cooling" in page
    assert address(case, "move/") in page
    sent = {"stage": "at_risk", "version": 2, "asked": "?"}
    assert swap(client, address(case, "move/"), **sent).status_code == 200
    assert Case.objects.get().stage == Stage.AT_RISK


def test_the_dialog_asks_for_words_and_keeps_what_was_typed(
    acme: Account, ana: User, opened: Opened, signed_in: SignedIn
) -> None:
    case, client = opened(acme), signed_in(ana)
    asking = f"{address(case, 'move/')}?to=recovered&asked=%3Fseverity%3D3"
    shown = client.get(asking, headers={"HX-Request": "true"})
    assert "<html" not in shown.content.decode()
    assert shown.context["page"].form["stage"].value() == "recovered"
    sent = {"stage": "recovered", "version": 1, "asked": "?severity=3"}
    with nothing_changes():
        refused = swap(client, address(case, "move/"), **sent, words=" ")
    assert (refused.status_code, refused.headers["HX-Retarget"]) == (422, "#question")
    assert "severity=3" in refused.content.decode()
    done = swap(client, address(case, "move/"), **sent, words="They order again")
    assert done.headers["HX-Retarget"] == "#cases"
    assert Case.objects.get().resolution == "They order again"


def test_cards_offer_what_the_table_of_transitions_allows(
    acme: Account, ana: User, auditor: User, opened: Opened, signed_in: SignedIn
) -> None:
    early = opened(acme)
    recorded = opened(acme, stage=Stage.AT_RISK)
    record_loss(case=recorded, decided_on=today(), reasons=[Reason.objects.get(code="price")], by=ana)
    recorded.refresh_from_db()
    move(case=recorded, stage=Stage.LAPSED, by=ana)
    cards = {card.row.case.pk: card for lane in page_of(signed_in(ana)).lanes for card in lane.cards}
    ways = {pk: {way.stage: way.how for way in card.ways} for pk, card in cards.items()}
    assert ways[early.pk] == {
        Stage.COOLING: "go",
        Stage.AT_RISK: "go",
        Stage.LAPSED: "go",
        Stage.LOST: "loss",
        Stage.RECOVERED: "say",
    }
    # Why it was lost is written down already: another loss of it asks for words only.
    assert ways[recorded.pk][Stage.LOST] == "say"
    client = signed_in(auditor)
    assert all(not card.ways for lane in page_of(client).lanes for card in lane.cards)
    assert "draggable" not in client.get("/risks/").content.decode()
    with nothing_changes():
        assert drop(client, early, "cooling").status_code == 403


def test_a_stranger_moves_nothing(
    acme: Account, birch: Account, chen: User, opened: Opened, signed_in: SignedIn
) -> None:
    case, client = opened(acme), signed_in(chen)
    assert page_of(client).found == 0
    with nothing_changes():
        assert drop(client, case, "cooling").status_code == 404
        wrong = f"/accounts/{birch.pk}/risks/{case.pk}/place/"
        assert send(client, wrong, stage="cooling", version=1).status_code == 404


def test_a_lost_case_goes_on_to_the_record_of_its_loss(
    acme: Account, ana: User, opened: Opened, signed_in: SignedIn
) -> None:
    case = opened(acme)
    answer = send(signed_in(ana), address(case, "move/"), stage="lost", words="A competitor", version=1)
    assert answer.url == address(case, "loss/")


def test_the_mark_of_the_ledger_says_what_it_said(
    run: Run, acme: Account, ana: User, opened: Opened, signed_in: SignedIn
) -> None:
    case = opened(acme, by=ana)
    foresee(run, acme, State.AT_RISK, last=AS_OF - timedelta(90))
    follow(run)
    client = signed_in(ana)
    card = next(card for lane in page_of(client).lanes for card in lane.cards)
    assert (card.by_ledger, card.why) == (True, "at risk beyond 80 days")
    case.refresh_from_db()
    move(case=case, stage=Stage.LAPSED, words="They told me", by=ana)
    card = next(card for lane in page_of(client).lanes for card in lane.cards)
    assert (card.by_ledger, card.why) == (False, "They told me")


def test_a_loss_is_told_in_the_language_of_whoever_reads(
    acme: Account, ana: User, opened: Opened, signed_in: SignedIn
) -> None:
    case = opened(acme)
    own = Reason.objects.create(name="Moved abroad")
    client = signed_in(ana)
    send(client, address(case, "loss/"), decided_on=today(), reasons=[Reason.objects.get(code="deadlines").pk, own.pk])
    assert "Missed deadlines and promises, Moved abroad" in client.get(address(case, "")).content.decode()
    assert "Missed deadlines" in client.get(f"/accounts/{acme.pk}/trail/").content.decode()
    own.name = "Left the country"
    own.save()
    User.objects.filter(pk=ana.pk).update(language="tr")
    for place in (address(case, ""), f"/accounts/{acme.pk}/trail/"):
        page = client.get(place).content.decode()
        assert "Tutulmayan süre ve sözler" in page
        assert "Missed deadlines" not in page
    assert "Tutulmayan süre ve sözler, Left the country" in client.get(address(case, "")).content.decode()


@pytest.mark.parametrize("query", ["", "?view=table", "?severity=2&owner=-"])
def test_the_board_asks_as_much_of_many_cases_as_of_one(
    run: Run, acme: Account, birch: Account, head: User, ana: User, opened: Opened, signed_in: SignedIn, query: str
) -> None:
    client = signed_in(head)
    assert asked(client, f"/risks/{query}")
    record_loss(case=opened(acme), decided_on=today(), reasons=[Reason.objects.get(code="price")], by=ana)
    opened(acme, direction="Rulman")
    opened(acme, owner=ana)
    few = asked(client, f"/risks/{query}")
    for place, stage in enumerate((*Stage,) * 2):
        if stage not in (Stage.RECOVERED, Stage.WRITTEN_OFF):
            opened(birch if place % 2 else acme, stage=stage, owner=ana if place % 3 else None)
    edited = opened(acme, direction="Rulman")
    edit_case(case=edited, seen=1, fields={"next_step": "Call"}, by=ana)
    record_loss(case=edited, decided_on=today(), reasons=[Reason.objects.get(code="quality")], by=ana)
    assert asked(client, f"/risks/{query}") == few
