"""A tender is written down and changed: over the version that was read, recorded whole, on the trail."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from anahtar_web.accounts.actions import merge
from anahtar_web.accounts.actions.holding import UnableToChangeMerged
from anahtar_web.accounts.models import Account
from anahtar_web.audit.models import Entry
from anahtar_web.competitors.models import Competitor
from anahtar_web.files.actions import remove
from anahtar_web.files.models import Attachment
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from anahtar_web.tenders import actions
from anahtar_web.tenders.actions import UnableToWriteTender
from anahtar_web.tenders.actions.deciding import DecidedLot, Decision
from anahtar_web.tenders.actions.writing import SaidLot, SaidParticipant
from anahtar_web.tenders.models import Record, Tender
from anahtar_web.tenders.queries import as_known, of
from tests.anahtar_web.accounts.pages import asked, nothing_changes, send
from tests.anahtar_web.files.conftest import data, pdf  # noqa: F401  # where content lies
from tests.anahtar_web.tenders.conftest import UNITS, against, lost, priced, reason, started, won

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def test_the_manager_writes_a_tender_down_and_whoever_sees_the_account_reads_it(
    acme: Account, ana: User, boris: User, chen: User, auditor: User, signed_in: SignedIn
) -> None:
    typed = {"title": "Valves", "stage": "preparing", "currency": "TRY", "estimate": "1,250,000.50", "owner": ana.pk}
    answer = send(signed_in(ana), f"/accounts/{acme.pk}/tenders/new/", **typed)
    tender = Tender.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/tenders/{tender.pk}/")
    assert (tender.estimate, tender.stage, tender.lots.count()) == (12_500_005_000, "preparing", 1)
    for reader in (ana, boris, auditor):
        for path in (f"/tenders/{tender.pk}/", f"/accounts/{acme.pk}/tenders/", "/tenders/", "/tenders/list/"):
            assert "Valves" in signed_in(reader).get(path).content.decode(), path
    assert signed_in(chen).get(f"/tenders/{tender.pk}/").status_code == 404
    assert "Valves" not in signed_in(chen).get("/tenders/list/").content.decode()
    assert Entry.objects.get(verb="tender.started").account_id == acme.pk


def test_a_double_click_writes_one_tender(acme: Account, ana: User, signed_in: SignedIn) -> None:
    client, form = signed_in(ana), {"once": "a" * 16, "title": "Valves", "stage": "announced"}
    for _twice in range(2):
        assert client.post(f"/accounts/{acme.pk}/tenders/new/", form).status_code == 302
    assert Tender.objects.count() == 1


def test_days_that_contradict_each_other_are_refused(acme: Account, ana: User) -> None:
    with nothing_changes(), pytest.raises(UnableToWriteTender, match="“deadline” lies before “questions”"):
        started(acme, ana, questions_until=date(2025, 2, 2), deadline=date(2025, 2, 1))


def test_nobody_writes_on_an_account_that_was_merged_away_and_reading_goes_on(
    acme: Account, birch: Account, ana: User, admin: User, bearings: Tender
) -> None:
    merge(source=acme, target=birch, reason="One", by=admin)
    bearings.account.refresh_from_db()
    with pytest.raises(UnableToChangeMerged):
        actions.change(tender=bearings, version=1, title="Other", by=admin)
    assert [one.title for one in of(birch, user=admin)] == ["Bearings 2025"]


def test_what_somebody_else_has_written_meanwhile_is_not_overwritten(
    bearings: Tender, ana: User, boris: User, signed_in: SignedIn
) -> None:
    client, address = signed_in(ana), f"/tenders/{bearings.pk}/change/"
    actions.change(tender=bearings, version=1, title="Theirs", by=boris)
    answer = send(client, address, version="1", title="Mine", currency="TRY")
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Theirs" in html
    assert 'value="Mine"' in html
    assert send(client, address, version="2", title="Mine", currency="TRY").status_code == 302
    bearings.refresh_from_db()
    assert (bearings.title, bearings.version) == ("Mine", 3)


def test_lots_keep_their_outcome_and_winner_when_they_are_renamed(bearings: Tender, ana: User) -> None:
    lost(priced(bearings, ana, 100), ana, to="Rival", price=90)
    actions.write_lots(
        tender=bearings, version=bearings.version, lots=[SaidLot(1, "Whole", our_price=95 * UNITS)], by=ana
    )
    lot = bearings.lots.get()
    assert (lot.name, lot.outcome, lot.winner.name, lot.winner_price, lot.our_price) == (
        "Whole", "lost", "Rival", 90 * UNITS, 95 * UNITS,
    )  # fmt: skip


def test_lots_of_a_decided_tender_neither_come_nor_go(bearings: Tender, ana: User) -> None:
    won(bearings, ana)
    with nothing_changes(), pytest.raises(UnableToWriteTender, match="decided lot by lot"):
        actions.write_lots(tender=bearings, version=bearings.version, lots=[SaidLot(1, "A"), SaidLot(0, "B")], by=ana)


def test_several_lots_need_names_of_their_own(bearings: Tender, ana: User) -> None:
    with pytest.raises(UnableToWriteTender, match="a name each"):
        actions.write_lots(tender=bearings, version=1, lots=[SaidLot(1, "İç"), SaidLot(0, "iç")], by=ana)


def test_a_competitor_is_found_however_its_name_is_typed_and_made_where_nobody_knows_it(
    bearings: Tender, ana: User
) -> None:
    Competitor.objects.create(name="Işık Rulman")
    against(bearings, ana, "IŞIK  RULMAN", "Yeni Rakip")
    assert sorted(part.competitor.name for part in bearings.participants.all()) == ["Işık Rulman", "Yeni Rakip"]
    assert Entry.objects.get(verb="competitor.named").target_name == "Yeni Rakip"
    with pytest.raises(UnableToWriteTender, match="named twice"):
        against(bearings, ana, "yeni rakip", "Yeni Rakip")


def test_the_page_says_the_sum_of_the_weights(bearings: Tender, ana: User, signed_in: SignedIn) -> None:
    form = {
        "version": "1", "line-TOTAL_FORMS": "2", "line-INITIAL_FORMS": "0",
        "line-0-name": "Price", "line-0-weight": "60", "line-1-name": "Delivery", "line-1-weight": "35",
    }  # fmt: skip
    assert send(signed_in(ana), f"/tenders/{bearings.pk}/criteria/", **form).status_code == 302
    assert [(one.name, one.weight) for one in bearings.criteria.all()] == [
        ("Price", Decimal(60)), ("Delivery", Decimal(35)),
    ]  # fmt: skip
    known = as_known(bearings, user=ana)
    assert known is not None
    assert known.weights == 95


def test_documents_are_chosen_among_the_files_of_the_account(
    bearings: Tender, birch: Account, acme: Account, ana: User
) -> None:
    ours = Attachment.objects.create(account=acme, name="spec.pdf", digest="a" * 64, size=1, media_type="x", by=ana)
    theirs = Attachment.objects.create(account=birch, name="other.pdf", digest="b" * 64, size=1, media_type="x", by=ana)
    with nothing_changes(), pytest.raises(UnableToWriteTender, match="not there any more"):
        actions.write_papers(tender=bearings, version=1, files=[theirs.pk], by=ana)
    actions.write_papers(tender=bearings, version=1, files=[ours.pk], by=ana)
    known = as_known(bearings, user=ana)
    assert known is not None
    assert [file.name for file in known.papers] == ["spec.pdf"]


def test_a_document_is_brought_on_the_page_of_the_tender_and_opened_there(
    bearings: Tender, acme: Account, birch: Account, ana: User, chen: User, signed_in: SignedIn
) -> None:
    client, address = signed_in(ana), f"/tenders/{bearings.pk}/papers/"
    theirs = Attachment.objects.create(account=birch, name="other.pdf", digest="b" * 64, size=1, media_type="x", by=ana)
    with nothing_changes():
        assert send(client, address, version="1", documents=theirs.pk).status_code == 422
    new = SimpleUploadedFile("Şartname.pdf", pdf())
    assert send(client, address, version="1", documents_new=new).status_code == 302
    file = Attachment.objects.get(account=acme)
    assert f'href="/files/{file.pk}/"' in client.get(f"/tenders/{bearings.pk}/").content.decode()
    assert b"".join(client.get(f"/files/{file.pk}/").streaming_content) == pdf()  # type: ignore[attr-defined]  # a file
    for path in (f"/tenders/{bearings.pk}/", address, f"/files/{file.pk}/"):
        assert signed_in(chen).get(path).status_code == 404
    remove(attachment=file, reason="Not ours", by=ana)
    html = client.get(f"/tenders/{bearings.pk}/").content.decode()
    assert "removed on" in html
    assert f'href="/files/{file.pk}/"' not in html


def test_a_change_that_changes_nothing_is_refused(bearings: Tender, ana: User) -> None:
    with nothing_changes(), pytest.raises(UnableToWriteTender, match="stands there already"):
        actions.change(tender=bearings, version=1, title="Bearings 2025", by=ana)


def test_a_loss_is_not_written_down_without_our_reason(bearings: Tender, ana: User, signed_in: SignedIn) -> None:
    decision = Decision("lost", date(2025, 3, 1))
    with nothing_changes(), pytest.raises(UnableToWriteTender, match="Say why it was lost"):
        actions.decide(tender=bearings, version=1, decision=decision, by=ana)
    lot = {"line-TOTAL_FORMS": "1", "line-INITIAL_FORMS": "1", "line-0-place": "1"}
    form = {"version": "1", "outcome": "lost", "decided_on": "2025-03-01", **lot}
    client = signed_in(ana)
    with nothing_changes():
        answer = send(client, f"/tenders/{bearings.pk}/decide/", **form)
    assert answer.status_code == 422
    assert "Say what they said, or that they did not say." in answer.content.decode()
    why = {"their_reason": "none", "our_reason": str(reason().pk), "line-0-winner": ""}
    assert send(client, f"/tenders/{bearings.pk}/decide/", **form, **why).status_code == 302
    bearings.refresh_from_db()
    assert (bearings.outcome, bearings.their_reason, bearings.our_reason) == ("lost", None, reason())
    # Nobody knows who won: that is said, not guessed.
    assert (bearings.lots.get().won_by, bearings.lots.get().winner) == ("unknown", None)


@pytest.mark.parametrize(
    ("outcome", "lots", "refusal"),
    [
        ("won", ("won", "lost"), "Not every lot is won"),
        ("lost", ("won", "lost"), "A lot is won"),
        ("partly", ("won", "won"), "some lots are won and others are not"),
        ("partly", ("won", ""), "Say of each lot"),
        ("cancelled", ("won", ""), "A lot is won"),
    ],
)
def test_outcome_and_lots_do_not_contradict_each_other(
    bearings: Tender, ana: User, outcome: str, lots: tuple[str, str], refusal: str
) -> None:
    priced(bearings, ana, 100, 200)
    said = [DecidedLot(place, one) for place, one in enumerate(lots, 1)]
    decision = Decision(outcome, date(2025, 3, 1), said, our_reason=reason())
    with nothing_changes(), pytest.raises(UnableToWriteTender, match=refusal):
        actions.decide(tender=bearings, version=bearings.version, decision=decision, by=ana)


def test_a_partly_won_tender_says_by_lot_who_won_and_counts_the_winner_among_those_taking_part(
    bearings: Tender, ana: User
) -> None:
    priced(bearings, ana, 100, 200)
    said = [
        DecidedLot(1, "won", our_price=100 * UNITS, rank=1),
        DecidedLot(2, "lost", "Rival", 180 * UNITS, 200 * UNITS, 2),
    ]
    decision = Decision("partly", date(2025, 3, 1), said, our_reason=reason())
    actions.decide(tender=bearings, version=bearings.version, decision=decision, by=ana)
    assert [(lot.outcome, lot.won_by, lot.winner_price) for lot in bearings.lots.all()] == [
        ("won", "us", None), ("lost", "competitor", 180 * UNITS),
    ]  # fmt: skip
    assert [part.competitor.name for part in bearings.participants.all()] == ["Rival"]
    known = as_known(bearings, user=ana)
    assert known is not None
    assert known.lots[1].gap == pytest.approx(200 / 180 - 1)


def test_a_decision_does_not_lie_ahead_or_before_the_announcement(bearings: Tender, ana: User) -> None:
    for day, refusal in ((date(2124, 1, 1), "lies ahead"), (date(2024, 12, 31), "before it was announced")):
        with pytest.raises(UnableToWriteTender, match=refusal):
            actions.decide(tender=bearings, version=1, decision=Decision("won", day), by=ana)


def test_a_decided_tender_is_opened_again_with_a_reason_and_what_was_said_stays_readable(
    bearings: Tender, ana: User
) -> None:
    lost(priced(bearings, ana, 100), ana, price=90)
    with pytest.raises(UnableToWriteTender, match="is decided"):
        actions.move(tender=bearings, version=bearings.version, stage="submitted", by=ana)
    with pytest.raises(UnableToWriteTender, match="Say why"):
        actions.reopen(tender=bearings, version=bearings.version, stage="submitted", reason=" ", by=ana)
    actions.reopen(tender=bearings, version=bearings.version, stage="submitted", reason="Objection upheld", by=ana)
    lot = bearings.lots.get()
    assert (bearings.stage, bearings.outcome, bearings.our_reason) == ("submitted", "", None)
    assert (lot.outcome, lot.winner, lot.winner_price, lot.our_price) == ("", None, None, 100 * UNITS)
    assert Record.objects.get(tender=bearings, number=3).content["outcome"] == "lost"
    assert Entry.objects.get(verb="tender.reopened").reason == "Objection upheld"


def test_a_tender_and_the_list_of_its_account_are_read_as_known_on_a_day(
    bearings: Tender, acme: Account, ana: User, signed_in: SignedIn
) -> None:
    actions.change(tender=bearings, version=1, title="Bearings, corrected", by=ana)
    lost(priced(bearings, ana, 100), ana, price=90)
    for number in range(1, 5):
        # The company's day is Istanbul's: 22:30 in London is the next day there.
        at = datetime(2025, number, 1, 0, 30, tzinfo=ZoneInfo("Europe/Istanbul"))
        Record.objects.filter(tender=bearings, number=number).update(at=at)
    days = {date(2024, 12, 31): None, date(2025, 1, 1): "Bearings 2025", date(2025, 2, 28): "Bearings, corrected"}
    for day, title in days.items():
        known = as_known(bearings, user=ana, on=day)
        assert (known.title if known else None) == title
        assert [one.title for one in of(acme, user=ana, on=day)] == ([title] if title else [])
    before, after = (as_known(bearings, user=ana, on=date(2025, month, 15)) for month in (3, 4))
    assert before is not None
    assert after is not None
    assert (before.outcome, after.outcome) == ("", "lost")
    html = signed_in(ana).get(f"/tenders/{bearings.pk}/?on=2025-03-15").content.decode()
    assert "As known on 15 Mar 2025" in html
    assert "/decide/" not in html
    assert "Nothing was known of it" in signed_in(ana).get(f"/tenders/{bearings.pk}/?on=2024-03-15").content.decode()


def test_a_card_moves_by_its_form_and_not_over_somebody_elses_change(
    bearings: Tender, ana: User, signed_in: SignedIn
) -> None:
    client, address = signed_in(ana), f"/tenders/{bearings.pk}/move/"
    assert send(client, address, version="1", stage="submitted", back="/tenders/").headers["Location"] == "/tenders/"
    bearings.refresh_from_db()
    assert bearings.stage == "submitted"
    with nothing_changes():
        assert send(client, address, version="1", stage="preparing").status_code == 302
        assert send(client, address, version="2", stage="sold").status_code == 400
    assert send(client, address, version="2", stage="decided").headers["Location"] == f"/tenders/{bearings.pk}/decide/"


def test_the_pages_cost_as_many_questions_with_three_hundred_tenders_as_with_three(
    acme: Account, ana: User, signed_in: SignedIn, bearings: Tender
) -> None:
    client, counts = signed_in(ana), []
    paths = (
        *("/tenders/", "/tenders/list/", "/tenders/statistics/"),
        *(f"/accounts/{acme.pk}/tenders/", f"/tenders/{bearings.pk}/"),
    )
    # One of every stage first, or a column that was empty would ask for its lots only later.
    for number, stage in enumerate(("announced", "preparing", "submitted", "negotiation")):
        started(acme, ana, f"One {number}", stage=stage)
    lost(priced(bearings, ana, 100), ana, price=90)
    for path in paths:
        client.get(path)
    for more in (2, 290):
        _many(bearings, more, ana)
        counts.append([asked(client, path) for path in paths])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 45


def _many(like: Tender, count: int, by: User) -> None:
    """More tenders like one, as an import writes them: the pages are measured here, not the writing."""
    record, lot = like.records.order_by("-number").first(), like.lots.get()
    assert record is not None
    rival = like.participants.get().competitor
    for number in range(count):
        fields = {name: getattr(like, name) for name in ("account", "stage", "outcome", "decided_on", "our_reason")}
        made = Tender.objects.create(**fields, title=f"Like {number}", by=by, announced_on=like.announced_on)
        Record.objects.create(tender=made, number=1, content=record.content, by=by, at=record.at)
        made.participants.create(competitor=rival)
        made.criteria.create(place=1, name="Price", name_key="price")
        made.lots.create(
            place=1, our_price=lot.our_price, outcome="lost", won_by="competitor", winner=rival, winner_price=90 * UNITS
        )


def test_deadlines_that_are_near_or_past_are_named_until_the_offer_is_handed_in(
    acme: Account, birch: Account, ana: User, chen: User, signed_in: SignedIn
) -> None:
    from anahtar_web.company.queries import today
    from anahtar_web.tenders.queries import due_soon

    now = today()
    days = {"late": -1, "soon": 14, "far": 15}
    made = {
        name: started(acme, ana, name, deadline=now + timedelta(days=n), announced_on=None) for name, n in days.items()
    }
    started(birch, chen, "not hers", deadline=now)
    handed_in = started(acme, ana, "handed in", deadline=now - timedelta(days=3), stage="submitted", announced_on=None)
    assert [one.title for one in due_soon(ana)] == ["late", "soon"]
    html = signed_in(ana).get("/tenders/").content.decode()
    assert "1 tender is past its deadline and not handed in" in html
    late = signed_in(ana).get("/tenders/list/?due=late").content.decode()
    assert f'href="/tenders/{made["late"].pk}/"' in late
    assert f'href="/tenders/{handed_in.pk}/"' not in late


def test_a_participant_without_a_known_price_has_none(bearings: Tender, ana: User) -> None:
    said = [SaidParticipant("Rival", price=None), SaidParticipant("Other", price=0)]
    actions.write_participants(tender=bearings, version=1, participants=said, by=ana)
    known = as_known(bearings, user=ana)
    assert known is not None
    prices = {part.competitor.name: part.price for part in known.participants if part.competitor}
    assert prices == {"Rival": None, "Other": 0}


def test_a_stale_section_keeps_what_was_typed_and_names_what_stands_there(
    bearings: Tender, ana: User, signed_in: SignedIn
) -> None:
    actions.change(tender=bearings, version=1, lessons="Theirs", by=ana)
    answer = send(signed_in(ana), f"/tenders/{bearings.pk}/lessons/", version="1", lessons="Mine")
    assert answer.status_code == 409
    assert "Mine" in answer.content.decode()
    with pytest.raises(EditedMeanwhile):
        actions.change(tender=bearings, version=1, lessons="Mine", by=ana)
