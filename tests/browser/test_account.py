"""One account as people read it: what changed down to the lines, why its class, and what each reader may know."""

# ruff: noqa: F811  # fixtures of the insight tests, imported and then asked for by name

import pytest
from playwright.sync_api import expect

from anahtar_web.accounts.models import Account
from anahtar_web.insight.models import Run, Standing
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import money
from tests.anahtar_web.insight import sales
from tests.anahtar_web.insight.conftest import data, firm, publish, run  # noqa: F401  # the firm and its analysis
from tests.browser.conftest import LANGUAGES, Axe, Visit, check


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tab_is_readable_and_fits(visit: Visit, axe: Axe, head: User, run: Run, language: str) -> None:
    address = f"/accounts/{Account.objects.get(code=sales.ACME).pk}/"
    page = visit(address, head, language=language)
    expect(page.locator("#movers li").first).to_be_visible()
    check(page, axe, language)
    for name in ("change/", "class/"):
        page.goto(address + name)
        for table in page.locator("details.chart-table summary").all():
            table.click()
        check(page, axe, language)


def test_the_change_is_followed_from_the_figure_down_to_the_lines_of_a_product(
    visit: Visit, head: User, run: Run
) -> None:
    standing = Standing.objects.get(account__code=sales.ACME)
    page = visit(f"/accounts/{standing.account_id}/", head)
    page.locator(".stat", has_text="Change in a year").get_by_role("link").click()
    expect(page.get_by_role("link", name="What changed")).to_have_attribute("aria-current", "page")
    bridge = page.locator(".card", has=page.get_by_role("heading", name="Why revenue changed"))
    bridge.get_by_text("Show as a table").click()
    expect(bridge.locator("tbody tr").last).to_contain_text(money(standing.revenue, "TRY"))
    page.get_by_role("navigation", name="Which products").get_by_role("link", name="Shrunk").click()
    row = page.get_by_role("row").filter(has_text="Parça").first
    amount = row.locator("td").nth(1).get_attribute("title")
    row.locator("td").nth(1).get_by_role("link").click()
    expect(page.locator("[data-total]")).to_have_text(str(amount))
    expect(page.get_by_role("link", name="Whole window")).to_be_visible()


def test_the_tabs_are_walked_with_the_keyboard(visit: Visit, head: User, run: Run) -> None:
    page = visit(f"/accounts/{Account.objects.get(code=sales.ACME).pk}/", head)
    page.get_by_role("navigation", name="Pages: Overview").get_by_role("link", name="Overview").focus()
    for name in ("change/", "class/"):
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{name}")
        page.get_by_role("navigation", name="Pages: Overview").locator("[aria-current=page]").focus()
    page.go_back()
    page.wait_for_url("**/change/")


def test_a_product_of_the_overview_leads_to_its_lines(visit: Visit, head: User, run: Run) -> None:
    page = visit(f"/accounts/{Account.objects.get(code=sales.ACME).pk}/", head)
    product = page.locator("#movers li a").first
    name = product.inner_text()
    product.click()
    expect(page.locator(".lines-head")).to_contain_text(name)


@pytest.mark.long
def test_the_class_is_read_by_the_head_the_auditor_the_manager_and_marketing(
    visit: Visit, axe: Axe, head: User, auditor: User, ana: User, marketing: User, acme: Account, run: Run
) -> None:
    for reader in (head, auditor):
        page = visit(f"/accounts/{acme.pk}/class/", reader)
        expect(page.get_by_role("img", name="Class A by profit: number 1")).to_be_visible()
        expect(page.get_by_text("class A in 9 of 9 settings")).to_be_visible()
        page.get_by_role("link", name="Without its largest order").click()
        expect(page.get_by_role("heading", name="Ledger lines")).to_be_visible()
    page = visit(f"/accounts/{acme.pk}/class/", ana)
    expect(page.get_by_text("what the whole company sells")).to_be_visible()
    expect(page.get_by_text("class A in 9 of 9 settings")).to_be_visible()
    expect(page.get_by_text("Without its largest order")).to_have_count(0)
    check(page, axe)
    page = visit(f"/accounts/{acme.pk}/class/", marketing)
    expect(page.get_by_text("which your role does not see")).to_be_visible()
    expect(page.locator(".class-strip li")).to_have_count(13)
    expect(page.locator(".ruler")).to_have_count(0)
    check(page, axe)
    page.goto(f"/accounts/{acme.pk}/change/")
    expect(page.get_by_role("heading", name="Why revenue changed")).to_be_visible()
    expect(page.get_by_role("heading", name="Why profit changed")).to_have_count(0)
