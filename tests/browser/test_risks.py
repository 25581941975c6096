"""A case is opened, moved and lost with a reason, and everybody reads where cases stand."""

# ruff: noqa: F811  # fixtures of the tests of risks, imported and then asked for by name

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from anahtar.rules.lapse_state import State
from anahtar_web.accounts.models import Account
from anahtar_web.insight.models import Run
from anahtar_web.people.models import User
from anahtar_web.risks.actions import edit_case
from anahtar_web.risks.models import Case, LossRecord, Stage
from tests.anahtar_web.risks.conftest import AS_OF, Opened, foresee, opened, run  # noqa: F401  # a run and its cases
from tests.browser.conftest import LANGUAGES, Problems, Visit, check

Axe = Callable[..., list[str]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_cases_are_fit_for_everybody(
    visit: Visit, axe: Axe, director: User, acme: Account, run: Run, opened: Opened, language: str
) -> None:
    foresee(run, acme, State.AT_RISK, last=AS_OF - timedelta(90))
    case = opened(acme, next_step="Call them", next_on=AS_OF)
    for path in ("/risks/", f"/accounts/{acme.pk}/risks/", f"/accounts/{acme.pk}/risks/{case.pk}/"):
        check(visit(path, director, language=language), axe, language)
    check(visit(f"/accounts/{acme.pk}/risks/{case.pk}/loss/", director, language=language), axe, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_board_is_fit_for_everybody_as_columns_and_as_table(
    visit: Visit, axe: Axe, director: User, acme: Account, run: Run, opened: Opened, language: str
) -> None:
    foresee(run, acme, State.AT_RISK, last=AS_OF - timedelta(90))
    opened(acme, next_step="Call them", next_on=AS_OF, severity=5, likelihood=5)
    opened(acme, stage=Stage.NEGOTIATION, owner=director)
    page = visit("/risks/?q=a", director, language=language)
    page.locator(".case-more summary").click()
    for _mode in range(2):
        check(page, axe, language)
        page.goto("/risks/?view=table")


def test_a_card_is_dragged_and_moved_by_keyboard(
    visit: Visit, axe: Axe, ana: User, acme: Account, opened: Opened
) -> None:
    case = opened(acme)
    page = visit("/risks/", ana)
    page.locator("[data-card]").drag_to(page.locator(".case-column[data-stage=at_risk]"))
    card = page.locator(".case-column[data-stage=at_risk] [data-card]")
    expect(card.get_by_role("link", name=acme.name)).to_be_focused()
    expect(page.locator("#toaster")).to_contain_text("At risk")
    # By keyboard: m opens the menu of the card that has the focus.
    page.keyboard.press("m")
    page.get_by_role("button", name="Cooling").press("Enter")
    card = page.locator(".case-column[data-stage=cooling] [data-card]")
    expect(card.get_by_role("link", name=acme.name)).to_be_focused()
    case.refresh_from_db()
    assert case.stage == Stage.COOLING
    # What needs words asks for them, and then moves.
    card.drag_to(page.locator(".case-column[data-stage=recovered]"))
    dialog = page.locator("#question-dialog")
    expect(dialog.get_by_label("Why")).to_be_visible()
    assert axe(page) == []
    dialog.get_by_label("Why").fill("They order again")
    dialog.get_by_role("button", name="Move").click()
    expect(dialog).to_be_hidden()
    expect(page.locator(".case-column[data-stage=recovered] [data-card]")).to_have_count(1)
    case.refresh_from_db()
    assert (case.stage, case.resolution) == (Stage.RECOVERED, "They order again")


def test_a_refused_move_puts_the_card_back_and_says_why(
    visit: Visit, ana: User, acme: Account, opened: Opened, problems: Problems
) -> None:
    problems.expect(409, 422)
    case = opened(acme)
    page = visit("/risks/", ana)
    card = page.locator("[data-card]")
    card.drag_to(page.locator(".case-column[data-stage=offer]"))
    expect(page.locator("#toaster")).to_contain_text("It can go to")
    expect(page.locator(".case-column[data-stage=early] [data-card]")).to_have_count(1)
    # Somebody else was faster: both versions, and the move is done over the other one.
    edit_case(case=case, seen=1, fields={"severity": 5}, by=ana)
    card.drag_to(page.locator(".case-column[data-stage=cooling]"))
    dialog = page.locator("#question-dialog")
    expect(dialog.get_by_text("Somebody else has changed this meanwhile")).to_be_visible()
    dialog.get_by_role("button", name="Move").click()
    expect(page.locator(".case-column[data-stage=cooling] [data-card]")).to_have_count(1)
    # A dialog that is refused keeps its words.
    page.locator("[data-card]").drag_to(page.locator(".case-column[data-stage=recovered]"))
    dialog.get_by_role("button", name="Move").click()
    expect(dialog.get_by_text("Say why")).to_be_visible()
    dialog.get_by_role("button", name="Cancel").click()
    # Lost is told in its record.
    page.locator("[data-card]").drag_to(page.locator(".case-column[data-stage=lost]"))
    expect(page.get_by_label("Price")).to_be_visible()
    case.refresh_from_db()
    assert case.stage == Stage.COOLING


def test_on_a_phone_one_stage_is_open_and_the_page_stays_in_its_width(
    visit: Visit, director: User, acme: Account, opened: Opened
) -> None:
    opened(acme)
    opened(acme, stage=Stage.LAPSED)
    page = visit("/risks/", director)
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    expect(page.locator("[data-card]:visible")).to_have_count(1)
    page.locator(".case-column[data-stage=lapsed] summary").click()
    expect(page.locator("[data-card]:visible")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    expect(page.locator(".case-column[data-stage=offer]")).to_be_hidden()


def test_the_list_of_reasons_is_fit_for_everybody(visit: Visit, axe: Axe, head: User) -> None:
    page = visit("/risks/", head)
    page.get_by_role("link", name="Reasons of losses").click()
    expect(page.get_by_role("row", name="Price")).to_be_visible()
    check(page, axe)


def test_a_case_is_opened_moved_and_lost(visit: Visit, ana: User, acme: Account, run: Run) -> None:
    page = visit(f"/accounts/{acme.pk}/risks/new/", ana)
    page.get_by_label("What is at risk").fill("Orders halve")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The case is open.")).to_be_visible()
    page.get_by_role("link", name="Move").click()
    page.get_by_label("Stage").select_option("at_risk")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".chip", has_text="At risk").first).to_be_visible()
    page.get_by_role("link", name="Why it was lost").click()
    page.get_by_label("Price").check()
    page.get_by_text("In their words, and what we learn").click()
    page.get_by_label("In their words").fill("Ten percent too dear")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Ten percent too dear")).to_be_visible()
    expect(page.get_by_text("Revenue lost")).to_be_visible()
    assert Case.objects.get().stage == Stage.LOST
    assert [str(one) for one in LossRecord.objects.get().reasons.all()] == ["Price"]
