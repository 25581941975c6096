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
from anahtar_web.risks.models import Case, LossRecord, Stage
from tests.anahtar_web.risks.conftest import AS_OF, Opened, foresee, opened, run  # noqa: F401  # a run and its cases
from tests.browser.conftest import LANGUAGES, Visit, check

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
    page.get_by_label("In their words").fill("Ten percent too dear")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Ten percent too dear")).to_be_visible()
    expect(page.get_by_text("Revenue lost")).to_be_visible()
    assert Case.objects.get().stage == Stage.LOST
    assert [str(one) for one in LossRecord.objects.get().reasons.all()] == ["Price"]
