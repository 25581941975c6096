"""The search as people meet it: from the palette to what was found."""

# fixtures of the files tests, imported and then asked for by name

import pytest
from playwright.sync_api import expect

from anahtar_web.accounts.actions import edit
from anahtar_web.accounts.models import Account
from anahtar_web.files.actions import attach
from anahtar_web.people.models import User
from tests.anahtar_web.files.conftest import data, pdf  # noqa: F401  # the data folder
from tests.browser.conftest import LANGUAGES, Axe, Visit, check


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_readable_and_fits(visit: Visit, axe: Axe, acme: Account, ana: User, language: str) -> None:
    edit(account=acme, version=acme.version, fields={"remark": "Geciken sevkiyat konuşuldu. " * 20}, by=ana)
    page = visit("/search/", ana, language=language)
    for path in ("/search/?q=sevkiyat", "/search/?q=nothing", "/search/?q=sevkiyat&kind=file"):
        check(page, axe, language)
        page.goto(path)
    check(page, axe, language)


def test_a_word_typed_into_the_palette_leads_to_the_place_where_it_stands(
    visit: Visit, axe: Axe, acme: Account, ana: User
) -> None:
    attach(account=acme, name="Işık geçirgenliği ölçümü.pdf", content=pdf(), by=ana)
    page = visit("/accounts/", ana)
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("gecirgen")
    page.keyboard.press("Enter")  # at once: the answer is still on its way, and is the one that is opened
    expect(page.locator("mark", has_text="geçirgen")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("link", name="Işık geçirgenliği ölçümü.pdf").click()
    expect(page.get_by_role("heading", name="Acme Çelik A.Ş.")).to_be_visible()
