"""Tenders as people meet them: one is lost with its reasons, and the statistics say so; a card moves on the board."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.company.reasons import ship
from anahtar_web.people.models import User
from anahtar_web.tenders.models import Reason, Tender
from tests.anahtar_web.tenders.conftest import against, lost, priced, started, won
from tests.browser.conftest import LANGUAGES, Axe, Problems, Visit, check


@pytest.fixture(autouse=True)
def _reasons(transactional_db: Any) -> None:
    """The reasons that come with the program: emptying the database between tests takes them out."""
    ship(Reason)


@pytest.fixture
def tender(acme: Account, ana: User) -> Tender:
    ahead = today() + timedelta(days=3)
    return against(started(acme, ana, "Bearings", announced_on=today(), deadline=ahead), ana, "North GmbH")


def test_a_lost_tender_says_why_and_the_statistics_say_it_too(
    visit: Visit, axe: Axe, ana: User, tender: Tender, problems: Problems
) -> None:
    problems.expect(422)
    page = visit("/tenders/", ana)
    page.get_by_role("link", name="Bearings", exact=True).click()
    page.get_by_role("link", name="Decide it").click()
    page.locator("[name=outcome]").select_option("lost")
    page.get_by_label("Winner, if not we").fill("north gmbh")
    page.get_by_label("Winner’s price").fill("1,000,000")
    page.get_by_label("Our price").fill("1,080,000")
    page.get_by_role("button", name="Save").click()
    # A loss is not saved without both reasons, and nothing that was typed is lost.
    expect(page.get_by_text("Say why it was lost, as we see it.")).to_be_visible()
    expect(page.get_by_label("Our price")).to_have_value("1,080,000")
    assert axe(page) == []
    page.locator("[name=their_reason]").select_option("none")
    page.locator("[name=our_reason]").select_option(label="Price")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("They did not say.")).to_be_visible()
    expect(page.get_by_text("+8.0 %")).to_be_visible()

    page.goto("/tenders/statistics/")
    expect(page.get_by_text("0 won of 1 decided between us and others.")).to_be_visible()
    expect(page.get_by_text("These are few")).to_be_visible()
    check(page, axe)
    page.get_by_role("link", name="Price 1").first.click()
    expect(page.get_by_role("row", name="Bearings")).to_contain_text("North GmbH")


def test_a_card_is_moved_by_dragging_and_by_its_menu(visit: Visit, axe: Axe, ana: User, tender: Tender) -> None:
    page = visit("/tenders/", ana)
    check(page, axe)
    page.locator("[data-card]").drag_to(page.locator(".bid-column[data-stage=preparing]"))
    card = page.locator(".bid-column[data-stage=preparing] [data-card]")
    expect(card).to_have_count(1)
    card.get_by_role("button", name="Move Bearings").press("Enter")
    page.get_by_role("button", name="Submitted").press("Enter")
    expect(page.locator(".bid-column[data-stage=submitted] [data-card]")).to_have_count(1)
    page.locator("[data-card]").drag_to(page.locator(".bid-column[data-stage=decided]"))
    expect(page.get_by_label("Their reason")).to_be_visible()
    tender.refresh_from_db()
    assert tender.stage == "submitted"


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_readable_and_fits(
    visit: Visit, axe: Axe, head: User, admin: User, acme: Account, ana: User, tender: Tender, language: str
) -> None:
    lost(priced(started(acme, ana, "Valves"), ana, 110), ana, to="North GmbH", price=100)
    won(started(acme, ana, "Pumps"), ana)
    page = visit("/tenders/", head, language=language)
    sections = ("", "change/", "lots/", "criteria/", "participants/", "lessons/", "papers/", "decide/")
    for path in (
        *("/tenders/list/", "/tenders/statistics/", "/tenders/new/", "/tenders/imports/", "/tenders/list/export/"),
        f"/accounts/{acme.pk}/tenders/",
        "/tenders/reasons/",
        *(f"/tenders/{tender.pk}/{section}" for section in sections),
    ):
        check(page, axe, language)
        page.goto(path)
    check(page, axe, language)
