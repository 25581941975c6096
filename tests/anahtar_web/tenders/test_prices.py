"""Prices are for who sees offers: on pages, in files, on the trail, in statistics; nobody else overwrites them."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client

from anahtar_web.accounts.models import Account
from anahtar_web.people.models import User
from anahtar_web.tenders import actions
from anahtar_web.tenders.actions.writing import SaidLot, SaidParticipant
from anahtar_web.tenders.models import Tender
from tests.anahtar_web.accounts.pages import send
from tests.anahtar_web.tenders.conftest import UNITS, lost, priced, started

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]

OURS, THEIRS, OTHERS, ESTIMATE = 7_654_321, 6_543_210, 5_432_109, 4_321_098
CANARIES = {"7,654,321", "6,543,210", "5,432,109", "4,321,098", "7.65", "6.54", "7654321", "6543210", "17.0"}
"""The prices as pages and files write them, and the gap between ours and the winner's."""


@pytest.fixture
def told(acme: Account, ana: User) -> Tender:
    tender = priced(started(acme, ana, estimate=ESTIMATE * UNITS), ana, OURS)
    said = [SaidParticipant("Rival", price=OTHERS * UNITS)]
    actions.write_participants(tender=tender, version=tender.version, participants=said, by=ana)
    return lost(tender, ana, to="Rival", price=THEIRS)


def pages(tender: Tender) -> list[str]:
    sections = ("", "change/", "lots/", "participants/", "decide/", "criteria/", "lessons/")
    return [
        *(f"/tenders/{tender.pk}/{section}" for section in sections),
        *(f"/accounts/{tender.account_id}/{page}/" for page in ("tenders", "history", "briefing")),
        *("/tenders/", "/tenders/list/", "/tenders/statistics/"),
    ]


def read(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_marketing_finds_no_price_on_any_page(told: Tender, ana: User, marketing: User, signed_in: SignedIn) -> None:
    shown = "".join(read(signed_in(ana), path) for path in pages(told))
    assert {canary for canary in CANARIES if canary in shown} >= {"7,654,321", "6,543,210", "5,432,109", "4,321,098"}
    for path in pages(told):
        html = read(signed_in(marketing), path)
        assert "Bearings 2025" in html or path in ("/tenders/", "/tenders/statistics/")
        assert {canary for canary in CANARIES if canary in html} == set(), path


def test_marketing_takes_no_price_out(told: Tender, ana: User, marketing: User, signed_in: SignedIn) -> None:
    for form in ("xlsx", "csv"):
        answers = {who: send(signed_in(who), "/tenders/list/export/", form=form) for who in (ana, marketing)}
        cells = {who: text_of(answer.getvalue(), form) for who, answer in answers.items()}
        assert str(OURS) in cells[ana]
        assert str(THEIRS) in cells[ana]
        assert str(OURS) not in cells[marketing]
        assert str(THEIRS) not in cells[marketing]
        assert "Bearings 2025" in cells[marketing]


def text_of(content: bytes, form: str) -> str:
    if form == "csv":
        return content.decode()
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return " ".join(str(int(cell) if isinstance(cell, float) else cell) for row in sheet.values for cell in row)


def test_the_trail_leaves_prices_out_for_who_does_not_see_them(told: Tender, ana: User, marketing: User) -> None:
    from anahtar_web.audit.models import Entry
    from anahtar_web.audit.shown import tell

    entries = Entry.objects.filter(target_type="tender")
    seen = {who: str([one.lines for one in tell(entries, reader=who)]) for who in (ana, marketing)}
    assert "7,654,321" in seen[ana]
    assert {canary for canary in CANARIES if canary in seen[marketing]} == set()


def test_what_marketing_saves_leaves_the_prices_as_they_are(told: Tender, marketing: User, signed_in: SignedIn) -> None:
    client = signed_in(marketing)
    line = {"line-TOTAL_FORMS": "1", "line-INITIAL_FORMS": "1", "line-0-place": "1", "line-0-name": "Whole"}
    forged = {"line-0-our_price": "1", "version": told.version}
    assert send(client, f"/tenders/{told.pk}/lots/", **line, **forged).status_code == 302
    told.refresh_from_db()
    assert (told.lots.get().name, told.lots.get().our_price) == ("Whole", OURS * UNITS)
    rival = {
        "line-TOTAL_FORMS": "1", "line-INITIAL_FORMS": "1", "line-0-competitor": "Rival", "line-0-remark": "Strong",
        "line-0-price": "1", "version": told.version,
    }  # fmt: skip
    assert send(client, f"/tenders/{told.pk}/participants/", **rival).status_code == 302
    assert (told.participants.get().remark, told.participants.get().price) == ("Strong", OTHERS * UNITS)
    told.refresh_from_db()
    head = {"title": "Bearings", "currency": "TRY", "estimate": "1", "version": told.version}
    assert send(client, f"/tenders/{told.pk}/change/", **head).status_code == 302
    told.refresh_from_db()
    assert (told.title, told.estimate) == ("Bearings", ESTIMATE * UNITS)


def test_a_lot_somebody_without_offers_adds_has_no_price(bearings: Tender, marketing: User) -> None:
    lots = [SaidLot(1, "A", our_price=UNITS), SaidLot(0, "B", our_price=UNITS)]
    actions.write_lots(tender=bearings, version=1, lots=lots, by=marketing)
    assert [lot.our_price for lot in bearings.lots.all()] == [None, None]
