"""Losses are read from the headline down to the lines, an account is taken away, and two are said to be one."""

# ruff: noqa: F811  # fixtures of the tests of losses, imported and then asked for by name

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from anahtar_web.insight.models import Run
from anahtar_web.losses.models import Succession
from anahtar_web.people.models import User
from tests.anahtar_web.insight.conftest import data, publish  # noqa: F401  # fixtures
from tests.anahtar_web.losses.conftest import firm, run, show  # noqa: F401  # the firm and its losses
from tests.browser.conftest import LANGUAGES, Visit, check

Axe = Callable[..., list[str]]

PAGES = (
    "",
    "where/",
    "accounts/",
    "months/?month=2025-06",
    "directions/",
    "what-if/?account=0003&days=30",
    "way-back/",
    "successors/",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_fit_for_everybody(
    visit: Visit, axe: Axe, director: User, run: Run, path: str, language: str
) -> None:
    page = visit(f"/losses/{path}", director, language=language)
    expect(page.locator("#sidebar [aria-current=page]")).to_have_text({"en": "Losses", "tr": "Kayıplar"}[language])
    check(page, axe, language)


def test_a_step_leads_to_its_accounts_and_they_to_their_lines(visit: Visit, director: User, run: Run) -> None:
    page = visit("/losses/", director)
    step = page.locator(".bridge li", has_text="bought in the earlier period")
    count = int(step.locator(".text-muted-foreground").first.inner_text())
    step.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/losses/accounts/\?bucket=lost$"))
    expect(page.locator("tbody tr")).to_have_count(count)
    page.locator("tbody tr").first.locator("td").nth(2).get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/accounts/\d+/lines/\?before=yes$"))


def test_two_accounts_are_said_not_to_be_one(visit: Visit, head: User, run: Run) -> None:
    page = visit("/losses/successors/", head)
    page.get_by_role("button", name="Not one").click()
    expect(page.get_by_text("are not one. The ledger is analysed anew")).to_be_visible()
    assert not Succession.objects.get().goes_on
