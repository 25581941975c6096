"""Accounts as people use them: the list sorted, narrowed, kept, taken out; an account opened down to its lines."""

# ruff: noqa: F811  # fixtures of the insight tests, imported and then asked for by name

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from anahtar_web.accounts.models import Account
from anahtar_web.insight.models import Run, SavedView, Standing
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import money
from tests.anahtar_web.insight import sales
from tests.anahtar_web.insight.conftest import data, firm, publish, run  # noqa: F401  # the firm and its analysis
from tests.browser.conftest import LANGUAGES, Visit, check, too_wide

Axe = Callable[[Page], list[str]]


def listed(page: Page) -> list[str]:
    return page.locator(".who-below").evaluate_all("cells => cells.map(cell => cell.textContent.split(' ')[0])")


def test_the_list_is_sorted_searched_and_narrowed_without_loading_the_page(
    visit: Visit, axe: Axe, head: User, run: Run
) -> None:
    page = visit("/accounts/", head)
    page.evaluate("window.stays = true")
    page.get_by_role("link", name="Revenue", exact=True).click()
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Revenue")
    by_revenue = Standing.objects.exclude(revenue=None).order_by("-revenue").values_list("account__code", flat=True)
    assert listed(page)[:5] == list(by_revenue)[:5]
    page.get_by_role("link", name="Revenue", exact=True).click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Revenue")
    page.get_by_role("searchbox", name="Search by name or code").fill("IGDE")
    expect(page.locator("#accounts tbody tr")).to_have_count(1)
    expect(page.locator(".who-name")).to_have_text("İğde Tarım")
    assert "sort=revenue" in page.url, "a search keeps the order"
    assert "q=IGDE" in page.url
    page.get_by_role("searchbox", name="Search by name or code").fill("")
    expect(page.locator("#accounts tbody tr")).to_have_count(Standing.objects.count())
    assert page.evaluate("window.stays") is True
    check(page, axe)


@pytest.mark.long
def test_filter_and_columns_are_chosen_in_a_dialog(visit: Visit, axe: Axe, head: User, run: Run) -> None:
    page = visit("/accounts/", head)
    page.get_by_role("link", name="Filter", exact=True).click()
    dialog = page.get_by_role("dialog", name="Filter and columns")
    expect(dialog.get_by_label("moved up")).to_be_attached()
    check(page, axe)
    dialog.get_by_role("group", name="Class", exact=True).get_by_label("A", exact=True).check()
    dialog.get_by_role("group", name="Columns").get_by_label("Orders").check()
    dialog.get_by_role("button", name="Show").click()
    expect(page.locator(".list-chips .chip")).to_contain_text("Class: A")
    expect(page.get_by_role("columnheader", name="Orders")).to_be_visible()
    assert set(listed(page)) == set(Standing.objects.filter(abc="A").values_list("account__code", flat=True))
    check(page, axe)
    page.locator(".list-chips .chip").click()
    expect(page.locator(".list-chips")).to_have_count(0)
    expect(page.get_by_role("columnheader", name="Orders")).to_be_visible()


def test_a_view_is_saved_opened_and_deleted(visit: Visit, axe: Axe, head: User, run: Run) -> None:
    page = visit("/accounts/?class=A&sort=name", head)
    page.get_by_role("link", name="Save view").click()
    dialog = page.get_by_role("dialog", name="Saved view")
    dialog.get_by_label("Name of the view").fill("Large ones")
    check(page, axe)
    dialog.get_by_label("Open the list with it").check()
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Large ones")).to_have_attribute("aria-current", "page")
    page.goto("/accounts/")
    expect(page.locator(".list-chips .chip")).to_contain_text("Class: A")
    check(page, axe)
    page.get_by_role("button", name="View").click()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Yes, go on").click()
    expect(page.get_by_role("link", name="Large ones")).to_have_count(0)
    assert not SavedView.objects.exists()


def test_the_list_is_taken_out_as_a_workbook(visit: Visit, axe: Axe, head: User, run: Run, tmp_path: Path) -> None:
    page = visit("/accounts/?class=A&class=B&sort=name&columns=name,code,revenue,margin", head)
    shown = listed(page)
    page.get_by_role("link", name="Export").click()
    dialog = page.get_by_role("dialog", name="Take the list out")
    expect(dialog.get_by_text(f"{len(shown)} rows with 4 columns")).to_be_visible()
    check(page, axe)
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Download").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    sheet = load_workbook(file).active
    _remark, _about, _blank, heads, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert heads == ["Account", "Code", "Revenue", "Margin"]
    assert [row[1] for row in rows] == shown


def test_an_account_opens_down_to_the_lines_of_a_month(visit: Visit, axe: Axe, head: User, run: Run) -> None:
    page = visit("/accounts/?q=acme", head)
    page.locator(".who .row-link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Acme Çelik A.Ş.")
    expect(page.locator("[data-chart]")).to_have_attribute("data-drawn", "")
    page.locator(".reasons details").last.locator("summary").click()
    check(page, axe)
    month = page.locator(".month-links a").nth(2)
    figure = month.get_attribute("title")
    month.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ledger lines")
    expect(page.locator("[data-total]")).to_have_text(figure or "")
    expect(page.locator(".lines-table tbody tr").first).to_contain_text("satis.csv")
    check(page, axe)
    page.go_back()
    page.get_by_role("link", name="Hidrolik").click()
    expect(page.locator("[data-total]")).to_have_text(money(0, "TRY"))


@pytest.mark.long
def test_a_group_leads_to_its_companies_and_back(visit: Visit, axe: Axe, head: User, run: Run) -> None:
    group = Account.objects.get(code="HOLDING")
    page = visit(f"/accounts/{group.pk}/", head)
    check(page, axe)
    page.get_by_role("link", name="Cedar Döküm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cedar Döküm")
    page.get_by_role("navigation", name="Where you are").get_by_role("link", name="HOLDING").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("HOLDING")


def test_a_manager_sees_the_own_account_and_marketing_no_profit_anywhere(
    visit: Visit, axe: Axe, ana: User, marketing: User, acme: Account, run: Run
) -> None:
    page = visit("/accounts/", ana)
    assert listed(page) == [sales.ACME]
    expect(page.locator(".list-totals")).to_contain_text("Your accounts")
    check(page, axe)
    page = visit("/accounts/", marketing)
    check(page, axe)
    standing = Standing.objects.get(account=acme)
    for path in ("/accounts/", f"/accounts/{acme.pk}/", f"/accounts/{acme.pk}/lines/"):
        page.goto(path)
        text = page.locator("body").inner_text() + page.content()
        assert money(standing.profit) not in text
        assert not re.search(
            r"\bmargin\b|\bprofit\b|\bcost\b", page.locator("main").inner_text().replace("12-month profit", ""), re.I
        )


def test_on_a_phone_rows_are_cards_that_say_their_columns(visit: Visit, head: User, run: Run) -> None:
    page = visit("/accounts/", head, width=390)
    cell = page.locator("td[data-label='Revenue']").first
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Revenue"'
    assert page.locator("#accounts tbody tr").first.bounding_box()["width"] <= 390  # type: ignore[index]
    assert too_wide(page) <= 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_house_says_what_to_do_in_both_languages(
    visit: Visit, axe: Axe, head: User, marketing: User, language: str
) -> None:
    page = visit("/accounts/", head, language=language)
    expect(page.get_by_role("link", name={"tr": "Dosyayı aktar", "en": "Import a file"}[language])).to_be_visible()
    check(page, axe)
    page = visit("/accounts/", marketing, language=language)
    expect(page.get_by_role("link", name={"tr": "Dosyayı aktar", "en": "Import a file"}[language])).to_have_count(0)


@pytest.mark.long
def test_the_analyses_say_how_their_figures_were_made(visit: Visit, axe: Axe, head: User, run: Run) -> None:
    page = visit("/runs/", head)
    expect(page.get_by_role("heading", name="How the figures shown were made")).to_be_visible()
    check(page, axe)
