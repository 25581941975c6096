"""The pages of win-backs: who reads and does what, and as many queries for a large house as for a small one."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from anahtar_web.accounts.models import Account
from anahtar_web.audit.models import Entry
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Right
from anahtar_web.insight.models import Run
from anahtar_web.people.models import User
from anahtar_web.risks.actions import open_case, record_loss
from anahtar_web.risks.models import Case, Reason, Stage
from anahtar_web.winbacks import actions
from anahtar_web.winbacks.asked import Narrow
from anahtar_web.winbacks.models import Campaign, Offer, OfferState, WinbackList
from anahtar_web.winbacks.queries import limits
from tests.anahtar_web.accounts.pages import asked, nothing_changes, said, send
from tests.anahtar_web.conftest import account
from tests.anahtar_web.winbacks.conftest import UNIT, Made, ago, fields, lost, many, planned, started

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def typed(**more: Any) -> dict[str, Any]:
    """An offer as a form sends it."""
    usual = {
        "kind": "gift",
        "contents": "A **box** of bearings.",
        "note": "Secret",
        "cost": "120,50",
        "budget_line": "",
    }
    return {**usual, "valid_until": (today() + timedelta(20)).isoformat(), "version": "", **more}


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def test_a_manager_offers_the_director_approves_and_it_is_sent(
    case: Case, ana: User, director: User, signed_in: SignedIn
) -> None:
    his, hers = signed_in(director), signed_in(ana)
    answer = send(hers, f"/winbacks/cases/{case.pk}/new/", **typed())
    offer = Offer.objects.get()
    assert answer.url == f"/winbacks/offers/{offer.pk}/"
    assert (offer.cost, offer.kind, offer.note) == (1_205_000, "gift", "Secret")
    send(hers, f"/winbacks/offers/{offer.pk}/submit/", version=offer.version)
    offer.refresh_from_db()
    assert offer.state == OfferState.WAITING
    assert "Waiting for you" in page(his, "/winbacks/")
    assert "Waiting for you" not in page(hers, "/winbacks/")
    decision = {"version": offer.version, "decision": "approved"}
    send(his, f"/winbacks/offers/{offer.pk}/decide/", **decision)
    offer.refresh_from_db()
    send(hers, f"/winbacks/offers/{offer.pk}/send/", version=offer.version)
    offer.refresh_from_db()
    case.refresh_from_db()
    assert (offer.state, case.stage) == (OfferState.SENT, Stage.OFFER)
    answer = send(hers, f"/winbacks/offers/{offer.pk}/answer/", version=offer.version, accepted="yes", words="")
    case.refresh_from_db()
    assert (answer.status_code, case.stage) == (302, Stage.NEGOTIATION)


def test_what_goes_out_holds_nothing_internal(made: Made, ana: User, signed_in: SignedIn) -> None:
    text = page(signed_in(ana), f"/winbacks/offers/{made(contents='Ten **percent**').pk}/")
    preview = text.partition('id="goes-out">')[2].partition("</div>")[0]
    assert preview.strip() == "<p>Ten <strong>percent</strong></p>"
    assert "They talk to Omega." in text


def test_the_text_for_a_mail_has_no_marks(made: Made, ana: User, signed_in: SignedIn) -> None:
    offer = made(contents="## Welcome & back\n\n- **Ten percent** off\n2. [terms](https://example.com/terms)\n\nYours")
    text = page(signed_in(ana), f"/winbacks/offers/{offer.pk}/").split("<textarea")[1].split("</textarea>")[0]
    assert (
        text.split(">", 1)[1]
        == "Welcome &amp; back\n\n- Ten percent off\n2. terms (https://example.com/terms)\n\nYours"
    )


def test_strangers_find_nothing_and_the_team_finds_all(
    run: Run, made: Made, case: Case, ana: User, chen: User, signed_in: SignedIn
) -> None:
    offer = made(contents="For Acme alone")
    for address in (
        f"/winbacks/offers/{offer.pk}/",
        f"/winbacks/cases/{case.pk}/",
        f"/winbacks/cases/{case.pk}/new/",
        f"/winbacks/offers/{offer.pk}/edit/",
        f"/winbacks/offers/{offer.pk}/answer/",
        f"/winbacks/offers/{offer.pk}/withdraw/",
    ):
        with nothing_changes():
            assert signed_in(chen).get(address).status_code == 404, address
        assert signed_in(ana).get(address).status_code == 200, address
    assert "Acme" not in page(signed_in(chen), "/winbacks/")
    assert "Acme" in page(signed_in(ana), "/winbacks/")
    with nothing_changes():
        assert send(signed_in(chen), f"/winbacks/offers/{offer.pk}/submit/", version=1).status_code == 404


def test_marketing_reads_that_there_is_an_offer_and_neither_cost_nor_words(
    run: Run,
    made: Made,
    case: Case,
    marketing: User,
    head: User,
    every_lost: WinbackList,
    acme: Account,
    signed_in: SignedIn,
) -> None:
    lost(run, acme, value=31_415)
    offer, client = made(contents="Secret words", cost=27_182 * UNIT), signed_in(marketing)
    campaign = planned(every_lost, head, contents="Secret plan", budget=16_180 * UNIT)
    for address in (
        "/winbacks/",
        f"/winbacks/offers/{offer.pk}/",
        f"/winbacks/cases/{case.pk}/",
        f"/winbacks/lists/{every_lost.pk}/",
        f"/winbacks/campaigns/{campaign.pk}/",
        f"/winbacks/campaigns/{campaign.pk}/edit/",
        f"/winbacks/lists/{every_lost.pk}/edit/",
    ):
        text = page(client, address)
        leaks = ("Secret", "27.182", "27,182", "27K", "31.415", "31,415", "16.180", "16,180", "16K", "Omega")
        assert not [word for word in leaks if word in text], address
    with nothing_changes():
        for address in (f"/winbacks/offers/{offer.pk}/edit/", f"/winbacks/cases/{case.pk}/new/"):
            assert client.get(address).status_code == 403
        assert send(client, f"/winbacks/offers/{offer.pk}/submit/", version=1).status_code == 403
        assert send(client, f"/winbacks/campaigns/{campaign.pk}/start/", version=1).status_code == 403


def test_marketing_changes_a_list_or_a_plan_and_keeps_its_costs(
    every_lost: WinbackList, head: User, marketing: User, signed_in: SignedIn
) -> None:
    actions.change_list(kept=every_lost, seen=1, name="Lost", narrow=Narrow(), cost=77, by=head)
    campaign = planned(every_lost, head, contents="Secret plan")
    client = signed_in(marketing)
    answer = send(client, f"/winbacks/lists/{every_lost.pk}/edit/", name="Lost ones", version=2, times_lost="2")
    assert answer.status_code == 302, answer.content.decode()
    kept = WinbackList.objects.get()
    assert (kept.name, kept.cost, kept.query) == ("Lost ones", 77, "times_lost=2")
    plan = {"name": "Spring", "list": kept.pk, "size": "9", "holdout_share": "10", "horizon": "90"}
    day = (today() + timedelta(20)).isoformat()
    answer = send(client, f"/winbacks/campaigns/{campaign.pk}/edit/", version=1, valid_until=day, **plan)
    assert answer.status_code == 302, answer.content.decode()
    campaign.refresh_from_db()
    assert (campaign.name, campaign.contents, campaign.cost) == ("Spring", "Secret plan", 100 * UNIT)


def test_the_auditor_reads_everything_and_does_nothing(
    run: Run, made: Made, auditor: User, head: User, every_lost: WinbackList, case: Case, signed_in: SignedIn
) -> None:
    offer, campaign, client = made(), planned(every_lost, head), signed_in(auditor)
    assert "Ten percent" in page(client, f"/winbacks/offers/{offer.pk}/").replace("<strong>", "").replace(
        "</strong>", ""
    )
    for address in (
        f"/winbacks/offers/{offer.pk}/decide/",
        f"/winbacks/offers/{offer.pk}/edit/",
        f"/winbacks/cases/{case.pk}/new/",
        f"/winbacks/campaigns/{campaign.pk}/start/",
        "/winbacks/campaigns/new/",
        "/winbacks/lists/new/",
        "/winbacks/limits/",
    ):
        with nothing_changes():
            assert client.get(address).status_code == 403, address
    assert not {Right.RUN_WINBACKS, Right.APPROVE_OFFERS} & {right for right in Right if auditor.may(right)}


def test_two_write_one_offer_and_the_second_sees_both(made: Made, ana: User, boris: User, signed_in: SignedIn) -> None:
    offer = made()
    actions.rewrite(offer=offer, seen=1, fields=fields(contents="Theirs", cost=5 * UNIT), by=boris)
    address = f"/winbacks/offers/{offer.pk}/edit/"
    with nothing_changes():
        answer = send(signed_in(ana), address, **typed(version=1, contents="Mine"))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs" in text
    assert "Mine" in text
    assert 'name="version" value="2"' in text
    assert send(signed_in(ana), address, **typed(version=2, contents="Mine")).status_code == 302


def test_of_two_approvers_the_second_is_told(
    made: Made, ana: User, director: User, admin: User, signed_in: SignedIn
) -> None:
    offer = actions.submit(offer=made(cost=UNIT), seen=1, by=ana)
    seen = offer.version
    address = f"/winbacks/offers/{offer.pk}/decide/"
    assert send(signed_in(director), address, version=seen, decision="approved").status_code == 302
    with nothing_changes():
        answer = send(signed_in(admin), address, version=seen, decision="refused", reason="No.")
    assert answer.status_code == 422


def test_a_list_is_kept_ranked_and_cases_are_opened_from_it(run: Run, head: User, signed_in: SignedIn) -> None:
    accounts, client = many(run, 3), signed_in(head)
    answer = send(client, "/winbacks/lists/new/", name="Silent", state="lost", silence_from="100", cost="5")
    kept = WinbackList.objects.get()
    assert (answer.url, kept.query, kept.cost) == (f"/winbacks/lists/{kept.pk}/", "state=lost&silence_from=100", 50_000)
    text = page(client, answer.url)
    assert [text.index(one.name) for one in accounts] == sorted(text.index(one.name) for one in accounts)
    opened = f"/winbacks/lists/{kept.pk}/cases/"
    send(client, opened, account=[accounts[0].pk, accounts[2].pk])
    assert set(Case.objects.values_list("account", flat=True)) == {accounts[0].pk, accounts[2].pk}
    with nothing_changes():
        assert said(send(client, opened))
        assert send(client, opened, account=list(range(1, 202))).status_code == 404


def test_nobody_opens_cases_of_accounts_they_do_not_see(
    run: Run, every_lost: WinbackList, ana: User, acme: Account, birch: Account, signed_in: SignedIn
) -> None:
    lost(run, acme)
    lost(run, birch)
    text = page(signed_in(ana), f"/winbacks/lists/{every_lost.pk}/")
    assert "Acme" in text
    assert "Birch" not in text
    opened = f"/winbacks/lists/{every_lost.pk}/cases/"
    with nothing_changes():
        invisible, absent = (send(signed_in(ana), opened, account=[key]) for key in (birch.pk, 999_999))
        assert (invisible.status_code, said(invisible)[-1]) == (absent.status_code, said(absent)[-1])
    send(signed_in(ana), opened, account=[acme.pk, birch.pk])
    assert list(Case.objects.values_list("account", flat=True)) == [acme.pk]


def taken(client: Client, kept: WinbackList, **more: str) -> bytes:
    told = {"readers": "colleagues", "form": "xlsx", "reason": "", **more}
    answer = send(client, f"/winbacks/lists/{kept.pk}/export/", **told)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def rows_of(file: bytes) -> list[tuple[Any, ...]]:
    sheet = load_workbook(io.BytesIO(file)).active
    assert sheet is not None
    return list(sheet.iter_rows(min_row=4, values_only=True))


def test_a_list_is_taken_out_as_one_sees_it_and_stands_on_the_trail(
    run: Run, every_lost: WinbackList, head: User, marketing: User, signed_in: SignedIn
) -> None:
    many(run, 2)
    for who, columns in ((head, 14), (marketing, 11)):
        rows = rows_of(taken(signed_in(who), every_lost))
        assert len(rows[0]) == columns
        assert [row[0] for row in rows[1:]] == ["L000", "L001"]
    entry = Entry.objects.filter(verb="winback_list.exported").latest("pk")
    assert (entry.after, entry.by) == ({"rows": 2, "form": "xlsx", "handed_on": False}, marketing)


def test_what_is_handed_on_holds_no_figure_and_nobody_who_is_left_alone(
    run: Run, head: User, made: Made, acme: Account, signed_in: SignedIn
) -> None:
    kept = actions.keep_list(name="Slow payers / 2024 [worth 300?]", narrow=Narrow(silence_from=30), by=head)
    lost(run, acme, value=2000)
    made(contents="A secret offer")
    many(run, 9)
    campaign = started(kept, head, holdout_share=50)
    alone = set(campaign.draws.filter(held_out=True).values_list("account__code", flat=True))
    assert len(alone) == 5
    for readers, codes in (("colleagues", 10), ("handed_on", 5)):
        rows = rows_of(taken(signed_in(head), kept, readers=readers))
        assert len(rows) == 1 + codes
        told = {row[0] for row in rows[1:]}
        assert told & alone == (alone if readers == "colleagues" else set())
    assert len(rows[0]) == 4
    text = taken(signed_in(head), kept, readers="handed_on", form="csv").decode()
    assert "Slow payers" not in text
    assert not any(word in text for word in ("secret", "Omega", "300", "20%", "0.2", "silent"))
    entry = Entry.objects.filter(verb="winback_list.exported").latest("pk")
    assert entry.after == {"rows": 5, "form": "csv", "handed_on": True}


def test_names_of_accounts_are_no_formulas_in_either_file(
    run: Run, every_lost: WinbackList, head: User, signed_in: SignedIn
) -> None:
    lost(run, account("@SUM(1)", "=HYPERLINK(1)"), value=5)
    for readers in ("colleagues", "handed_on"):
        text = taken(signed_in(head), every_lost, readers=readers, form="csv").decode("utf-8-sig")
        assert text.splitlines()[1].startswith('"\'@SUM(1)","\'=HYPERLINK(1)"')
        book = load_workbook(io.BytesIO(taken(signed_in(head), every_lost, readers=readers)))
        assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {"s", "n", "d"}


def test_who_is_left_alone_is_said_only_while_it_holds(
    run: Run, every_lost: WinbackList, head: User, signed_in: SignedIn
) -> None:
    many(run, 10)
    campaign = started(every_lost, head)
    address = f"/winbacks/lists/{every_lost.pk}/"
    assert page(signed_in(head), address).count(">left alone<") == 2
    actions.end(campaign=campaign, seen=campaign.version, reason="Over.", by=head)
    assert ">left alone<" not in page(signed_in(head), address)


def test_an_empty_list_is_not_taken_out(run: Run, every_lost: WinbackList, head: User, signed_in: SignedIn) -> None:
    told = {"readers": "colleagues", "form": "xlsx", "reason": ""}
    with nothing_changes():
        assert send(signed_in(head), f"/winbacks/lists/{every_lost.pk}/export/", **told).status_code == 422


def test_a_campaign_is_planned_drawn_and_ended(
    run: Run, every_lost: WinbackList, head: User, signed_in: SignedIn
) -> None:
    many(run, 10)
    client = signed_in(head)
    plan = {"name": "Autumn", "list": every_lost.pk, "size": "10", "holdout_share": "20", "horizon": "90"}
    offer = {"kind": "gift", "contents": "A box.", "cost": "10", "budget": "100"}
    day = (today() + timedelta(20)).isoformat()
    answer = send(client, "/winbacks/campaigns/new/", valid_until=day, **plan, **offer)
    assert answer.status_code == 302, answer.content.decode()
    with nothing_changes():
        refused = send(client, "/winbacks/campaigns/new/", valid_until=day, **plan | {"holdout_share": "51"}, **offer)
    assert refused.status_code == 422
    campaign = Campaign.objects.get()
    send(client, f"{answer.url}start/", version=campaign.version)
    assert campaign.draws.filter(held_out=True).count() == 2
    left, offered = (campaign.draws.filter(held_out=held).first() for held in (True, False))
    assert left is not None
    assert offered is not None
    assert "A box." in page(client, f"/winbacks/cases/{offered.case_id}/new/")
    with nothing_changes():
        refused = send(client, f"/winbacks/cases/{left.case_id}/new/", **typed())
    assert refused.status_code == 422
    assert "/new/" not in page(client, f"/winbacks/cases/{left.case_id}/")
    campaign.refresh_from_db()
    send(client, f"{answer.url}end/", version=campaign.version, reason="Enough.")
    campaign.refresh_from_db()
    assert campaign.state == "ended"


def test_limits_are_changed_by_who_may(director: User, ana: User, signed_in: SignedIn) -> None:
    was = {"was_kam": "0", "was_head": str(50_000 * UNIT), "was_director": "", "was_administrator": ""}
    now = {"limit_kam": "250", "limit_head": "50000", "limit_director": "", "limit_administrator": ""}
    with nothing_changes():
        assert send(signed_in(ana), "/winbacks/limits/", reason="So.", **was, **now).status_code == 403
        assert send(signed_in(director), "/winbacks/limits/", reason="", **was, **now).status_code == 422
        stale = was | {"was_kam": "7"}
        assert send(signed_in(director), "/winbacks/limits/", reason="So.", **stale, **now).status_code == 422
    assert send(signed_in(director), "/winbacks/limits/", reason="So.", **was, **now).status_code == 302
    assert (limits()["kam"], limits()["head"], limits()["director"]) == (250 * UNIT, 50_000 * UNIT, None)


def test_the_pages_ask_as_often_for_many_as_for_few(
    run: Run, every_lost: WinbackList, head: User, signed_in: SignedIn
) -> None:
    client = signed_in(head)
    reason = Reason.objects.get(code="price")

    def grow(name: str, count: int) -> Campaign:
        made = [account(f"{name}{place}", f"{name} {place}") for place in range(count)]
        for one in made:
            lost(run, one, value=9)
        campaign = started(every_lost, head, name=name, size=count, budget=10_000 * UNIT)
        for draw in campaign.draws.filter(held_out=False):
            offer = actions.make(case=draw.case, fields=fields(cost=UNIT), campaign=campaign, by=head)
            offer = actions.submit(offer=offer, seen=1, by=head)
            actions.send(offer=offer, seen=offer.version, by=head)
            record_loss(case=draw.case, decided_on=ago(1), reasons=[reason], by=head)
            waiting = open_case(account=draw.account, title="Another", stage=Stage.LOST, by=head)
            actions.make(case=waiting, fields=fields(), by=head)
        return campaign

    def count(campaign: Campaign) -> list[int]:
        case = campaign.draws.filter(held_out=False)[0].case_id
        offer = Offer.objects.filter(campaign=campaign)[0].pk
        addresses = ("", f"lists/{every_lost.pk}/", f"campaigns/{campaign.pk}/", f"cases/{case}/", f"offers/{offer}/")
        for address in addresses:
            client.get(f"/winbacks/{address}")
        return [asked(client, f"/winbacks/{address}") for address in addresses]

    few = count(grow("A", 5))
    assert count(grow("B", 25)) == few
    assert max(few) < 45
