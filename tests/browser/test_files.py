"""Documents of a dossier as people meet them: dropped, found, looked at, taken out."""

# fixtures of the files tests, imported and then asked for by name

import pytest
from playwright.sync_api import expect

from anahtar_web.accounts.models import Account
from anahtar_web.files.actions import attach, remove
from anahtar_web.files.models import Attachment
from anahtar_web.people.models import User
from tests.anahtar_web.files.conftest import data, pdf, picture  # noqa: F401  # the data folder
from tests.browser.conftest import LANGUAGES, Axe, Problems, Visit, check


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_readable_and_fits(visit: Visit, axe: Axe, acme: Account, ana: User, language: str) -> None:
    page = visit(f"/accounts/{acme.pk}/files/", ana, language=language)
    check(page, axe, language)
    attach(account=acme, name="Uzun adlı bir dosya " * 8 + ".pdf", content=pdf(), by=ana)
    attach(account=acme, name="Fotoğraf.png", content=picture("PNG"), by=ana)
    gone = attach(account=acme, name="Eski.pdf", content=pdf("x"), by=ana)
    remove(attachment=gone, reason="Yenisi var", by=ana)
    for path in (f"/accounts/{acme.pk}/files/", f"/accounts/{acme.pk}/files/new/"):
        page.goto(path)
        check(page, axe, language)


def test_files_are_dropped_found_and_taken_out(
    visit: Visit, axe: Axe, acme: Account, ana: User, problems: Problems
) -> None:
    page = visit(f"/accounts/{acme.pk}/files/", ana)
    page.locator("input[type=file]").set_input_files(
        [
            {"name": "Teklif.pdf", "mimeType": "application/pdf", "buffer": pdf()},
            {"name": "Saha.png", "mimeType": "image/png", "buffer": picture("PNG")},
        ]
    )
    page.get_by_role("button", name="Put in", exact=True).click()
    expect(page.get_by_text("2 files are in the dossier.")).to_be_visible()
    expect(page.get_by_role("link", name="Teklif.pdf", exact=True)).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Look at Saha.png").click()
    expect(page.get_by_role("img", name="Saha.png")).to_be_visible()
    page.keyboard.press("Escape")
    problems.expect(422)
    page.locator("input[type=file]").set_input_files(
        [{"name": "a.html", "mimeType": "text/html", "buffer": b"<html><script>alert(1)</script>"}]
    )
    page.get_by_role("button", name="Put in", exact=True).click()
    expect(page.get_by_text("a.html seems to be")).to_be_visible()
    page.get_by_role("searchbox", name="Search files").fill("TEKLİF")
    expect(page.get_by_role("link", name="Saha.png", exact=True)).to_be_hidden()
    page.get_by_role("link", name="Remove Teklif.pdf").click()
    expect(page.get_by_label("Why")).to_be_focused()  # what came into the dialog took the focus with it
    page.keyboard.type("Wrong account")
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("Teklif.pdf is removed.")).to_be_visible()
    assert Attachment.objects.present().get().name == "Saha.png"
