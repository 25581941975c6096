"""Accounts chosen in the list, by keyboard, on a phone, and without the page's modules."""

# ruff: noqa: F811  # fixtures of the insight tests, imported and then asked for by name

from playwright.sync_api import expect

from anahtar_web.insight.models import Run
from anahtar_web.people.models import User
from tests.anahtar_web.insight.conftest import data, firm, publish, run  # noqa: F401  # the firm and its analysis
from tests.browser.conftest import Axe, Visit, check, repaint


def test_accounts_are_chosen_by_keyboard_and_handed_over(visit: Visit, axe: Axe, head: User, run: Run) -> None:
    page = visit("/accounts/?sort=name", head)
    names = page.locator(".who-name").all_text_contents()
    bar = page.get_by_role("form", name="Chosen accounts")
    expect(bar).to_be_hidden()
    page.get_by_role("checkbox", name=f"Choose {names[0]}").focus()
    page.keyboard.press("Space")
    expect(bar.get_by_role("status")).to_have_text("1 account chosen")
    page.keyboard.press("Tab")  # the name
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(bar.get_by_role("status")).to_have_text("2 accounts chosen")
    assert page.locator("[data-chosen-all]").evaluate("box => box.indeterminate")
    check(page, axe)
    repaint(page, theme="light", width=390)
    expect(bar).to_be_in_viewport()
    bar.get_by_role("button", name="Choose the whole page").click()
    expect(bar.get_by_role("status")).to_have_text(f"{len(names)} accounts chosen")
    bar.get_by_role("button", name="Choose none").click()
    expect(bar).to_be_hidden()
    repaint(page, theme="light", width=1440)
    page.get_by_role("checkbox", name="Choose the whole page").check()
    expect(bar.get_by_role("status")).to_have_text(f"{len(names)} accounts chosen")
    # Another order brings other rows, of which none is chosen.
    page.get_by_role("link", name="Revenue", exact=True).click()
    expect(bar).to_be_hidden()
    expect(page.get_by_role("checkbox", name="Choose the whole page")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Choose the whole page")).not_to_be_checked()
    for name in names[:2]:
        page.get_by_role("checkbox", name=f"Choose {name}").check()
    bar.get_by_role("button", name="Hand over or put on a team").click()
    expect(page.get_by_role("region", name="Accounts to assign").locator("tbody tr")).to_have_count(2)
    assert {row.split("\n")[0] for row in page.locator("tbody .row-link").all_text_contents()} == set(names[:2])
