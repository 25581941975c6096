"""An offer above the limit is written, approved by the director and sent; every page of win-backs is for everybody."""

# ruff: noqa: F811  # fixtures of the tests of win-backs, imported and then asked for by name

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from anahtar_web.company.queries import today
from anahtar_web.insight.models import Run
from anahtar_web.people.models import User
from anahtar_web.risks.models import Case, Stage
from anahtar_web.winbacks import actions
from anahtar_web.winbacks.models import Offer, OfferState, WinbackList
from tests.anahtar_web.winbacks.conftest import (  # noqa: F401  # a run, a lost case and its offers
    UNIT,
    Made,
    _directions,
    case,
    every_lost,
    fields,
    made,
    many,
    run,
    started,
)
from tests.browser.conftest import LANGUAGES, Visit, check

Axe = Callable[..., list[str]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_win_backs_are_fit_for_everybody(
    visit: Visit, axe: Axe, head: User, director: User, run: Run, made: Made, every_lost: WinbackList, language: str
) -> None:
    many(run, 12)
    offer = actions.submit(offer=made(cost=80_000 * UNIT), seen=1, by=head)
    campaign = started(every_lost, head)
    draw = campaign.draws.filter(held_out=False)[0]
    own = actions.make(case=draw.case, fields=fields(cost=9 * UNIT), campaign=campaign, by=head)
    alone = campaign.draws.filter(held_out=True)[0].case
    for path in (
        "",
        f"lists/{every_lost.pk}/",
        f"lists/{every_lost.pk}/edit/",
        f"campaigns/{campaign.pk}/",
        "campaigns/new/",
        f"offers/{offer.pk}/",
        f"offers/{own.pk}/edit/",
        f"offers/{offer.pk}/decide/",
        f"cases/{alone.pk}/",
        "limits/",
    ):
        check(visit(f"/winbacks/{path}", director, language=language), axe, language)


def test_an_offer_above_the_limit_is_approved_by_the_director_and_sent(
    visit: Visit, ana: User, director: User, case: Case, run: Run
) -> None:
    page = visit(f"/accounts/{case.account_id}/risks/{case.pk}/", ana)
    page.get_by_role("link", name="Make an offer").click()
    page.get_by_label("What is offered").fill("**Ten percent** for a year")
    page.get_by_label("What it costs us").fill("90000")
    page.get_by_label("Holds until").fill((today() + timedelta(30)).isoformat())
    page.get_by_label("Internal note").fill("Omega gives nine")
    page.get_by_role("button", name="Keep the draft").click()
    expect(page.locator("#goes-out")).to_have_text("Ten percent for a year")
    page.get_by_role("button", name="Ask for approval").click()
    expect(page.get_by_text("It waits for approval.")).to_be_visible()
    expect(page.get_by_role("button", name="It was sent")).to_have_count(0)
    address = page.url
    page = visit("/winbacks/", director)
    page.get_by_role("link", name="Acme").first.click()
    page.get_by_role("link", name="Decide").click()
    page.get_by_label("Reason").fill("Worth it.")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("Worth it.")).to_be_visible()
    page = visit("/" + address.split("/", 3)[3], ana)
    page.get_by_role("button", name="It was sent").click()
    expect(page.get_by_text("It is noted as sent today.")).to_be_visible()
    case.refresh_from_db()
    assert (Offer.objects.get().state, case.stage) == (OfferState.SENT, Stage.OFFER)
