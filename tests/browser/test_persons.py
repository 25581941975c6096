"""What is held of a person as its guardian meets it: looked at, taken out, erased."""

# fixtures of the files tests, imported and then asked for by name

import pytest
from playwright.sync_api import expect

from anahtar_web.accounts.models import Account
from anahtar_web.files.actions import attach
from anahtar_web.people.models import User
from anahtar_web.stakeholders.actions import add, add_address
from anahtar_web.stakeholders.models import Stakeholder
from tests.anahtar_web.files.conftest import data, pdf  # noqa: F401  # the data folder
from tests.browser.conftest import LANGUAGES, Axe, Visit, check


def somebody(account: Account, by: User) -> Stakeholder:
    who = add(account=account, fields={"name": "Gülizar Öztürk", "position": "Satın alma müdürü"}, by=by)
    add_address(who=who, kind="email", value="gulizar@acme.example", by=by)
    attach(account=account, name="Gülizar Öztürk.pdf", content=pdf(), by=by)
    return who


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_readable_and_fits(
    visit: Visit, axe: Axe, acme: Account, ana: User, director: User, language: str
) -> None:
    who = somebody(acme, ana)
    address = f"/accounts/{acme.pk}/people/{who.pk}/data/"
    page = visit("/privacy/erasures/", director, language=language)
    for path in (address, f"{address}erase/"):
        check(page, axe, language)
        page.goto(path)
    check(page, axe, language)


def test_a_person_who_asks_is_shown_everything_and_then_forgotten(
    visit: Visit, axe: Axe, acme: Account, ana: User, director: User
) -> None:
    who = somebody(acme, ana)
    page = visit(f"/accounts/{acme.pk}/people/{who.pk}/", director)
    page.get_by_role("link", name="What we hold").click()
    expect(page.get_by_text("gulizar@acme.example")).to_be_visible()
    assert axe(page) == []
    with page.expect_download() as taken:
        page.get_by_role("button", name="Take everything out").click()
    assert taken.value.suggested_filename == f"person-{who.pk}.zip"
    page.get_by_role("link", name="Erase").click()
    page.get_by_label("Why").fill("Asked for it on 3 May")
    page.get_by_label("Gülizar Öztürk.pdf").check()
    page.get_by_label("This cannot be undone").check()
    page.get_by_role("button", name="Erase for good").click()
    expect(page.get_by_text("Asked for it on 3 May")).to_be_visible()
    assert "Gülizar" not in page.content()
    assert not Stakeholder.objects.filter(pk=who.pk).exists()
