"""What was promised and what happened: from the overview to a single line that came late."""

# ruff: noqa: F811  # fixtures of other tests, imported and then asked for by name

import pytest
from playwright.sync_api import expect

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.people.models import User
from tests.anahtar_web.deliveries.conftest import Bring, bring  # noqa: F401  # files of deliveries
from tests.browser.conftest import LANGUAGES, Axe, Visit, check


@pytest.fixture
def promised(bring: Bring, acme: Account) -> Account:
    """Acme with a line that came late, one in time and one that is overdue, all of this year."""
    year = today().year
    bring(
        f"{acme.code};S1;1;{year}-01-10;{year}-01-15;{year}-01-16;10;10;Gıda",
        f"{acme.code};S1;2;{year}-01-10;;{year}-01-09;5;5;İçecek",
        f"{acme.code};S2;1;{year}-01-11;;;5;;İçecek",
        on=today(),
    )
    return acme


def test_a_late_line_is_opened_from_the_timeline(visit: Visit, axe: Axe, ana: User, promised: Account) -> None:
    page = visit(f"/accounts/{promised.pk}/history/", ana)
    check(page, axe)
    page.get_by_label("Wider").or_(page.get_by_label("Closer")).first.click()
    expect(page.get_by_role("navigation", name="How close").locator("[aria-current]")).to_have_text("Year")
    page.get_by_role("link", name="Order S1 / 1: 6 days late").click()

    expect(page.get_by_text("moved to 15 Jan")).to_be_visible()
    expect(page.get_by_text("teslimat.csv, row 2")).to_be_visible()
    check(page, axe)


def test_the_deliveries_are_narrowed_without_a_new_page(visit: Visit, axe: Axe, ana: User, promised: Account) -> None:
    page = visit(f"/accounts/{promised.pk}/deliveries/", ana)
    check(page, axe)
    expect(page.get_by_role("row", name="S1 / 2")).to_have_count(0)

    page.get_by_role("link", name="All lines").click()
    expect(page.get_by_role("row", name="S1 / 2")).to_be_visible()
    page.get_by_role("link", name="Gıda", exact=True).click()
    expect(page.get_by_role("row", name="S1 / 2")).to_have_count(0)
    page.get_by_role("textbox", name="As known on").fill("2000-01-01")
    page.get_by_role("textbox", name="As known on").blur()
    expect(page.get_by_text("No delivery of this account is known")).to_be_visible()


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_readable_and_fits(visit: Visit, axe: Axe, head: User, promised: Account, language: str) -> None:
    line = promised.delivery_lines.get(order="S1", line="1")
    page = visit(f"/accounts/{promised.pk}/history/", head, language=language)
    for path in (
        f"/accounts/{promised.pk}/history/?zoom=quarter&at={today().year}-02",
        f"/accounts/{promised.pk}/deliveries/",
        f"/accounts/{promised.pk}/deliveries/{line.pk}/",
        "/deliveries/terms/",
        "/imports/new/?kind=deliveries",
    ):
        check(page, axe, language)
        page.goto(path)
    check(page, axe, language)
