"""A table of a database becomes figures of an account: named by keyboard, looked at, refreshed, accepted, readable."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from anahtar_web.accounts.models import Account
from anahtar_web.jobs.running import run_queued
from anahtar_web.ledgers.models import Import, State
from anahtar_web.people.models import User
from anahtar_web.sources.models import Source
from tests.anahtar_web.sources.conftest import (  # noqa: F401  # a real PostgreSQL, or the test is skipped saying so
    data,
    place,
    postgres_address,
    server,
    there,
)
from tests.browser.conftest import LANGUAGES, Axe, Visit, check

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "en": {
        "name": "Name a source",
        "save": "Save and look",
        "months": "Months of the table",
        "refresh": "Refresh now",
        "open": "An import of this source is on its way",
        "why": "It is the first import of this table",
        "bring": "Bring it into the ledger",
        "in": "in the ledger",
        "january": ("January 2024", "97.15"),
        "acme": "150.25",
    },
    "tr": {
        "name": "Kaynak tanımla",
        "save": "Kaydet ve bak",
        "months": "Tablonun ayları",
        "refresh": "Şimdi yenile",
        "open": "Bu kaynağın bir aktarımı sürüyor",
        "why": "Bu tablonun ilk aktarımı",
        "bring": "Deftere al",
        "in": "defterde",
        "january": ("Ocak 2024", "97,15"),
        "acme": "150,25",
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_becomes_figures_of_an_account(
    visit: Visit,
    axe: Axe,
    analyst: User,
    there: dict[str, Any],  # noqa: F811  # the fixture above
    language: str,
) -> None:
    words: dict[str, Any] = WORDS[language]
    page = visit("/imports/sources/", analyst, language=language)
    check(page, axe, language)
    page.get_by_role("link", name=words["name"]).press("Enter")
    page.locator("[name=name]").focus()
    page.keyboard.type("Logo")
    for text in (there["host"], str(there["port"]), there["database"], "shop", "sales", there["user"]):
        page.keyboard.press("Tab")
        if text != there["host"]:
            page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(text)
    expect(page.locator("[name=host]")).to_have_value(there["host"])
    check(page, axe, language)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/imports/sources/\d+/$"))

    run_queued()
    months = page.get_by_role("region", name=words["months"])
    expect(months.get_by_role("row", name=words["january"][0])).to_contain_text(words["january"][1])
    assert not Import.objects.exists()
    check(page, axe, language)
    page.goto(f"{page.url}columns/")
    expect(page.locator("#id_role_amount")).to_contain_text("amount")
    check(page, axe, language)
    page.goto(f"/imports/sources/{Source.objects.get().pk}/")

    page.get_by_role("button", name=words["refresh"]).press("Enter")
    expect(page.locator("[id^=job-]")).to_be_visible()
    run_queued()
    expect(page.get_by_text(words["open"])).to_be_visible()
    check(page, axe, language)
    made = Import.objects.get()
    page.goto(f"/imports/{made.pk}/checks/")
    expect(page.get_by_text(words["why"])).to_be_visible()
    expect(months.get_by_role("row", name=words["january"][0])).to_contain_text(words["january"][1])
    check(page, axe, language)
    page.get_by_role("button", name=words["bring"]).press("Enter")
    page.wait_for_url(re.compile(r"/imports/\d+/$"))
    run_queued()
    made.refresh_from_db()
    assert made.state == State.IMPORTED

    page.goto("/imports/sources/")
    expect(page.get_by_role("row", name="Logo")).to_contain_text(words["in"])
    page.goto(f"/accounts/{Account.objects.get(code='acme').pk}/")
    expect(page.get_by_role("main")).to_contain_text(words["acme"])
