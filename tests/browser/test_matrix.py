"""The matrix is opened from the portfolio and read; a threshold is moved, its changes seen, and saved with a reason."""

# ruff: noqa: F811  # fixtures of the insight tests, imported and then asked for by name

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from anahtar_web.accounts.models import Account
from anahtar_web.company.models import Company
from anahtar_web.insight.models import Run
from anahtar_web.people.models import User
from tests.anahtar_web.insight.conftest import data, firm, publish, run  # noqa: F401  # the firm and its analysis
from tests.browser.conftest import LANGUAGES, Problems, Visit, check, repaint, too_wide

Axe = Callable[..., list[str]]

MATRIX = "/portfolio/matrix/"
WHY = "Half of the profit is what we can look after."


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_matrix_is_opened_from_the_portfolio(
    visit: Visit, axe: Axe, director: User, run: Run, language: str
) -> None:
    page = visit("/portfolio/", director, language=language)
    page.get_by_role("link", name={"en": "Open the matrix", "tr": "Matrisi aç"}[language]).click()
    expect(page).to_have_url(re.compile(rf"{MATRIX}(\?view=all)?$"))
    title = {"en": "Matrix", "tr": "Matris"}[language]
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("#sidebar [aria-current=page]")).to_have_text(title)
    check(page, axe, language)


def test_a_cell_leads_to_its_accounts(visit: Visit, director: User, run: Run) -> None:
    page = visit(MATRIX, director)
    cell = page.locator(".square:has(a)").first
    count = int(cell.locator(".square-top b").inner_text())
    # Anywhere in the square, not only on the number.
    cell.click(position={"x": 20, "y": 60})
    expect(page).to_have_url(re.compile(r"/accounts/\?cell=[ABC][XYZ]$"))
    expect(page.locator("tbody tr")).to_have_count(count)


def test_who_moved_is_followed_from_a_number_to_the_accounts(visit: Visit, axe: Axe, director: User, run: Run) -> None:
    page = visit(MATRIX, director)
    expect(page.locator("svg.arrows .arrow").first).to_be_visible()
    number = page.locator(".ways-table td a").first
    count = int(number.inner_text())
    number.click()
    expect(page).to_have_url(re.compile(r"/moves/\?before=\w+&after=\w+$"))
    expect(page.locator("tbody tr")).to_have_count(count)
    check(page, axe)
    page.get_by_role("link", name="All", exact=True).click()
    expect(page.locator("tbody tr").nth(count)).to_be_visible()


def test_the_filter_changes_the_matrix_and_its_address(visit: Visit, director: User, run: Run) -> None:
    page = visit(MATRIX, director)
    page.get_by_role("link", name="Filter").click()
    dialog = page.get_by_role("dialog", name="What the matrix is of")
    dialog.get_by_label("Direction").select_option(label="Rulman")
    dialog.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(rf"{MATRIX}\?.*direction=Rulman"))
    expect(page.locator(".matrix-notes")).to_contain_text("figures do not lead there")
    page.locator(".segments").get_by_role("link", name="2024").click()
    expect(page).to_have_url(re.compile(r"period=2024"))
    expect(page.locator(".portfolio-of")).to_contain_text("Jan 24")


def test_a_threshold_is_moved_its_changes_are_seen_and_it_is_saved_with_a_reason(
    visit: Visit, axe: Axe, head: User, run: Run, problems: Problems
) -> None:
    problems.expect(422)
    page = visit(MATRIX, head)
    tried = page.locator("#tried")
    expect(tried).to_contain_text("Move a threshold")
    slider = page.locator("[data-follows=id_abc_a]")
    slider.evaluate("slider => { slider.value = 50; slider.dispatchEvent(new Event('input', {bubbles: true})); }")
    expect(page.get_by_label("Class A ends at")).to_have_value("50")
    expect(tried.locator("tbody tr").nth(3)).to_contain_text("where A ends")
    expect(tried).to_contain_text("would be classed otherwise")
    assert Company.objects.filter(abc_a=0.5).count() == 0, "looking changes nothing"
    check(page, axe, within="#thresholds")
    page.get_by_label("Class B ends at").fill("40")
    expect(tried).to_contain_text("Class B ends above class A")
    page.get_by_label("Class B ends at").fill("90")
    expect(tried).to_contain_text("would be classed otherwise")
    page.get_by_label("Why should they be saved for everybody?").fill(WHY)
    page.get_by_role("button", name="Save for everybody").click()
    expect(page.locator("#tried")).to_contain_text("still at work")
    expect(page.get_by_text("Saved for everybody.")).to_be_visible()
    page.goto("/settings/thresholds/")
    history = page.locator("section", has_text="Who changed what, and why")
    expect(history).to_contain_text(WHY)
    expect(history).to_contain_text("50 %")


@pytest.mark.long
def test_two_who_save_at_once_see_each_other(
    visit: Visit, axe: Axe, head: User, director: User, run: Run, problems: Problems
) -> None:
    problems.expect(409)
    Company.objects.get_or_create(pk=1)
    tried = f"{MATRIX}thresholds/?abc_a=60&abc_b=90&xyz_x=50&xyz_y=100"
    page = visit(tried, head)
    Company.objects.get(pk=1).save_over(1, {"abc_a": 0.7})
    page.get_by_label("Why should they be saved for everybody?").fill(WHY)
    page.get_by_role("button", name="Save for everybody").click()
    expect(page.get_by_text("Somebody else has changed this meanwhile")).to_be_visible()
    expect(page.locator(".versions tr.differs").first).to_contain_text("70 %")
    check(page, axe)


@pytest.mark.long
def test_an_auditor_tries_and_cannot_save(visit: Visit, axe: Axe, auditor: User, run: Run) -> None:
    page = visit(MATRIX, auditor)
    page.get_by_label("Class A ends at").fill("50")
    expect(page.locator("#tried")).to_contain_text("you can try them")
    expect(page.get_by_role("button", name="Save for everybody")).to_have_count(0)
    assert axe(page) == []


def test_a_manager_reads_the_own_matrix_on_a_phone(visit: Visit, axe: Axe, ana: User, acme: Account, run: Run) -> None:
    page = visit(MATRIX, ana, width=390)
    expect(page.locator(".portfolio-of")).to_contain_text("Your accounts")
    expect(page.locator(".square:has(a)")).to_have_count(1)
    expect(page.locator("#thresholds")).to_have_count(0)
    expect(page.locator(".matrix-border")).to_have_count(0)
    page.get_by_text("What we do with the accounts of each cell").click()
    expect(page.locator(".matrix-strategies dl")).to_be_visible()
    assert too_wide(page) <= 0
    repaint(page, theme="dark", width=390)
    assert axe(page) == []


@pytest.mark.long
def test_the_matrix_goes_onto_paper(visit: Visit, axe: Axe, director: User, run: Run) -> None:
    """Dark on the screen, A4 and light on paper: every cell still says what we do, the form stays away."""
    page = visit(MATRIX, director, theme="dark")
    page.emulate_media(media="print", color_scheme="light")
    page.set_viewport_size({"width": 718, "height": 1000})
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".square-does span").first).to_be_visible()
    expect(page.locator("#thresholds")).to_be_hidden()
    assert too_wide(page) <= 0
    assert axe(page, ".portfolio") == []
