"""An account falls silent, is lost, is made an offer that the director approves, buys again, and keeps its rhythm.

Everything as people and the ledger do it: three exports of the sales go through the import, every analysis is the
real job, and what the ledger says is read on the pages.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from anahtar_web.jobs.running import run_queued
from anahtar_web.people.models import User
from anahtar_web.risks.models import Case, Stage
from anahtar_web.winbacks.models import Offer, OfferState
from tests.anahtar_web.deliveries.conftest import at
from tests.anahtar_web.insight.conftest import forgetful  # noqa: F401  # nothing of another ledger is remembered
from tests.anahtar_web.ledgers.conftest import data  # noqa: F401  # a data folder of its own
from tests.browser.conftest import Visit

pytestmark = pytest.mark.django_db(transaction=True)

SILENT = (date(2024, 4, 29), date(2024, 7, 15))
"""The last day Acme bought before it fell silent, and the day it bought again."""

FIRST, SECOND, THIRD = date(2024, 7, 1), date(2024, 7, 23), date(2024, 11, 1)
"""Days on which the sales up to the day before are imported."""


def buying(code: str, name: str, every: int, amount: int, without: tuple[date, date] | None = None) -> Iterator[str]:
    """Lines of an account that buys every so many days."""
    day = date(2024, 1, 1)
    while day < THIRD:
        if without is None or not without[0] < day < without[1]:
            yield f"{code};{name};{day:%d.%m.%Y};F{code}{day:%y%m%d};Rulman;{amount},00"
        day += timedelta(every)


def sales(first: date, after: date) -> bytes:
    """What the ERP exports of the days from one up to another, without it."""
    lines = [*buying("C0", "Acme Çelik A.Ş.", 7, 9_000, without=SILENT)]
    for at_, name in enumerate(("Birch", "Cedar", "Düzce", "Elm", "Foundry", "Gebze", "Hatay"), 1):
        lines += buying(f"C{at_}", f"{name} Ltd.", 8 + at_, 400 + 50 * at_)

    def sold_on(line: str) -> date:
        day, month, year = line.split(";")[2].split(".")
        return date(int(year), int(month), int(day))

    head = "Cari Kodu;Cari Ünvanı;Fatura Tarihi;Fatura No;Ürün Grubu;Net Tutar"
    told = [head, *(line for line in lines if first <= sold_on(line) < after)]
    return ("\r\n".join(told) + "\r\n").encode("cp1254")


def bring(page: Page, name: str, content: bytes) -> None:
    """Import an export, and have it analysed."""
    page.goto("/imports/new/")
    page.locator("input[name=files]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Upload", exact=True).click()
    page.wait_for_url(re.compile(r"/imports/\d+/file/$"))
    run_queued()
    page.goto(page.url.replace("/file/", "/mapping/"))
    page.get_by_role("button", name="Check the whole file").click()
    page.wait_for_url(re.compile(r"/checks/$"))
    run_queued()
    page.get_by_role("button", name=re.compile("^Import ")).click()
    page.wait_for_url(re.compile(r"/imports/\d+/$"))
    run_queued()


def test_a_lost_account_is_won_back(visit: Visit, head: User, director: User) -> None:
    with at(FIRST):
        page = visit("/imports/", head)
        bring(page, "january-to-june.csv", sales(date(2024, 1, 1), FIRST))
        signal = page.locator("li.signal", has_text="Acme")
        page.goto("/signals/")
        expect(page.locator("li.signal")).to_have_count(1)
        signal.get_by_role("link", name="Make it a case").click()
        page.get_by_role("button", name="Make it a case").click()
        case = Case.objects.get()
        lost(page, f"/accounts/{case.account_id}/risks/{case.pk}/")
        address = offered(page)
        decided(visit("/winbacks/", director))
        page.goto(address)
        page.get_by_role("button", name="It was sent").click()
        expect(page.get_by_text("It is noted as sent today.")).to_be_visible()
        case.refresh_from_db()
        assert case.stage == Stage.OFFER
    with at(SECOND):
        page = visit("/imports/", head)  # nobody stays signed in for weeks
        bring(page, "july.csv", sales(FIRST, SECOND))
        page.goto(f"/accounts/{case.account_id}/risks/{case.pk}/")
        expect(page.get_by_text("bought again on 22 Jul 2024; on probation until 20 Oct 2024")).to_be_visible()
        expect(page.get_by_role("row", name="Discount")).to_contain_text("Accepted")
        case.refresh_from_db()
        assert (case.stage, case.probation_until) == (Stage.WON_BACK, date(2024, 10, 20))
        assert Offer.objects.get().state == OfferState.ACCEPTED
    with at(THIRD):
        page = visit("/imports/", head)
        bring(page, "to-october.csv", sales(SECOND, THIRD))
        page.goto(f"/accounts/{case.account_id}/risks/{case.pk}/")
        expect(page.get_by_text("probation ended on 20 Oct 2024; active, last bought on 28 Oct 2024")).to_be_visible()
        case.refresh_from_db()
        assert case.stage == Stage.RECOVERED
        assert case.moves.filter(by=None, after=Stage.RECOVERED).count() == 1
        page.goto("/winbacks/")
        expect(page.get_by_role("row", name=re.compile("Price.*Discount"))).to_contain_text("1/1")


def lost(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Why it was lost").click()
    page.get_by_label("Price").check()
    page.get_by_text("In their words, and what we learn").click()
    page.get_by_label("In their words").fill("Ten percent too dear")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Ten percent too dear")).to_be_visible()


def offered(page: Page) -> str:
    """Offer more than the head may grant; gives the address of the offer."""
    page.get_by_role("link", name="Make an offer").click()
    page.get_by_label("Kind of offer").select_option("discount")
    page.get_by_label("What is offered").fill("**Ten percent** for a year")
    page.get_by_label("What it costs us").fill("90000")
    page.get_by_label("Holds until").fill((FIRST + timedelta(60)).isoformat())
    page.get_by_role("button", name="Keep the draft").click()
    page.get_by_role("button", name="Ask for approval").click()
    expect(page.get_by_text("It waits for approval.")).to_be_visible()
    expect(page.get_by_role("button", name="It was sent")).to_have_count(0)
    return page.url


def decided(page: Page) -> None:
    """The director finds it among what waits, and approves it."""
    page.get_by_role("link", name="Acme").first.click()
    page.get_by_role("link", name="Decide").click()
    page.get_by_label("Reason").fill("Worth it.")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("Worth it.")).to_be_visible()
