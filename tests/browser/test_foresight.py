"""Whether one would have been warned is read by everybody, from the page to one account's rhythm."""

# ruff: noqa: F811  # fixtures of the tests of foresight, imported and then asked for by name

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from anahtar.ledger.store.store import Ledger
from anahtar_web.foresight.models import Outlook
from anahtar_web.insight.actions import analyse
from anahtar_web.insight.models import Run
from anahtar_web.people.models import User
from tests.anahtar_web.foresight.conftest import data, many, many_buyers, reckoned_once  # noqa: F401  # a base large enough for a model
from tests.browser.conftest import LANGUAGES, Visit, check

Axe = Callable[..., list[str]]


@pytest.fixture
def analysed(many: Ledger) -> Run:
    run = analyse(by=None)
    assert run is not None
    return run


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_proof_is_fit_for_everybody(visit: Visit, axe: Axe, director: User, analysed: Run, language: str) -> None:
    page = visit("/foresight/", director, language=language)
    expect(page.locator("#sidebar [aria-current=page]")).to_have_text({"en": "Foresight", "tr": "Öngörü"}[language])
    check(page, axe, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_state_leads_to_its_accounts_and_one_to_its_rhythm(
    visit: Visit, axe: Axe, director: User, analysed: Run, language: str
) -> None:
    late = Outlook.objects.filter(run=analysed, days_late__gt=0).order_by("-at_stake").first()
    assert late is not None
    page = visit(f"/accounts/{late.account_id}/foresight/", director, language=language)
    expect(page.locator(".rhythm.late").first).to_be_visible()
    check(page, axe, language)
    page = visit("/foresight/", director, language=language)
    row = page.locator("tbody tr").first
    count = row.locator("td a").inner_text()
    row.locator("td a").click()
    expect(page.locator("tbody tr")).to_have_count(int(count))
