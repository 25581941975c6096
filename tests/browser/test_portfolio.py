"""The portfolio is read, opened down to the lines of the ledger, and seen without its largest account."""

# ruff: noqa: F811  # fixtures of the insight tests, imported and then asked for by name

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from anahtar_web.accounts.models import Account
from anahtar_web.insight.models import Run, Standing
from anahtar_web.people.models import User
from tests.anahtar_web.insight.conftest import data, firm, publish, run  # noqa: F401  # the firm and its analysis
from tests.browser.conftest import LANGUAGES, Visit, check, repaint, too_wide

Axe = Callable[[Page], list[str]]


def drawn(page: Page) -> None:
    """Wait for the curve: half of it would be looked at otherwise."""
    expect(page.locator("[data-chart=pareto][data-drawn] svg")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_portfolio_is_where_one_begins(visit: Visit, axe: Axe, director: User, run: Run, language: str) -> None:
    page = visit("/", director, language=language)
    expect(page).to_have_url(re.compile(r"/portfolio/$"))
    drawn(page)
    title = {"en": "Portfolio", "tr": "Portföy"}[language]
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("#sidebar [aria-current=page]")).to_have_text(title)
    check(page, axe, language)


def test_a_number_is_opened_down_to_the_lines_of_the_ledger(visit: Visit, director: User, run: Run) -> None:
    page = visit("/portfolio/", director)
    top = Standing.objects.get(run=run, rank=1).account
    page.locator(".figure", has_text="Revenue").get_by_role("link").click()
    page.get_by_role("link", name=top.name).click()
    expect(page.locator(".account-head h1")).to_have_text(top.name)
    page.locator(".stats .stat").first.get_by_role("link").click()
    expect(page).to_have_url(re.compile(rf"/accounts/{top.pk}/lines/"))
    expect(page.locator("tbody tr").first).to_be_visible()


def test_a_cell_leads_to_its_accounts(visit: Visit, director: User, run: Run) -> None:
    page = visit("/portfolio/", director)
    cell = page.locator("a.matrix-cell").first
    count = int(cell.locator("b").inner_text())
    cell.click()
    expect(page).to_have_url(re.compile(r"/accounts/\?cell=[ABC][XYZ]$"))
    expect(page.locator("tbody tr")).to_have_count(count)


def test_the_portfolio_is_seen_without_its_largest_account(visit: Visit, axe: Axe, director: User, run: Run) -> None:
    page = visit("/portfolio/?measure=revenue", director)
    first = page.locator(".measures tbody tr", has_text="Largest account").locator("td").first.inner_text()
    page.get_by_role("link", name="Without this account…").click()
    dialog = page.get_by_role("dialog", name="Without this account…")
    expect(dialog.locator(".leaving a").first).to_be_visible()
    assert axe(page, "#without") == []
    dialog.get_by_role("searchbox").fill("acme")
    dialog.get_by_role("link", name="Acme").first.click()
    expect(page).to_have_url(re.compile(rf"without={Account.objects.get(code='0001').pk}"))
    drawn(page)
    row = page.locator(".measures tbody tr", has_text="Largest account").locator("td")
    expect(row.first).to_have_text(first)
    expect(row.nth(1)).not_to_have_text(first)
    check(page, axe)
    page.locator(".portfolio-filter a.chip").click()
    expect(page.locator(".measures th", has_text="Without")).to_have_count(0)


def test_the_filter_changes_the_page_and_its_address_and_the_way_back_leads_back(
    visit: Visit, axe: Axe, director: User, run: Run
) -> None:
    page = visit("/portfolio/", director)
    revenue = page.locator(".figure").first.locator(".figure-value")
    before = revenue.inner_text()
    page.locator(".segments").get_by_role("link", name="2024").click()
    expect(page).to_have_url(re.compile(r"period=2024"))
    expect(revenue).not_to_have_text(before)
    drawn(page)
    page.get_by_role("link", name="Filter").click()
    dialog = page.get_by_role("dialog", name="What the portfolio is of")
    dialog.get_by_label("Direction").select_option(label="Rulman")
    assert axe(page, "#choices") == []
    dialog.get_by_role("button", name="Show").click()
    expect(page.locator(".portfolio-filter a.chip")).to_contain_text("Direction: Rulman")
    page.go_back()
    expect(page.locator(".portfolio-filter a.chip")).to_have_count(0)
    drawn(page)
    page.go_back()
    expect(revenue).to_have_text(before)


@pytest.mark.long
def test_a_filter_is_kept_as_a_view_and_opened_again(visit: Visit, axe: Axe, director: User, run: Run) -> None:
    page = visit("/portfolio/?period=2024", director)
    page.get_by_role("link", name="Save view").click()
    dialog = page.get_by_role("dialog", name="Saved view")
    dialog.get_by_label("Name of the view").fill("Last year")
    assert axe(page, "#view") == []
    dialog.get_by_role("button", name="Save").click()
    tabs = page.get_by_role("navigation", name="Saved views")
    expect(tabs.get_by_role("link", name="Last year")).to_have_attribute("aria-current", "page")
    tabs.get_by_role("link", name="Whole portfolio").click()
    expect(page).to_have_url(re.compile(r"/portfolio/\?view=all$"))
    tabs.get_by_role("link", name="Last year").click()
    expect(page).to_have_url(re.compile(r"view=\d+&period=2024$"))
    drawn(page)
    page.locator(".segments a").first.click()
    expect(page).to_have_url(re.compile(r"view=\d+$"))
    expect(tabs.get_by_role("link", name="Last year")).to_have_attribute("aria-current", "page")
    assert axe(page) == []


def test_a_manager_reads_the_own_portfolio_on_a_phone(
    visit: Visit, axe: Axe, ana: User, acme: Account, run: Run
) -> None:
    page = visit("/portfolio/", ana, width=390)
    drawn(page)
    expect(page.locator(".portfolio-of")).to_contain_text("Your accounts")
    expect(page.locator("#largest tbody tr")).to_have_count(1)
    expect(page.locator(".measures tbody tr", has_text="Largest account").locator("td").first).to_have_text("100.0 %")
    assert too_wide(page) <= 0
    repaint(page, theme="dark", width=390)
    assert axe(page) == []


@pytest.mark.long
def test_the_portfolio_goes_onto_paper(visit: Visit, axe: Axe, director: User, run: Run) -> None:
    """Wide and dark on the screen, A4 and light on paper: the curve is there, and dark cells keep light letters."""
    page = visit("/portfolio/", director, theme="dark")
    drawn(page)
    page.emulate_media(media="print", color_scheme="light")
    page.set_viewport_size({"width": 718, "height": 1000})
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    curve = page.locator("[data-chart=pareto] svg").bounding_box()
    assert curve is not None
    assert curve["width"] > 300
    assert curve["height"] > 100
    assert too_wide(page) <= 0
    assert axe(page, ".portfolio") == []
